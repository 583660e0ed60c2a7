"""Why nothing does it: the limits that stand in each other's way, and the least by which they must give.

Every limit may be exceeded at a price (its excess over its own size); the cheapest excesses that make the
county's problem solvable are found. Of the limits that give way, each is then put back in turn: those that
cannot be are the conflict, and none of them can be left out.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.standards.remedy.actions import Limit, Menu
from jiaoheng.standards.remedy.check import judge
from jiaoheng.standards.remedy.cones import cones, cut
from jiaoheng.standards.remedy.model import Model, after, model
from jiaoheng.standards.remedy.problem import Problem, present
from jiaoheng.standards.remedy.solve import SECONDS, least_cost
from jiaoheng.standards.remedy.solver import Numbers

_ROUNDS = 30
_NEAR = 1e-6


@dataclass(frozen=True)
class Relaxation:
    """A limit that must give way, and the least it must be instead."""

    limit: Limit
    enough: float


@dataclass(frozen=True)
class Lacking:
    """An item that a row needs more of, and that no change in the costs can raise there."""

    place: int
    item: int
    needed: float


@dataclass(frozen=True)
class Conflict:
    """Why there is no solution.

    Attributes
    ----------
    relaxations : together they are enough (with whole numbers, shown by a solution).
    lacking : what no change can mend.
    uneven : coefficients that stay above their cap whatever is done: stage, item's place.
    """

    relaxations: tuple[Relaxation, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    uneven: tuple[tuple[str, int], ...] = ()
