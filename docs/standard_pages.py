"""The reference page of the standards: for each its rules and grades, its items, and their exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiaoheng import packs, terms
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs import STAGE_GROUPS, Catalogue, Exemption, Item, Rule, Standard, Threshold, Tier
from jiaoheng.standards.words import SIGNS

_INTRODUCTION = """\
What a county can be held against. Each standard has *rules* that join its *items*; an item looks at a
[measure](measures.md), at a condition over the [census](census.md), or at an answer that the county gives, in
every school or in the county. A threshold is a number, one for each stage, a parameter, or an
[expression](expressions.md). Verdicts are 达标, within the second threshold, 未达标, 未知 (never passes) and
不适用.
"""
_ITEM_NOTES = ("within", "does not apply where", "clause", "note", "not verified")
_LEVELS = {"national": "国家", "provincial": "省", "prefectural": "市", "county": "县"}
_JUDGED = {"school": "逐校", "county": "全县"}


def standard_pages() -> Iterator[str]:
    """The page, line by line."""
    shipped, optional = packs.builtin_paths(), packs.optional_paths()
    catalogue = packs.load([*shipped, *optional], columns=all_columns())
    usual = packs.load(shipped, columns=all_columns()).standards
    yield "# Standards\n"
    yield f"{len(catalogue.standards)} standards with {len(catalogue.items)} items.\n"
    yield _INTRODUCTION
    for standard in catalogue.standards.values():
        yield from _section(standard, catalogue, optional=standard.id not in usual)


def _section(standard: Standard, catalogue: Catalogue, *, optional: bool) -> Iterator[str]:
    document = standard.document
    yield f"## {standard.name}\n"
    yield (
        f"`{standard.id.replace('_', '-')}` · {document.title} · {document.number or '—'} · "
        f"{_LEVELS[standard.level]} · {document.date or 'date not found'}\n"
    )
    if optional:
        yield "Optional: copy its pack into `packs/` of the workspace.\n"
    yield f"Source: {document.source}\n"
    if standard.note:
        yield f"{standard.note}。\n"
    doubts = (*document.unverified, *([standard.unverified] if standard.unverified else []))
    yield from (f"- not verified: {doubt}" for doubt in doubts)
    yield ""
    yield from _rules(standard.rules)
    yield from _tiers(standard.tiers)
    items = [item for item in catalogue.items.values() if item.standard == standard.id]
    yield from _items(items)
    if standard.like:
        yield f"It judges by the items of {catalogue.standards[standard.like].name}.\n"
    yield from _exceptions(items)


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    if rules:
        yield from _table(
            ("rule", "中文", "level", "of", "must be met", "clause"),
            (
                (
                    f"`{rule.id}`",
                    rule.name,
                    _JUDGED[rule.level],
                    "、".join((*rule.groups, *rule.items)) or f"`{rule.schools}` in every school",
                    _joined(rule),
                    rule.clause,
                )
                for rule in rules
            ),
        )


def _joined(rule: Rule) -> str:
    if rule.at_least is None:
        return "all"
    rest = ", the others within" if rule.others else ""
    return f"at least {rule.at_least}{rest}"


def _tiers(tiers: Iterable[Tier]) -> Iterator[str]:
    if tiers:
        yield from _table(
            ("grade", "中文", "met, at least", "within, at most", "clause"),
            ((f"`{tier.id}`", tier.name, str(tier.met), str(tier.within), tier.clause) for tier in tiers),
        )


def _items(items: Iterable[Item]) -> Iterator[str]:
    if items:
        yield from _table(
            ("no.", "item", "中文", "group", "judged", "looks at", "threshold", *_ITEM_NOTES),
            (
                (
                    item.number,
                    f"`{item.id}`",
                    item.name + ("（一票否决）" if item.veto else ""),
                    item.group,
                    _JUDGED[item.judged],
                    _source(item),
                    f"{SIGNS[item.op]} {_threshold(item.value)}" if item.op else "",
                    _within(item),
                    item.applies.otherwise if item.applies else "",
                    item.clause,
                    item.note or "",
                    item.unverified or "",
                )
                for item in items
            ),
        )


def _source(item: Item) -> str:
    if item.declared:
        return "填报：数" if item.declared == "number" else "填报：是或否"
    stages = f"（{'、'.join(_stage(one) for one in item.stages)}）" if item.stages else ""
    return f"`{item.measure or item.condition}`{stages}"


def _within(item: Item) -> str:
    if item.within is None:
        return ""
    return f"{item.within.share:.0%}" if item.within.share else _threshold(item.within.value)


def _threshold(value: Threshold | None) -> str:
    if isinstance(value, dict):
        return "，".join(f"{_stage(stage)} {number:g}" for stage, number in value.items())
    return f"{value:g}" if isinstance(value, float) else f"`{value}`"


def _stage(name: str) -> str:
    return STAGE_GROUPS.get(name) or terms.Stage(name).label


def _exceptions(items: Iterable[Item]) -> Iterator[str]:
    found = [(item, one) for item in items for one in item.exemptions]
    if found:
        yield "Exceptions:\n"
        yield from _table(
            ("exception", "中文", "item", "when", "needs", "then", "clause", "not verified"),
            (
                (
                    f"`{one.id}`",
                    one.name,
                    f"`{item.id}`",
                    f"`{one.when}`" if one.when else "",
                    one.needs or "",
                    _instead(one),
                    one.clause,
                    one.unverified or "",
                )
                for item, one in found
            ),
        )


def _instead(one: Exemption) -> str:
    if one.excuses:
        return "不要求"
    return f"`{one.measure}`" if one.measure else _threshold(one.value)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"
    yield ""
