"""A row of a table that lost its grid."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.plans.reading.tables.stream.tokens import Token


@dataclass(frozen=True)
class Row:
    """For each column the tokens that it holds (a wrapped name has several), and how many are figures."""

    cells: tuple[tuple[Token, ...], ...]
    figures: int
