"""Take the pictures of the guide on seats from a report that was written: fans, the map by year, a phone.

    .venv/bin/jiaoheng report sihui --format html
    .venv/bin/python -m docs.pictures.take_seats "sihui/out/2025 监测报告.html"

Needs the development requirements and Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from docs.pictures.take import HERE
from playwright.sync_api import Page, sync_playwright

# Name of the picture, what stands on top of it, width and height.
VIEWS = (
    ("seats-fans", "#seats", 1280, 1120),
    ("seats-narrow", "#seats", 390, 1000),
)
# The map of a stage, slid to a year some way ahead.
MAP, STEPS = "#gap-maps-junior", 1


def main(report: Path) -> None:
    """Write one picture a view beside this file; a view that the report does not have is left out."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, top, width, height in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(report.resolve().as_uri())
            _take(page, name, top)
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(report.resolve().as_uri())
        if page.locator(f"{MAP} input").count():
            page.locator(f"{MAP} input").first.fill(str(STEPS))
            _take(page, "seats-map", MAP)
        browser.close()


def _take(page: Page, name: str, top: str) -> None:
    found = page.locator(top).first
    if not found.count():
        return
    found.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m docs.pictures.take_seats 报告.html")
    main(Path(sys.argv[1]))
