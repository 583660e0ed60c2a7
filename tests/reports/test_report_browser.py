"""The page as a person sees it: painted, sortable, narrow without scrolling sideways, printable, offline."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import report_fake

from jiaoheng.reports import compose, monitoring
from jiaoheng.reports.pictures import Painter

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="没有找到 chromium"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(monitoring(report_fake.inputs()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Opens the report at a width, offline; any error on the page fails the test in the end."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(width: int) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url == address else complaints.append(asked.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _draw_all(page: Any) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_painted(open_page: Any, width: int) -> None:
    page = open_page(width)
    _draw_all(page)
    shapes = page.evaluate(
        "[...document.querySelectorAll('figure:not([hidden]) .chart')].map(box => [box.dataset.chart,"
        " box.querySelectorAll('svg path').length, Math.round(box.querySelector('svg')?.clientWidth ?? 0)])"
    )
    charts = compose(report_fake.inputs()).charts
    hidden = sum(chart.id.startswith(("map-", "change-")) for chart in charts) - 1
    assert len(shapes) == len(charts) - hidden
    for name, paths, wide in shapes:
        assert paths >= 5, name
        assert wide > 250, name


def test_paper_shows_the_words_that_the_page_shows(open_page: Any) -> None:
    page = open_page(1280)
    _draw_all(page)
    drawn = page.evaluate(
        "[...document.querySelectorAll('figure:not([hidden]) .chart')].map(box => [box.dataset.chart,"
        " box.clientWidth, [...box.querySelectorAll('svg text')].map(text => text.textContent)])"
    )
    charts = {chart.id: replace(chart, legend=()) for chart in compose(report_fake.inputs()).charts}
    painter = Painter()
    for name, width, written in drawn:
        svg, _ = painter.svg(charts[name], width=width, height=charts[name].height)
        texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
        assert sorted("".join(text.itertext()) for text in texts) == sorted(written), name


def test_charts_wait_until_they_come_near(open_page: Any) -> None:
    page = open_page(1280)
    drawn = page.evaluate("document.querySelectorAll('.chart svg').length")
    assert drawn < 8
    page.evaluate("document.getElementById('structure').scrollIntoView({behavior: 'instant'})")
    page.wait_for_selector("#structure-pupils svg")


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1600])
def test_the_page_never_scrolls_sideways(open_page: Any, width: int) -> None:
    page = open_page(width)
    _draw_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_head_sorts_by_number_both_ways_and_keeps_what_is_missing_last(open_page: Any) -> None:
    page = open_page(1280)
    button = page.locator("#table-indicators thead button", has_text="现状值")

    def values() -> list[str]:
        found: list[str] = page.evaluate(
            "[...document.querySelectorAll('#table-indicators td:nth-child(3)')].map(c => c.dataset.sort)"
        )
        return found

    button.focus()
    page.keyboard.press("Enter")
    known = [float(value) for value in values() if value]
    assert known == sorted(known)
    assert values()[-1] == ""
    assert page.locator("#table-indicators th[aria-sort=ascending]").inner_text().startswith("现状值")
    page.keyboard.press("Enter")
    known = [float(value) for value in values() if value]
    assert known == sorted(known, reverse=True)
    assert values()[-1] == ""


def test_on_a_phone_the_overview_shows_verdict_value_and_target_without_a_swipe(open_page: Any) -> None:
    page = open_page(390)
    edges = page.eval_on_selector_all(
        "#table-indicators thead th", "list => list.map(one => one.getBoundingClientRect().right)"
    )
    assert edges[3] <= 390 - 16
    assert page.locator("#table-indicators .swipe").is_visible()


def test_on_a_wide_screen_the_overview_fits_and_asks_for_no_swipe(open_page: Any) -> None:
    page = open_page(1280)
    box = page.locator("#overview .table-box")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert not page.locator("#table-indicators .swipe").is_visible()
    assert page.locator("#table-schools .swipe").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_township_is_named_on_the_map(open_page: Any, width: int) -> None:
    page = open_page(width)
    _draw_all(page)
    drawn = "".join(page.locator("#map figure:not([hidden]) svg text").all_text_contents())
    assert [name for name in report_fake.TOWNSHIPS if name not in drawn] == []


def test_the_head_of_a_long_table_stays_in_sight(open_page: Any) -> None:
    page = open_page(1280)
    offset = page.evaluate(
        "(() => { const box = document.querySelector('#table-schools').closest('.table-box');"
        " box.scrollTop = 800; const head = box.querySelector('thead th');"
        " return head.getBoundingClientRect().top - box.getBoundingClientRect().top; })()"
    )
    assert 0 <= offset < 5


def test_the_map_shows_the_measure_that_is_picked(open_page: Any) -> None:
    page = open_page(1280)
    options = page.eval_on_selector_all("#map option", "list => list.map(one => one.value)")
    assert len(options) > 5
    page.select_option("#map select", options[-1])
    shown = page.eval_on_selector_all("#map figure:not([hidden])", "list => list.map(one => one.id)")
    assert shown == [options[-1]]
    page.wait_for_selector(f"[id='{options[-1]}'] svg path")


def test_a_tooltip_says_the_rounded_value_with_its_unit(open_page: Any) -> None:
    page = open_page(1280)
    box = page.locator("#path-gross_preschool_enrolment .chart")
    box.scroll_into_view_if_needed()
    page.wait_for_selector("#path-gross_preschool_enrolment svg")
    page.evaluate(
        "echarts.getInstanceByDom(document.querySelector('#path-gross_preschool_enrolment .chart'))"
        ".dispatchAction({type: 'showTip', seriesIndex: 1, dataIndex: 5})"
    )
    assert "2025年实际值" in box.inner_text()
    assert "98.95%" in box.inner_text()


def test_it_prints_whole(open_page: Any, tmp_path: Path) -> None:
    page = open_page(1280)
    path = tmp_path / "report.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    assert page.evaluate("document.querySelectorAll('figure:not([hidden]) .chart svg').length") > 20
    assert path.stat().st_size > 200_000
