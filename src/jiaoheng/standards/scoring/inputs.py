"""The inputs of score items: measures of this year and of former years, items of standards, and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiaoheng import measures as measures_room
from jiaoheng import terms
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import STAGE_GROUPS, Catalogue, Input, ScoreItem
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.assess import assess
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.scoring.given import Given
from jiaoheng.standards.verdict import Verdict

UNANSWERED = "尚未填报"


@dataclass(frozen=True)
class County:
    """A county to be scored.

    Attributes
    ----------
    census : its snapshot of the year.
    former : its snapshots of earlier years; those that no input asks for are not read.
    answers : what was declared: for the card, and for the standards whose items the card asks for.
    """

    census: Census
    former: tuple[Census, ...] = ()
    answers: tuple[Answers, ...] = ()

    def answers_for(self, id_: str) -> Answers | None:
        """What was declared for a card or a standard."""
        return next((one for one in self.answers if one.of.replace("-", "_") == id_), None)


@dataclass(frozen=True)
class Sources:
    """All that the inputs of one county are looked up in."""

    computed: Mapping[int, pl.DataFrame]
    """By how many years ago, the long form of the measures that were asked for."""
    assessed: Mapping[str, Assessed]
    answers: Answers | None
    catalogue: Catalogue
    year: int
    _rows: dict[tuple[int, str], list[dict[str, object]]] = field(default_factory=dict, repr=False)

    def rows(self, years_ago: int, measure: str) -> list[dict[str, object]]:
        """The rows of a measure; none where there is no snapshot of that year."""
        key = (years_ago, measure)
        if key not in self._rows:
            frame = self.computed.get(years_ago)
            self._rows[key] = [] if frame is None else frame.filter(pl.col("measure") == measure).to_dicts()
        return self._rows[key]


def sources(
    county: County,
    items: Iterable[ScoreItem],
    *,
    card: str,
    catalogue: Catalogue,
    every: Catalogue,
    engine: str,
) -> Sources:
    """Work out what the items ask for.

    Parameters
    ----------
    catalogue : the rules in force in the county's year, by which former years are measured too.
    every : the rules of all days.
    """
    inputs = [one for item in items for one in item.inputs.values()]
    wanted: dict[int, dict[str, None]] = {}
    for one in inputs:
        if one.measure is not None:
            wanted.setdefault(one.years_ago, {})[one.measure] = None
    year = county.census.year
    known = {census.year: census for census in (*county.former, county.census)}
    computed = {
        ago: measures_room.compute(known[year - ago], ids, engine=engine, catalogue=every, year=year)
        for ago, ids in wanted.items()
        if year - ago in known
    }
    standards = {catalogue.items[one.item].standard for one in inputs if one.item is not None}
    assessed = {
        id_: assess(county.census, id_, catalogue=every, answers=county.answers_for(id_), engine=engine)
        for id_ in sorted(standards)
    }
    return Sources(computed, assessed, county.answers_for(card), catalogue, year)


def given(item: ScoreItem, name: str, found: Sources) -> Given:
    """The value of one input, or why there is none."""
    one = item.inputs[name]
    if one.measure is not None:
        return _measured(name, one, found)
    if one.item is not None:
        return _judged(name, one.item, found)
    return _declared(item, name, one, found)


def _measured(name: str, one: Input, found: Sources) -> Given:
    assert one.measure is not None
    measure = found.catalogue.measures[one.measure]
    stage = one.stage or (measure.rows[0] if measure.rows else None)
    year = found.year - one.years_ago
    label = (f"{year} 年" if one.years_ago else "") + _staged(measure.name, stage, len(measure.rows))
    blank = Given(name, label, None, measure.unit, measure.digits)
    rows = found.rows(one.years_ago, one.measure)
    row = next((row for row in rows if (row["stage"] or None) == stage), None)
    if row is None:
        missing = one.years_ago not in found.computed
        reason = f"没有 {year} 年的数据，请先导入" if missing else "没有这一学段的数据"
        return Given(name, label, None, blank.unit, blank.digits, None, reason)
    value, coverage = row["value"], row["coverage"]
    return Given(
        name,
        label,
        # The noise of binary fractions goes: 57 of 100 is 57 %, on the bound and not below it.
        float(f"{value:.12g}") if isinstance(value, float) else None,
        measure.unit,
        measure.digits,
        coverage if isinstance(coverage, float) else None,
        str(row["reason"] or ""),
        measure.better,
    )


def _judged(name: str, id_: str, found: Sources) -> Given:
    """1 where the item is met; an item that does not apply has nothing that could fail."""
    item = found.catalogue.items[id_]
    label = f"达到「{item.name}」"
    together = found.assessed[item.standard].together
    verdicts = together.filter(pl.col("item") == id_)["verdict"].to_list()
    verdict = Verdict(verdicts[0]) if verdicts else Verdict.NOT_APPLICABLE
    if verdict is Verdict.UNKNOWN:
        return Given(name, label, None, reason="所需数据不全，见该标准的评估结果")
    if verdict is Verdict.NOT_APPLICABLE:
        return Given(name, label, True, reason="不适用，不算未达标")
    return Given(name, label, verdict is Verdict.MET)


def _declared(item: ScoreItem, name: str, one: Input, found: Sources) -> Given:
    key, label = item.key_of(name), one.asks or name
    value: float | bool | None = None
    if found.answers is not None:
        value = found.answers.yes(key) if one.declared == "yes_no" else found.answers.number(key)
    return Given(name, label, value, one.unit or "", reason="" if value is not None else UNANSWERED)


def _staged(name: str, stage: str | None, rows: int) -> str:
    if stage is None or rows < 2:
        return name
    return f"{STAGE_GROUPS.get(stage) or terms.label('stage', stage)}{name}"
