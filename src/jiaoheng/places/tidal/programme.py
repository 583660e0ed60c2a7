"""A programme in whole numbers on HiGHS, minimised by one objective after another, each proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, gcd

import highspy
import numpy as np


@dataclass(frozen=True)
class Proven:
    """The least that an objective can be.

    Attributes
    ----------
    value : what was found.
    bound : nothing is less; equal to the value where it is proven.
    certified : whether multipliers, checked in fractions and without the solver, prove the bound.
    """

    value: int
    bound: int
    certified: bool


@dataclass
class Programme:
    """Columns ``0 <= x <= high``, rows ``terms · x >= low``; every number is whole."""

    highs: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def column(self, high: int, *, whole: bool = True) -> int:
        """Add a column; its place."""
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.highs) - 1

    def row(self, terms: Mapping[int, int], low: int) -> None:
        """Add ``terms · x >= low``."""
        self.rows.append(({place: value for place, value in terms.items() if value}, low))

    def minimise(
        self, objectives: list[dict[int, int]], *, seconds: float
    ) -> tuple[list[int] | None, tuple[Proven, ...]]:
        """Minimise the first objective, then the second among the best by the first, and so on.

        Returns
        -------
        tuple
            The values of the columns (None where there is no solution, or none was found in time), and for
            each objective what is proven of it.
        """
        values: list[int] | None = None
        proven: list[Proven] = []
        for objective in objectives:
            # Prices in whole thousands: a bound within a thousand is then a proof.
            common = gcd(*objective.values()) or 1
            found, bound = self._solve(
                {place: cost // common for place, cost in objective.items()}, seconds, values
            )
            if found is None:
                return None, tuple(proven)
            values = found
            value = sum(cost * values[place] for place, cost in objective.items())
            certified = self._dual(objective) >= value
            proven.append(Proven(value, value if certified else min(bound * common, value), certified))
            self.row({place: -cost for place, cost in objective.items()}, -value)
        return values, tuple(proven)

    def _solve(
        self, objective: dict[int, int], seconds: float, start: list[int] | None
    ) -> tuple[list[int] | None, int]:
        if not self.highs or (start is not None and not objective):
            return start or [], 0
        best: list[int] | None = None
        bound = 0
        # HiGHS 1.16 may hand out other values than those whose objective it reports, where it was given a
        # start: then it is asked again without, and without its presolve.
        for begun, presolve in ((start, True), (None, True), (None, False)):
            values, bound, reported = self._asked(objective, seconds, begun, presolve=presolve)
            if values is not None and (best is None or _worth(objective, values) < _worth(objective, best)):
                best = values
            if best is None or _worth(objective, best) <= reported:
                break
        return best, bound

    def _asked(
        self, objective: dict[int, int], seconds: float, start: list[int] | None, *, presolve: bool
    ) -> tuple[list[int] | None, int, int]:
        """Values that hold (None where none were found), a bound, and what the solver says they come to."""
        solver = self._loaded(objective, whole=True)
        solver.setOptionValue("time_limit", seconds)
        solver.setOptionValue("presolve", "choose" if presolve else "off")
        if start is not None:
            begun = highspy.HighsSolution()
            begun.col_value = [float(value) for value in start]
            solver.setSolution(begun)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != 2:
            return None, 0, 0
        values = [round(value) for value in solver.getSolution().col_value]
        if not self.holds(values):
            return None, 0, 0
        lowest = info.mip_dual_bound if any(self.whole) else info.objective_function_value
        reported = round(info.objective_function_value)
        return values, ceil(lowest - 1e-6 * max(1.0, abs(lowest)) ** 0.5), reported

    def holds(self, values: list[int]) -> bool:
        """Whether whole numbers keep every row and bound, exactly."""
        return all(0 <= value <= high for value, high in zip(values, self.highs, strict=True)) and all(
            sum(each * values[place] for place, each in terms.items()) >= low for terms, low in self.rows
        )

    def _dual(self, objective: dict[int, int]) -> int:
        """A bound by weak duality: multipliers from the solver, the arithmetic in fractions."""
        if not objective:
            return 0
        solver = self._loaded(objective, whole=False)
        solver.run()
        multipliers = [
            Fraction(max(value, 0.0)).limit_denominator(10**4) for value in solver.getSolution().row_dual
        ]
        if len(multipliers) != len(self.rows):
            return 0
        bound = Fraction(0)
        reduced = [Fraction(0)] * len(self.highs)
        for place, cost in objective.items():
            reduced[place] += cost
        for multiplier, (terms, low) in zip(multipliers, self.rows, strict=True):
            if multiplier:
                bound += multiplier * low
                for place, each in terms.items():
                    reduced[place] -= multiplier * each
        for left, high in zip(reduced, self.highs, strict=True):
            bound += min(left, Fraction(0)) * high
        return ceil(bound)

    def _loaded(self, objective: dict[int, int], *, whole: bool) -> highspy.Highs:
        solver = _Quiet()
        for name, value in (("random_seed", 0), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
            solver.setOptionValue(name, value)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-7)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.highs), len(self.rows)
        costs = np.zeros(len(self.highs))
        for place, cost in objective.items():
            costs[place] = cost
        model.col_cost_ = costs
        model.col_lower_ = np.zeros(len(self.highs))
        model.col_upper_ = np.array(self.highs, dtype=np.float64)
        model.row_lower_ = np.array([low for _, low in self.rows], dtype=np.float64)
        model.row_upper_ = np.full(len(self.rows), highspy.kHighsInf)
        sizes = [len(terms) for terms, _ in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *sizes], dtype=np.int32)
        model.a_matrix_.index_ = np.array([p for terms, _ in self.rows for p in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array(
            [v for terms, _ in self.rows for v in terms.values()], dtype=np.float64
        )
        if whole:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[each] for each in self.whole]
        solver.passModel(model)
        return solver


def _worth(objective: Mapping[int, int], values: list[int]) -> int:
    return sum(cost * values[place] for place, cost in objective.items())


class _Quiet(highspy.Highs):
    """A solver that prints nothing: standard output is where our JSON goes."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        # What the solver calls first of all, before it greets.
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]
