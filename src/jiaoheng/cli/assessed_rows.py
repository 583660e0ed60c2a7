"""Assessments as rows of words, for the tables that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from jiaoheng import workspace
from jiaoheng.measures.numbers import shown, with_unit
from jiaoheng.packs import Standard
from jiaoheng.standards import Assessed, History, Verdict, words
from jiaoheng.standards.differences import KINDS
from jiaoheng.standards.drivers import measure_below

NEAR = 0.9
"""A coefficient at this share of its cap is near it; the schools that drive it are then named."""

MOST_DRIVERS = 5

ITEMS = {
    "place": "学校",
    "item": "项目",
    "value": "数值>",
    "asked": "要求>",
    "verdict": "结论",
    "gap": "差额",
}
COEFFICIENTS = {
    "item": "项目",
    "stage": "学段",
    "value": "系数>",
    "cap": "上限>",
    "verdict": "结论",
    "gap": "差额",
}
SUPPOSED_COEFFICIENTS = {
    "item": "项目",
    "stage": "学段",
    "before": "现状>",
    "after": "假设后>",
    "cap": "上限>",
}
SUPPOSED_RULES = {
    "name": "规则",
    "before": "现状",
    "after": "假设后",
    "met": "达标>",
    "failed": "未达标>",
    "unknown": "未知>",
}
DIFFERENCES = {
    "place": "学校",
    "item": "项目",
    "before": "现状",
    "after": "假设后",
    "kind": "变化",
}
_LEVELS = {"national": "国家", "provincial": "省", "prefectural": "市", "county": "县"}
_DIRECTIONS = {"above": "高于", "below": "低于", "at": "等于"}

Row = Mapping[str, Any]
Words = dict[str, str]


def standard_row(standard: Standard) -> Words:
    """A standard of the list."""
    document = standard.document
    number = f"（{document.number}）" if document.number else ""
    return {
        "id": standard.id.replace("_", "-"),
        "name": standard.name,
        "document": f"{document.title}{number}",
        "level": _LEVELS[standard.level],
    }


def rule_headings(found: Assessed) -> Words:
    """The headings of the table of rules, in the words of the standard."""
    says = found.standard.words
    counts = {
        "met": f"{says.met}>",
        "within": f"{says.within}>",
        "failed": f"{says.failed}>",
        "unknown": "未知>",
    }
    return {"name": "规则", "verdict": "结论", **counts, "of": "计数单位", "clause": "依据"}


def rule_rows(found: Assessed) -> list[Words]:
    """The rules of the county."""
    made = []
    for rule in found.standard.rules:
        if rule.level == "school":
            continue
        for row in found.rules.filter(pl.col("rule") == rule.id).iter_rows(named=True):
            counts = {name: str(row[name]) for name in ("met", "within", "failed", "unknown")}
            of = "学校·学段" if rule.schools else "项目"
            verdict = found.word(row["verdict"])
            made.append({"name": rule.name, "verdict": verdict, **counts, "of": of, "clause": rule.clause})
    return made


def item_row(found: Assessed, row: Row) -> Words:
    """One row of an item."""
    item = found.item(row["item"])
    return {
        "place": words.place_words(row),
        "item": words.item_words(item),
        "value": words.value_words(found, row),
        "asked": words.threshold_words(found, row),
        "verdict": found.word(row["verdict"]),
        "gap": words.gap_words(found, row),
    }


def clause_lines(found: Assessed, rows: pl.DataFrame) -> list[str]:
    """The clause of each item of these rows, once."""
    items = [found.item(id_) for id_ in rows["item"].unique(maintain_order=True)]
    return [f"  依据　{words.item_words(item)}：{item.clause}" for item in items]


def coefficient_rows(found: Assessed) -> list[Words]:
    """The coefficients of the county, each with its cap."""
    wanted = [item.id for item in found.items if measure_below(found.catalogue, item)]
    rows = found.rows.filter(pl.col("item").is_in(wanted))
    return [
        {
            **item_row(found, row),
            "stage": words.stage_words(row["stage"]),
            "cap": words.threshold_words(found, row),
        }
        for row in rows.iter_rows(named=True)
    ]


def driver_lines(found: Assessed, drivers: pl.DataFrame) -> list[str]:
    """For each coefficient above or near its cap, the schools that make most of it."""
    near = drivers.filter(pl.col("coefficient") >= pl.col("cap") * NEAR)
    lines = []
    for (id_, stage), own in near.group_by("item", "stage", maintain_order=True):
        first = own.row(0, named=True)
        value, cap = first["coefficient"], first["cap"]
        head = f"{words.item_words(found.item(str(id_)))}（{words.stage_words(str(stage))}）"
        lines.append(f"{head}为 {shown(value, 3, apart_from=cap)}，上限 {cap:g}，主要来自：")
        unit = words.measured_unit(found, found.item(str(id_)))
        lines += [f"  · {_driver(row, unit)}" for row in own.head(MOST_DRIVERS).iter_rows(named=True)]
    return lines


def _driver(row: Row, unit: str) -> str:
    without = "" if row["without"] is None else f"；不计本校为 {shown(row['without'], 3)}"
    own, mean = (with_unit(row[name], 2, unit) for name in ("value", "mean"))
    return (
        f"{row['school_name'] or row['school']}：占方差 {shown(row['share'] * 100, 1)}%，"
        f"{own}，{_DIRECTIONS[row['direction']]}全县平均 {mean}{without}"
    )


def school_lines(found: Assessed) -> list[str]:
    """What a school comes to by each rule for schools and stage, and how many items had which verdict."""
    names = {rule.id: rule.name for rule in found.standard.rules}
    lines = []
    for row in found.rules.filter(pl.col("school").is_not_null()).iter_rows(named=True):
        counts = "，".join(
            f"{found.word(one)} {row[one.value]} 项"
            for one in (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN)
            if row[one.value]
        )
        school = f"{row['school_name'] or row['school']}（{words.stage_words(row['stage'])}）"
        bracketed = f"（{counts}）" if counts else ""
        lines.append(f"{school} {names[row['rule']]}：{found.word(row['verdict'])}{bracketed}。")
    return lines


def unknown_lines(found: Assessed, rows: pl.DataFrame) -> list[str]:
    """What is not known, those with the same item and reason together."""
    counted: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], str] = {}
    for row in rows.iter_rows(named=True):
        key = (words.item_words(found.item(row["item"])), words.gap_words(found, row))
        counted[key] += 1
        places.setdefault(key, words.place_words(row))
    return [
        f"{item}：{reason}（{places[item, reason]}{f' 等 {count} 处' if count > 1 else ''}）"
        for (item, reason), count in counted.most_common()
    ]


def coefficients_by_year(history: History) -> tuple[Words, list[Words]]:
    """A column for each year, a row for each coefficient; the cap is that of the last year."""
    last = history.assessed[-1]
    years = [found.year for found in history.assessed]
    table = history.coefficients
    made = []
    for (id_, stage), own in table.group_by("item", "stage", maintain_order=True):
        values = {row["year"]: row for row in own.iter_rows(named=True)}
        if last.year not in values:
            continue
        cells = {str(year): shown(values[year]["value"], 3) if year in values else "—" for year in years}
        cap = values[last.year]["cap"]
        made.append(
            {
                "item": words.item_words(last.item(str(id_))),
                "stage": words.stage_words(str(stage)),
                **cells,
                "cap": "—" if cap is None else f"{cap:g}",
            }
        )
    headings = {"item": "项目", "stage": "学段", **{str(year): f"{year}>" for year in years}, "cap": "上限>"}
    return headings, made


def changes_by_year(history: History) -> tuple[Words, list[Words]]:
    """A row for each year after the first, a column for each kind of change."""
    counts = history.changes.group_by("year", "kind").len()
    kinds = [kind for kind in KINDS if kind in counts["kind"]]
    numbers = {(row["year"], row["kind"]): row["len"] for row in counts.iter_rows(named=True)}
    made = [
        {"year": str(year), **{kind: str(numbers.get((year, kind), 0)) for kind in kinds}}
        for year in sorted({year for year, _ in numbers})
    ]
    return {"year": "年份", **{kind: f"{KINDS[kind]}>" for kind in kinds}}, made


def supposed_coefficients(supposed: workspace.Supposition) -> list[Words]:
    """The coefficients that a supposition changes."""
    return [
        {
            "item": words.item_words(supposed.after.item(row["item"])),
            "stage": words.stage_words(row["stage"]),
            "before": shown(row["before"], 3, apart_from=row["cap"]),
            "after": shown(row["after"], 3, apart_from=row["cap"]),
            "cap": "—" if row["cap"] is None else f"{row['cap']:g}",
        }
        for row in workspace.coefficients(supposed).iter_rows(named=True)
        if shown(row["before"], 3) != shown(row["after"], 3)
    ]


def supposed_rules(supposed: workspace.Supposition) -> list[Words]:
    """The county's rules whose verdict or counts a supposition changes."""
    before, after = rule_rows(supposed.before), rule_rows(supposed.after)
    return [
        {
            "name": later["name"],
            "before": earlier["verdict"],
            "after": later["verdict"],
            "met": f"{earlier['met']} → {later['met']}",
            "failed": f"{earlier['failed']} → {later['failed']}",
            "unknown": f"{earlier['unknown']} → {later['unknown']}",
        }
        for earlier, later in zip(before, after, strict=True)
        if earlier != later
    ]


def apart_lines(supposed: workspace.Supposition) -> list[str]:
    """The schools that are judged in one of the two only."""
    said = {"gone": "不再评估", "new": "新评估"}
    own = supposed.differences.filter(pl.col("kind").is_in(list(said)))
    counts = own.group_by("school", "school_name", "kind", maintain_order=True).len()
    return [
        f"{row['school_name'] or row['school'] or '全县'}：{said[row['kind']]} {row['len']} 处"
        for row in counts.iter_rows(named=True)
    ]


def difference_row(supposed: workspace.Supposition, row: Row) -> Words:
    """One verdict that a supposition changes."""
    before, after = supposed.before, supposed.after
    return {
        "place": words.place_words(row),
        "item": words.item_words(after.item(row["item"])),
        "before": before.word(row["before"]) if row["before"] else "—",
        "after": after.word(row["after"]) if row["after"] else "—",
        "kind": KINDS[row["kind"]],
    }
