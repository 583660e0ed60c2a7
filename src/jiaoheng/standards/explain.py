"""Follows a verdict back: threshold and clause, measure, facts, cells; a rule to its items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from jiaoheng import measures as measures_room
from jiaoheng.census.snapshot import Census
from jiaoheng.measures import ExplainError, Trace
from jiaoheng.measures.numbers import shown, with_unit
from jiaoheng.measures.words import part_words
from jiaoheng.packs import Catalogue, Exemption, Item, Rule, Threshold
from jiaoheng.standards import words
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.drivers import drivers
from jiaoheng.standards.questions import APPLIES, CONDITION, THRESHOLD, expression, name_of, questions
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import Verdict

MOST_SCHOOLS = 10
"""How many schools are named that do not meet an item or a rule."""

_DIRECTIONS = {"above": "高于", "below": "低于", "at": "等于"}


def explain_item(
    census: Census,
    found: Assessed,
    item: Item,
    *,
    school: str | None = None,
    stage: str | None = None,
    answers: Answers | None = None,
    catalogue: Catalogue | None = None,
    engine: str = "duckdb",
) -> Trace:
    """Show how the verdicts of an item came about.

    Parameters
    ----------
    census, answers, catalogue, engine : those that ``found`` was made with.
    school : the code of a school; without it the county, or for an item that is judged in schools how many
        meet it and which fall shortest.
    stage : a stage or group of stages as the rows name it; all where None.

    Raises
    ------
    ExplainError
        The item is not asked of that school or stage.
    """
    rows = found.rows.filter(pl.col("item") == item.id)
    if item.judged == "school" and school is None:
        return _over_schools(found, item, rows)
    if item.judged == "county" and school is not None:
        raise ExplainError(f"「{item.name}」按全县判定，没有逐校的结论。请去掉 --school。")
    rows = rows.filter(pl.col("school").eq_missing(pl.lit(school)))
    if stage is not None:
        rows = rows.filter(pl.col("stage") == stage)
    if rows.is_empty():
        raise ExplainError(f"「{item.name}」不对这所学校或这个学段提要求。请换一所学校或换一个学段。")
    explained = _Explained(census, found, item, answers, catalogue, engine)
    traces = tuple(explained.row(row) for row in rows.iter_rows(named=True))
    if len(traces) == 1:
        return traces[0]
    return Trace("verdict", words.item_words(item), children=traces)


def explain_rule(found: Assessed, rule: Rule, *, school: str | None = None) -> Trace:
    """Show what a rule joins: each item with its verdict, or the schools that do not pass.

    Raises
    ------
    ExplainError
        The rule is not asked of that school.
    """
    ruled = found.rules.filter(pl.col("rule") == rule.id)
    if rule.level == "county" and school is not None:
        raise ExplainError(f"「{rule.name}」是县级规则，没有逐校的结论。请去掉 --school。")
    if school is not None:
        ruled = ruled.filter(pl.col("school") == school)
        if ruled.is_empty():
            raise ExplainError(f"「{rule.name}」不对这所学校提要求。请换一所学校。")
    if rule.level == "school" and school is None:
        return Trace("verdict", rule.name, detail=_counts(found, ruled), children=_failing(found, ruled))
    traces = tuple(_ruled(found, rule, row) for row in ruled.iter_rows(named=True))
    return traces[0] if len(traces) == 1 else Trace("verdict", rule.name, children=traces)


@dataclass(frozen=True)
class _Explained:
    census: Census
    found: Assessed
    item: Item
    answers: Answers | None
    catalogue: Catalogue | None
    engine: str

    def row(self, row: words.Row) -> Trace:
        """The tree of one verdict."""
        found, item = self.found, self.item
        said = words.verdict_words(found, row)
        label = f"{words.place_words(row)}　{words.item_words(item)}，{found.year} 年：{said}"
        children = [self._asked(row), *self._measured(row)]
        if item.declared is not None:
            children.append(self._declared())
        if row["value"] is not None and measures_of_schools(found, item):
            children.append(self._schools(row))
        return Trace("verdict", label, children=tuple(children))

    def _asked(self, row: words.Row) -> Trace:
        found, item = self.found, self.item
        asked = words.threshold_words(found, row)
        within = words.threshold_words(found, row, within=True)
        detail = f"{asked}（{found.word(Verdict.WITHIN)}：{within}）" if within else asked
        children = [Trace("rule", "依据", detail=words.clause_words(found, item))]
        if item.unverified:
            children.append(Trace("rule", "未核对", detail=item.unverified))
        if text := expression(self._value(row)):
            made = name_of(item, THRESHOLD, self._by_exemption(row))
            children += self._parts(made, row, "阈值的算式", text)
        if item.applies:
            children += self._parts(name_of(item, APPLIES), row, "在此情形下才要求", item.applies.when)
        if exemption := self._exemption(row):
            detail_ = f"{exemption.name}　{exemption.clause}"
            children.append(Trace("rule", "按例外判定", detail=detail_))
            if exemption.when:
                made = name_of(item, CONDITION, exemption)
                children += self._parts(made, row, "例外的条件", exemption.when)
        return Trace("rule", "要求", detail=detail, children=tuple(children))

    def _value(self, row: words.Row) -> Threshold | None:
        exemption = self._by_exemption(row)
        return self.item.value if exemption is None else exemption.value

    def _by_exemption(self, row: words.Row) -> Exemption | None:
        """The exemption whose threshold decided; None where it was the item's own."""
        exemption = self._exemption(row)
        return exemption if exemption is not None and exemption.value is not None else None

    def _exemption(self, row: words.Row) -> Exemption | None:
        return next((one for one in self.item.exemptions if one.id == row["exemption"]), None)

    def _measured(self, row: words.Row) -> list[Trace]:
        item, exemption = self.item, self._exemption(row)
        measure = exemption.measure if exemption and exemption.measure else item.measure
        if measure is not None:
            return [self._trace(measure, row)]
        if item.condition is not None:
            return self._parts(name_of(item, CONDITION), row, "条件", item.condition)
        return []

    def _parts(self, made: str, row: words.Row, label: str, text: str) -> list[Trace]:
        """What an expression was worked out from: the numerator of the measure that it became."""
        trace = self._trace(made, row)
        parts = [part for part in trace.find("part") if not part.label.startswith("分母")]
        below = tuple(child for part in parts for child in part.children)
        missing = tuple(one for one in trace.children if one.kind == "missing")
        said = part_words(self.found.catalogue, text)
        return [Trace("rule", f"{label}：{said}", trace.value, children=(*missing, *below))]

    def _trace(self, measure: str, row: words.Row) -> Trace:
        return measures_room.explain(
            self.census,
            measure,
            school=row["school"],
            stage=row["stage"],
            catalogue=self.catalogue,
            engine=self.engine,
            extra=questions(self.found.catalogue, [self.item]).made,
        )

    def _declared(self) -> Trace:
        answer = self.answers.answers.get(self.item.id) if self.answers else None
        if answer is None:
            return Trace("missing", "尚未填报", detail=f"编号 {self.item.id}")
        value = words.YES_NO[0 if answer.value else 1] if isinstance(answer.value, bool) else ""
        said = [
            value or shown(float(answer.value), 2),
            f"填报：{answer.by}" if answer.by else "",
            str(answer.on or ""),
            f"佐证：{'、'.join(answer.evidence)}" if answer.evidence else "",
            answer.note or "",
        ]
        return Trace("source", "填报", detail="　".join(filter(None, said)))

    def _schools(self, row: words.Row) -> Trace:
        """Each school's part of the variance, the largest first."""
        only = replace(self.found, items=(self.item,))
        apart = drivers(self.census, only, catalogue=self.catalogue, engine=self.engine)
        apart = apart.filter(pl.col("stage").eq_missing(pl.lit(row["stage"])))
        unit = words.measured_unit(self.found, self.item)
        return Trace(
            "schools",
            f"{apart.height} 所学校各占方差的几成",
            children=tuple(_driver(one, unit) for one in apart.iter_rows(named=True)),
        )


def measures_of_schools(found: Assessed, item: Item) -> bool:
    """Whether an item looks at a coefficient of variation of one measure."""
    measure = found.catalogue.measures.get(item.measure) if item.measure else None
    return measure is not None and measure.rollup == "variation"


def _driver(row: words.Row, unit: str) -> Trace:
    own, mean = (with_unit(row[name], 2, unit) for name in ("value", "mean"))
    without = "" if row["without"] is None else f"；不计本校 {shown(row['without'], 3)}"
    detail = (
        f"{own}，{_DIRECTIONS[row['direction']]}全县平均 {mean}，"
        f"占学生 {shown(row['weight'] * 100, 1)}%{without}"
    )
    share = None if row["share"] is None else row["share"] * 100
    return Trace("school", f"{row['school_name']}（{row['school']}）", share, "%", detail, 1)


def _over_schools(found: Assessed, item: Item, rows: pl.DataFrame) -> Trace:
    """How many schools meet an item, and those that fall shortest."""
    short = found.failing().filter(pl.col("item") == item.id)
    named = tuple(
        Trace("school", words.place_words(row), detail=words.verdict_words(found, row))
        for row in short.head(MOST_SCHOOLS).iter_rows(named=True)
    )
    if short.height > MOST_SCHOOLS:
        named += (Trace("school", f"其余 {short.height - MOST_SCHOOLS} 处"),)
    label = f"全县　{words.item_words(item)}，{found.year} 年"
    clause = Trace("rule", "依据", detail=words.clause_words(found, item))
    return Trace("verdict", label, detail=_counts(found, rows), children=(clause, *named))


def _counts(found: Assessed, rows: pl.DataFrame) -> str:
    counts = rows.group_by("verdict").len()
    numbers = dict(counts.iter_rows())
    return "，".join(f"{found.word(one)} {numbers[one]} 处" for one in Verdict if numbers.get(one.value))


def _failing(found: Assessed, ruled: pl.DataFrame) -> tuple[Trace, ...]:
    bad = ruled.filter(pl.col("verdict").is_in([Verdict.FAILED, Verdict.UNKNOWN]))
    return tuple(
        Trace("school", words.place_words(row), detail=found.word(row["verdict"]))
        for row in bad.sort("verdict").iter_rows(named=True)
    )


def _ruled(found: Assessed, rule: Rule, row: words.Row) -> Trace:
    label = f"{words.place_words(row)}　{rule.name}，{found.year} 年：{found.word(row['verdict'])}"
    clause = Trace("rule", "依据", detail=rule.clause)
    if rule.schools is not None:
        below = found.rules.filter(pl.col("rule") == rule.schools)
        return Trace(
            "verdict", label, detail=_counts(found, below), children=(clause, *_failing(found, below))
        )
    chosen = [item for item in found.items if item.group in rule.groups or item.id in rule.items]
    how = _how(rule, len(chosen), found)
    return Trace("verdict", label, detail=how, children=(clause, *_items(found, rule, chosen, row)))


def _how(rule: Rule, count: int, found: Assessed) -> str:
    if rule.at_least is None:
        return f"{count} 项都要{found.word(Verdict.MET)}"
    rest = f"，其余须{found.word(Verdict.WITHIN)}" if rule.others else ""
    return f"{count} 项中至少 {rule.at_least} 项{found.word(Verdict.MET)}{rest}"


def _items(found: Assessed, rule: Rule, chosen: Iterable[Item], row: words.Row) -> list[Trace]:
    traces = []
    for item in chosen:
        rows = found.rows.filter(pl.col("item") == item.id)
        if rule.level == "school":
            rows = rows.filter(
                pl.col("school").eq_missing(pl.lit(row["school"])),
                pl.col("stage").eq_missing(pl.lit(row["stage"])),
            )
        if rows.height == 1:
            own = rows.row(0, named=True)
            detail = f"{words.value_words(found, own)}（{words.threshold_words(found, own)}）　"
            detail += words.verdict_words(found, own)
        else:
            detail = _counts(found, rows)
        traces.append(Trace("verdict", words.item_words(item), detail=detail))
    return traces
