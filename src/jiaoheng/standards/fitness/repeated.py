"""Pupils who stand in several rows: counted once where the rows agree, not at all where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jiaoheng.census.reading import Rejection

_PLACE = ("file", "sheet", "row")


@dataclass(frozen=True)
class Repeated:
    """What is said of pupils who stand in several rows."""

    refused: tuple[Rejection, ...]
    notes: tuple[str, ...]


def once_each(frame: pl.DataFrame, people: Sequence[str | None]) -> tuple[pl.DataFrame, Repeated]:
    """The rows with every pupil once.

    Parameters
    ----------
    frame : rows of pupils with their places.
    people : the identifier of each row; None where it has none. It is not kept.

    Returns
    -------
    tuple
        The rows that count, and what is said of the others: a row that says again what an earlier one said is
        passed over; rows of one pupil that differ are all refused.
    """
    seen: dict[str, list[int]] = {}
    for position, person in enumerate(people):
        if person is not None:
            seen.setdefault(person, []).append(position)
    several = [positions for positions in seen.values() if len(positions) > 1]
    if not several:
        return frame, Repeated((), ())
    content = frame.drop("source", *_PLACE)
    drop: list[int] = []
    same = 0
    refused: list[Rejection] = []
    for positions in several:
        if len({content.row(position) for position in positions}) == 1:
            drop += positions[1:]
            same += len(positions) - 1
            continue
        drop += positions
        for position in positions:
            other = next(each for each in positions if each != position)
            refused.append(_clash(frame, position, other))
    kept = frame.filter(~pl.int_range(pl.len()).is_in(drop))
    notes = (f"有 {same} 行与前面的行是同一人、内容相同，只计一次。",) if same else ()
    return kept, Repeated(tuple(refused), notes)


def _clash(frame: pl.DataFrame, position: int, other: int) -> Rejection:
    file, sheet, row = (frame[name][position] for name in _PLACE)
    place = " › ".join(str(part) for part in (frame["file"][other], frame["sheet"][other]) if part)
    reason = f"与 {place} › 第 {frame['row'][other]} 行是同一人，内容却不同"
    return Rejection(file, sheet, row, "", "", reason, "请核实后删去其中一行。")


__all__ = ["Repeated", "once_each"]
