"""Checks identity numbers before they are hashed: afterwards nobody can. Only the outcome is kept.

The number is that of GB 11643: six digits of a region, the date of birth, three digits that are odd for men,
and a check digit by ISO 7064, MOD 11-2. A 学籍号 is such a number after a G, or an L while it is temporary.
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from jiaoheng.census.identity import PREFIX

COLUMN = "id_check"
"""The column of tables of persons that keeps the outcome."""

_DIGITS = 18
_FACTORS = np.array([pow(2, 17 - position, 11) for position in range(17)])
_CHECK = np.frombuffer(b"10X98765432", np.uint8)


_WRITTEN = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)


def is_written_in(text: str) -> bool:
    """Whether a text holds an identity number with the right check digit, alone or among other words."""
    return any(
        _CHECK[sum(int(digit) * factor for digit, factor in zip(number, _FACTORS, strict=False)) % 11]
        == ord(number[-1].upper())
        for number in (found[:_DIGITS] for found in _WRITTEN.findall(text))
    )


def add(rows: pl.DataFrame, identifiers: pl.Series) -> pl.DataFrame:
    """The rows with the outcome for their identifiers; what a file says itself stays where these are hashed.

    Parameters
    ----------
    rows : the columns that a sheet gave.
    identifiers : as they were read, before they were hashed.
    """
    if identifiers.str.starts_with(PREFIX.upper()).all():
        return rows
    given = {name: rows[name] for name in ("birth_date", "sex") if name in rows.columns}
    found = outcomes(identifiers, birth=given.get("birth_date"), sex=given.get("sex")).alias("_found")
    before = pl.col(COLUMN) if COLUMN in rows.columns else pl.lit(None, pl.String)
    return rows.with_columns(found).with_columns(pl.coalesce("_found", before).alias(COLUMN)).drop("_found")


def outcomes(
    identifiers: pl.Series, *, birth: pl.Series | None = None, sex: pl.Series | None = None
) -> pl.Series:
    """What comes of checking each identifier: a value of the code list ``identity_check``.

    Parameters
    ----------
    identifiers : as they were read, upper case, not hashed.
    birth, sex : what the file says beside them (dates; ``male`` and ``female``), where it does.

    Returns
    -------
    polars.Series of String
        Null where there is no identifier, or one that is hashed already. The first fault is told.
    """
    frame = pl.DataFrame({"id": identifiers})
    frame = frame.with_columns(
        birth=pl.lit(None, pl.Date) if birth is None else birth,
        sex=pl.lit(None, pl.String) if sex is None else sex,
        number=pl.col("id").str.replace(r"^[GL]", ""),
    )
    number = pl.col("number")
    whole = number.str.contains(r"^[0-9]{17}[0-9X]$")
    frame = frame.with_columns(
        whole=whole,
        born=pl.when(whole).then(number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)),
        male=pl.when(whole).then(number.str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1),
    )
    frame = frame.with_columns(right=_right(frame["number"], frame["whole"]))
    hashed = pl.col("id").str.to_lowercase().str.starts_with(PREFIX)
    return frame.select(
        pl.when(pl.col("id").is_null() | hashed)
        .then(None)
        .when(~pl.col("whole"))
        .then(
            pl.when(number.str.contains(r"^[0-9]{14,20}X?$"))
            .then(pl.lit("length"))
            .otherwise(pl.lit("other"))
        )
        .when(pl.col("born").is_null() | (pl.col("born").dt.year() < 1900))
        .then(pl.lit("birth"))
        .when(~pl.col("right"))
        .then(pl.lit("check_digit"))
        .when(pl.col("born") != pl.col("birth"))
        .then(pl.lit("birth_differs"))
        .when(pl.col("male") != (pl.col("sex") == "male"))
        .then(pl.lit("sex_differs"))
        .otherwise(pl.lit("valid"))
        .alias("id_check")
    ).to_series()


def implied(identifiers: pl.Series) -> pl.DataFrame:
    """The date of birth and the sex that identity numbers say.

    Returns
    -------
    polars.DataFrame
        Columns ``birth_date`` and ``sex``, a row an identifier; null for all that is no valid number.
    """
    number = identifiers.str.replace(r"^[GL]", "")
    valid = pl.Series(outcomes(identifiers) == "valid").fill_null(False)
    return pl.DataFrame({"number": number, "valid": valid}).select(
        birth_date=pl.when("valid").then(
            pl.col("number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
        ),
        sex=pl.when("valid").then(
            pl.when(pl.col("number").str.slice(16, 1).is_in(list("13579")))
            .then(pl.lit("male"))
            .otherwise(pl.lit("female"))
        ),
    )


def _right(numbers: pl.Series, whole: pl.Series) -> pl.Series:
    """Whether the last of the 18 characters is the check digit of the others; false for anything else."""
    right = np.zeros(len(numbers), dtype=bool)
    where = np.flatnonzero((whole.fill_null(False)).to_numpy())
    if where.size:
        text = "".join(numbers.filter(whole.fill_null(False)).to_list())
        digits = np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, _DIGITS)
        expected = _CHECK[((digits[:, :17] - 48) @ _FACTORS) % 11]
        right[where] = digits[:, 17] == expected
    return pl.Series(right)
