"""Charts as data: an Apache ECharts option in plain dicts, with the words that belong to every figure.

One look for all of them lives here. An option holds no JavaScript: what a tooltip says stands in
``tip`` of its data item, already worded and rounded, so that a renderer for paper can use the same
specification.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Option = dict[str, Any]

# Without quotation marks: the paper's renderer writes the list into an attribute as it is.
FONTS = "Noto Sans CJK SC,Source Han Sans SC,PingFang SC,Microsoft YaHei,Hiragino Sans GB,sans-serif"
INK, SOFT, FAINT, PAPER = "#1c2733", "#5a6773", "#d9dfe5", "#ffffff"
ACCENT = "#1d5a8e"
# Dark and light in turn: neighbours part on a grey copier and for the colour-blind, by dash and marker too.
HUES = ("#1d5a8e", "#d9731a", "#00584e", "#b06fb8", "#5a4a00", "#8391a0")
DASHES = ("solid", "dashed", "dotted", [10, 4, 2, 4], [2, 3], [14, 4])
MARKERS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyTriangle")
# Light to dark in one hue: the order survives a grey copier.
STEPS = ("#e3edf6", "#b7d1e8", "#7fadd3", "#437fb3", "#1b4f80")
UNKNOWN_FILL = "#f1f1ef"


@dataclass(frozen=True)
class Legend:
    """One key beside a chart: a swatch of this colour (hatched for what is not known) and its words."""

    colour: str
    label: str
    hatched: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure: what is drawn, and what must be said beside it.

    Parameters
    ----------
    id : unique in the report; also the anchor of the figure.
    source, date : where the figures come from and which day they stand for; shown below the figure.
    alt : what a person learns from the picture who cannot see it; a whole sentence.
    height : in CSS pixels.
    regions : the map that the option names, as GeoJSON.
    """

    id: str
    title: str
    unit: str
    source: str
    date: str
    alt: str
    option: Option
    height: int = 240
    legend: tuple[Legend, ...] = ()
    regions: Mapping[str, Any] | None = None
    note: str = ""


def base(**parts: Any) -> Option:
    """An option with the one look that all charts share."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONTS, "color": INK, "fontSize": 12},
        "tooltip": {
            "trigger": "item",
            "confine": True,
            "backgroundColor": PAPER,
            "borderColor": FAINT,
            "textStyle": {"color": INK, "fontSize": 13, "fontFamily": FONTS},
        },
        **parts,
    }


def categories(names: Sequence[str], **more: Any) -> Option:
    """An axis of names (years, stages)."""
    return {
        "type": "category",
        "data": list(names),
        "axisLine": {"lineStyle": {"color": SOFT}},
        "axisTick": {"show": False},
        "axisLabel": {"color": SOFT, "fontSize": 12},
        **more,
    }


def long_names(names: Sequence[str]) -> Option:
    """An axis of names as long as those of measures, one below the other, broken into lines."""
    return categories(
        names,
        inverse=True,
        splitLine={"show": True, "lineStyle": {"color": FAINT}},
        axisLabel={
            "color": INK,
            "fontSize": 12,
            "width": 150,
            "lineHeight": 16,
            "overflow": "break",
            "interval": 0,
        },
    )


def numbers(
    *, low: float | None = None, high: float | None = None, step: float | None = None, **more: Any
) -> Option:
    """An axis of numbers, with faint lines."""
    axis: Option = {
        "type": "value",
        "splitNumber": 4,
        "axisLabel": {"color": SOFT, "fontSize": 12},
        "splitLine": {"lineStyle": {"color": FAINT}},
    }
    limits = {"min": low, "max": high, "interval": step}
    return axis | {name: value for name, value in limits.items() if value is not None} | more


def span(
    values: Sequence[float], *, lines: int = 4, least: float = 0.0, whole: bool = False
) -> tuple[float, float, float]:
    """Round bounds around values: low, high, and the step between lines.

    Parameters
    ----------
    lines : about how many steps.
    least : the narrowest range worth drawing; a path within 0.02 must not fill the chart like a collapse.
    whole : for counts: no lines between whole numbers.
    """
    low, high = min(values), max(values)
    room = max(high - low, least, abs(high) * 1e-6, 1e-9)
    middle = (low + high) / 2
    low, high = min(low, middle - room / 2) - room * 0.1, max(high, middle + room / 2) + room * 0.1
    step = _round_step((high - low) / lines)
    if whole:
        step = float(max(1, math.ceil(step)))
    if min(values) >= 0:
        low = max(low, 0.0)
    places = max(0, -math.floor(math.log10(step)) + 1)
    return (
        round(math.floor(low / step) * step, places),
        round(math.ceil(high / step) * step, places),
        round(step, places),
    )


def _round_step(rough: float) -> float:
    """The first of 1, 2, 2.5, 5 times a power of ten that is at least ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
