"""The coefficient of variation between schools (差异系数), weighted by pupils."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jiaoheng.errors import JiaohengError


class VariationError(JiaohengError):
    """Amounts and pupils that cannot be paired, or numbers of pupils that cannot be."""


def coefficient_of_variation(amounts: Sequence[float | None], pupils: Sequence[float | None]) -> float | None:
    """How far schools lie apart in what they have per pupil, each school weighted by its pupils.

    With ``x_i`` the amount and ``P_i`` the pupils of school i, ``X_i = x_i / P_i``, ``P_N = ΣP_i``::

        X̄  = Σx_i / P_N
        S  = sqrt( Σ (P_i / P_N) (X_i − X̄)² )
        CV = S / X̄

    A factor on the measure (100 for "per hundred pupils") cancels out.

    Parameters
    ----------
    amounts : sequence of float or None
        What each school has in total: teachers, m², yuan, rooms. None or NaN where it is not known.
    pupils : sequence of float or None
        The pupils of each school, in the same order. None or NaN where not known.

    Returns
    -------
    float or None
        The coefficient, unrounded. None when fewer than two schools are left to compare, or when their
        amounts add up to nothing.

    Raises
    ------
    VariationError
        When the two sequences differ in length, a number of pupils is negative, or a number is infinite.

    Notes
    -----
    Missing is not zero: a school whose amount or pupils are not known is left out of every sum, and so is a
    school without pupils, which has no amount per pupil. An amount of 0 is a value and counts. One school
    has nothing to differ from, so the result is None and not 0.

    Source: 县域义务教育优质均衡发展督导评估办法（教督〔2017〕6号）, calculation of 差异系数.
    """
    if len(amounts) != len(pupils):
        raise VariationError(
            f"差异系数：数量有 {len(amounts)} 个，学生数有 {len(pupils)} 个，不能逐校配对。请让两列一样长。"
        )
    pairs = [
        pair
        for place, (amount, count) in enumerate(zip(amounts, pupils, strict=True), start=1)
        if (pair := _pair(amount, count, place)) is not None
    ]
    if len(pairs) < 2:
        return None
    weight = math.fsum(count for _, count in pairs)
    mean = math.fsum(amount for amount, _ in pairs) / weight
    if mean == 0:
        return None
    squares = math.fsum(count * (amount / count - mean) ** 2 for amount, count in pairs)
    return math.sqrt(squares / weight) / mean


def _pair(amount: float | None, count: float | None, place: int) -> tuple[float, float] | None:
    for name, value in (("数量", amount), ("学生数", count)):
        if value is not None and math.isinf(value):
            raise VariationError(f"差异系数：第 {place} 所学校的{name}是无穷大。请改为实际的数。")
    if count is not None and count < 0:
        raise VariationError(f"差异系数：第 {place} 所学校的学生数是负数（{count:g}）。请改为实际人数。")
    if amount is None or count is None or math.isnan(amount) or math.isnan(count) or count == 0:
        return None
    return float(amount), float(count)
