"""Assessing a county by a standard: the answers that its people gave, the verdicts, the years, what if."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jiaoheng import standards
from jiaoheng.census import Census
from jiaoheng.errors import JiaohengError
from jiaoheng.measures import Trace
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Catalogue, Item, Rule, Standard
from jiaoheng.standards import Answers, Assessed, History
from jiaoheng.standards.what_if import Changes
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.lookups import code_named, stage_named

FOLDER = "assessments"
"""Where the files of answers are: ``<standard>-<year>.yaml``."""


@dataclass(frozen=True)
class Supposition:
    """A standard before and after changes that somebody supposes.

    Attributes
    ----------
    changes : what is supposed.
    census : the snapshot as it would be; see `standards.what_if.changed`.
    before, after : the assessments.
    differences : the rows whose verdict differs (columns of `standards.differences.DIFFERENCES`).
    """

    changes: Changes
    census: Census
    before: Assessed
    after: Assessed
    differences: pl.DataFrame


def assess(
    folder: Path, census: Census, catalogue: Catalogue, standard: str, *, engine: str = "duckdb"
) -> Assessed:
    """Hold a snapshot of a workspace against a standard, with the answers in the workspace."""
    chosen = standards.named(in_force(catalogue, census.year), standard)
    answers = answers_of(folder, chosen.id, census.year)
    return standards.assess(census, chosen.id, catalogue=catalogue, answers=answers, engine=engine)


def suppose(
    folder: Path,
    census: Census,
    catalogue: Catalogue,
    standard: str,
    changes: Changes,
    *,
    engine: str = "duckdb",
) -> Supposition:
    """Hold a snapshot against a standard as it is, and as it would be."""
    changed = standards.what_if.changed(census, changes)
    before, after = (assess(folder, one, catalogue, standard, engine=engine) for one in (census, changed))
    return Supposition(changes, changed, before, after, standards.differences(before, after))


def history(
    folder: Path,
    years: Iterable[int],
    census_of: Callable[[int], Census],
    catalogue: Catalogue,
    standard: str,
    *,
    engine: str = "duckdb",
) -> History:
    """A standard over years; a year that cannot be assessed is left out with its reason.

    Raises
    ------
    StandardError
        No pack defines the standard in any year.
    """
    assessed: list[Assessed] = []
    left_out: dict[int, str] = {}
    last: JiaohengError | None = None
    for year in sorted(years):
        try:
            assessed.append(assess(folder, census_of(year), catalogue, standard, engine=engine))
        except JiaohengError as error:
            left_out[year], last = str(error), error
    if last is not None and not assessed:
        raise last
    return History(tuple(assessed), left_out)


def explain(
    folder: Path,
    census: Census,
    catalogue: Catalogue,
    meant: tuple[Standard, Item | Rule],
    *,
    school: str | None = None,
    area: str | None = None,
    stage: str | None = None,
) -> Trace:
    """How the verdict of an item or a rule came about; the school by code or name."""
    standard, part = meant
    if area is not None:
        raise WorkspaceError("标准按学校或全县评估，不分镇街。请去掉 --area。")
    code = None if school is None else code_named(census, "schools", "school_code", school, "学校")
    found = assess(folder, census, catalogue, standard.id)
    if isinstance(part, Rule):
        return standards.explain_rule(found, part, school=code)
    return standards.explain_item(
        census,
        found,
        part,
        school=code,
        stage=None if stage is None else stage_named(stage),
        answers=answers_of(folder, standard.id, census.year),
        catalogue=catalogue,
    )


def standards_in_force(catalogue: Catalogue, year: int) -> tuple[Standard, ...]:
    """The standards that hold on the day of a year's census."""
    return tuple(in_force(catalogue, year).standards.values())


def answers_of(folder: Path, of: str, year: int) -> Answers | None:
    """What was declared for a standard or a score card in a year; None where there is no file."""
    path = answers_path(folder, of, year)
    return standards.read_answers(path) if path.exists() else None


def answers_path(folder: Path, of: str, year: int) -> Path:
    """Where the answers for a standard or a score card in a year are, or would be."""
    return folder / FOLDER / f"{of.replace('_', '-')}-{year}.yaml"


NATIONAL = ("quality_balance_2017", "basic_balance_2012", "preschool_universal_2020")
"""What the monitoring report speaks of where the settings name no standards."""


def of_report(
    folder: Path, census: Census, catalogue: Catalogue, named: Sequence[str], *, engine: str
) -> tuple[Assessed, ...]:
    """The assessments of the monitoring report: by the standards of the settings, or the national ones.

    Of the national ones those are passed over that were not yet in force.
    """
    known = in_force(catalogue, census.year).standards
    chosen = named or [standard for standard in NATIONAL if standard in known]
    return tuple(assess(folder, census, catalogue, standard, engine=engine) for standard in chosen)
