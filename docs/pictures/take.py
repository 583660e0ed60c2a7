"""Take the report's pictures for the README from a report that was written, wide and narrow.

    .venv/bin/python -m docs.pictures.take "sihui/out/2025 监测报告.html"

Needs the development requirements and Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
# Name, width, height, the anchor on top.
VIEWS = (("report-wide", 1280, 1180, ""), ("report-narrow", 390, 1000, "group-4"))


def main(report: Path) -> None:
    """Write one picture per view beside this file."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, width, height, anchor in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(report.resolve().as_uri() + (f"#{anchor}" if anchor else ""))
            page.wait_for_timeout(1500)
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m docs.pictures.take 报告.html")
    main(Path(sys.argv[1]))
