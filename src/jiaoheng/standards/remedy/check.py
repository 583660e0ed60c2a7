"""The rule itself, held against a state of the county by plain arithmetic; it knows nothing of the solver."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jiaoheng.measures import coefficient_of_variation
from jiaoheng.standards.remedy.problem import Problem, State

_RELATIVE = Fraction(1, 10**12)
"""What sums of shares may lose to binary fractions; a hundredth of a yuan in ten thousand million."""


@dataclass(frozen=True)
class Judged:
    """What a state of the county amounts to.

    Attributes
    ----------
    met, near : per row and item: whether it reaches the threshold, the floor; None where it is not known.
    passes : per row; None where it cannot be told.
    variations : by stage and item's place; None where there is none.
    over : the coefficients above their cap: stage, item's place, how far above.
    """

    met: tuple[tuple[bool | None, ...], ...]
    near: tuple[tuple[bool | None, ...], ...]
    passes: tuple[bool | None, ...]
    variations: dict[tuple[str, int], float | None]
    over: tuple[tuple[str, int, float], ...]

    def passing(self, problem: Problem) -> tuple[str, ...]:
        """The schools all of whose stages pass."""
        return tuple(
            school
            for school, places in problem.of_school.items()
            if all(self.passes[place] for place in places)
        )

    def failing(self, problem: Problem) -> tuple[str, ...]:
        """The schools of which some stage is known to fail."""
        return tuple(
            school
            for school, places in problem.of_school.items()
            if any(self.passes[place] is False for place in places)
        )


def judge(problem: Problem, state: State) -> Judged:
    """Hold the rule against a state."""
    met, near = [], []
    for place, amounts in enumerate(state.amounts):
        pupils = state.pupils[place]
        met.append(
            tuple(_reaches(amount, problem.need(place, k, pupils=pupils)) for k, amount in enumerate(amounts))
        )
        near.append(
            tuple(
                _reaches(amount, problem.need(place, k, floor=True, pupils=pupils))
                for k, amount in enumerate(amounts)
            )
        )
    variations = {
        (stage, k): _variation(problem, state, stage, k)
        for stage in problem.stages
        for k in range(len(problem.items))
    }
    over = []
    for (stage, k), value in variations.items():
        cap = problem.rule.caps[stage][k]
        if cap is not None and value is not None and value > cap:
            over.append((stage, k, value - cap))
    passes = tuple(_passes(a, b, problem.rule.needed) for a, b in zip(met, near, strict=True))
    return Judged(tuple(met), tuple(near), passes, variations, tuple(over))


def holds(problem: Problem, state: State) -> bool:
    """Whether no school is known to fail and no coefficient is above its cap."""
    judged = judge(problem, state)
    return not judged.over and not judged.failing(problem)


def _reaches(amount: float | None, need: Fraction) -> bool | None:
    if amount is None:
        return None
    return Fraction(amount) >= need * (1 - _RELATIVE)


def _passes(met: tuple[bool | None, ...], near: tuple[bool | None, ...], needed: int) -> bool | None:
    if any(one is False for one in near) or met.count(False) > len(met) - needed:
        return False
    return None if None in met else True


def _variation(problem: Problem, state: State, stage: str, item: int) -> float | None:
    places = problem.of_stage(stage, item)
    return coefficient_of_variation(
        [state.amounts[place][item] for place in places], [state.pupils[place] for place in places]
    )
