"""The result for one indicator, and the readings that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.plans.model import Indicator, Target
from jiaoheng.plans.status import Assessment, Status


@dataclass(frozen=True)
class Actual:
    """What the data say of an indicator in one year; `value` is None where they do not say it.

    For an indicator that accumulates, the value is the sum over the years after the baseline's.
    """

    year: int
    value: float | None
    status: str
    reason: str | None
    coverage: float | None


@dataclass(frozen=True)
class Progress:
    """An indicator held against its target. Numbers are unrounded and None where they cannot be computed.

    Attributes
    ----------
    year : the year of the assessment; the year judged is at most the target's (`judged_year`), if it has one.
    reason : the verdict in whole sentences, with numbers, years and units.
    value : the value in the judged year.
    actuals : by year, from the baseline's year to the year of the assessment.
    baseline, baseline_year : as the plan states it; else as computed.
    baseline_computed : what the data say of the baseline's year; `baseline_difference` is this minus the
        stated one.
    path : (year, value) of what the plan expects.
    expected : the path's value in the judged year; `lead` is how far the value is ahead of it (negative:
        behind).
    margin : how far the value lies inside the target (negative: short of it).
    holding : the baseline met the target already, so that it is to be held.
    pace : mean change a year since the baseline; `pace_needed` what each year left must bring.
    projected : the value in the target's year if the pace holds.
    covered, covered_expected : the share of the way from baseline to target; 1 is all of it.
    coverage : 0 to 1, the share of the rows in scope whose values were known.
    """

    indicator: Indicator
    year: int
    judged_year: int
    assessment: Assessment
    status: Status
    reason: str
    value: float | None
    actuals: tuple[Actual, ...]
    baseline: float | None
    baseline_year: int
    baseline_computed: float | None
    baseline_difference: float | None
    path: tuple[tuple[int, float], ...]
    expected: float | None
    lead: float | None
    margin: float | None
    holding: bool
    pace: float | None
    pace_needed: float | None
    projected: float | None
    covered: float | None
    covered_expected: float | None
    coverage: float | None

    @property
    def target(self) -> Target | None:
        """The target that the indicator is judged by; None where the plan prints none."""
        return self.indicator.target
