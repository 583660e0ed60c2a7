"""Scores counties by a score card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jiaoheng import measures as measures_room
from jiaoheng.census.snapshot import Census
from jiaoheng.errors import JiaohengError
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Catalogue, ScoreCard, ScoreItem
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.asked import asked_by_card, check
from jiaoheng.standards.scoring.cases import weighed
from jiaoheng.standards.scoring.choice import by_people, by_rule
from jiaoheng.standards.scoring.given import Given
from jiaoheng.standards.scoring.inputs import County, given, sources
from jiaoheng.standards.scoring.scored import Scored
from jiaoheng.standards.scoring.totals import total


class ScoreError(JiaohengError):
    """A score card that no pack defines, or counties that cannot be scored together."""


def score(
    census: Census,
    card: str,
    *,
    former: Sequence[Census] = (),
    answers: Sequence[Answers] = (),
    catalogue: Catalogue | None = None,
    engine: str = "duckdb",
) -> Scored:
    """Score a county; see `score_counties`."""
    county = County(census, tuple(former), tuple(answers))
    return score_counties([county], card, catalogue=catalogue, engine=engine)[0]


def score_counties(
    counties: Sequence[County], card: str, *, catalogue: Catalogue | None = None, engine: str = "duckdb"
) -> tuple[Scored, ...]:
    """Score counties by a score card, their conditions worked out together in one frame.

    Parameters
    ----------
    counties : with snapshots of one and the same year.
    card : the id of a card or of its document, or its name.
    catalogue : the rules; those that come with Jiaoheng where None.
    engine : ``duckdb``, ``polars`` or ``spark``.

    Returns
    -------
    tuple of Scored
        In the order of the counties.

    Raises
    ------
    ScoreError
        No pack defines the card, there is no county, or they are of several years.
    AnswerError
        An answer is to no question of the card, or not of its kind.
    """
    every = catalogue or measures_room.catalogue()
    years = sorted({county.census.year for county in counties})
    if len(years) != 1:
        told = "、".join(map(str, years)) or "没有任何县"
        raise ScoreError(f"一起评分的县应是同一年份，现在是：{told}。请用 --year 指明一个年份。")
    rules = in_force(every, years[0])
    chosen = card_named(rules, card)
    items = rules.score_items_of(chosen)
    questions = asked_by_card(rules, chosen)
    taken = []
    for county in counties:
        if (answers := county.answers_for(chosen.id)) is not None:
            check(answers, questions, of=chosen.id, year=years[0])
        found = sources(county, items, card=chosen.id, catalogue=rules, every=every, engine=engine)
        inputs = {item.id: tuple(given(item, name, found) for name in item.inputs) for item in items}
        taken.append(Taken(county.census.region, _name(county.census), inputs, answers))
    return conclude(chosen, taken, year=years[0], catalogue=rules, engine=engine)


@dataclass(frozen=True)
class Taken:
    """What a county is scored by: the inputs of each item, by its id, and the points that people gave."""

    unit: str
    unit_name: str
    given: Mapping[str, tuple[Given, ...]]
    answers: Answers | None = None


def conclude(
    card: ScoreCard, taken: Sequence[Taken], *, year: int, catalogue: Catalogue, engine: str = "duckdb"
) -> tuple[Scored, ...]:
    """Score counties whose inputs are known."""
    items = catalogue.score_items_of(card)
    results = weighed(items, [one.given for one in taken], catalogue=catalogue, engine=engine)
    found = []
    for one, result in zip(taken, results, strict=True):
        first = [
            by_people(item, one.answers)
            if item.scored == "people"
            else by_rule(item, result[item.id], one.given[item.id], catalogue)
            for item in items
        ]
        first = [replace(each, proof=_proof(each.item, one.answers)) for each in first]
        applies = {id_: each.applies for id_, each in result.items()}
        scored, low, high = total(card, first, applies)
        found.append(Scored(card, one.unit, one.unit_name, year, scored, low, high, catalogue))
    return tuple(found)


def card_named(catalogue: Catalogue, text: str) -> ScoreCard:
    """The score card that somebody means: by id, by its document's id, number or title, or by name."""
    wanted = text.strip()
    for card in catalogue.score_cards.values():
        document = card.document
        names = (card.id, card.id.replace("_", "-"), card.name, document.id, document.number, document.title)
        if wanted and wanted in names:
            return card
    known = [card.id.replace("_", "-") for card in catalogue.score_cards.values()]
    hint = nearest(wanted, known) or f"可用：{'、'.join(known)}。"
    raise ScoreError(f"没有名为“{text}”的评分表。{hint}")


def _proof(item: ScoreItem, answers: Answers | None) -> tuple[str, ...]:
    """The files that the answers to an item's questions name."""
    if answers is None:
        return ()
    keys = [item.id, *(item.key_of(name) for name, one in item.inputs.items() if one.declared)]
    given = [answers.answers[key] for key in keys if key in answers.answers]
    return tuple(dict.fromkeys(file for answer in given for file in answer.evidence))


def _name(census: Census) -> str:
    """The county's name in its census, else its code."""
    rows = census.table("county").to_pylist()
    named = [row["name"] for row in rows if row["region_code"] == census.region and row["name"]]
    return str(named[0]) if named else census.region
