"""The map by township: boundaries to GeoJSON, quantile classes, one layer for each measure chosen."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import shapely

from jiaoheng.reports import charts
from jiaoheng.reports.charts import STEPS, UNKNOWN_FILL, Chart, Legend, Option
from jiaoheng.reports.figures import Figure, figures, name_with_stage
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.numbers import MISSING, day, half_up, shown, with_unit

MAP_NAME = "townships"
# Boundaries are drawn on a screen: about fifty metres are enough.
_TOLERANCE_DEGREES = 0.0005


@dataclass(frozen=True)
class Value:
    """One township's value on a layer; ``reason`` says why there is none."""

    code: str
    name: str
    value: float | None
    reason: str = ""


@dataclass(frozen=True)
class Layer:
    """What one view of the map shows."""

    id: str
    title: str
    unit: str
    digits: int
    values: tuple[Value, ...]
    signed: bool = False


def layers(
    inputs: MonitoringInputs, chosen: Sequence[tuple[str, str]], changes: Sequence[tuple[str, str]]
) -> list[Layer]:
    """The layers that the data allow.

    Parameters
    ----------
    chosen : measure and stage of each level to show.
    changes : measure and stage of each change to show, in per cent since the earliest year that the township
        frame holds.
    """
    levels = [_level(inputs, measure, stage) for measure, stage in chosen]
    moves = [_change(inputs, measure, stage) for measure, stage in changes]
    return [layer for layer in (*levels, *moves) if layer and any(v.value is not None for v in layer.values)]


def charts_of(inputs: MonitoringInputs, found: Sequence[Layer]) -> list[Chart]:
    """One chart per layer, all on the same map; none where the census holds no boundaries."""
    regions = geojson(inputs.area_table)
    if not regions["features"]:
        return []
    return [_chart(inputs, layer, regions) for layer in found]


def geojson(area_table: pl.DataFrame) -> dict[str, Any]:
    """The townships' boundaries as GeoJSON; townships without a boundary are left out."""
    features = []
    for row in area_table.iter_rows(named=True):
        if not row.get("boundary"):
            continue
        shape = shapely.from_wkt(row["boundary"]).simplify(_TOLERANCE_DEGREES)
        features.append(
            {
                "type": "Feature",
                "properties": {"name": row["name"], "code": row["area_code"]},
                "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-5))),
            }
        )
    return {"type": "FeatureCollection", "features": features}


def breaks(values: Sequence[float], digits: int, classes: int = len(STEPS)) -> list[float]:
    """Bounds between quantile classes, rounded as they are shown, so that class and legend never disagree.

    Fewer bounds come back where values repeat. A value belongs to the class whose lower bound it reaches.
    """
    ordered = sorted(values)
    bounds: list[float] = []
    for part in range(1, classes):
        place = part * (len(ordered) - 1) / classes
        below, share = int(place), place - int(place)
        above = ordered[min(below + 1, len(ordered) - 1)]
        bound = float(half_up(ordered[below] * (1 - share) + above * share, digits))
        if ordered[0] < bound <= ordered[-1] and bound not in bounds:
            bounds.append(bound)
    return bounds


def label_colour(fill: str) -> str:
    """White or ink, whichever stands out more from ``fill`` (#rrggbb), by WCAG's contrast ratio."""
    return max((charts.INK, charts.PAPER), key=lambda colour: _contrast(colour, fill))


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _level(inputs: MonitoringInputs, measure: str, stage: str) -> Layer | None:
    found = figures(inputs, inputs.areas, measure, stage=stage, year=inputs.year)
    if not found:
        return None
    entry = found[0].measure
    return Layer(
        f"{measure}-{stage}" if stage else measure,
        name_with_stage(entry, stage),
        entry.unit,
        entry.digits,
        tuple(Value(figure.key, figure.name, figure.value, figure.reason) for figure in found),
    )


def _change(inputs: MonitoringInputs, measure: str, stage: str) -> Layer | None:
    found = figures(inputs, inputs.areas, measure, stage=stage)
    years = sorted({figure.year for figure in found if figure.year <= inputs.year})
    if len(years) < 2 or years[-1] != inputs.year:
        return None
    first = {figure.key: figure for figure in found if figure.year == years[0]}
    now = [figure for figure in found if figure.year == inputs.year]
    return Layer(
        f"change-{measure}-{stage}",
        f"{name_with_stage(now[0].measure, stage)}较{years[0]}年变化",
        "%",
        1,
        tuple(_moved(first.get(figure.key), figure) for figure in now),
        signed=True,
    )


def _moved(before: Figure | None, now: Figure) -> Value:
    if before is None or before.value is None or now.value is None:
        return Value(now.key, now.name, None, (before and before.reason) or now.reason or "缺少早年数据")
    if before.value == 0:
        return Value(now.key, now.name, None, "早年数值为 0，无法计算变化率")
    return Value(now.key, now.name, (now.value / before.value - 1) * 100)


def _chart(inputs: MonitoringInputs, layer: Layer, regions: dict[str, Any]) -> Chart:
    known = [value.value for value in layer.values if value.value is not None]
    bounds = breaks(known, layer.digits)
    colours = _ramp(len(bounds) + 1)
    items = [_item(value, layer, bounds, colours) for value in layer.values]
    unknown = len(layer.values) - len(known)
    named = sorted((value for value in layer.values if value.value is not None), key=lambda v: v.value or 0.0)
    lowest, highest = named[0], named[-1]
    return Chart(
        id=f"map-{layer.id}",
        title=f"各镇街{layer.title}",
        unit=layer.unit,
        source=inputs.source,
        date=day(inputs.as_of),
        alt=(
            f"各镇街{layer.title}分布图：最高为{highest.name} {_said(highest.value, layer)}，"
            f"最低为{lowest.name} {_said(lowest.value, layer)}"
            + (f"，无数据{unknown}个镇街。" if unknown else "。")
        ),
        option=charts.base(series=[series(items, regions)]),
        height=460,
        legend=_legend(layer, bounds, colours, known, unknown),
        regions=regions,
        note="按分位数分档，下限计入本档。",
    )


def _ramp(classes: int) -> list[str]:
    """As many steps of the one hue as there are classes, the lightest and darkest kept."""
    if classes == 1:
        return [STEPS[2]]
    return [STEPS[round(place * (len(STEPS) - 1) / (classes - 1))] for place in range(classes)]


def _item(value: Value, layer: Layer, bounds: Sequence[float], colours: Sequence[str]) -> Option:
    if value.value is None:
        return {
            "name": value.name,
            "value": None,
            "tip": [value.name, MISSING, value.reason],
            "itemStyle": hatched(),
        }
    place = sum(value.value >= bound for bound in bounds)
    return {
        "name": value.name,
        "value": value.value,
        "tip": [value.name, _said(value.value, layer)],
        "itemStyle": {"areaColor": colours[place]},
        "label": {
            "formatter": "{b}\n" + shown(value.value, layer.digits, sign=layer.signed),
            "color": label_colour(colours[place]),
            # A name that is wider than its township stays readable on its neighbour's colour.
            "textBorderColor": colours[place],
            "textBorderWidth": 2,
        },
    }


def hatched() -> Option:
    """How a township looks of which nothing is known."""
    hatch = {
        "symbol": "rect",
        "color": "#9aa3ab",
        "dashArrayX": [1, 0],
        "dashArrayY": [1, 5],
        "rotation": -0.785,
    }
    return {"areaColor": UNKNOWN_FILL, "decal": hatch}


def series(items: list[Option], regions: dict[str, Any]) -> Option:
    """The map's series: every township is an item, by its name."""
    middles = [
        shapely.from_geojson(json.dumps(feature["geometry"])).centroid.y for feature in regions["features"]
    ]
    return {
        "type": "map",
        "map": MAP_NAME,
        "data": items,
        "aspectScale": math.cos(math.radians(sum(middles) / len(middles))),
        "layoutCenter": ["50%", "50%"],
        "layoutSize": "98%",
        "selectedMode": False,
        "label": {"show": True, "fontSize": 12, "lineHeight": 15, "color": charts.INK},
        "labelLayout": {"hideOverlap": False},
        "itemStyle": {"borderColor": "#6c7a87", "borderWidth": 1},
        "emphasis": {"label": {"show": True}, "itemStyle": {"borderColor": charts.INK, "borderWidth": 2}},
    }


def _legend(
    layer: Layer, bounds: Sequence[float], colours: Sequence[str], known: Sequence[float], unknown: int
) -> tuple[Legend, ...]:
    edges = [min(known), *bounds, max(known)]
    texts = [shown(edge, layer.digits, sign=layer.signed) for edge in edges]
    keys = [
        Legend(colour, f"{low}至{high}") for colour, low, high in zip(colours, texts, texts[1:], strict=False)
    ]
    if not unknown:
        return tuple(keys)
    return (*keys, Legend(UNKNOWN_FILL, f"无数据（{unknown}个镇街）", hatched=True))


def _said(value: float | None, layer: Layer) -> str:
    return with_unit(value, layer.digits, layer.unit, sign=layer.signed)
