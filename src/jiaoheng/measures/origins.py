"""What a numerator or a denominator of one school, area or county was made of, down to files and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from jiaoheng import engine as engines
from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine
from jiaoheng.measures import sources
from jiaoheng.measures.base import COMPULSORY, family, school_frame, shared_columns
from jiaoheng.measures.gather import Slice
from jiaoheng.measures.reasons import stage_words
from jiaoheng.measures.recipes import Term, fact_tree, with_facts
from jiaoheng.measures.sums import school_schema, split_weights, wanted
from jiaoheng.measures.trace import Trace, shown
from jiaoheng.measures.words import DERIVED_NAMES, column_of, name_of, said
from jiaoheng.packs import GROUPED_TABLES, ROW_TABLES, Catalogue, Fact, Grain
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import Column


@dataclass(frozen=True)
class SchoolOrigins:
    """Where the figures of one school come from."""

    census: Census
    engine: Engine
    catalogue: Catalogue
    school: str

    def traces(self, node: Node, part: Slice) -> list[Trace]:
        """For each stage of the school, the facts and columns of an expression."""
        rows = self._rows(node)
        rows = [row for row in rows if not part.stages or row["stage"] in part.stages]
        if len(rows) == 1 and len(part.stages) == 1:
            return list(self._names(node, rows[0]))
        return [
            Trace("fact", stage_words(row["stage"]), row["whole"], children=tuple(self._names(node, row)))
            for row in rows
        ]

    def _rows(self, node: Node) -> list[dict[str, Any]]:
        """The base rows of the school, with the value of the expression, ``whole``, and of its facts."""
        facts = self.catalogue.ordered(
            self.catalogue.facts[n] for n in node.columns() if n in self.catalogue.facts
        )
        trees = {f"fact_{fact.id}": fact_tree(self.catalogue, fact) for fact in facts}
        trees["whole"] = with_facts(self.catalogue, node)
        needed = wanted(
            self.catalogue, [Term("school", tree) for tree in (*trees.values(), Column("pupils"))]
        )
        frame = school_frame(self.census, self.engine, needed, weights=split_weights(self.catalogue))
        own = frame.filter(nw.col("school_code") == self.school)
        worked = engines.derive(own, trees, school_schema(self.catalogue)).collect("polars").to_native()
        found: list[dict[str, Any]] = worked.sort("stage").to_dicts()
        return found

    def _names(self, node: Node, row: Mapping[str, Any], inside: Fact | None = None) -> Iterable[Trace]:
        for name in sorted(node.columns()):
            fact = self.catalogue.facts.get(name)
            if fact is not None and (inside is None or fact.id != inside.id):
                yield self._fact(fact, row)
            elif name != "stage":
                yield self._column(name, row)

    def _fact(self, fact: Fact, row: Mapping[str, Any]) -> Trace:
        result = row[f"fact_{fact.id}"]
        value = _number(result)
        answer = {True: "是　", False: "否　"}.get(result, "") if isinstance(result, bool) else ""
        detail = answer + _formula(self.catalogue, fact, "school")
        if fact.table in GROUPED_TABLES:
            return Trace("fact", fact.name, value, fact.unit, detail, None, (self._records(fact.table, row),))
        children = list(self._names(self.catalogue.node(fact.expr), row, fact))
        if fact.records is not None and _number(row.get(f"counted_{fact.id}")) is not None:
            counted = said(self.catalogue.node(fact.records.expr), self.catalogue, None, fact.records.table)
            used = value is not None and any(child.value is None for child in children)
            label = "报表缺失，改由名册汇总" if used else "名册汇总（供核对）"
            number = _number(row[f"counted_{fact.id}"])
            records = (self._records(fact.records.table, row),)
            children.append(Trace("records", label, number, fact.unit, counted, None, records))
        return Trace("fact", fact.name, value, fact.unit, detail, None, tuple(children))

    def _column(self, name: str, row: Mapping[str, Any]) -> Trace:
        column = column_of(name, "school")
        if column is None:
            return self._derived(name, row)
        value = row[name]
        number = _number(value)
        text = "" if number is not None else "缺失" if value is None else said_value(column, value)
        detail = "　".join(part for part in (text, sources.form(column)) if part)
        label = f"{dictionary.table(column.table).zh}表「{column.zh}」"
        children = self._places(column, row["stage"])
        if column in shared_columns() and row["stage_count"] != 1:
            children = [self._split(row), *children]
        return Trace("column", label, number, column.unit_zh, detail, None, tuple(children))

    def _derived(self, name: str, row: Mapping[str, Any]) -> Trace:
        value = row[name]
        detail = value if isinstance(value, str) else "缺失" if value is None else ""
        stages = [other["stage"] for other in self._stage_rows]
        amounts = [column for column in ("pupils", "classes") if column in name]
        children = [
            trace
            for amount in amounts
            for stage in stages
            if stage in COMPULSORY or "compulsory" not in name
            for trace in self._places(dictionary.table("school_stages")[amount], stage)
        ]
        label = name_of(name, self.catalogue, "school")
        return Trace("column", label, _number(value), "", detail, None, tuple(children))

    def _split(self, row: Mapping[str, Any]) -> Trace:
        """How what the school has as a whole is shared out among its stages."""
        weights = split_weights(self.catalogue)
        parts = [
            f"{stage_words(other['stage'])} {_said(other['pupils'])}×{weights.get(other['stage'], 1):g}"
            for other in self._stage_rows
        ]
        parameter = self.catalogue.parameters.get("split_weight")
        clause = f"　{parameter.clause}" if parameter else ""
        own = f"{_said(row['pupils'])}×{weights.get(row['stage'], 1):g}"
        return Trace(
            "split",
            "本学段所占份额",
            _number(row["stage_share"]),
            "",
            f"{own} ÷（{' ＋ '.join(parts)}）{clause}",
        )

    @cached_property
    def _stage_rows(self) -> list[dict[str, Any]]:
        return self._rows(Column("pupils"))

    def _places(self, column: dictionary.Column, stage: str) -> list[Trace]:
        """The cells of the school and of the campuses that were merged into it."""
        table = self.census.table(column.table)
        codes, values = table["school_code"].to_pylist(), table[column.name].to_pylist()
        stages = table["stage"].to_pylist() if column.table == "school_stages" else [None] * len(codes)
        members = family(self.census, self.school)
        found = []
        for code, value, own in zip(codes, values, stages, strict=True):
            if code not in members or (own is not None and own != stage):
                continue
            key = (code,) if own is None else (code, own)
            place = (
                sources.cells(self.census, column.table, key, column.name) if value is not None else "缺失"
            )
            text = f"　{said_value(column, value)}" if value is not None and _number(value) is None else ""
            label = (
                "来源"
                if len(members) == 1
                else f"校数为 0，并入本校：{code}"
                if code != self.school
                else "本校"
            )
            kind = "source" if code == self.school else "merge"
            found.append(Trace(kind, label, _number(value), column.unit_zh, place + text))
        return found

    def _records(self, table: str, row: Mapping[str, Any]) -> Trace:
        """The rows of a register that belong to the school and stage."""
        return _rows_of(
            self.census, table, {"school_code": family(self.census, self.school), "stage": (row["stage"],)}
        )


@dataclass(frozen=True)
class PlaceOrigins:
    """Where the figures of an area, the county, or a stage of the county come from."""

    census: Census
    engine: Engine
    catalogue: Catalogue
    grain: Grain
    key: str

    def traces(self, node: Node, part: Slice) -> list[Trace]:
        """The facts and columns of an expression."""
        return [trace for name in sorted(node.columns()) for trace in self._name(name, part, None)]

    def _name(self, name: str, part: Slice, inside: Fact | None) -> list[Trace]:
        fact = self.catalogue.facts.get(name)
        if fact is None or (inside is not None and fact.id == inside.id):
            return self._cells(name, part)
        detail = _formula(self.catalogue, fact, self.grain)
        if fact.table in GROUPED_TABLES:
            where = (
                {"area_code": (self.key,)} if self.grain == "area" and self.key != self.census.region else {}
            )
            return [
                Trace(
                    "fact",
                    fact.name,
                    None,
                    fact.unit,
                    detail,
                    None,
                    (_rows_of(self.census, fact.table, where),),
                )
            ]
        node = self.catalogue.node(fact.expr)
        children = [trace for other in sorted(node.columns()) for trace in self._name(other, part, fact)]
        return [Trace("fact", fact.name, None, fact.unit, detail, None, tuple(children))]

    def _cells(self, name: str, part: Slice) -> list[Trace]:
        for table in (
            known for known, grain in ROW_TABLES.items() if grain == self.grain and known != "finance"
        ):
            column = dictionary.table(table).by_name.get(name)
            if column is not None:
                return self._rows(table, column, part)
        if name == "census_year":
            return [Trace("column", DERIVED_NAMES[name], float(self.census.year), "年")]
        item, last = name.removesuffix("_last_year"), name.endswith("_last_year")
        column = dictionary.table("finance")["amount_last_year" if last else "amount"]
        return self._rows("finance", column, part, item=item)

    def _rows(
        self, table: str, column: dictionary.Column, part: Slice, *, item: str | None = None
    ) -> list[Trace]:
        keys = dictionary.table(table).key
        found = []
        for row in self.census.table(table).to_pylist():
            stage = row.get("stage")
            elsewhere = self.grain == "area" and self.key not in (row["area_code"], self.census.region)
            if (
                elsewhere
                or (part.stages and stage and stage not in part.stages)
                or (item and row["item"] != item)
            ):
                continue
            value = row[column.name]
            place = sources.cells(self.census, table, [row[key] for key in keys], column.name)
            place = "缺失" if value is None else place
            label = f"{dictionary.table(table).zh}表「{column.zh}」" + (
                f"（{stage_words(stage)}）" if stage else ""
            )
            detail = "　".join(text for text in (sources.form(column), place) if text)
            found.append(Trace("column", label, _number(value), column.unit_zh, detail))
        label = f"{dictionary.table(table).zh}表「{column.zh}」"
        return found or [Trace("missing", label, detail="没有这一行")]


def said_value(column: dictionary.Column, value: Any) -> str:
    """A value that is no number, as people read it; persons' values never come here."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return terms.label(column.codes, str(value)) if column.codes else str(value)


def _rows_of(census: Census, table: str, where: Mapping[str, Iterable[str]]) -> Trace:
    entry = dictionary.table(table)
    frame = pl.DataFrame(pl.from_arrow(census.table(table).select(list({*entry.key, *where}))))
    for column, values in where.items():
        frame = frame.filter(pl.col(column).is_in(list(values)))
    return Trace(
        "source", f"{entry.zh}表", detail=sources.rows(census, table, frame.select(entry.key).iter_rows())
    )


def _formula(catalogue: Catalogue, fact: Fact, grain: Grain) -> str:
    """How a fact is worked out, and by which clause; a column by another name needs no formula."""
    node = catalogue.node(fact.expr)
    if isinstance(node, Column):
        return fact.clause
    table = fact.table if fact.table in GROUPED_TABLES else None
    return f"{said(node, catalogue, grain, table)}　{fact.clause}"


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _said(value: Any) -> str:
    return "未知" if value is None else shown(float(value))
