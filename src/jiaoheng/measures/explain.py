"""Follows a value back: measure, rule, numerator and denominator, facts, columns, files, sheets and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine
from jiaoheng.errors import JiaohengError
from jiaoheng.measures import rules
from jiaoheng.measures.gather import Slice, chosen, slices
from jiaoheng.measures.groups import By, region_name
from jiaoheng.measures.origins import PlaceOrigins, SchoolOrigins
from jiaoheng.measures.reasons import stage_words
from jiaoheng.measures.recipes import Term, recipes
from jiaoheng.measures.sums import school_rows
from jiaoheng.measures.sums import sums as school_sums
from jiaoheng.measures.trace import Trace
from jiaoheng.measures.values import compute
from jiaoheng.measures.words import definition, part_words
from jiaoheng.packs import Catalogue, Measure
from jiaoheng.terms import lookup

MOST_SCHOOLS = 5
"""How many schools are shown of those that a sum is made of."""


class ExplainError(JiaohengError):
    """There is no such school, area or stage to explain a measure for."""


def explain(
    census: Census,
    measure: str,
    *,
    school: str | None = None,
    area: str | None = None,
    stage: str | None = None,
    catalogue: Catalogue | None = None,
    engine: str = "duckdb",
    extra: Iterable[Measure] = (),
) -> Trace:
    """Show how a measure came about, for a school, an area, or (with neither) the county.

    Parameters
    ----------
    measure : id, name or alias.
    school, area : code or name.
    stage : a row of the measure: a stage, or the word for several together; all its rows where None.
    extra : measures that no pack has, made for the occasion, of which `measure` may be one.

    Returns
    -------
    Trace
        From the value to the cells that it was made of. Counts from registers name the rows, never a person.

    Raises
    ------
    UnknownMeasureError, ExplainError
        There is no such measure, school, area or stage.
    """
    every = rules.in_force(catalogue or rules.catalogue(), census.year)
    made = tuple(extra)
    every = replace(every, measures={**every.measures, **{one.id: one for one in made}}) if made else every
    asked = chosen(every, measure)[0]
    by, key = _place(census, school, area)
    rows = compute(census, asked.id, by=by, engine=engine, catalogue=catalogue, extra=made)
    rows = rows.filter(pl.col("key") == key)
    parts = {part.label: part for part in slices(asked)}
    wanted = _stage(stage, asked, parts)
    rows = rows.filter(pl.col("stage").is_in([wanted])) if wanted is not None else rows
    if rows.is_empty():
        raise ExplainError(f"“{school or area}”没有指标“{asked.name}”所说的学段。请换一所学校或换一个学段。")
    with engines.open(engine) as opened:
        explained = _Explained(census, opened, every, asked, by, key)
        traces = [explained.row(row, parts[row["stage"]]) for row in rows.iter_rows(named=True)]
    if len(traces) == 1:
        return traces[0]
    where = rows["key_name"][0] or key
    return Trace("measure", f"{where}　{asked.name}", children=tuple(traces))


@dataclass(frozen=True)
class _Explained:
    census: Census
    engine: Engine
    catalogue: Catalogue
    measure: Measure
    by: By
    key: str
    _sums: dict[Term, pl.DataFrame] = field(default_factory=dict)

    def row(self, row: Mapping[str, Any], part: Slice) -> Trace:
        """The tree of one row of a result."""
        stage = f"（{stage_words(part.label)}）" if part.label else ""
        label = f"{row['key_name'] or self.key}　{self.measure.name}{stage}，{self.census.year} 年"
        children = [self._rule()]
        if row["status"] != "known":
            children.append(Trace("missing", _STATUS[row["status"]], detail=row["reason"]))
        if row["status"] != "not_applicable":
            children += self._parts(row, part)
        return Trace(
            "measure",
            label,
            row["value"],
            self.measure.unit,
            _coverage(row),
            self.measure.digits,
            tuple(children),
        )

    def _rule(self) -> Trace:
        measure, document = self.measure, self.measure.document
        number = f"（{document.number}）" if document.number else ""
        children = [Trace("rule", "依据", detail=f"《{document.title}》{number}　{measure.clause}")]
        day = _day(self.census.year)
        if not self.catalogue.in_force(measure, day):
            children.append(
                Trace("rule", "注意", detail=f"该定义自 {measure.starts} 起施行，{day} 尚未施行或已失效")
            )
        if measure.unverified:
            children.append(Trace("rule", "未核对", detail=measure.unverified))
        return Trace("rule", "算式", detail=definition(self.catalogue, measure), children=tuple(children))

    def _parts(self, row: Mapping[str, Any], part: Slice) -> list[Trace]:
        measure = self.measure
        if measure.mean_of:
            return [
                replace(self, measure=self.catalogue.measures[id_])._variation_of_mean(part)
                for id_ in measure.mean_of
            ]
        recipe = recipes(self.catalogue, [measure])[-1]
        source = self.catalogue.measures[measure.of] if measure.of else measure
        assert source.numerator is not None
        found = []
        if recipe.kind in ("ratio", "variation"):
            (term,) = recipe.parts
            assert source.denominator is not None
            found.append(self._part("分子", source.numerator, term, term, row["numerator"], part))
            below = Term(term.grain, term.denominator or term.numerator, None, term.where)
            found.append(self._part("分母", source.denominator, term, below, row["denominator"], part))
            return found
        texts = [source.numerator] + ([source.plus] if source.plus else [])
        for text, term in zip(texts, recipe.parts, strict=True):
            value = row["numerator"] if len(texts) == 1 else None
            label = "分子" if recipe.divisor is not None else "数量"
            found.append(self._part(label, text, term, term, value, part))
        if recipe.divisor is not None and source.denominator is not None:
            found.append(
                self._part(
                    "分母", source.denominator, recipe.divisor, recipe.divisor, row["denominator"], part
                )
            )
        return found

    def _variation_of_mean(self, part: Slice) -> Trace:
        frame = compute(
            self.census, self.measure.id, by=self.by, engine=self.engine.name, catalogue=self.catalogue
        )
        rows = frame.filter((pl.col("key") == self.key) & (pl.col("stage") == part.label))
        return self.row(rows.row(0, named=True), part)

    def _part(self, label: str, text: str, term: Term, own: Term, value: float | None, part: Slice) -> Trace:
        """A numerator or a denominator: `own` is summed, over the rows on which all of `term` is known."""
        words = part_words(self.catalogue, text)
        if term.grain == "school" and self.by == "school":
            origins = SchoolOrigins(self.census, self.engine, self.catalogue, self.key)
            below = origins.traces(self.catalogue.node(text), part)
        elif term.grain == "school":
            below = self._schools(term, part, denominator=own is not term)
        else:
            origin = PlaceOrigins(self.census, self.engine, self.catalogue, term.grain, self.key)
            below = origin.traces(self.catalogue.node(text), part)
        return Trace("part", f"{label}：{words}", value, children=tuple(below))

    def _schools(self, term: Term, part: Slice, *, denominator: bool) -> list[Trace]:
        """The schools that contribute most, and how many are missing."""
        if term not in self._sums:
            rows = school_rows(self.census, self.engine, {term: 0}, self.catalogue)
            self._sums[term] = school_sums(rows, ["school_code", "area_code"])
        sums = self._sums[term]
        sums = sums.filter(pl.col("stage").is_in(part.stages)) if part.stages else sums
        if self.by == "area":
            sums = sums.filter(pl.col("area_code") == self.key)
        column = "d0" if denominator else "n0"
        known = sums.filter(pl.col("k0") > 0)
        missing = sums.filter(pl.col("t0") > pl.col("k0"))
        by_school = known.group_by("school_code").agg(pl.col(column).sum().alias("amount"))
        ordered = by_school.sort(["amount", "school_code"], descending=[True, False])
        names = dict(zip(*_columns(self.census, "schools", "school_code", "name"), strict=True))
        shown = [
            Trace("school", f"{names.get(code, code)}（{code}）", amount)
            for code, amount in ordered.head(MOST_SCHOOLS).iter_rows()
        ]
        rest = ordered.slice(MOST_SCHOOLS)
        if len(rest):
            shown.append(Trace("school", f"其余 {len(rest)} 所", float(rest["amount"].sum())))
        found = [Trace("schools", f"{len(ordered)} 所学校有数据，最多的几所", children=tuple(shown))]
        if len(missing):
            lacking = missing["school_code"].unique().sort().to_list()
            some = "、".join(names.get(code) or code for code in lacking[:MOST_SCHOOLS])
            more = " 等" if len(lacking) > MOST_SCHOOLS else ""
            found.append(Trace("missing", f"{len(lacking)} 所缺数据，未计入", detail=some + more))
        return found


_STATUS = {"unknown": "不能计算", "not_applicable": "不适用"}


def _coverage(row: Mapping[str, Any]) -> str:
    if row["status"] != "known" or not row["total"] or row["known"] == row["total"]:
        return ""
    return f"（{row['total']} 个数据中有 {row['known']} 个已知）"


def _day(year: int) -> date:
    return date(year, *rules.CENSUS_DAY)


def _place(census: Census, school: str | None, area: str | None) -> tuple[By, str]:
    if school is not None and area is not None:
        raise ExplainError("学校和镇街只能指定一个。请去掉其中一个。")
    if school is not None:
        return "school", _code(census, "schools", "school_code", school, "学校")
    if area is not None:
        return "area", _code(census, "areas", "area_code", area, "镇街")
    return "county", census.region


def _code(census: Census, table: str, code: str, text: str, what: str) -> str:
    codes, names = _columns(census, table, code, "name")
    if text in codes:
        return text
    found = [one for one, name in zip(codes, names, strict=True) if name == text]
    if len(found) == 1:
        return found[0]
    if found:
        raise ExplainError(f"有 {len(found)} 个{what}名为“{text}”（{'、'.join(found)}）。请改用代码。")
    raise ExplainError(f"{census.year} 年{region_name(census)}的快照里没有{what}“{text}”。请检查代码或名称。")


def _columns(census: Census, table: str, *names: str) -> list[list[str]]:
    rows = census.table(table)
    return [rows[name].to_pylist() for name in names]


def _stage(text: str | None, measure: Measure, parts: Mapping[str | None, Slice]) -> str | None:
    if text is None:
        return None
    wanted = lookup("stage", text) or text
    for label in parts:
        if label is not None and wanted in (label, stage_words(label)):
            return label
    options = "、".join(stage_words(label) for label in parts if label) or "（不分学段）"
    raise ExplainError(f"指标“{measure.name}”没有学段“{text}”。可用：{options}。")
