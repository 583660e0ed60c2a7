"""Assessing a county by a standard: the answers that its people gave, and the verdicts."""

from __future__ import annotations

from pathlib import Path

from jiaoheng import standards
from jiaoheng.census import Census
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Catalogue
from jiaoheng.standards import Answers, Assessed

FOLDER = "assessments"
"""Where the files of answers are: ``<standard>-<year>.yaml``."""


def assess(
    folder: Path, census: Census, catalogue: Catalogue, standard: str, *, engine: str = "duckdb"
) -> Assessed:
    """Hold a snapshot of a workspace against a standard, with the answers in the workspace."""
    chosen = standards.named(in_force(catalogue, census.year), standard)
    answers = answers_of(folder, chosen.id, census.year)
    return standards.assess(census, chosen.id, catalogue=catalogue, answers=answers, engine=engine)


def answers_of(folder: Path, of: str, year: int) -> Answers | None:
    """What was declared for a standard or a score card in a year; None where there is no file."""
    path = answers_path(folder, of, year)
    return standards.read_answers(path) if path.exists() else None


def answers_path(folder: Path, of: str, year: int) -> Path:
    """Where the answers for a standard or a score card in a year are, or would be."""
    return folder / FOLDER / f"{of.replace('_', '-')}-{year}.yaml"
