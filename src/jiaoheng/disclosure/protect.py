"""Makes a table of counts fit to be published: small cells masked, and others so that none is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from jiaoheng.disclosure.lattice import DisclosureError, Lattice, Tree, lattice
from jiaoheng.disclosure.suppress import Pattern, suppress

LEAST = 5
"""Counts below this are small, unless another bound is asked for."""

MARK = "*"
"""What stands in a published table where a count is masked."""


@dataclass(frozen=True)
class Audit:
    """What the protection cost, and how much it leaves open.

    Attributes
    ----------
    cells : cells of the table with its margins.
    primary, complementary : masked because they are small; masked so that those cannot be worked out.
    narrowest : over all masked cells, the least difference between the greatest and the least value that is
        possible; None where nothing is masked.
    zeros : whether zeros may be among the masked cells; where not, an outsider may know that, and the ranges
        take it into account.
    hidden : persons counted in masked leaves, and ``persons`` in all.
    """

    cells: int
    primary: int
    complementary: int
    narrowest: int | None
    zeros: bool
    hidden: int
    persons: int

    @property
    def share(self) -> float:
        """Masked cells of all, from 0 to 1."""
        return (self.primary + self.complementary) / self.cells if self.cells else 0.0


@dataclass(frozen=True)
class Protected:
    """A table that can be published, and what only the office should see.

    Attributes
    ----------
    published : one row a cell, margins included: the dimensions, the count (null where masked or not known)
        and ``masked``. One mark for all: to tell small cells from the others would say how large they are.
    ranges : for the office: the dimensions, ``reason`` (primary or complementary), ``low`` and ``high`` of
        each masked cell as an outsider can work them out (``high`` null where nothing bounds it).
    audit : the figures.
    """

    published: pl.DataFrame
    ranges: pl.DataFrame
    audit: Audit


def protect(
    table: pl.DataFrame,
    *,
    dimensions: Sequence[str],
    count: str,
    of: str | None = None,
    hierarchy: Mapping[str, Tree | Sequence[Tree]] | None = None,
    least: int = LEAST,
    width: int | None = None,
) -> Protected:
    """Mask the small counts of a table, and as few others as keep them from being worked out.

    Every masked cell, small or not, can then still have values that lie at least ``width`` apart, whatever an
    outsider adds up and takes away, in whole numbers: the audit has solved for both ends of each.

    Parameters
    ----------
    table : the finest cells, one row each. A combination that has no row is taken to be publicly empty; a
        count that is null is not known, is published as such, and adds nothing to its margins.
    dimensions : the columns that make the cells, one to three. Margins (`TOTAL`) are added along each.
    count : the column that holds the counts.
    of : the column with how many persons each count is out of, where that is public (pupils of the school).
        Then a count that leaves few out is as small as one that takes few in, and a share says as much as its
        count: mask both.
    hierarchy : for a dimension, each label to the one above it (school to township), as far up as there is
        one; several where it adds up in several ways (by township and by class of area).
    least : counts from 1 to ``least - 1`` are small. Zeros are not, and are published, unless nothing else
        protects a small one.
    width : ``least - 1`` where None, so that not even that a count is small can be worked out.

    Returns
    -------
    Protected

    Raises
    ------
    DisclosureError
        The table is wrong in itself, or too small to be protected.

    Notes
    -----
    The choice is a heuristic (cheapest flow for one cell after the other, then whatever proves needless is
    shown again); that it protects is not: every interval is worked out afterwards. Tables that share cells
    with another, earlier years and other lists among them, are not looked at.
    """
    width = least - 1 if width is None else width
    if least < 2 or width < 1:
        raise DisclosureError("隐去的界限（least）至少为 2，保护的宽度（width）至少为 1。")
    cells = lattice(table, dimensions=dimensions, count=count, of=of, hierarchy=hierarchy or {})
    pattern = suppress(cells, least=least, width=width)
    return Protected(_published(cells, pattern, count, of), _ranges(cells, pattern), _audit(cells, pattern))


def _published(cells: Lattice, pattern: Pattern, count: str, of: str | None) -> pl.DataFrame:
    hidden = pl.Series(pattern.masked | cells.missing)
    columns = [pl.Series(count, cells.counts).set(hidden, None)]
    if of is not None and cells.wholes is not None:
        columns.append(pl.Series(of, cells.wholes).set(pl.Series(cells.missing), None))
    return cells.labels.with_columns(*columns, pl.Series("masked", pattern.masked))


def _ranges(cells: Lattice, pattern: Pattern) -> pl.DataFrame:
    high = pl.Series("high", pattern.high)
    return cells.labels.with_columns(
        reason=pl.Series(pattern.primary).replace_strict(
            {True: "primary", False: "complementary"}, return_dtype=pl.String
        ),
        low=pl.Series(pattern.low),
        high=high.set(~pl.Series(pattern.bound), None),
    ).filter(pl.Series(pattern.masked))


def _audit(cells: Lattice, pattern: Pattern) -> Audit:
    spread = (pattern.high - pattern.low)[pattern.masked]
    return Audit(
        cells=len(cells),
        primary=int(pattern.primary.sum()),
        complementary=int((pattern.masked & ~pattern.primary).sum()),
        narrowest=int(spread.min()) if len(spread) else None,
        zeros=pattern.zeros,
        hidden=int(cells.counts[cells.leaves & pattern.masked].sum()),
        persons=int(cells.counts[cells.leaves].sum()),
    )
