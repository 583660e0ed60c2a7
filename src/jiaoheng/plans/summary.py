"""A plan's progress in a few numbers and one paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiaoheng.plans.figures import figure
from jiaoheng.plans.model import Plan
from jiaoheng.plans.results import Progress
from jiaoheng.plans.status import Status


@dataclass(frozen=True)
class Summary:
    """How many indicators stand where.

    Attributes
    ----------
    total : all indicators; `applicable` those that can be judged at all; `judged` those that have a verdict.
    counts : the number of indicators by status, every status present.
    below_full_coverage : of the judged ones, those with data for less than all rows in scope.
    lowest_coverage : 0 to 1, the lowest among them; None where all are complete.
    sentence : all this in words.
    """

    total: int
    applicable: int
    judged: int
    counts: Mapping[Status, int]
    below_full_coverage: int
    lowest_coverage: float | None
    sentence: str


def summarise(plan: Plan, progress: Iterable[Progress]) -> Summary:
    """Count the verdicts of one assessment of `plan` and say them in a paragraph."""
    items = tuple(progress)
    counts = {status: sum(item.status is status for item in items) for status in Status}
    applicable = len(items) - counts[Status.NOT_APPLICABLE]
    judged = applicable - counts[Status.UNKNOWN]
    partial = [
        item.coverage
        for item in items
        if _has_verdict(item) and item.coverage is not None and item.coverage < 1
    ]
    lowest = min(partial, default=None)
    sentence = "".join(
        [
            _opening(plan, items, counts, applicable, judged),
            _verdicts("", items),
            _binding(items),
            _covered(judged, len(partial), lowest),
        ]
    )
    return Summary(len(items), applicable, judged, counts, len(partial), lowest, sentence)


def _opening(
    plan: Plan, items: tuple[Progress, ...], counts: Mapping[Status, int], applicable: int, judged: int
) -> str:
    if not items:
        return f"《{plan.title}》没有可评估的指标。"
    year, kind = items[0].year, items[0].assessment.label
    without = counts[Status.NOT_APPLICABLE]
    left_out = f"，其中不作评判的{without}项" if without else ""
    return (
        f"《{plan.title}》{year}年{kind}：指标共{len(items)}项{left_out}；"
        f"应评{applicable}项中可计算{judged}项{_percent(judged, applicable)}，"
        f"无法计算{counts[Status.UNKNOWN]}项。"
    )


def _verdicts(group: str, items: Iterable[Progress]) -> str:
    judged = [item for item in items if _has_verdict(item)]
    if not judged:
        return ""
    parts = []
    for status in (Status.MET, Status.ON_TRACK, Status.BEHIND, Status.MISSED):
        number = sum(item.status is status for item in judged)
        if number:
            parts.append(f"{status.label}{number}项{_percent(number, len(judged))}")
    return f"可计算的{len(judged)}项{group}中，{'、'.join(parts)}。"


def _binding(items: tuple[Progress, ...]) -> str:
    binding = [item for item in items if item.indicator.property == "约束性"]
    return _verdicts("约束性指标", binding)


def _covered(judged: int, partial: int, lowest: float | None) -> str:
    if not judged:
        return ""
    if lowest is None:
        return f"可计算的{judged}项所用数据没有缺漏。"
    share = figure(lowest * 100, apart_from=100)
    return f"可计算的{judged}项中，数据覆盖率不足100%的有{partial}项，最低为{share}%。"


def _has_verdict(item: Progress) -> bool:
    return item.status not in (Status.UNKNOWN, Status.NOT_APPLICABLE)


def _percent(part: int, whole: int) -> str:
    return f"（{figure(part / whole * 100, digits=1)}%）" if whole else ""
