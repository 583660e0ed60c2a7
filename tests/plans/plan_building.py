"""Small plans and histories for the tests."""

from __future__ import annotations

from typing import Any

from jiaoheng.plans import (
    Baseline,
    Indicator,
    Observation,
    Passage,
    Plan,
    Progress,
    Recorded,
    Target,
    YearlyPath,
    progress,
)
from jiaoheng.plans.model import Document, Region


def target(op: str, value: float, year: int = 2025, **more: Any) -> Target:
    return Target.model_validate({"op": op, "value": value, "year": year, **more})


def indicator(
    *targets: Target,
    baseline: float | None = 42,
    points: tuple[Target, ...] = (),
    baseline_year: int = 2020,
    **more: Any,
) -> Indicator:
    """An indicator that the measure ``m`` follows; its unit is %."""
    return Indicator(
        id=more.pop("id", "i"),
        name=more.pop("name", "优良率"),
        unit=more.pop("unit", "%"),
        measure=None if "unlinked" in more else "m",
        baseline=None if baseline is None else Baseline(year=baseline_year, value=baseline),
        targets=targets,
        path=YearlyPath(points=points) if points else "linear",
        passage=Passage(section="表1", row=1),
        **more,
    )


def plan(*indicators: Indicator, start: int = 2021, end: int = 2025) -> Plan:
    return Plan(
        title="某县教育规划",
        issuer="某县人民政府",
        region=Region(code="441284", name="某县"),
        period={"start": start, "end": end},  # type: ignore[arg-type]
        document=Document(title="某县教育规划"),
        indicators=indicators,
    )


def history(values: dict[int, float | Observation]) -> Recorded:
    """The measure ``m`` by year, no stage."""
    return Recorded(
        {
            ("m", None, year): value if isinstance(value, Observation) else Observation(value)
            for year, value in values.items()
        }
    )


def judge(
    item: Indicator, values: dict[int, float | Observation], *, year: int, kind: str = "annual", **more: Any
) -> Progress:
    """The progress of one indicator."""
    (result,) = progress(plan(item), history(values), year=year, assessment=kind, **more)
    return result
