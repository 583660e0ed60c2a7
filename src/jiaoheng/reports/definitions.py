"""What a reader must know about each measure, taken from the rule packs and said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.packs import Catalogue
from jiaoheng.packs.models import STAGE_GROUPS, Measure
from jiaoheng.reports.inputs import MeasureEntry

_WORDS = {
    "if": "如果",
    "and": "且",
    "or": "或",
    "not": "非",
    "sum": "合计",
    "count": "计数",
    "share": "占比",
    "ceil": "向上取整",
    "min": "最小",
    "max": "最大",
    "known": "已知",
    "true": "是",
    "false": "否",
    "null": "无",
}
_SIGNS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥", "!=": "≠"}
_PIECE = re.compile(
    r"'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_]*|<=|>=|!=|[*/]|[^A-Za-z_'\"*/<>!]+|.", re.DOTALL
)


def measure_entries(catalogue: Catalogue) -> dict[str, MeasureEntry]:
    """Every measure of the catalogue as the report words it, by id."""
    names = _names(catalogue)
    return {id_: _entry(measure, catalogue, names) for id_, measure in catalogue.measures.items()}


def _entry(measure: Measure, catalogue: Catalogue, names: Mapping[str, str]) -> MeasureEntry:
    document = measure.document
    return MeasureEntry(
        id=measure.id,
        name=measure.name,
        unit=measure.unit,
        digits=measure.digits,
        definition=_definition(measure, catalogue, names),
        document=f"《{document.title}》{document.number}",
        clause=measure.clause,
        variation_of=measure.of or "",
    )


def _definition(measure: Measure, catalogue: Catalogue, names: Mapping[str, str]) -> str:
    if measure.of:
        return f"各校「{catalogue.measures[measure.of].name}」按学生数加权的标准差 ÷ 全县值"
    if measure.mean_of:
        return f"{len(measure.mean_of)}个差异系数的算术平均数"
    parts = [_said(text, names) for text in (measure.numerator, measure.plus) if text]
    words = " + ".join(parts)
    if measure.denominator:
        words = f"{_held(words)} ÷ {_held(_said(measure.denominator, names))}"
    if measure.factor != 1:
        words += f" × {measure.factor:g}"
    if measure.together:
        words += f"（{STAGE_GROUPS[measure.together]}合在一起计算）"
    if measure.where:
        words += f"；范围：{_said(measure.where, names)}"
    return words


def _said(expression: str, names: Mapping[str, str]) -> str:
    """An expression with its names and signs as people read them."""
    return "".join(_piece(piece, names) for piece in _PIECE.findall(" ".join(expression.split())))


def _piece(piece: str, names: Mapping[str, str]) -> str:
    if piece[0] in "'\"":
        return f"“{_word(piece[1:-1])}”"
    return _SIGNS.get(piece) or _WORDS.get(piece) or names.get(piece, piece)


def _word(value: str) -> str:
    """A stored value as its code list says it, whichever list it is from."""
    for codes in terms.CODE_LISTS.values():
        member = codes.named(value)
        if member is not None:
            return member.label
    return value


def _held(words: str) -> str:
    return f"（{words}）" if re.search(r"[+−-]", words) else words


def _names(catalogue: Catalogue) -> dict[str, str]:
    columns = {column.name: column.zh for table in dictionary.tables().values() for column in table.columns}
    parameters = {id_: parameter.name for id_, parameter in catalogue.parameters.items()}
    return columns | parameters | {id_: fact.name for id_, fact in catalogue.facts.items()}
