"""Runs the checks of the packs over a census: table by table, all conditions of a table in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import narwhals as nw
import polars as pl

from jiaoheng import engine
from jiaoheng.census import dictionary
from jiaoheng.census.checking import words
from jiaoheng.census.checking.finding import Finding
from jiaoheng.census.checking.frames import frame
from jiaoheng.census.checking.rules import RULES
from jiaoheng.census.checking.view import View
from jiaoheng.census.reading import Cell, key_text
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import Catalogue, Check, PackError
from jiaoheng.packs import check_names as names
from jiaoheng.packs.expression import Node, Type
from jiaoheng.packs.expression.nodes import Binary, Column, Membership, Text, Unary


def run(view: View, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every row that does not keep a check, the worst first; without places and explanations.

    Parameters
    ----------
    view : the census, with the year and the version before where there are any.
    catalogue : the rules in force.

    Raises
    ------
    PackError
        A check names a rule that does not exist.
    """
    by_table: dict[str, list[Check]] = {}
    for check in catalogue.checks.values():
        by_table.setdefault(check.table, []).append(check)
    findings: list[Finding] = []
    labels = _Labels(view)
    for table, checks in by_table.items():
        if view.table(table).is_empty():
            continue
        for hit in (*_conditions(view, table, checks, catalogue), *_rules(view, checks)):
            findings += _findings(hit, labels)
    return tuple(sorted(findings, key=lambda finding: finding.order))


def located(findings: Sequence[Finding], census: Census) -> tuple[Finding, ...]:
    """The findings with the places that their cells came from."""
    places = census.places([cell for finding in findings for cell in finding.cells])
    return tuple(
        replace(
            finding,
            places=tuple(dict.fromkeys(place for cell in finding.cells for place in places.get(cell, ()))),
        )
        for finding in findings
    )


def failing(check: Check, item: str, must: str, catalogue: Catalogue) -> Node:
    """The condition that is true for the rows that a check finds."""
    parts: list[Node] = []
    if check.stages:
        parts.append(Membership(Column("stage"), tuple(Text(stage) for stage in check.stages)))
    if scope := check.scope(item):
        parts.append(_node(scope, check, catalogue))
    parts.append(Unary("not", _node(must, check, catalogue)))
    return reduce(lambda left, right: Binary("and", left, right), parts)


_IDENTIFYING = frozenset({"school_code", "stage", "name"})
"""What tells a reader whose row it is."""


@dataclass(frozen=True)
class Hit:
    """The rows that one condition of a check finds.

    ``rows`` has the table's key and the values; ``must`` is the condition, None where a rule found them.
    """

    check: Check
    item: str
    must: Node | None
    rows: pl.DataFrame
    schema: Mapping[str, Type]


def _conditions(view: View, table: str, checks: Sequence[Check], catalogue: Catalogue) -> Iterator[Hit]:
    """What breaks the conditions that are written in the language."""
    cases = [(check, case) for check in checks for case in check.cases]
    if not cases:
        return
    schema = names.names_of(table, catalogue)
    nodes = {
        f"c{i}": failing(check, case.item, case.must, catalogue) for i, (check, case) in enumerate(cases)
    }
    wanted = {name for node in nodes.values() for name in node.columns()}
    wanted |= {name for check, case in cases for name in _told(check, case.item) if name in schema}
    wanted |= _IDENTIFYING & dictionary.table(table).by_name.keys()
    rows = frame(view, table, sorted(wanted), catalogue)
    flags = engine.derive(nw.from_native(rows.lazy()), nodes, schema).select(*nodes)
    found: pl.DataFrame = flags.collect("polars").to_native()
    for name, (check, case) in zip(nodes, cases, strict=True):
        if found[name].any():
            yield Hit(check, case.item, _node(case.must, check, catalogue), rows.filter(found[name]), schema)


def _rules(view: View, checks: Sequence[Check]) -> Iterator[Hit]:
    """What the functions find that checks name."""
    for check in checks:
        if check.rule is None:
            continue
        if check.rule not in RULES:
            raise PackError(f"{check.place}: 没有内置规则「{check.rule}」。可用：{'、'.join(RULES)}。")
        rows = RULES[check.rule](view)
        if check.stages:
            rows = rows.filter(pl.col("stage").is_in(list(check.stages)))
        if rows.height:
            yield Hit(check, "", None, rows, {})


def _findings(hit: Hit, labels: _Labels) -> Iterator[Finding]:
    table = dictionary.table(hit.check.table)
    if table.of_persons:
        yield from _of_persons(hit, labels)
        return
    said = _said(hit)
    for row, (message, expected, columns) in zip(hit.rows.iter_rows(named=True), said, strict=True):
        key = tuple(str(row[name]) for name in table.key)
        yield Finding(
            check=hit.check,
            item=hit.item or row.get("column", ""),
            table=table.name,
            key=key,
            unit=labels.unit(table.name, row),
            stage=row.get("stage"),
            values={name: row[name] for name in columns if name in row},
            message=message,
            expected=expected,
            rows=1,
            cells=tuple(labels.cells(table.name, row, columns)),
        )


def _of_persons(hit: Hit, labels: _Labels) -> Iterator[Finding]:
    """One finding a school and stage, which names nobody and nothing of anybody."""
    table = dictionary.table(hit.check.table)
    columns = [name for name in sorted(hit.must.columns() if hit.must else ()) if name in table.by_name]
    group = [name for name in ("school_code", "stage") if name in hit.rows.columns]
    for values, rows in hit.rows.sort(table.key).group_by(group, maintain_order=True):
        row = dict(zip(group, values, strict=True))
        says = hit.check.says or f"有 {{count}} 人不符合“{hit.check.name}”"
        keys = [key_text(key) for key in rows.select(table.key).iter_rows()]
        yield Finding(
            check=hit.check,
            item=hit.item,
            table=table.name,
            key=tuple(str(value) for value in values),
            unit=labels.unit(table.name, row),
            stage=row.get("stage"),
            values={},
            message=words.filled(says, {"count": rows.height}, table.name),
            expected="",
            rows=rows.height,
            cells=tuple(
                Cell(table.name, key, column) for key in keys for column in columns or [table.key[0]]
            ),
        )


def _said(hit: Hit) -> Iterator[tuple[str, str, list[str]]]:
    """For each row the message, what was expected, and the columns that they speak of."""
    rows, table = hit.rows, hit.check.table
    if hit.must is None:
        for row in rows.iter_rows(named=True):
            columns = _columns_of_rule(row, table)
            told = row | {"column": words.label(columns[0], table)} if columns else row
            yield words.filled(hit.check.says or hit.check.name, told, table), "", columns
        return
    parts = words.conjuncts(hit.must)
    asked: dict[str, Node] = {f"ok{i}": part for i, part in enumerate(parts)}
    for i, part in enumerate(parts):
        if pair := words.sides(part):
            asked |= {f"left{i}": pair[0], f"right{i}": pair[2]}
    worked = engine.derive(nw.from_native(rows.lazy()), asked, hit.schema).select(*asked)
    answers = worked.collect("polars").to_native()
    for row, answer in zip(rows.iter_rows(named=True), answers.iter_rows(named=True), strict=True):
        broken = next((i for i in range(len(parts)) if answer[f"ok{i}"] is False), 0)
        columns = _blamed(parts[broken], table)
        values = {name: row[name] for name in columns}
        message, expected = "", ""
        if words.sides(parts[broken]):
            message, expected = words.compared(
                parts[broken], answer[f"left{broken}"], answer[f"right{broken}"], table
            )
        if says := hit.check.told(hit.item):
            message = words.filled(says, row, table)
        yield message or words.listed(values, table), expected, columns


def _columns_of_rule(row: Mapping[str, Any], table: str) -> list[str]:
    """The column of the table that a rule blames, if it names one."""
    return [row["column"]] if row.get("column") in dictionary.table(table).by_name else []


def _blamed(node: Node, table: str) -> list[str]:
    """The columns of a broken condition. A comparison reads the key for its parameters alone."""
    columns = list(dict.fromkeys(part.name for part in node.walk() if isinstance(part, Column)))
    others = [name for name in columns if name not in dictionary.table(table).key]
    return others if others and words.sides(node) else columns


def _told(check: Check, item: str) -> set[str]:
    """The names that a check's message puts in."""
    return {part.split("}")[0] for part in (check.told(item) or "").split("{")[1:]}


def _node(text: str, check: Check, catalogue: Catalogue) -> Node:
    return names.without_facts(catalogue.node(text), check.table, catalogue)


_OF_COUNTY = frozenset({"county", "county_stages", "finance", "survey"})


class _Labels:
    """Names of schools and areas, and where the cells stand that a row's values come from."""

    def __init__(self, view: View) -> None:
        schools = [] if view.last is None else [view.last.table("schools")]
        self._schools = {
            code: name
            for table in (*schools, view.table("schools"))
            for code, name in table.select("school_code", "name").iter_rows()
        }
        self._areas = dict(view.table("areas").select("area_code", "name").iter_rows())
        self._county = next(iter(view.table("county")["name"]), None) or view.region
        stages: dict[str, list[str]] = {}
        for code, stage in view.table("school_stages").select("school_code", "stage").iter_rows():
            stages.setdefault(code, []).append(stage)
        self._stages = stages

    def unit(self, table: str, row: Mapping[str, Any]) -> str:
        """Whom a row belongs to."""
        own = dictionary.table(table)
        code = "、".join(str(row[name]) for name in own.key if name in row)
        if table in _OF_COUNTY:
            return str(self._county)
        if own.key[0] == "area_code":
            return f"{self._areas.get(row['area_code']) or ''}（{row['area_code']}）"
        if own.key[0] != "school_code" and row.get("name"):
            return f"{row['name']}（{code}）"
        if (school := row.get("school_code")) is not None:
            return f"{self._schools.get(school) or ''}（{school}）"
        return code

    def cells(self, table: str, row: Mapping[str, Any], columns: Sequence[str]) -> Iterator[Cell]:
        """The cells of this year's snapshot behind the names that a condition reads."""
        own = dictionary.table(table)
        key = key_text(tuple(row[name] for name in own.key))
        code = row.get("school_code")
        for name in columns:
            column = _SOURCES.get(name, name)
            if column in own.by_name:
                yield Cell(table, key, column)
            elif code is not None and column in dictionary.table("schools").by_name:
                yield Cell("schools", str(code), column)
            elif code is not None and name.startswith(names.TOTAL):
                for stage in self._stages.get(code, ()):
                    yield Cell("school_stages", key_text((code, stage)), name.removeprefix(names.TOTAL))
            elif name.startswith(names.SAME):
                inner = name.removeprefix(names.SAME)
                yield Cell(table, key, _SOURCES.get(inner, inner))


_SOURCES = {
    "code_length": "school_code",
    "code_kind": "school_code",
    "code_province": "school_code",
    "code_county": "area_code",
    "in_county": "longitude",
    "in_area": "longitude",
    "age": "birth_date",
    "point": "longitude",
}
"""The column that a derived name is worked out from."""
