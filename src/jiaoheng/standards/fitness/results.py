"""Scores workbooks of measurements: every pupil, and the rates of classes, schools and all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import polars as pl

from jiaoheng import engine as engines
from jiaoheng.census.reading import Rejection
from jiaoheng.packs.fitness import Fitness
from jiaoheng.packs.fitness_grid import GRADES
from jiaoheng.standards.fitness.frame import score_frame
from jiaoheng.standards.fitness.rates import rates
from jiaoheng.standards.fitness.reading import read_measurements
from jiaoheng.standards.fitness.rules import fitness
from jiaoheng.terms import Sex


@dataclass(frozen=True)
class FitnessResults:
    """What workbooks of measurements come to.

    Attributes
    ----------
    rules : the standard that they were scored by.
    pupils : one row a pupil, in the order of the files: what `read_measurements` and `score_frame` give.
    heads : the row of the headings of every sheet that was read, by source and sheet.
    refused : cells that could not be read, and rows that are left out.
    notes : what a user should know of how the files were read.
    """

    rules: Fitness
    pupils: pl.DataFrame
    heads: Mapping[tuple[int, str], int]
    refused: tuple[Rejection, ...]
    notes: tuple[str, ...]

    def rates(self, *by: str) -> pl.DataFrame:
        """`rates` by columns of ``pupils``: grades from the first on, all else as the files have it."""
        found = rates(nw.from_native(self.pupils.lazy()), by, rules=self.rules).collect("polars").to_native()
        assert isinstance(found, pl.DataFrame)
        if not by:
            return found
        order = self.pupils.select(by).unique(maintain_order=True)
        if "grade" in by:
            places = {grade.value: place for place, grade in enumerate(GRADES)}
            grade = pl.col("grade").replace_strict(places, default=None, return_dtype=pl.Int32)
            sex = [pl.col("sex") != Sex.MALE.value] if "sex" in by else []
            order = order.sort(grade, *sex, nulls_last=True)
        order = order.with_row_index("_place")
        return order.join(found, on=by, nulls_equal=True).sort("_place").drop("_place")

    @property
    def unscored(self) -> pl.DataFrame:
        """The pupils who should have a total and have none; ``reason`` says why."""
        return self.pupils.filter(pl.col("total").is_null() & ~pl.col("exempt"))

    @property
    def falls_short(self) -> bool:
        """Whether something is to be completed or put right."""
        return bool(self.refused) or not self.unscored.is_empty()


def score_files(paths: Sequence[Path], *, rules: Fitness | None = None) -> FitnessResults:
    """Score workbooks of measurements.

    Raises
    ------
    FitnessError, FileError
        As `read_measurements`.
    """
    rules = rules or fitness()
    read = read_measurements(paths, rules=rules)
    with engines.open("polars") as engine:
        numbered = read.pupils.with_row_index("_place").to_arrow()
        scored = score_frame(engine.from_arrow(numbered), engine, words=True, rules=rules)
        found = scored.collect("polars").to_native()
    assert isinstance(found, pl.DataFrame)
    return FitnessResults(rules, found.sort("_place").drop("_place"), read.heads, read.refused, read.notes)


__all__ = ["FitnessResults", "score_files"]
