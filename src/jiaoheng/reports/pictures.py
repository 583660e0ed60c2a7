"""Charts on paper: the chart library of the page, run without a browser, its SVG set as PNG.

The same file draws on the page and here (V8 in this process, ECharts' own way to draw on a server), so
that page and paper cannot disagree.
"""

from __future__ import annotations

import html
import json
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import resvg_py
from py_mini_racer import MiniRacer

from jiaoheng.reports.asset_files import asset
from jiaoheng.reports.charts import FONTS, PAPER, SOFT, Chart, Legend
from jiaoheng.reports.text_width import ems
from jiaoheng.reports.township_map import MAP_NAME

NO_FONT = (
    "这台机器没有中文字体，图上的汉字画不出来，因此文档里不放图，只写图的文字说明。"
    "请安装一种中文字体（如思源黑体 Noto Sans CJK SC）后重新生成。"
)
# Pixels of the picture per CSS pixel: about 190 to the inch where a chart is as wide as the text.
_ZOOM = 2
_DRAW = """
function drawn(option, width, height) {
  // Dots that move apart do so by chance; on paper the same chart is the same picture every time.
  var chance = 1;
  Math.random = function () {
    chance = (chance * 16807) % 2147483647;
    return chance / 2147483647;
  };
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  chart.setOption(fitted(option, width));
  var svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
"""
# Where `fitted` takes a picture for narrow.
_NARROW = 480


@dataclass(frozen=True)
class Picture:
    """A chart as PNG; ``width`` and ``height`` in CSS pixels, the keys beside the chart included."""

    png: bytes
    width: int
    height: int


class Painter:
    """Draws charts; keeps what it has drawn, so that several documents may ask for the same one."""

    def __init__(self) -> None:
        self._racer: MiniRacer | None = None
        self._registered: object = None
        self._kept: dict[tuple[str, int, int], Picture] = {}

    @property
    def warning(self) -> str:
        """What a reader must be told about the pictures; empty where they are whole."""
        return "" if has_chinese_font() else NO_FONT

    def draw(self, chart: Chart, *, width: int, height: int | None = None) -> Picture | None:
        """``chart`` at a size in CSS pixels; None where its words could not be shown (`warning` says why)."""
        if not has_chinese_font():
            return None
        tall = height or chart.height
        key = (chart.id, width, tall)
        if key not in self._kept:
            self._kept[key] = self._drawn(chart, width, tall)
        return self._kept[key]

    def svg(self, chart: Chart, *, width: int, height: int) -> tuple[str, int]:
        """``chart`` with its keys as SVG, and the height of both together."""
        racer = self._ready(chart)
        drawn = racer.eval(f"drawn({_literal(chart.option)}, {width}, {height})")
        keys, above = _keys(chart.legend, width)
        whole = height + above
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{width}" height="{whole}" viewBox="0 0 {width} {whole}">'
            f'{keys}<g transform="translate(0 {above})">{drawn}</g></svg>'
        ), whole

    def _drawn(self, chart: Chart, width: int, height: int) -> Picture:
        svg, whole = self.svg(chart, width=width, height=height)
        return Picture(_rastered(svg), width, whole)

    def _ready(self, chart: Chart) -> MiniRacer:
        if self._racer is None:
            self._racer = MiniRacer()
            # Left open, its threads would keep the process from ending.
            weakref.finalize(self, self._racer.close)
            for script in (asset("echarts.min.js"), asset("fitted.js"), _DRAW):
                self._racer.eval(script)
        if chart.regions is not None and chart.regions is not self._registered:
            self._racer.eval(f"echarts.registerMap({_literal(MAP_NAME)}, {_literal(chart.regions)})")
            self._registered = chart.regions
        return self._racer


@cache
def has_chinese_font() -> bool:
    """Whether this machine can draw Chinese: without a font, different characters leave the same picture."""
    return len({_png(_words(letter, 0, 20, 16), font_only=True) for letter in "教衡"}) == 2


@lru_cache(maxsize=128)
def _rastered(svg: str) -> bytes:
    """The same picture stands in report after report of one process: a hundred take about ten megabytes."""
    return _png(svg)


def _png(svg: str, *, font_only: bool = False) -> bytes:
    if font_only:
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">{svg}</svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, background=PAPER, languages=["zh-CN"]))


def _keys(legend: Sequence[Legend], width: int) -> tuple[str, int]:
    """The keys beside a chart in rows above it, and the height that they take."""
    if not legend:
        return "", 0
    font = 10 if width < _NARROW else 12
    parts, left, top = [_HATCH], 0.0, 0.0
    for key in legend:
        room = (3.7 + ems(key.label)) * font
        if left and left + room > width:
            left, top = 0.0, top + 1.8 * font
        parts += _key(key, left, top, font)
        left += room
    return "".join(parts), round(top + 2.2 * font)


def _key(key: Legend, left: float, top: float, font: int) -> Iterator[str]:
    box = f'x="{left + 0.5}" y="{top + 0.45 * font:.1f}" width="{1.6 * font:.1f}" height="{1.1 * font:.1f}"'
    yield f'<rect {box} fill="{key.colour}" stroke="#6c7a87"/>'
    if key.hatched:
        yield f'<rect {box} fill="url(#hatch)"/>'
    yield _words(key.label, left + 2.1 * font, top + 1.35 * font, font)


_HATCH = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(-45)"><path d="M0 0H5" stroke="#9aa3ab" stroke-width="2"/></pattern></defs>'
)


def _words(text: str, left: float, line: float, font: int) -> str:
    style = f"font-family:{FONTS};font-size:{font}px"
    return f'<text x="{left:.1f}" y="{line:.1f}" fill="{SOFT}" style="{style}">{html.escape(text)}</text>'


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False)
