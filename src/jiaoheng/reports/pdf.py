"""PDF by the programs that a machine has: LibreOffice from a Word file, a browser from a page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pypdfium2

from jiaoheng.errors import JiaohengError
from jiaoheng.reports.docx.fonts import stand_ins_xml

_SECONDS = 180
_OFFICE_NAMES = ("soffice", "libreoffice")
_BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
# Where Windows and macOS keep programs that are not on the path.
_OFFICE_PLACES = ("LibreOffice/program/soffice.exe", "LibreOffice.app/Contents/MacOS/soffice")
_BROWSER_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
_PROGRAM_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "LOCALAPPDATA")


class PdfError(JiaohengError):
    """No PDF could be made: the program for it is not there, or it failed."""


def office() -> str | None:
    """The path of LibreOffice, if this machine has it."""
    return _found(_OFFICE_NAMES, _OFFICE_PLACES)


def browser() -> str | None:
    """The path of a browser that prints without a window (Chromium, Chrome, Edge), if there is one."""
    return _found(_BROWSER_NAMES, _BROWSER_PLACES)


def from_docx(content: bytes) -> bytes:
    """A Word file as PDF, laid out by LibreOffice.

    Raises
    ------
    PdfError
        There is no LibreOffice, or it failed or took longer than three minutes.
    """
    program = office()
    if program is None:
        raise PdfError(
            "没有找到 LibreOffice，不能把 Word 文件转换成 PDF。"
            "请安装 LibreOffice，或在 Word、WPS 里打开 Word 文件另存为 PDF。"
        )
    with tempfile.TemporaryDirectory(prefix="jiaoheng-") as folder:
        work = Path(folder)
        (work / "fonts.conf").write_bytes(stand_ins_xml())
        (work / "report.docx").write_bytes(content)
        command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault"]
        command += [
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to",
            "pdf:writer_pdf_Export",
        ]
        _run(
            [*command, "--outdir", str(work), str(work / "report.docx")],
            "LibreOffice",
            fonts=work / "fonts.conf",
        )
        return _result(work / "report.pdf", "LibreOffice")


def from_html(page: str) -> bytes:
    """A page as PDF, printed by a browser with its charts as lines, not as dots.

    Raises
    ------
    PdfError
        There is no browser, or it failed or took longer than three minutes.
    """
    program = browser()
    if program is None:
        raise PdfError(
            "没有找到 Chromium、Chrome 或 Edge 浏览器，不能把网页打印成 PDF。"
            "请安装其中一个，或在浏览器里打开网页，选“打印”“另存为 PDF”。"
        )
    with tempfile.TemporaryDirectory(prefix="jiaoheng-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        (work / "report.html").write_text(page, encoding="utf-8")
        command = [program, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions"]
        command += ["--disable-background-networking", "--no-pdf-header-footer", *_sandbox()]
        command += [f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={work / 'report.pdf'}"]
        _run([*command, (work / "report.html").as_uri()], "浏览器")
        return _result(work / "report.pdf", "浏览器")


def heading_pages(content: bytes) -> list[int]:
    """The page of every heading in a PDF's outline, in reading order; the first heading's is page 1."""
    with pypdfium2.PdfDocument(content) as read:
        places = [destination.get_index() for entry in read.get_toc() if (destination := entry.get_dest())]
    return [place - places[0] + 1 for place in places]


def _found(names: Sequence[str], places: Sequence[str]) -> str | None:
    on_path = (shutil.which(name) for name in names)
    elsewhere = (str(folder / place) for folder in _folders() for place in places)
    return next((path for path in (*on_path, *elsewhere) if path and Path(path).is_file()), None)


def _folders() -> Iterator[Path]:
    yield from (Path(os.environ[name]) for name in _PROGRAM_FOLDERS if os.environ.get(name))
    if sys.platform == "darwin":
        yield from (Path("/Applications"), Path.home() / "Applications")


def _sandbox() -> list[str]:
    """As root a browser refuses to start inside its sandbox; for everybody else the sandbox stays."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if as_root else []


def _run(command: Sequence[str], who: str, *, fonts: Path | None = None) -> None:
    """Run a program to its end, with all that it started.

    ``fonts`` is a file for fontconfig, which finds the fonts on Linux; other systems pass it over.
    """
    settings = {"FONTCONFIG_FILE": str(fonts)} if fonts else {}
    with subprocess.Popen(
        command,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            raise PdfError(f"{who}超过 {_SECONDS} 秒没有写完 PDF，已停止。请关闭其他程序后重试。") from None
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a program: it may have started others."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _result(path: Path, who: str) -> bytes:
    if not path.is_file() or not path.stat().st_size:
        raise PdfError(f"{who}没有写出 PDF。请先单独打开它一次，确认可以使用，再重试。")
    return path.read_bytes()
