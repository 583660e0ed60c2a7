"""The proof: the changes made to the census itself, in memory, and that census assessed like any other.

Nothing of the solver is used: where a unit of an item goes, is tried out on the rules' own formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census import dictionary
from jiaoheng.census.snapshot import Census
from jiaoheng.measures.sums import school_schema
from jiaoheng.packs import Catalogue
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.assess import assess
from jiaoheng.standards.remedy.actions import RemedyError
from jiaoheng.standards.remedy.county import County
from jiaoheng.standards.remedy.steps import Step
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import Verdict
from jiaoheng.standards.what_if import Adjust, Change, Move, WhatIfError, changed

_TRIED = 1000.0
_BASE = ("schools", "school_stages")


@dataclass(frozen=True)
class Proof:
    """The changed county, assessed.

    Attributes
    ----------
    assessed : None where the changes could not be made to the census; ``why`` then says so.
    """

    assessed: Assessed | None
    why: str = ""

    def passing(self, county: County) -> tuple[str, ...]:
        """The schools that pass in every stage, by the assessment."""
        if self.assessed is None:
            return ()
        rules = self.assessed.rules.filter(pl.col("rule") == county.rule.id)
        verdicts = {
            (school, stage): verdict
            for school, stage, verdict in rules.select("school", "stage", "verdict").iter_rows()
        }
        return tuple(
            school
            for school, places in county.problem.of_school.items()
            if all(
                verdicts.get((school, county.problem.rows[place].stage)) == Verdict.MET for place in places
            )
        )

    def variations(self, county: County) -> Mapping[tuple[str, str], float | None]:
        """The coefficients, by stage and the id of the measure that varies."""
        if self.assessed is None:
            return {}
        measures = self.assessed.catalogue.measures
        of = {item.id: measures[item.measure].of for item in self.assessed.items if item.measure}
        return {
            (stage, str(of[item])): value
            for item, stage, value in self.assessed.rows.select("item", "stage", "value").iter_rows()
            if of.get(item) in {one.id for one in county.problem.items}
        }


def prove(
    census: Census,
    county: County,
    steps: Sequence[Step],
    *,
    catalogue: Catalogue,
    answers: Answers | None = None,
) -> Proof:
    """Make the changes to the census in memory, and assess it."""
    standard = county.assessed.standard.id
    try:
        new = changed(census, list(_changes(census, county, steps)))
        return Proof(assess(new, standard, catalogue=catalogue, answers=answers))
    except (WhatIfError, RemedyError) as error:
        return Proof(None, str(error))


def _changes(census: Census, county: County, steps: Sequence[Step]) -> Iterator[Change]:
    columns = _columns(county, [item.id for item in county.problem.items])
    added: dict[tuple[str, str | None], dict[str, float]] = {}

    def add(school: str, stage: str, column: str, amount: float) -> None:
        # What belongs to a school as a whole is raised without a stage.
        whole = column in {one.name for one in dictionary.table("schools").columns}
        place = added.setdefault((school, None if whole else stage), {})
        place[column] = place.get(column, 0.0) + amount

    stocks = _Stocks(census)
    for (school, stage, raised), amount in _raised(county, steps).items():
        possible = columns[stage, raised]
        if amount >= 0:
            add(school, stage, possible[0], amount)
        else:
            for column, part in stocks.taken(school, stage, possible, -amount):
                add(school, stage, column, -part)
    for step in steps:
        stage = _stage(county, step)
        if step.kind in ("hire", "move"):
            add(step.school, stage, "teachers", step.amount)
        if step.kind == "move" and step.source is not None:
            add(step.source, stage, "teachers", -step.amount)
    for (school, of_stage), amounts in added.items():
        changes = {name: int(x) if float(x).is_integer() else x for name, x in amounts.items() if x}
        if changes:
            yield Adjust.model_validate({"school": school, "stage": of_stage, "add": changes})
    for step in steps:
        if step.kind == "rezone" and step.source is not None:
            moved = {
                "from": step.source,
                "to": step.school,
                "stage": step.stage,
                "pupils": int(step.amount),
                "classes": "keep",
            }
            yield Move.model_validate({"move": moved})


def _raised(county: County, steps: Sequence[Step]) -> dict[tuple[str, str, str], float]:
    """By school, stage and measure, how much more there is in the end: those who come, less those who go."""
    found: dict[tuple[str, str, str], float] = {}
    for step in steps:
        for raised in step.raises:
            here = (step.school, _stage(county, step), raised)
            found[here] = found.get(here, 0.0) + step.amount
            if step.source is not None:
                there = (step.source, _stage(county, step), raised)
                found[there] = found.get(there, 0.0) - step.amount
    return found


def _stage(county: County, step: Step) -> str:
    return step.stage or next(row.stage for row in county.problem.rows if row.school == step.school)


class _Stocks:
    """What a school has in the columns from which somebody can go: of several, the fullest gives first."""

    def __init__(self, census: Census) -> None:
        self._rows = {
            (row["school_code"], row["stage"]): row for row in census.table("school_stages").to_pylist()
        }

    def taken(
        self, school: str, stage: str, columns: Sequence[str], amount: float
    ) -> Iterator[tuple[str, float]]:
        row = self._rows.get((school, stage), {})
        for column in sorted(columns, key=lambda name: -(row.get(name) or 0)):
            part = min(amount, float(row.get(column) or 0))
            if part > 0:
                yield column, part
                amount -= part
        if amount > 0:
            yield columns[0], amount


def _columns(county: County, ids: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """By stage and measure: the columns that raise its numerator by one for one, and no other's."""
    catalogue = county.assessed.catalogue
    numerators = {id_: catalogue.measures[id_].numerator or "" for id_ in ids}
    leaves = {id_: _leaves(catalogue, text) for id_, text in numerators.items()}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for stage in county.problem.stages:
        for id_ in ids:
            for column in leaves[id_]:
                gains = _gains(catalogue, numerators, stage, column)
                if all(abs(gain - (other == id_)) < 1e-9 for other, gain in gains.items()):
                    found[stage, id_] = (*found.get((stage, id_), ()), column)
            if (stage, id_) not in found:
                name = catalogue.measures[id_].name
                raise RemedyError(f"「{name}」没有一栏可以单独增加，不能代入数据重新评估。")
    return found


def _leaves(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """The columns of the census that an expression is made of, in the order of the dictionary."""
    first = catalogue.node(text).columns()
    facts = catalogue.ordered(catalogue.facts[name] for name in sorted(first) if name in catalogue.facts)
    names = {*first, *(name for fact in facts for name in catalogue.node(fact.expr).columns())}
    numeric = ("integer", "number")
    order = [one.name for table in _BASE for one in dictionary.table(table).columns if one.type in numeric]
    return tuple(name for name in order if name in names)


def _gains(catalogue: Catalogue, numerators: Mapping[str, str], stage: str, column: str) -> dict[str, float]:
    """By how much each numerator grows with one more in a column."""
    every = {name for text in numerators.values() for name in _leaves(catalogue, text)}
    rows = {name: [_TRIED, _TRIED + (name == column)] for name in sorted(every)}
    frame = pl.DataFrame({"stage": [stage] * 2} | rows).lazy()
    schema = school_schema(catalogue) | catalogue.schema("school")
    needed = {name for text in numerators.values() for name in catalogue.node(text).columns()}
    facts = [catalogue.facts[name] for name in sorted(needed) if name in catalogue.facts]
    work = nw.from_native(frame)
    for fact in catalogue.ordered(facts):
        work = engines.derive(work, {fact.id: catalogue.fact_node(fact)}, schema)
    wanted = {f"n_{id_}": catalogue.node(text) for id_, text in numerators.items()}
    done = engines.derive(work, wanted, schema).collect("polars").to_native()
    return {id_: float(done[f"n_{id_}"][1] - done[f"n_{id_}"][0]) for id_ in numerators}
