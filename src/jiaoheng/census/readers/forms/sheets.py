"""Reads the official per-school forms: cross tables whose every figure keeps the cell that it came from.

A cell that the form's layout knows becomes a column of ``schools``, ``school_stages``, ``county`` or
``county_stages``; every other figure is kept in ``form_cells`` under the headings of its row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiaoheng import terms
from jiaoheng.census import values
from jiaoheng.census.readers.forms import schools
from jiaoheng.census.readers.forms.columns import field_values
from jiaoheng.census.readers.forms.fields import field_named
from jiaoheng.census.readers.forms.finding import Form
from jiaoheng.census.readers.forms.records import Records
from jiaoheng.census.readers.forms.schools import Who
from jiaoheng.census.readers.known import Known
from jiaoheng.census.reading import Reading, Recognised, Rejection, join
from jiaoheng.census.workbook import Book, Sheet


@dataclass(frozen=True)
class FormSheet:
    """A sheet and the forms that were found in it."""

    book: Book
    sheet: Sheet
    forms: tuple[Form, ...]


@dataclass
class _Types:
    """What is known of each school's type, and the stages that its forms speak of."""

    types: dict[str, str] = field(default_factory=dict)
    stages: dict[str, set[str]] = field(default_factory=dict)

    def of(self, code: str) -> tuple[str, ...]:
        """The stages of a school, the lowest first; one stage where nothing but its code is known."""
        if found := schools.stages_of_type(self.types.get(code)):
            return found
        if code in self.stages:
            return tuple(stage.value for stage in terms.Stage if stage in self.stages[code])
        only = schools.stage_of_code(code)
        return (only,) if only else ()


def read_forms(sheets: Sequence[FormSheet], *, known: Known | None = None) -> Reading:
    """Read all forms of one import together: one form says of what type a school is, others need it.

    Parameters
    ----------
    sheets : what `recognise` found to be forms, in the order of the files.
    known : the schools and areas of the workspace, for forms that name them in words.

    Returns
    -------
    Reading
        A form of which nobody can tell the school is refused, with how to mend it.
    """
    here = [place for each in sheets for form in each.forms if (place := schools.named_in(form.fields))]
    before = known or Known()
    # A form may name in words a school whose code another form of the same import gives.
    known = before.with_schools(place for place in dict.fromkeys(here) if place not in before.schools)
    owners = _owners(sheets, known)
    types = _types(sheets, owners, known)
    readings = [
        _read_form(each, form, owner, types, before)
        for each, own in zip(sheets, owners, strict=True)
        for form, owner in zip(each.forms, own, strict=True)
    ]
    return join(readings, notes=_new_schools(readings, before))


def _new_schools(readings: Sequence[Reading], known: Known) -> list[str]:
    """A note on schools that no table has and no basic form brings: the import will be refused for them."""
    parts = [part for reading in readings for part in reading.parts if "school_code" in part.columns]
    brought = {code for part in parts if "name" in part.columns for code in part.data["school_code"]}
    met = dict.fromkeys(code for part in parts for code in part.data["school_code"])
    there = {place.code for place in known.schools}
    new = [code for code in met if code not in brought and code not in there]
    if not new:
        return []
    more = f" 等 {len(new)} 所" if len(new) > 5 else ""
    shown = "、".join(new[:5]) + more
    return [f"学校 {shown} 还不在学校表中：请把它们的教基1001（或学校宽表、教衡模板）一起导入。"]


def _owners(sheets: Sequence[FormSheet], known: Known) -> list[list[Who]]:
    """The school of each form of each sheet."""
    covers: dict[str, Who | None] = {}
    found: list[list[Who]] = []
    for each in sheets:
        own: list[Who] = []
        seen: set[str] = set()
        for form in each.forms:
            # The same form again is another school's: what stands above the first holds for it no longer.
            above = own[-1] if own and form.layout.id not in seen else None
            names = () if own and above is None else (each.sheet.name, each.book.file)
            owner = schools.who(form.fields, names, known, above)
            if not owner.code and names:
                if each.book.sha256 not in covers:
                    covers[each.book.sha256] = schools.cover(each.book, known)
                owner = covers[each.book.sha256] or owner
            if own and owner.code != own[-1].code:
                seen = set()
            seen.add(form.layout.id)
            own.append(owner)
        found.append(own)
    return found


def _types(sheets: Sequence[FormSheet], owners: Sequence[Sequence[Who]], known: Known) -> _Types:
    found = _Types(dict(known.types))
    for each, own in zip(sheets, owners, strict=True):
        for form, owner in zip(each.forms, own, strict=True):
            said = schools.type_in(each.sheet.name) or _type_field(form, known)
            if owner.code and said:
                found.types[owner.code] = said
            if stages := form.stages(each.sheet.rows):
                found.stages.setdefault(owner.code, set()).update(stages)
    return found


def _type_field(form: Form, known: Known) -> str | None:
    for found in field_values(form, known):
        if found.target == "schools.school_type" and isinstance(found.value, str):
            return found.value
    return None


def _read_form(each: FormSheet, form: Form, owner: Who, types: _Types, known: Known) -> Reading:
    head = form.layout.layout
    what = Recognised(each.book.file, each.sheet.name, head.id, head.label, owner.given or owner.code, "", 0)
    if head.subject == "county":
        owner = _county(form, known)
    if not owner.code:
        refused = Rejection(each.book.file, each.sheet.name, None, head.label, "", owner.reason, owner.mend)
        return Reading(
            rejections=(refused,),
            rows_read=form.rows,
            rows_rejected=form.rows,
            recognised=(what,),
        )
    stages = types.of(owner.code)
    records = Records(each.book, each.sheet, form, owner.code, stages)
    records.take_fields(field_values(form, known))
    records.take_cells()
    notes = [*_name_notes(each, owner, known), *_stray_notes(each, form), *records.notes()]
    return records.reading(owner.given or _name(owner.code, known) or owner.code, notes)


def _county(form: Form, known: Known) -> Who:
    """The county of a form of the county: as it says, or the workspace's."""
    said = field_named(form.fields, ("行政区划代码|区划代码|县(市、区)代码|区县代码",))
    if said is not None and (code := "".join(said.values[0][0].split()))[:6].isdecimal():
        return Who(code[:6])
    mend = "请在表上方写明“行政区划代码：”。"
    return Who(known.region) if known.region else Who("", reason="看不出是哪个县（市、区）", mend=mend)


def _name_notes(each: FormSheet, owner: Who, known: Known) -> Iterable[str]:
    """A form whose code and name are not those of one school: it follows the code, and says so."""
    name = _name(owner.code, known)
    if name and owner.given and "".join(values.clean(name).split()) != owner.given:
        yield (
            f"{each.book.file} › {each.sheet.name}：标识码 {owner.code} 在学校表中是“{name}”，"
            f"表上写“{owner.given}”；按标识码归入。请核对。"
        )


def _stray_notes(each: FormSheet, form: Form) -> Iterable[str]:
    """Rows of figures that have lost their name and their code."""
    if form.table is not None and form.table.strays:
        rows = "、".join(str(position + 1) for position in form.table.strays)
        yield (
            f"{each.book.file} › {each.sheet.name}：第 {rows} 行有数，却没有行名和代码，未读。"
            "请核对是否错位，并补上行名。"
        )


def _name(code: str, known: Known) -> str:
    return next((place.name for place in known.schools if place.code == code), "")


__all__ = ["FormSheet", "read_forms"]
