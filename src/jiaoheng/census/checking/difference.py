"""What became of the findings since the version before: new, gone, still there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiaoheng.census.checking.finding import Finding


@dataclass(frozen=True)
class Difference:
    """The findings of two versions of a census held against each other.

    Attributes
    ----------
    before : the number of the older version.
    new, gone, kept : findings that only the newer has, that only the older had, that both have.
    """

    before: int
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Finding, ...]


def difference(older: Sequence[Finding], newer: Sequence[Finding], *, before: int) -> Difference:
    """Compare the findings of two versions; the same check on the same row is the same finding."""
    had = {finding.identity for finding in older}
    has = {finding.identity for finding in newer}
    return Difference(
        before,
        tuple(finding for finding in newer if finding.identity not in had),
        tuple(finding for finding in older if finding.identity not in has),
        tuple(finding for finding in newer if finding.identity in had),
    )
