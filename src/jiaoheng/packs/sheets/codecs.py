"""How the values of a pack stand in cells, and how cells are read: one codec for each sort of value."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiaoheng.packs.sheets.headings import STAGES
from jiaoheng.packs.yaml_lines import nearest

Cell = object
"""A number, a text, a truth value, a date, or None where the cell is blank."""


class CellError(ValueError):
    """A cell that cannot be read: what is wrong, and how to mend it."""


@dataclass(frozen=True)
class Codec:
    """The two ways between a value and a cell.

    ``encode`` makes a plain value a cell; ``decode`` raises `CellError` where it cannot read a cell, which is
    never blank. ``choices`` are the labels to choose from, if these are all; ``hint`` says how to fill in.
    """

    encode: Callable[[Any], Cell]
    decode: Callable[[Cell], Any]
    hint: str
    choices: tuple[str, ...] = ()


def plain(cell: Cell) -> str:
    """A cell as the text that a person sees in it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def tidy(value: float) -> float | int:
    """A number as people write it: without a fraction where there is none."""
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else value


_WRITTEN_NUMBER = re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def _number(cell: Cell) -> float | int:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return tidy(cell)
    written = unicodedata.normalize("NFKC", plain(cell))
    if _WRITTEN_NUMBER.fullmatch(written):
        return tidy(float(written.replace(",", "")))
    raise CellError(f"“{plain(cell)}”不是数。请填一个数，不带单位。")


def _number_or_text(cell: Cell) -> float | int | str:
    try:
        return _number(cell)
    except CellError:
        return plain(cell)


def _truth(cell: Cell) -> bool:
    found = {"是": True, "否": False, "true": True, "false": False}.get(plain(cell).lower())
    if found is None:
        raise CellError(f"“{plain(cell)}”看不懂。请填“是”或“否”。")
    return found


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(plain(cell))
    except ValueError:
        raise CellError(f"“{plain(cell)}”不是日期。请写作 2025-09-01。") from None


def _json(cell: Cell) -> Any:
    try:
        return json.loads(plain(cell))
    except ValueError:
        raise CellError("不是合法的 JSON。请对照导出的规则包改正。") from None


TEXT = Codec(str, plain, "文字")
NUMBER = Codec(tidy, _number, "数，不带单位")
NUMBER_OR_TEXT = Codec(
    lambda value: value if isinstance(value, str) else tidy(value), _number_or_text, "数，或算式"
)
TRUTH = Codec(lambda value: "是" if value else "否", _truth, "是或否", ("是", "否"))
DAY = Codec(lambda value: value, _day, "日期，如 2025-09-01")
JSON = Codec(lambda value: json.dumps(value, ensure_ascii=False, default=str), _json, "JSON")


def choice(labels: Mapping[str, str]) -> Codec:
    """One of some codes, shown by their labels."""
    return Codec(
        lambda value: labels[value],
        lambda cell: _code(plain(cell), labels),
        "、".join(labels.values()),
        tuple(labels.values()),
    )


def lines(each: Mapping[str, str] | None = None) -> Codec:
    """Several texts, one to a line; with labels, several codes, which may stand in one line too."""
    if each is None:
        return Codec("\n".join, lambda cell: list(_parts(plain(cell), "\n")), "每行一个（Alt+Enter 换行）")
    return Codec(
        lambda values: "\n".join(each[value] for value in values),
        lambda cell: [_code(part, each) for part in _parts(plain(cell), r"[\n、,，;；\s]")],
        f"{'、'.join(each.values())}；每行一个",
    )


def pairs(keys: Mapping[str, str] | None, each: Codec, *, hint: str) -> Codec:
    """Names and values, ``name：value`` to a line."""

    def encode(value: Mapping[str, Any]) -> Cell:
        return "\n".join(f"{_label(key, keys)}：{plain(each.encode(one))}" for key, one in value.items())

    def decode(cell: Cell) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in _parts(plain(cell), "\n"):
            name, colon, rest = re.sub("：", ":", line, count=1).partition(":")
            if not colon or not rest.strip():
                raise CellError(f"“{line}”应写作“名称：值”，每行一个。")
            key = name.strip() if keys is None else _code(name.strip(), keys)
            if key in found:
                raise CellError(f"“{name.strip()}”写了两次。请删去一行。")
            found[key] = each.decode(rest.strip())
        return found

    return Codec(encode, decode, hint)


def threshold(*, expressions: bool = True) -> Codec:
    """A number, a number for each stage (``小学：4.2`` to a line), or an expression."""
    stages = pairs(STAGES, NUMBER, hint="")
    one = _number_or_text if expressions else _number

    def encode(value: Any) -> Cell:
        return stages.encode(value) if isinstance(value, Mapping) else NUMBER_OR_TEXT.encode(value)

    def decode(cell: Cell) -> Any:
        return stages.decode(cell) if re.match(r"[^\n]{1,12}[:：]", plain(cell)) else one(cell)

    more = "；或参数编号、算式" if expressions else ""
    return Codec(encode, decode, f"一个数；各学段不同的每行写“小学：4.2”{more}")


def alias_names() -> Codec:
    """Other names of a measure, one to a line; that of one stage as ``小学：名称``."""

    def encode(value: Any) -> Cell:
        return "\n".join(f"{STAGES[one.stage]}：{one.name}" if one.stage else one.name for one in value)

    def decode(cell: Cell) -> list[dict[str, str]]:
        found = []
        for line in _parts(plain(cell), "\n"):
            before, colon, after = line.partition("：")
            codes = {label: code for code, label in STAGES.items()}
            stage = codes.get(before.strip()) if colon else None
            found.append({"name": after.strip(), "stage": stage} if stage else {"name": line})
        return found

    return Codec(encode, decode, "每行一个；只指一个学段的写“小学：名称”")


def _parts(text: str, separator: str) -> Iterator[str]:
    return (part.strip() for part in re.split(separator, text) if part.strip())


def _label(key: str, labels: Mapping[str, str] | None) -> str:
    return key if labels is None else labels[key]


def _code(text: str, labels: Mapping[str, str]) -> str:
    if text in labels:
        return text
    for code, label in labels.items():
        if text == label:
            return code
    hint = nearest(text, labels.values()) or f"可填：{'、'.join(labels.values())}。"
    raise CellError(f"“{text}”不在可选的范围内。{hint}")
