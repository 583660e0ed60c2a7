"""Tells whose form it is, and of which stages: from its head, the sheet, the cover, the name of the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiaoheng import terms
from jiaoheng.census.readers.forms.fields import Field, field_named, fields_of
from jiaoheng.census.readers.known import Known, Place, Schools
from jiaoheng.census.workbook import Book

NAMES = ("学校(机构)名称|学校名称|机构名称|学校全称|园所名称|幼儿园名称|填报学校|单位(学校)名称",)
FILLERS = ("单位名称|填报单位|填报单位(签章)|填报单位(盖章)|填报单位(公章)|填表单位",)
CODES = ("学校(机构)标识码|学校标识码|机构标识码|标识码|学校(机构)代码|学校代码|机构代码",)

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{2,23}")
_SCHOOL = re.compile(r"(?:学|校|园|校区|教学点)$")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{10}(?!\d)")

_STAGES_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "kindergarten": ("preschool",),
    "primary_school": ("primary",),
    "teaching_point": ("primary",),
    "junior_school": ("junior",),
    "nine_year_school": ("primary", "junior"),
    "senior_school": ("senior",),
    "complete_secondary_school": ("junior", "senior"),
    "twelve_year_school": ("primary", "junior", "senior"),
    "vocational_school": ("vocational",),
    "special_school": ("special",),
}
_STAGE_OF_CATEGORY = {
    "11": "preschool",
    "21": "primary",
    "31": "junior",
    "34": "senior",
    "36": "vocational",
    "51": "special",
}
"""What the first two digits of a school code say: the lowest stage of the school, not all of them."""


@dataclass(frozen=True)
class Who:
    """The school of a form; ``code`` is empty where nobody can tell, ``reason`` then says why.

    ``given`` is the name that the form writes, which may differ from the name that is known.
    """

    code: str
    given: str = ""
    reason: str = ""
    mend: str = ""


def who(fields: Sequence[Field], names: Sequence[str], known: Known, above: Who | None) -> Who:
    """The school of a form.

    Parameters
    ----------
    fields : the labels and values above the form.
    names : the sheet's and the file's name, where they may name the school.
    known : the schools of the workspace.
    above : the school of the form above in the same sheet, which holds until another is named.
    """
    schools = Schools(known.schools, former=known.former)
    code, name = _said(fields)
    if code and not _CODE.fullmatch(code):
        return Who("", name, f"“{code[:30]}”不是学校标识码", "请改为 10 位标识码。")
    named = _settled(code, name, schools) if code or name else None
    if named is not None and named.code:
        return named
    if named is None and above is not None and above.code:
        return above
    if named is not None:
        return named
    for text in names:
        found = school_in(text, known)
        if found.code or found.reason:
            return found
    return Who("", reason="看不出是哪所学校", mend=_MEND)


_MEND = (
    "请在表上方写明“学校(机构)标识码：”，或把标识码写进工作表名或文件名；已导入学校表的，写学校全称也可以。"
)


def named_in(fields: Sequence[Field]) -> Place | None:
    """The school that the head of a form gives with code and name."""
    code, name = _said(fields)
    return Place(code, name) if name and _CODE.fullmatch(code) else None


def cover(book: Book, known: Known) -> Who | None:
    """The school that the first sheets of a file name (封面, 教基1001); None where none or several are."""
    found: dict[str, Who] = {}
    for sheet in book.sheets:
        rows = sheet.rows[:12]
        code, name = _said(fields_of(rows, 0, len(rows)))
        if code or name:
            school = _settled(code, name, Schools(known.schools, former=known.former))
            found[school.code] = school
    return next(iter(found.values())) if len(found) == 1 and "" not in found else None


def stages_of_type(school_type: str | None) -> tuple[str, ...]:
    """The stages that a type of school has, the lowest first; empty where the type does not settle them."""
    return _STAGES_OF_TYPE.get(school_type or "", ())


def type_in(text: str) -> str | None:
    """The type of school in a sheet's name: 教基3112_九年一贯制学校."""
    word = re.split(r"[_\-—－ ]", unicodedata.normalize("NFKC", text))[-1]
    return terms.lookup("school_type", word.removeprefix("其他"))


def stage_of_code(code: str) -> str | None:
    """The lowest stage of a school by the first two digits of its code."""
    return _STAGE_OF_CATEGORY.get(code[:2]) if len(code) == 10 else None


def _said(fields: Sequence[Field]) -> tuple[str, str]:
    """Code and name of a school; what fills in a form may be the bureau, whose name is none."""
    code = "".join(_first(field_named(fields, CODES)).split()).removeprefix("'")
    name = "".join(_first(field_named(fields, NAMES)).split())
    filler = "".join(_first(field_named(fields, FILLERS)).split())
    return code, name or (filler if _SCHOOL.search(filler) else "")


def _first(field: Field | None) -> str:
    return field.values[0][0] if field else ""


def _settled(code: str, name: str, schools: Schools) -> Who:
    if code:
        return Who(code, name)
    fits = schools.named(name)
    if len(fits) == 1:
        return Who(fits[0].code, name)
    if fits:
        several = "、".join(place.code for place in fits)
        return Who("", name, f"名为“{name}”的学校有几所（{several}）", "请在表上方加上“学校(机构)标识码：”。")
    return Who("", name, f"名为“{name[:30]}”的学校不在学校表中，表上也没有标识码", _MEND)


def school_in(text: str, known: Known) -> Who:
    """The school whose code or name stands in a sheet's or a file's name."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    codes = set(_TEN_DIGITS.findall(plain))
    if len(codes) == 1:
        return Who(codes.pop())
    inside = [place for place in known.schools if place.name and "".join(place.name.split()) in plain]
    # 龙甫镇中心小学营脚教学点 holds 龙甫镇中心小学: the longest name is meant.
    longest = max((len(place.name) for place in inside), default=0)
    best: dict[str, Place] = {place.code: place for place in inside if len(place.name) == longest}
    if len(best) == 1:
        (place,) = best.values()
        return Who(place.code, place.name)
    if best:
        return Who("", text, f"“{text[:40]}”像几所学校（{'、'.join(best)}）", "请写明标识码。")
    return Who("")


__all__ = ["Who", "cover", "school_in", "stage_of_code", "stages_of_type", "type_in", "who"]
