"""Linear programmes, some of whose columns are whole numbers, on HiGHS: built up, solved, added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
INFINITE = float(highspy.kHighsInf)


@dataclass(frozen=True)
class Found:
    """What a run came to.

    Attributes
    ----------
    values : of the columns; None where no solution was found.
    bound : nothing is better than this; minus infinity where nothing is proven.
    infeasible : proven to have no solution.
    """

    values: Numbers | None
    bound: float
    infeasible: bool = False


class _Quiet(highspy.Highs):
    """A solver that prints nothing: standard output is where our JSON goes."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        # What the solver calls first of all, before it greets.
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Programme:
    """A programme to be minimised; columns and rows are only ever added, or their bounds changed."""

    def __init__(self) -> None:
        self._solver = _Quiet()
        self._solver.setOptionValue("random_seed", 0)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
        self._solver.setOptionValue("mip_feasibility_tolerance", 1e-7)
        self._whole: list[int] = []
        self._columns = 0
        self._rows = 0

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self._columns

    def column(
        self, *, low: float = 0.0, high: float = INFINITE, cost: float = 0.0, whole: bool = False
    ) -> int:
        """Add a column; its place."""
        self._solver.addCol(cost, low, high, 0, np.array([], dtype=np.int32), np.array([]))
        if whole:
            self._whole.append(self._columns)
        self._columns += 1
        return self._columns - 1

    def row(self, terms: Mapping[int, float], *, low: float = -INFINITE, high: float = INFINITE) -> int:
        """Add ``low <= Σ terms <= high``; its place."""
        places = np.fromiter(terms.keys(), dtype=np.int32, count=len(terms))
        values = np.fromiter(terms.values(), dtype=np.float64, count=len(terms))
        self._solver.addRow(low, high, len(terms), places, values)
        self._rows += 1
        return self._rows - 1

    def bounds(self, column: int, low: float, high: float) -> None:
        """Give a column other bounds."""
        self._solver.changeColBounds(column, low, high)

    def row_bounds(self, row: int, low: float, high: float) -> None:
        """Give a row other bounds."""
        self._solver.changeRowBounds(row, low, high)

    def ease(self, row: int) -> int:
        """Let a row exceed its upper bound by what a new column is; the column's place."""
        column = self.column()
        self._solver.changeCoeff(row, column, -1.0)
        return column

    def costs(self, costs: Sequence[float]) -> None:
        """Another objective; columns beyond those given cost nothing."""
        every = np.zeros(self._columns)
        every[: len(costs)] = costs
        self._solver.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), every)

    def solve(
        self, *, whole: bool, gap: float = 0.0, seconds: float = 60.0, start: Numbers | None = None
    ) -> Found:
        """Solve, in whole numbers or as if all columns were continuous.

        Parameters
        ----------
        gap : how far from the best, relatively, a solution in whole numbers may be.
        seconds : how long it may take.
        start : values to begin from.
        """
        places = np.array(self._whole, dtype=np.int32)
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        if len(places):
            self._solver.changeColsIntegrality(len(places), places, np.full(len(places), kind))
        self._solver.setOptionValue("mip_rel_gap", gap)
        self._solver.setOptionValue("time_limit", max(seconds, 0.1))
        if whole and start is not None:
            begun = highspy.HighsSolution()
            begun.col_value = list(start)
            self._solver.setSolution(begun)
        self._solver.run()
        status = self._solver.getModelStatus()
        infeasible = status in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        solution, info = self._solver.getSolution(), self._solver.getInfo()
        valid = not infeasible and info.primal_solution_status == 2
        values = np.array(solution.col_value) if valid else None
        integral = whole and bool(len(places))
        proven = info.mip_dual_bound if integral else info.objective_function_value
        if not integral and status != highspy.HighsModelStatus.kOptimal:
            proven = -INFINITE
        return Found(values, float(proven), infeasible)
