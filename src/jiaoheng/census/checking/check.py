"""Checks a snapshot against the rules of its year, beside the year and the version before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from jiaoheng.census.checking.finding import Finding
from jiaoheng.census.checking.run import located, run
from jiaoheng.census.checking.view import view_of
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import Catalogue


def check(
    census: Census,
    catalogue: Catalogue,
    *,
    last: Census | None = None,
    before: Census | None = None,
    homes: Mapping[str, str | None] | None = None,
    renamed: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Every row of a snapshot that does not keep a check, the worst first.

    Parameters
    ----------
    census : the snapshot.
    catalogue : the rules in force on the day of the census.
    last : the snapshot of the year before, for jumps and the flow of cohorts.
    before : the version before, of the same year, for persons who moved between schools.
    homes : the code under which a school of the year before goes on; None where it does not.
    renamed : the codes of schools whose new name is registered.

    Returns
    -------
    tuple of Finding
        With the places of their cells, without explanations.
    """
    view = view_of(census, last=last, before=before, homes=homes, renamed=renamed)
    return located(run(view, catalogue), census)
