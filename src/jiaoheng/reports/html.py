"""A report as one HTML file: template, style, script and chart library inside, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from jiaoheng.reports.asset_files import asset
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.numbers import in_chinese
from jiaoheng.reports.township_map import MAP_NAME

# What would end a script element, open a comment, or break a line of JavaScript.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render(document: Document) -> str:
    """``document`` as one self-contained HTML page.

    All text is escaped; the page's own policy lets run only the scripts that it carries, named
    by their hash, and lets nothing be loaded.
    """
    scripts = [asset("echarts.min.js"), asset("fitted.js"), asset("report.js")]
    return (
        _templates()
        .get_template("report.html")
        .render(
            document=document,
            data=embedded(_chart_data(document)),
            style=asset("report.css"),
            scripts=scripts,
            policy=_policy(scripts),
        )
    )


def embedded(value: Any) -> str:
    """``value`` as JSON that may stand inside a script element, whatever text it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return "".join(_UNSAFE.get(letter, letter) for letter in text)


def whole_dates(text: str) -> Markup:
    """``text``, escaped, with no line end inside a date (2025-12-31)."""
    return Markup(re.sub(r"\d{4}-\d{2}-\d{2}", r'<span class="whole">\g<0></span>', str(escape(text))))


def _chart_data(document: Document) -> dict[str, Any]:
    charts = document.charts
    regions = next((chart.regions for chart in charts if chart.regions), None)
    return {
        "maps": {MAP_NAME: regions} if regions else {},
        "options": {chart.id: chart.option for chart in charts},
    }


def _policy(scripts: list[str]) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    )


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("jiaoheng.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_chinese"] = in_chinese
    environment.filters["whole_dates"] = whole_dates
    return environment
