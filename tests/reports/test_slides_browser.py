"""Maps by year as a person sees them: the slider moves them, the keyboard too, and paper shows some."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import prospect_fake
import pytest
import report_fake

from jiaoheng.reports import html
from jiaoheng.reports.seats import report

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="没有找到 chromium"),
]
SHOWN = "#gap-maps-junior figure:not([hidden])"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("seats") / "seats.html"
    inputs = report_fake.inputs()
    made = report.document(inputs, prospect_fake.prospect(), inputs.area_table)
    path.write_text(html.render(made), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(width: int) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url == address else complaints.append(asked.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_the_slider_moves_from_year_to_year_by_keyboard(open_page: Any) -> None:
    page = open_page(1280)
    slider = page.locator("#gap-maps-junior-range")
    slider.focus()
    assert page.locator(SHOWN).get_attribute("id") == "gap-map-junior-2026"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(SHOWN).get_attribute("id") == "gap-map-junior-2028"
    assert page.locator("#gap-maps-junior output").inner_text() == "2028"
    assert slider.get_attribute("aria-valuetext") == "2028"
    page.wait_for_selector(f"{SHOWN} svg path")


def test_paper_shows_some_years_whole_and_the_screen_its_year_again(open_page: Any) -> None:
    page = open_page(1280)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    drawn = page.evaluate(
        f"[...document.querySelectorAll('{SHOWN} .chart')].map(box => [box.dataset.chart,"
        " box.querySelector('svg').clientWidth <= box.clientWidth,"
        " box.querySelectorAll('svg path').length > 12])"
    )
    assert drawn == [[f"gap-map-junior-{year}", True, True] for year in (2026, 2028, 2030, 2040)]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(SHOWN).count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_never_scrolls_sideways(open_page: Any, width: int) -> None:
    page = open_page(width)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_small_map_names_the_level_of_each_town(open_page: Any) -> None:
    page = open_page(390)
    page.locator("#gap-maps-junior-range").scroll_into_view_if_needed()
    page.locator("#gap-maps-junior-range").fill("2")
    page.wait_for_selector(f"{SHOWN} svg path")
    drawn = page.locator(f"{SHOWN} svg text").all_text_contents()
    assert f"{report_fake.TOWNSHIPS[0]} 红" in drawn
