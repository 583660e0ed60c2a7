"""Who is who over the years: the codes of one year as those of another, by the register of school changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import polars as pl

from jiaoheng.census.changes.model import Change
from jiaoheng.census.changes.register import Register
from jiaoheng.terms import ChangeKind

_Parts = dict[str | None, float | None]
"""Codes to the part of the old school that each holds; the code None: closed."""

SCHEMA = pl.Schema({"before": pl.String(), "after": pl.String(), "share": pl.Float64()})


@dataclass(frozen=True)
class Former:
    """What schools were called before a year: for files that still use an old name or an old code.

    Attributes
    ----------
    codes : old code to the code that it is now, where it is one school now.
    names : every name that the register knows, and the code that it belongs to now.
    """

    codes: Mapping[str, str] = field(default_factory=dict)
    names: tuple[tuple[str, str], ...] = ()


def lineage(register: Register, from_year: int, to_year: int) -> pl.DataFrame:
    """The schools whose code in ``to_year`` is not the one, or not the only one, of ``from_year``.

    Parameters
    ----------
    register : the changes that were confirmed.
    from_year, to_year : the years of two censuses, the earlier first.

    Returns
    -------
    polars.DataFrame
        One row a pair: ``before`` (null: opened since), ``after`` (null: closed since), ``share`` (the part
        of the old school that is in the new one: 1 where all of it is; null where a split has no shares).
        A code that is not under ``before`` is the same school in both years.
    """
    shares: dict[str, _Parts] = {}
    newcomers: set[str] = set()
    opened: dict[str | None, None] = {}
    for _, group in groupby(register.between(from_year, to_year), key=lambda change: change.year):
        # The changes of a year happen at once: a code may be given up by one school and taken by another.
        changes = [change for change in group if change.kind not in _SAME_CODE]
        steps: dict[str | None, _Parts] = {}
        for change in changes:
            steps |= dict.fromkeys(change.codes_before, _parts(change))
        for code in steps:
            if code is not None and code not in newcomers:
                shares.setdefault(code, {code: 1.0})
        shares = {old: _step(parts, steps) for old, parts in shares.items()}
        opened = dict.fromkeys(new for code in opened for new in steps.get(code, {code: 1.0}))
        for change in changes:
            newcomers |= {*change.codes_after} - {*change.codes_before}
            if change.kind == ChangeKind.OPENED:
                opened |= dict.fromkeys(change.codes_after)
    rows: list[tuple[str | None, str | None, float | None]] = [
        (old, new, share)
        for old, parts in shares.items()
        if parts != {old: 1.0}
        for new, share in parts.items()
    ]
    rows += [(None, code, None) for code in opened if code is not None]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def restate(
    frame: pl.DataFrame, lines: pl.DataFrame, *, by: Sequence[str] = ("school_code", "stage")
) -> pl.DataFrame:
    """Figures of an earlier year by the codes of the later one, so that both can be held against each other.

    Parameters
    ----------
    frame : a table of the earlier year; ``by[0]`` is its column of school codes.
    lines : what `lineage` gave for the two years.
    by : the table's key.

    Returns
    -------
    polars.DataFrame
        The key and the columns of numbers. Schools that merged are summed, a split one is shared out, a
        closed one is gone. A sum with a missing part is missing, and so is what was shared out by a part
        that nobody knows.
    """
    code = by[0]
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric() and name not in by]
    known = lines.filter(pl.col("before").is_not_null()).with_columns(pl.lit(True).alias("_changed"))
    frame = (
        frame.select(*by, *numbers)
        .join(known, left_on=code, right_on="before", how="left")
        .with_columns(
            pl.when(pl.col("_changed")).then(pl.col("after")).otherwise(pl.col(code)).alias(code),
            pl.when(pl.col("_changed")).then(pl.col("share")).otherwise(pl.lit(1.0)).alias("share"),
        )
        .filter(pl.col(code).is_not_null())
    )
    whole = [
        pl.when((pl.col(name) * pl.col("share")).is_null().any())
        .then(None)
        .otherwise((pl.col(name) * pl.col("share")).sum())
        .alias(name)
        for name in numbers
    ]
    return frame.group_by(by, maintain_order=True).agg(whole)


def former(register: Register, year: int) -> Former:
    """The old codes and names that files of ``year`` may still use."""
    changes = [change for change in register.between(0, year) if change.kind != ChangeKind.DISTINCT]
    now: dict[str, str | None] = {}
    for _, group in groupby(changes, key=lambda change: change.year):
        steps: dict[str | None, str | None] = {}
        for change in group:
            if change.kind != ChangeKind.RENAMED:
                one = change.codes_after[0] if len(change.after) == 1 else None
                steps |= dict.fromkeys(change.codes_before, one)
        now = {old: steps.get(new, new) for old, new in now.items()}
        now |= {old: new for old, new in steps.items() if old is not None}
    codes = {old: new for old, new in now.items() if new is not None and new != old}
    names = {
        (party.name, codes.get(party.code, party.code)): None
        for change in changes
        for party in (*change.before, *change.after)
        if party.name
    }
    return Former(codes, tuple(names))


_SAME_CODE = (ChangeKind.RENAMED, ChangeKind.DISTINCT)


def _parts(change: Change) -> _Parts:
    """Where a school of a change went, and how much of it."""
    if change.kind == ChangeKind.SPLIT:
        return {party.code: party.share for party in change.after}
    return {party.code: 1.0 for party in change.after} or {None: 1.0}


def _step(parts: _Parts, steps: Mapping[str | None, _Parts]) -> _Parts:
    """Where the parts of a school are a year later."""
    found: _Parts = {}
    for code, share in parts.items():
        for new, part in steps.get(code, {code: 1.0}).items():
            added = None if share is None or part is None else share * part
            present = found.get(new, 0.0)
            found[new] = None if added is None or present is None else present + added
    return found


__all__ = ["SCHEMA", "Former", "former", "lineage", "restate"]
