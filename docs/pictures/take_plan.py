"""Take the pictures of the guide on plans from the example county, as the guide leaves it.

    .venv/bin/jiaoheng demo sihui
    .venv/bin/jiaoheng plan read "sihui/files/十五五规划征求意见稿（模拟）.docx" -o sihui/plans/draft.yaml
    .venv/bin/python -m docs.pictures.take_plan sihui

Needs the development requirements, Chromium and LibreOffice.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
from docs.pictures.take import HERE, png
from playwright.sync_api import sync_playwright

from jiaoheng import workspace
from jiaoheng.plans import example_draft

CHAPTERS = ("tasks", "projects")


def main(folder: Path) -> None:
    """Write one picture a step beside this file."""
    ws = workspace.open(folder)
    draft = folder / "plans" / "draft.yaml"
    with tempfile.TemporaryDirectory() as work:
        audit = Path(work) / "审读.docx"
        workspace.write_audit(workspace.audit_plans([draft], workspace=ws), audit)
        sheet = Path(work) / "填报表.xlsx"
        found = workspace.follow(ws, as_of=date(2025, 12, 31), unit="市教育局")
        workspace.write_follow_sheet(ws, found, sheet)
        drawn = {
            "plan-draft": _pages(folder / "files" / example_draft.FILE_NAME, (0, 1)),
            "plan-audit": _pages(audit, (2, 3)),
            "plan-workbook": [_cropped(page) for page in _pages(sheet, (0,), scale=2.2)],
        }
    for name, pages in drawn.items():
        (HERE / f"{name}.png").write_bytes(png(_framed(pages)))
    _chapters(folder / "out" / "2025 监测报告.html")


def _pages(document: Path, places: tuple[int, ...], *, scale: float = 1.0) -> list[np.ndarray]:
    """Some pages of a document as LibreOffice lays them out, red-green-blue."""
    with tempfile.TemporaryDirectory() as work:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile"]
        command += ["--convert-to", "pdf", "--outdir", work, str(document)]
        subprocess.run(command, check=True, capture_output=True)
        with pypdfium2.PdfDocument(Path(work) / f"{document.stem}.pdf") as read:
            wanted = [place for place in places if place < len(read)]
            return [read[place].render(scale=scale).to_numpy()[:, :, 2::-1] for place in wanted]


def _cropped(page: np.ndarray, air: int = 24) -> np.ndarray:
    """A page without the white around what stands on it."""
    rows, columns = (np.flatnonzero((page < 250).any(axis=(2, axis))) for axis in (1, 0))
    top, left = max(rows[0] - air, 0), max(columns[0] - air, 0)
    return page[top : rows[-1] + air, left : columns[-1] + air]


def _framed(pages: list[np.ndarray]) -> np.ndarray:
    """Pages side by side on grey."""
    height = max(page.shape[0] for page in pages)
    framed = [
        np.pad(page, ((8, 8 + height - page.shape[0]), (8, 8), (0, 0)), constant_values=200) for page in pages
    ]
    return np.hstack(framed)


def _chapters(report: Path) -> None:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for anchor in CHAPTERS:
            page = browser.new_page(viewport={"width": 1100, "height": 1000})
            page.goto(f"{report.resolve().as_uri()}#{anchor}")
            page.wait_for_timeout(1500)
            page.screenshot(path=HERE / f"plan-{anchor}.png")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m docs.pictures.take_plan 工作区")
    main(Path(sys.argv[1]))
