"""What people read of verdicts: values, thresholds, and what is missing, in the item's own units.

Every screen, form and report says it with these words. A shortfall, however small, never looks like none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiaoheng import terms
from jiaoheng.measures.numbers import change_unit, shown, with_unit
from jiaoheng.packs import STAGE_GROUPS, Item, Measure
from jiaoheng.standards.result import Assessed, told_by_numerator
from jiaoheng.standards.verdict import Verdict

SIGNS: Mapping[str, str] = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
COMPARATORS: Mapping[str, str] = {">=": "不低于", ">": "高于", "<=": "不高于", "<": "低于"}
YES_NO = ("是", "否")
TEN_THOUSAND = 10_000

Row = Mapping[str, Any]
"""A row of `standards.ITEMS`, as ``iter_rows(named=True)`` gives it."""


def value_words(found: Assessed, row: Row) -> str:
    """The value with its unit, with places enough to lie on the right side of the threshold."""
    item, value = found.item(row["item"]), row["value"]
    if value is None:
        return "—"
    if yes_or_no(item):
        return YES_NO[0] if (value == 1) == item.expects else YES_NO[1]
    return with_unit(value, _digits(found, item), _unit(found, item), apart_from=row["threshold"])


def threshold_words(found: Assessed, row: Row, *, within: bool = False) -> str:
    """What is asked: ``≥ 4.2人``; with ``within`` the milder threshold, empty where there is none."""
    item, bound = found.item(row["item"]), row["within" if within else "threshold"]
    if within and bound is None:
        return ""
    if yes_or_no(item):
        return YES_NO[0] if item.expects else YES_NO[1]
    if bound is None:
        return "—"
    return f"{SIGNS[row['op']]} {_plain(bound, 4)}{_behind(_unit(found, item))}"


def margin_words(found: Assessed, row: Row) -> str:
    """How far a row is from its threshold: ``缺 2.4 人``, ``超出 0.062``; empty where that is not known."""
    item, verdict = found.item(row["item"]), row["verdict"]
    if row["margin"] is None or verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
        return ""
    short = verdict in (Verdict.FAILED, Verdict.WITHIN)
    if yes_or_no(item):
        return "不符合" if short else "符合"
    higher = row["op"] in (">=", ">")
    told = _amount(found, item, row)
    if short:
        return f"{'缺' if higher else '超出'} {told}"
    if not row["amount"]:
        return "刚好达到"
    return f"{'余' if higher else '低于上限'} {told}"


def gap_words(found: Assessed, row: Row) -> str:
    """What is missing, or why it is not known or not asked: one short sentence for a list of gaps."""
    if row["verdict"] in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
        return str(row["reason"] or found.word(row["verdict"]))
    return margin_words(found, row)


def exemption_words(found: Assessed, row: Row) -> str:
    """The name of the exemption that decided; empty where none did."""
    item = found.item(row["item"])
    return next((one.name for one in item.exemptions if one.id == row["exemption"]), "")


def verdict_words(found: Assessed, row: Row) -> str:
    """A verdict with what is missing or why: ``未达标，缺 2.4 人``."""
    more = gap_words(found, row)
    word = found.word(row["verdict"])
    return word if not more or more == word else f"{word}，{more}"


def place_words(row: Row) -> str:
    """The school and stage of a row: ``东城小学（小学）``; 全县 for what is judged in the county."""
    name = row["school_name"] or row["school"] or "全县"
    stage = stage_words(row["stage"])
    return f"{name}（{stage}）" if stage else str(name)


def stage_words(stage: str | None) -> str:
    """The Chinese name of a stage or of a group of stages."""
    return "" if not stage else STAGE_GROUPS.get(stage) or terms.label("stage", stage)


def item_words(item: Item) -> str:
    """An item with its number in the document: ``3.1 音乐专用教室``."""
    return f"{item.number} {item.name}" if item.number else item.name


def clause_words(found: Assessed, item: Item) -> str:
    """The document and clause that an item stands on."""
    document = item.document
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}　{item.clause}"


def verdict_sentence(found: Assessed, name: str) -> str:
    """What became of the county, in one sentence; ``name`` is the county's."""
    title = f"{name} {found.year} 年按《{found.standard.document.title}》评估"
    verdict = found.verdict
    if not found.standard.rules:
        return f"{title}：{f'达到「{found.tier.name}」' if found.tier else '未达到任何等次'}。"
    said = {
        Verdict.MET: "达到要求",
        Verdict.WITHIN: found.word(Verdict.WITHIN),
        Verdict.FAILED: "未达到要求",
        Verdict.UNKNOWN: "尚不能判定，有项目所需的数据或填报不全",
        Verdict.NOT_APPLICABLE: "没有可判定的项目",
    }[verdict]
    tier = f"；等次「{found.tier.name}」" if found.tier else ""
    return f"{title}：{said}{tier}。"


def measured_unit(found: Assessed, item: Item) -> str:
    """The unit of what an item looks at; of a coefficient that of the measure below it."""
    measure = _measure(found, item)
    below = found.catalogue.measures.get(measure.of) if measure and measure.of else measure
    return below.unit if below else ""


def yes_or_no(item: Item) -> bool:
    """Whether the item is met by being true, and by no number."""
    return item.condition is not None or item.declared == "yes_no"


def _measure(found: Assessed, item: Item) -> Measure | None:
    return found.catalogue.measures.get(item.measure) if item.measure else None


def _unit(found: Assessed, item: Item) -> str:
    measure = _measure(found, item)
    return measure.unit if measure else item.amount_unit or ""


def _digits(found: Assessed, item: Item) -> int:
    measure = _measure(found, item)
    return 2 if measure is None else measure.digits


def _amount(found: Assessed, item: Item, row: Row) -> str:
    """The margin without its sign: in what the numerator counts, else in the unit of the measure."""
    unit, amount = found.amount_unit(item), abs(row["amount"])
    measure = _measure(found, item)
    if measure and unit == measure.unit:
        unit = change_unit(unit)
    if unit == "元" and amount >= TEN_THOUSAND:
        return f"{_plain(amount / TEN_THOUSAND, 2)} 万元"
    digits = 1 if told_by_numerator(item, found.catalogue) else _digits(found, item)
    return f"{_plain(amount, digits)}{_behind(unit, ' ')}"


def _plain(value: float, digits: int) -> str:
    """A number without the zeros that say nothing; what is not zero does not look like it."""
    text = shown(value, digits, apart_from=0.0 if value else None)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _behind(unit: str, between: str = "") -> str:
    """A unit as it stands behind a number; what is no real unit is left out."""
    said = with_unit(0, 0, unit).removeprefix("0").strip()
    return f"{between}{said}" if said else ""
