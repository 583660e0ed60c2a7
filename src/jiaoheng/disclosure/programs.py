"""The two linear programmes of cell suppression, on HiGHS: what an outsider can work out, what to mask next.

Source: M. Fischetti and J. J. Salazar, "Models and algorithms for optimizing cell suppression in tabular data
with linear constraints", J. Am. Stat. Assoc. 95 (2000) 916-928 (the attacker's programme); J. P. Kelly,
B. L. Golden and A. A. Assad, "Cell suppression: disclosure protection for sensitive tabular data", Networks
22 (1992) 397-417 (the choice of complementary cells).
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from jiaoheng.disclosure.lattice import Counts, Flags, Sum

Numbers = NDArray[np.float64]

_NEAR = 1e-6
_NODES = 20_000
"""How far a programme in whole numbers may branch; few tables need any."""


class _Quiet(highspy.Highs):
    """A solver that prints nothing. HiGHS greets on standard output, where our JSON goes, when it is made."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        # What the solver calls first of all, before it greets.
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Attack:
    """All tables in whole numbers that an outsider cannot tell from the true one."""

    def __init__(self, sums: Sequence[Sum], counts: Counts, low: Counts, high: Counts) -> None:
        self._counts, self._low, self._high = counts, low, high
        self._solver = _solver(_matrix(sums), len(counts), costs=np.zeros(len(counts)))
        self._cells = np.arange(len(counts), dtype=np.int32)

    def extreme(self, masked: Flags, cell: int, *, most: bool) -> Counts:
        """Of all tables that agree with what is not masked, one in which the cell is least, or most."""
        solver = self._solver
        lower = np.where(masked, self._low, self._counts).astype(float)
        upper = np.where(masked, self._high, self._counts).astype(float)
        solver.changeColsBounds(len(self._cells), self._cells, lower, upper)
        solver.changeColCost(cell, -1.0 if most else 1.0)
        try:
            found = self._run()
            if np.abs(found - np.rint(found)).max() > _NEAR:
                found = self._in_whole_numbers(masked)
        finally:
            solver.changeColCost(cell, 0.0)
        return np.rint(found).astype(np.int64)

    def _in_whole_numbers(self, masked: Flags) -> Numbers:
        open_ = self._cells[masked]
        kinds = np.full(len(open_), highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(len(open_), open_, kinds)
        try:
            return self._run()
        finally:
            kinds[:] = highspy.HighsVarType.kContinuous
            self._solver.changeColsIntegrality(len(open_), open_, kinds)

    def _run(self) -> Numbers:
        self._solver.run()
        solution = self._solver.getSolution()
        if not solution.value_valid:
            # The true table is always a solution; only the limit of nodes can keep a better one away.
            return self._counts.astype(float)
        return np.array(solution.col_value)


class Flow:
    """The cheapest way to move a cell while all sums still hold: what moves along is to be masked with it."""

    def __init__(self, sums: Sequence[Sum], counts: Counts, low: Counts, high: Counts) -> None:
        up, down = (high - counts).astype(float), (counts - low).astype(float)
        self._room = np.concatenate([up, down])
        matrix = _matrix(sums)
        both = [
            (np.concatenate([cells, cells + len(counts)]), np.concatenate([signs, -signs]))
            for cells, signs in matrix
        ]
        self._solver = _solver(both, 2 * len(counts), costs=np.zeros(2 * len(counts)))
        self._size = len(counts)

    def moved(self, cell: int, amount: int, *, costs: Numbers, still: Flags) -> tuple[float, Flags] | None:
        """What it costs to move a cell by ``amount`` (down where negative), and which cells move along.

        Parameters
        ----------
        costs : of each cell, for every person that it moves by.
        still : the cells that must not move.

        Returns
        -------
        tuple, or None where the cell cannot be moved so far.
        """
        room = np.where(np.concatenate([still, still]), 0.0, self._room)
        lower, upper = np.zeros(len(room)), room.copy()
        forward, back = (cell, cell + self._size) if amount > 0 else (cell + self._size, cell)
        if room[forward] < abs(amount):
            return None
        lower[forward] = upper[forward] = abs(amount)
        upper[back] = 0.0
        columns = np.arange(len(room), dtype=np.int32)
        self._solver.changeColsBounds(len(room), columns, lower, upper)
        self._solver.changeColsCost(len(room), columns, np.concatenate([costs, costs]))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        flow = np.array(self._solver.getSolution().col_value)
        return float(self._solver.getObjectiveValue()), (flow[: self._size] + flow[self._size :]) > _NEAR


Rows = list[tuple[NDArray[np.int32], Numbers]]


def _matrix(sums: Sequence[Sum]) -> Rows:
    return [
        (np.array([one.total, *one.parts], dtype=np.int32), np.array([-1.0] + [1.0] * len(one.parts)))
        for one in sums
    ]


def _solver(rows: Rows, width: int, *, costs: Numbers) -> highspy.Highs:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, len(rows)
    model.col_cost_ = costs
    model.col_lower_, model.col_upper_ = np.zeros(width), np.zeros(width)
    model.row_lower_ = model.row_upper_ = np.zeros(len(rows))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(cells) for cells, _ in rows)]).astype(np.int32)
    model.a_matrix_.index_ = (
        np.concatenate([cells for cells, _ in rows]) if rows else np.array([], dtype=np.int32)
    )
    model.a_matrix_.value_ = np.concatenate([signs for _, signs in rows]) if rows else np.array([])
    solver = _Quiet()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_max_nodes", _NODES)
    solver.passModel(model)
    return solver
