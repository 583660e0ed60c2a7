"""Scoring workbooks of fitness measurements: as plain data, as a document, and beside the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng.census.personal import without_numbers
from jiaoheng.packs.fitness import load_fitness
from jiaoheng.reports import fitness as report
from jiaoheng.reports.fitness_beside import with_scores
from jiaoheng.standards.fitness import FitnessError, FitnessResults, score_files
from jiaoheng.workspace.exports import write
from jiaoheng.workspace.files import put


def score_fitness(paths: Sequence[Path], *, rules: Path | None = None) -> FitnessResults:
    """Score workbooks of measurements.

    Parameters
    ----------
    paths : the files, one row a pupil.
    rules : a folder with a standard of one's own (``rules.yaml``, ``scores.csv``, ``bmi.csv``).

    Raises
    ------
    FitnessError, FileError, PackError
        A file has no measurements or cannot be opened; the standard is broken.
    """
    return score_files(paths, rules=None if rules is None else load_fitness(rules))


def write_fitness(results: FitnessResults, path: Path) -> Path:
    """Write scores and rates as .xlsx, .docx, .pdf or .csv."""
    return write(report.document(results, created=date.today()), path)


def write_fitness_beside(
    results: FitnessResults, paths: Sequence[Path], folder: Path, *, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write copies of the workbooks with the scores beside the rows, under the same names.

    Parameters
    ----------
    results : of `score_fitness`.
    paths : what was scored, in the same order.
    folder : where the copies go.
    overwrite : whether files that are there may be replaced; the originals never are.

    Raises
    ------
    FitnessError
        A copy would take the place of its original or of another file, or cannot be made; nothing is written.
    """
    targets = [folder / path.name for path in paths]
    for path, target in zip(paths, targets, strict=True):
        name = without_numbers(path.name)
        if target.resolve() == path.resolve():
            raise FitnessError(f"{name}：副本会盖过原文件，没有写出。请用 --beside 指定另一个文件夹。")
        if targets.count(target) > 1:
            raise FitnessError(f"{name}：有两个文件同名，副本会互相覆盖。请先改名。")
        if target.exists() and not overwrite:
            raise FitnessError(f"{name}：已有这个副本，没有写出。请另指定文件夹，或加 --overwrite 覆盖。")
    copies = [with_scores(path, results, source) for source, path in enumerate(paths)]
    return tuple(put(content, target) for content, target in zip(copies, targets, strict=True))


def fitness_document(results: FitnessResults) -> dict[str, Any]:
    """Scores and rates as plain data; pupils by file, sheet and row, never by name."""
    head = results.rules.rules.standard
    return {
        "standard": {"id": head.id, "name": head.name, "unverified": list(head.unverified)},
        "rates": {
            "all": results.rates().to_dicts()[0],
            "schools": results.rates("school").to_dicts(),
            "grades": results.rates("grade", "sex").to_dicts(),
            "classes": results.rates("school", "class_name").to_dicts(),
        },
        "pupils": [_pupil(row, results) for row in results.pupils.to_dicts()],
        "refused": [each.message() for each in results.refused],
        "notes": list(results.notes),
    }


def _pupil(row: Mapping[str, Any], results: FitnessResults) -> dict[str, Any]:
    whole = ("file", "sheet", "row", "grade", "sex", "exempt", "bmi", "standard", "bonus", "total", "level")
    items = {
        item: {what: row[f"{item}_{what}"] for what in ("points", "level", "bonus")}
        for item in results.rules.items
        if row[f"{item}_points"] is not None
    }
    return {name: row[name] for name in whole} | {"reason": row["reason"], "items": items}


__all__ = ["fitness_document", "score_fitness", "write_fitness", "write_fitness_beside"]
