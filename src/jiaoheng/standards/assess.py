"""Assesses a county by a standard: every item in every school, every rule, and the county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw
import polars as pl

from jiaoheng import measures as measures_room
from jiaoheng.census.snapshot import Census
from jiaoheng.errors import JiaohengError
from jiaoheng.measures.rules import CENSUS_DAY, in_force
from jiaoheng.packs import Catalogue, Item, Rule, Standard
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.judge import counted, joined, of_all
from jiaoheng.standards.questions import questions
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.values import item_rows
from jiaoheng.standards.verdict import ITEMS, RULES, Verdict

ROW = ("unit", "school", "stage")


class StandardError(JiaohengError):
    """A standard that no pack defines, or answers that are not for it."""


def assess(
    census: Census,
    standard: str,
    *,
    catalogue: Catalogue | None = None,
    answers: Answers | None = None,
    engine: str = "duckdb",
) -> Assessed:
    """Hold a county's census against a standard.

    Parameters
    ----------
    census : the snapshot.
    standard : the id of a standard or of its document, or its name.
    catalogue : the rules; those that come with Jiaoheng where None.
    answers : what people declared of the items that no census has; without them those are unknown.
    engine : ``duckdb``, ``polars`` or ``spark``.

    Returns
    -------
    Assessed
        Verdicts of items and rules, in the schools and in the county.

    Raises
    ------
    StandardError
        No pack defines the standard, or the answers are for another standard or year.
    PackError, EngineError
        A rule or an engine is not as it should be.
    """
    every = catalogue or measures_room.catalogue()
    rules = in_force(every, census.year)
    chosen = named(rules, standard)
    _check_answers(chosen, answers, census.year)
    items = rules.items_of(chosen)
    asked = questions(rules, items)
    computed = {
        by: measures_room.compute(census, ids, by=by, engine=engine, catalogue=every, extra=asked.made)
        if ids
        else pl.DataFrame(schema=measures_room.SCHEMA)
        for by, ids in (("school", asked.by_school), ("county", asked.by_county))
    }
    day = date(census.year, *CENSUS_DAY)
    rows = [
        item_rows(item, computed[item.judged], rules, unit=census.region, day=day, answers=answers)
        for item in items
    ]
    return conclude(
        chosen, items, pl.concat([pl.DataFrame(schema=ITEMS), *rows]), catalogue=rules, year=census.year
    )


def conclude(
    standard: Standard, items: Sequence[Item], rows: pl.DataFrame, *, catalogue: Catalogue, year: int
) -> Assessed:
    """Join judged rows of items (columns of `ITEMS`; of one county or of many) by the standard's rules."""
    together = _polars(of_all(counted(_lazy(rows), ["unit", "item"])))
    found: dict[str, pl.DataFrame] = {}
    for rule in standard.rules:
        found[rule.id] = _ruled(rule, items, rows, together, found)
    ruled = pl.concat([pl.DataFrame(schema=RULES), *found.values()])
    return Assessed(standard, tuple(items), year, rows, together, ruled, catalogue)


def named(catalogue: Catalogue, text: str) -> Standard:
    """The standard that somebody means: by id, by its document's id, number or title, or by name."""
    wanted = text.strip()
    for standard in catalogue.standards.values():
        document = standard.document
        names = (standard.id, standard.id.replace("_", "-"), standard.name, document.id, document.number)
        if wanted in (*names, document.title) and wanted:
            return standard
    known = [standard.id.replace("_", "-") for standard in catalogue.standards.values()]
    hint = nearest(wanted, known) or f"可用：{'、'.join(known)}。"
    raise StandardError(f"没有名为“{text}”的标准。{hint}")


def _ruled(
    rule: Rule,
    items: Sequence[Item],
    rows: pl.DataFrame,
    together: pl.DataFrame,
    found: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    chosen = [item.id for item in items if item.group in rule.groups or item.id in rule.items]
    if rule.schools is not None:
        counts = counted(_lazy(found[rule.schools]), ["unit"])
        ruled = joined(counts, at_least=None, others=False, of=0)
    else:
        at_school = rule.level == "school"
        own = _lazy(rows if at_school else together).filter(nw.col("item").is_in(chosen))
        counts = counted(own, ROW, beside=["school_name"]) if at_school else counted(own, ["unit"])
        ruled = joined(counts, at_least=rule.at_least, others=rule.others is not None, of=len(chosen))
    frame = _polars(ruled)
    blank = [pl.lit(None, dtype).alias(name) for name, dtype in RULES.items() if name not in frame.columns]
    named_ = frame.with_columns(*blank).with_columns(rule=pl.lit(rule.id))
    return named_.select(pl.col(name).cast(dtype) for name, dtype in RULES.items()).sort(*ROW)


def _check_answers(standard: Standard, answers: Answers | None, year: int) -> None:
    if answers is None:
        return
    if answers.of.replace("-", "_") != standard.id:
        raise StandardError(f"填报文件是为「{answers.of}」写的，不是「{standard.id}」。请改用它的填报文件。")
    if answers.year != year:
        raise StandardError(
            f"填报文件是 {answers.year} 年的，要评的是 {year} 年。请改用 {year} 年的填报文件。"
        )


def _lazy(frame: pl.DataFrame) -> nw.LazyFrame[pl.LazyFrame]:
    return nw.from_native(frame.lazy())


def _polars(frame: nw.LazyFrame[pl.LazyFrame]) -> pl.DataFrame:
    return frame.to_native().collect()


__all__ = ["StandardError", "Verdict", "assess", "conclude", "named"]
