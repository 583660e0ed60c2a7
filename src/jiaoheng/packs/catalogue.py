"""All packs together: what is in force on a day, and how facts and measures hang together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from jiaoheng.packs.census_check import Check
from jiaoheng.packs.expression import ExpressionError, Node, Type, check, parse
from jiaoheng.packs.expression.nodes import Binary, Boolean, Call, Column, Null, Number, Text, with_columns
from jiaoheng.packs.grains import (
    GRAINS,
    GROUPED_TABLES,
    Columns,
    Grain,
    grain_columns,
    grain_of,
    table_columns,
)
from jiaoheng.packs.models import Document, Entry, Fact, Measure, Parameter
from jiaoheng.packs.score_card import ScoreCard, ScoreItem
from jiaoheng.packs.seat_warning import SeatWarning
from jiaoheng.packs.standard import Item, Standard
from jiaoheng.packs.thresholds import settled

_Entry = TypeVar("_Entry", bound=Entry)


@dataclass(frozen=True)
class Match:
    """The measure that a plan's words name, and the ``stage`` of its row (None: several rows, or none)."""

    measure: Measure
    stage: str | None


@dataclass(frozen=True)
class Catalogue:
    """The rules in force on one day.

    Attributes
    ----------
    columns : Mapping[str, Mapping[str, Type]]
        The columns of each census table and their types.
    documents : Mapping[str, Document]
        By id.
    parameters, facts, measures, checks, standards, items, score_cards, score_items, seat_warnings : Mapping
        By id, the version in force; in the order of the packs.
    entries : tuple of Entry
        Every version of everything, whether in force or not.
    """

    columns: Columns
    documents: Mapping[str, Document]
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    checks: Mapping[str, Check]
    standards: Mapping[str, Standard]
    items: Mapping[str, Item]
    score_cards: Mapping[str, ScoreCard]
    score_items: Mapping[str, ScoreItem]
    seat_warnings: Mapping[str, SeatWarning]
    entries: tuple[Entry, ...]
    _nodes: dict[str, Node] = field(default_factory=dict, repr=False, compare=False)
    _schemas: dict[Grain, dict[str, Type]] = field(default_factory=dict, repr=False, compare=False)

    def on(self, day: date) -> Catalogue:
        """The catalogue with the versions in force on `day`.

        Where no version of an entry covers the day, the last one before it stands in, else the first: a
        series over years can then reach behind the document that defines it. `in_force` tells the two apart.
        """
        return assemble(self.documents.values(), self.entries, columns=self.columns, day=day)

    def in_force(self, entry: Entry, day: date) -> bool:
        """Whether this version is in force on `day`."""
        return entry.starts <= day and (entry.ends is None or day <= entry.ends)

    def node(self, text: str) -> Node:
        """The tree of an expression of a measure or a fact, with parameters replaced by their values."""
        if text not in self._nodes:
            self._nodes[text] = _settled(_parsed(text), self.parameters)
        return self._nodes[text]

    def fact_node(self, fact: Fact) -> Node:
        """The tree that works a fact out from its table.

        Over grouped tables every value that is summed or counted must be known, else the fact is unknown:
        missing is not zero.
        """
        node = self.node(fact.expr)
        return _complete(node) if fact.table in GROUPED_TABLES else node

    def records_node(self, fact: Fact) -> Node | None:
        """The tree that counts a fact from records, guarded like `fact_node`; None without records."""
        return _complete(self.node(fact.records.expr)) if fact.records else None

    def schema(self, grain: Grain) -> dict[str, Type]:
        """The names that a measure may use at a grain, facts and columns, and their types."""
        if grain not in self._schemas:
            schema = self._schemas[grain] = grain_columns(grain, self.columns)
            for fact in self.ordered(self.facts.values()):
                if grain_of(fact.table) == grain:
                    schema[fact.id] = self._type_of(fact, schema)
        return self._schemas[grain]

    def grain(self, text: str) -> Grain | None:
        """The grain of an expression; None for a constant.

        Raises
        ------
        LookupError
            When no grain or more than one has all its names; `jiaoheng.packs.load` has made sure of measures.
        """
        names = self.node(text).columns()
        if not names:
            return None
        found = [grain for grain in GRAINS if names <= self.schema(grain).keys()]
        if len(found) != 1:
            raise LookupError(text)
        return found[0]

    def ordered(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """`facts` and all facts that they need, each after what it needs."""
        done: dict[str, Fact] = {}
        waiting: set[str] = set()

        def visit(fact: Fact) -> None:
            if fact.id in done or fact.id in waiting:
                return
            waiting.add(fact.id)
            for name in sorted(self.reads(fact)):
                visit(self.facts[name])
            done[fact.id] = fact

        for fact in facts:
            visit(fact)
        return tuple(done.values())

    def reads(self, fact: Fact) -> frozenset[str]:
        """The ids of the other facts in a fact's expression; over grouped tables all names are columns."""
        if fact.table in GROUPED_TABLES:
            return frozenset()
        try:
            names = self.node(fact.expr).columns()
        except ExpressionError:
            # Only while packs are being proved: the fault is reported where the expression stands.
            return frozenset()
        return (names & self.facts.keys()) - {fact.id}

    def facts_of(self, measure: Measure) -> tuple[Fact, ...]:
        """All facts that a measure needs, each after what it needs itself."""
        texts = [measure.numerator, measure.denominator, measure.plus, measure.where]
        names = {name for text in texts if text for name in self.node(text).columns()}
        found = [self.facts[name] for name in sorted(names) if name in self.facts]
        for id_ in (*([measure.of] if measure.of else []), *measure.mean_of):
            found += self.facts_of(self.measures[id_])
        return self.ordered(found)

    def named(self, text: str) -> Match | None:
        """The measure that a plan's words name: by id, name or alias, spaces and a unit in brackets aside."""
        wanted = plain_name(text)
        for measure in self.measures.values():
            for alias in measure.aliases:
                if plain_name(alias.name) == wanted:
                    return Match(measure, alias.stage or _only(measure.rows))
        for measure in self.measures.values():
            if wanted in (measure.id, plain_name(measure.name)):
                return Match(measure, _only(measure.rows))
        return None

    def items_of(self, standard: Standard) -> tuple[Item, ...]:
        """The items that a standard judges by, its own and those of the standard that it is like.

        A threshold that names a parameter has the parameter's value.
        """
        homes = {standard.id, standard.like}
        own = (item for item in self.items.values() if item.standard in homes)
        return tuple(settled(item, self.parameters) for item in own)

    def score_items_of(self, card: ScoreCard) -> tuple[ScoreItem, ...]:
        """The items of a score card, in order."""
        return tuple(item for item in self.score_items.values() if item.card == card.id)

    def _type_of(self, fact: Fact, schema: Mapping[str, Type]) -> Type:
        grouped = fact.table in GROUPED_TABLES
        return check(self.node(fact.expr), table_columns(fact.table, self.columns) if grouped else schema)


def assemble(
    documents: Iterable[Document], entries: Iterable[Entry], *, columns: Columns, day: date | None = None
) -> Catalogue:
    """The catalogue of the versions in force on `day`; without a day, the newest of each."""
    every = tuple(entries)
    return Catalogue(
        columns=columns,
        documents={document.id: document for document in documents},
        parameters=_current(every, Parameter, day),
        facts=_current(every, Fact, day),
        measures=_current(every, Measure, day),
        checks=_current(every, Check, day),
        standards=_current(every, Standard, day),
        items=_current(every, Item, day),
        score_cards=_current(every, ScoreCard, day),
        score_items=_current(every, ScoreItem, day),
        seat_warnings=_current(every, SeatWarning, day),
        entries=every,
    )


# Every day of the rules is proved with a catalogue of its own, and most of its expressions are the same.
_parsed = lru_cache(maxsize=16_384)(parse)


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name without spaces and without a unit in brackets at its end: 毛入园率（%） is 毛入园率."""
    bare = re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
    return re.sub(r"（(?:[%％‰]|[万个所人元年]+)）$", "", bare)


def _current(entries: Iterable[Entry], kind: type[_Entry], day: date | None) -> dict[str, _Entry]:
    chosen: dict[str, _Entry] = {}
    for entry in entries:
        if isinstance(entry, kind):
            other = chosen.get(entry.id)
            chosen[entry.id] = entry if other is None or _stands_in(entry, other, day) else other
    return chosen


def _stands_in(entry: Entry, other: Entry, day: date | None) -> bool:
    """Whether `entry` rather than `other` version holds on `day`: the last that has begun, else the first."""
    if day is None or (entry.starts <= day and other.starts <= day):
        return entry.starts > other.starts
    return entry.starts <= day or (other.starts > day and entry.starts < other.starts)


def _only(rows: tuple[str, ...]) -> str | None:
    return rows[0] if len(rows) == 1 else None


def _settled(node: Node, parameters: Mapping[str, Parameter]) -> Node:
    """`node` with each parameter replaced by its number, or by the choice of its number by stage."""

    def number(column: Column) -> Node:
        if column.name not in parameters:
            return column
        value, place = parameters[column.name].value, column.place
        if isinstance(value, float):
            return Number(value, place=place)
        choice: Node = Null(place=place)
        for stage, amount in reversed(value.items()):
            here = Binary("=", Column("stage", place=place), Text(stage, place=place), place=place)
            choice = Call("if", (here, Number(amount, place=place), choice), place=place)
        return choice

    return with_columns(node, number)


def _complete(node: Node) -> Node:
    """`node`, unknown unless every value that it sums or counts is known."""
    guarded = node
    counted = dict.fromkeys(
        part.arguments[0] for part in node.walk() if isinstance(part, Call) and part.aggregates
    )
    every = Call("count", (Boolean(True),))
    for argument in reversed(counted):
        if argument.columns() and not _always_known(argument):
            known = Call("count", (Call("known", (argument,)),))
            guarded = Call("if", (Binary("=", known, every), guarded, Null()))
    return guarded


def _always_known(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "known"
