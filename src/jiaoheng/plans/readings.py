"""What the history says of an indicator, year by year; a missing year leaves a sum unknown."""

from __future__ import annotations

import math
from dataclasses import replace

from jiaoheng.plans.history import History, Observation
from jiaoheng.plans.model import Indicator
from jiaoheng.plans.results import Actual


def actuals(indicator: Indicator, history: History, start_year: int, year: int) -> tuple[Actual, ...]:
    if indicator.measure is None:
        return ()
    if not indicator.cumulative:
        return tuple(
            Actual(when, seen.value, seen.status, seen.reason, seen.coverage)
            for when in range(min(start_year, year), year + 1)
            for seen in [observed(indicator, history, when)]
        )
    sums: list[Actual] = []
    for when in range(start_year + 1, year + 1):
        seen = observed(indicator, history, when)
        before = sums[-1] if sums else Actual(start_year, 0.0, "known", None, None)
        if before.value is None:
            sums.append(replace(before, year=when))
        elif seen.value is None:
            sums.append(Actual(when, None, seen.status, seen.reason, seen.coverage))
        else:
            known = [part for part in (before.coverage, seen.coverage) if part is not None]
            sums.append(Actual(when, before.value + seen.value, "known", None, min(known) if known else None))
    return tuple(sums)


def observed(indicator: Indicator, history: History, year: int) -> Observation:
    """What the history says, never a number without the status ``known``."""
    if indicator.measure is None:
        return Observation(None, "unknown", indicator.unlinked)
    seen = history(indicator.measure, indicator.stage, year)
    if seen is None:
        return Observation(None, "unknown", f"没有{year}年的数据")
    if seen.status == "known" and seen.value is not None and math.isfinite(seen.value):
        return seen
    status = "unknown" if seen.status == "known" else seen.status
    return replace(seen, value=None, status=status)
