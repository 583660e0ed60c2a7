"""The cap on a coefficient of variation as a cone, cut from outside by tangents.

With ``x_i`` the amounts and ``P_i`` the pupils of the schools of a stage, ``T = Σx_i`` and ``P = ΣP_i``::

    CV ≤ c  ⟺  Σ x_i² / P_i ≤ (1 + c²) T² / P

**Pupils fixed.** This is a second-order cone. It is lifted: ``q_i ≥ x_i² / (w_i g T)`` with
``w_i = P_i / P``, ``g = sqrt(1 + c²)``, and ``Σ q_i ≤ g T``. Each ``q_i`` is convex in ``(x_i, T)``; its
tangent at the ratio ``r = x_i / T`` is ``q_i ≥ (2 r x_i − r² T) / (w_i g)``. Tangents hold for every solution
that keeps the cap, so whatever the programme proves with them is proven for the county.

**Pupils that move.** ``x_i² / P_i`` is convex in ``(x_i, P_i)`` as well, with the tangent
``2 r x_i − r² P_i`` at ``r = x_i / P_i``; ``T²`` on the right is not concave. It is replaced by chords over
pieces of the range of T, one of which a whole number chooses: never below ``T²`` in the range, so that
bounds stay valid.

Source: J. P. Vielma, I. Dunning, J. Huchette and M. Lubin, "Extended formulations in mixed integer conic
quadratic programming", Math. Prog. Comp. 9 (2017) 369-418.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from jiaoheng.standards.remedy.model import Expression, Model
from jiaoheng.standards.remedy.solver import Numbers

_PIECES = 12
_SHARE = 0.2
SLACK = 1e-7
"""By how much more than its cap a coefficient may be before it is cut: the solver's own tolerance."""


@dataclass
class Cone:
    """One coefficient and its cap.

    Attributes
    ----------
    rows : the rows that are compared. ``size`` : what their amounts are measured in.
    lifted : the columns ``q_i``, once there are any. ``sum`` : the column of the total, in sizes.
    """

    stage: str
    item: int
    rows: tuple[int, ...]
    cap: float
    size: float
    pupils: float
    moving: bool
    total: Expression
    lifted: tuple[int, ...] = ()
    sum: Expression = field(default_factory=Expression)
    seen: list[set[float]] = field(default_factory=list)


def cones(built: Model) -> tuple[Cone, ...]:
    """The coefficients that have a cap."""
    return tuple(_cones(built))


def _cones(built: Model) -> Iterator[Cone]:
    problem = built.problem
    for stage in problem.stages:
        for item in range(len(problem.items)):
            cap, rows = problem.rule.caps[stage][item], problem.of_stage(stage, item)
            if cap is None or len(rows) < 2:
                continue
            total = Expression()
            for place in rows:
                amount = built.amounts[place, item]
                total.constant += amount.constant
                for column, factor in amount.terms.items():
                    total.add(column, factor)
            pupils = math.fsum(built.pupils[place].constant for place in rows)
            need = math.fsum(float(problem.need(place, item)) for place in rows)
            moving = any(built.pupils[place].terms for place in rows)
            yield Cone(stage, item, rows, cap, max(total.constant, need, 1.0), pupils, moving, total)


def variation(built: Model, cone: Cone, values: Numbers) -> float:
    """The coefficient at a point of the programme; 0 where there is nothing at all."""
    total = cone.total.at(values)
    if total <= 0:
        return 0.0
    squares = math.fsum(
        built.amounts[place, cone.item].at(values) ** 2 / built.pupils[place].at(values)
        for place in cone.rows
    )
    return math.sqrt(max(0.0, squares * cone.pupils / total**2 - 1.0))


def cut(
    built: Model,
    cone: Cone,
    values: Numbers,
    span: tuple[float, float] | None = None,
    *,
    slack: float = SLACK,
) -> int:
    """Cut the point off if it is above the cap; how many tangents that took.

    Parameters
    ----------
    span : the range of the total, where pupils move.
    slack : by how much more than its cap the coefficient may be.
    """
    if variation(built, cone, values) <= cone.cap + slack:
        return 0
    if not cone.lifted:
        _lift(built, cone, span)
        values = np.append(values, np.zeros(built.programme.columns - len(values)))
    short = [_square_of(built, cone, i, values) - values[q] for i, q in enumerate(cone.lifted)]
    # Tangents where they cut deepest: the rest of the schools can wait.
    deep = _SHARE * math.fsum(gap for gap in short if gap > 0) / len(short)
    return sum(_tangent(built, cone, i, values) for i, gap in enumerate(short) if gap > deep)


def _square_of(built: Model, cone: Cone, i: int, values: Numbers) -> float:
    """What the lifted column of a row should be."""
    place = cone.rows[i]
    amount, pupils = built.amounts[place, cone.item].at(values), built.pupils[place].at(values)
    square = amount**2 / pupils * cone.pupils
    if cone.moving:
        return square / cone.size**2
    total = cone.total.at(values)
    return square / (math.sqrt(1 + cone.cap**2) * total * cone.size) if total > 0 else 0.0


def _lift(built: Model, cone: Cone, span: tuple[float, float] | None) -> None:
    programme = built.programme
    cone.lifted = tuple(programme.column() for _ in cone.rows)
    cone.seen = [set() for _ in cone.rows]
    growth = math.sqrt(1 + cone.cap**2)
    # One column for the total keeps the tangents short.
    total = programme.column()
    own = {column: -factor / cone.size for column, factor in cone.total.terms.items()}
    constant = cone.total.constant / cone.size
    programme.row(own | {total: 1.0}, low=constant, high=constant)
    cone.sum = Expression(0.0, {total: cone.size})
    terms: dict[int, float] = dict.fromkeys(cone.lifted, 1.0)
    if not cone.moving:
        programme.row(terms | {total: -growth}, high=0.0)
    else:
        square = _square(built, cone, total, span or (0.0, 2 * cone.size))
        programme.row(terms | {square: -(growth**2)}, high=0.0)
    # Even shares, and the shares of today, so that the first cuts are not all at one point.
    for i, place in enumerate(cone.rows):
        amount, pupils = built.amounts[place, cone.item], built.pupils[place]
        today = amount.constant / (pupils.constant if cone.moving else max(cone.total.constant, 1e-12))
        even = cone.size / cone.pupils if cone.moving else pupils.constant / cone.pupils
        for ratio in (even, today, even * (1 + cone.cap), even / (1 + cone.cap)):
            _add(built, cone, i, ratio)


def _square(built: Model, cone: Cone, total: int, span: tuple[float, float]) -> int:
    """A column that is never less than the square of the total (in sizes), and hardly more."""
    programme = built.programme
    low, high = span[0] / cone.size, span[1] / cone.size
    square = programme.column(high=high**2)
    ends = [low + (high - low) * i / _PIECES for i in range(_PIECES + 1)]
    chosen, parts = [], []
    over: dict[int, float] = {square: 1.0}
    for left, right in pairwise(ends):
        choice, part = programme.column(high=1.0, whole=True), programme.column()
        programme.row({part: 1.0, choice: -right}, high=0.0)
        programme.row({part: 1.0, choice: -left}, low=0.0)
        over[part], over[choice] = -(left + right), left * right
        chosen.append(choice)
        parts.append(part)
    programme.row(over, high=0.0)
    programme.row(dict.fromkeys(chosen, 1.0), low=1.0, high=1.0)
    programme.row(dict.fromkeys(parts, 1.0) | {total: -1.0}, low=0.0, high=0.0)
    return square


def _tangent(built: Model, cone: Cone, i: int, values: Numbers) -> int:
    place = cone.rows[i]
    whole = built.pupils[place].at(values) if cone.moving else cone.total.at(values)
    return _add(built, cone, i, max(0.0, built.amounts[place, cone.item].at(values)) / whole)


def _add(built: Model, cone: Cone, i: int, ratio: float) -> int:
    known = cone.seen[i]
    if any(math.isclose(ratio, other, rel_tol=1e-6, abs_tol=1e-12) for other in known):
        return 0
    known.add(ratio)
    place = cone.rows[i]
    amount, pupils = built.amounts[place, cone.item], built.pupils[place]
    if cone.moving:
        # q_i ≥ (x_i² / P_i) P / size²
        factor = cone.pupils / cone.size**2
        _below(built, cone.lifted[i], amount, 2 * ratio * factor, pupils, -(ratio**2) * factor)
    else:
        factor = cone.pupils / pupils.constant / math.sqrt(1 + cone.cap**2) / cone.size
        _below(built, cone.lifted[i], amount, 2 * ratio * factor, cone.sum, -(ratio**2) * factor)
    return 1


def _below(built: Model, lifted: int, first: Expression, a: float, second: Expression, b: float) -> None:
    """``lifted ≥ a first + b second``."""
    found: dict[int, float] = {}
    for expression, factor in ((first, a), (second, b)):
        for column, each in expression.terms.items():
            found[column] = found.get(column, 0.0) - factor * each
    found[lifted] = 1.0
    built.programme.row(found, low=a * first.constant + b * second.constant)
