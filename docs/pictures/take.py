"""Take the pictures of the documents from a report that was written: the page wide and narrow, Word's pages.

    .venv/bin/jiaoheng report sihui --assessment final --format html,docx
    .venv/bin/python -m docs.pictures.take "sihui/out/2025 监测报告.html"

Needs the development requirements, Chromium, and LibreOffice for the pages of the Word file beside it.
"""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
from playwright.sync_api import sync_playwright

from jiaoheng.reports import pdf

HERE = Path(__file__).parent
# Name, width, height, the anchor on top.
VIEWS = (("report-wide", 1280, 1180, ""), ("report-narrow", 390, 1000, "group-4"))
# Of the Word file: the cover, the first page of the text, an indicator.
PAGES = (0, 3, 6)


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
    pages(report.with_suffix(".docx"))


def pages(word: Path) -> None:
    """One picture of some pages of the Word file, side by side, as LibreOffice lays them out."""
    with pypdfium2.PdfDocument(pdf.from_docx(word.read_bytes())) as read:
        drawn = [read[place].render(scale=0.75).to_numpy()[:, :, :3] for place in PAGES]
    height = max(page.shape[0] for page in drawn)
    framed = [
        np.pad(page, ((8, 8 + height - page.shape[0]), (8, 8), (0, 0)), constant_values=200) for page in drawn
    ]
    (HERE / "report-word.png").write_bytes(png(np.hstack(framed)[:, :, ::-1]))


def png(pixels: np.ndarray) -> bytes:
    """Pixels (height, width, red-green-blue) as PNG."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m docs.pictures.take 报告.html")
    main(Path(sys.argv[1]))
