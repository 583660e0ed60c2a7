"""PDF by the programs of this machine: whole, with the figures as text; a clear word where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import report_fake

from jiaoheng.reports import compose, docx, formats, html, paper, pdf, pictures
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.paper import NO_PAGES, Press
from jiaoheng.reports.pdf import PdfError

needs_office = pytest.mark.skipif(
    pdf.office() is None or not pictures.has_chinese_font(), reason="这台机器没有 LibreOffice 或中文字体"
)
needs_browser = pytest.mark.skipif(pdf.browser() is None, reason="这台机器没有 Chromium、Chrome 或 Edge")


@pytest.fixture(scope="module")
def report() -> Document:
    """Enough of the report for every kind of block and page, and no more."""
    whole = compose(report_fake.inputs(generated_on=date(2025, 12, 1)))
    chosen = ("summary", "overview", "group-1", "structure", "school-table", "uncomputed")
    return replace(whole, chapters=tuple(one for one in whole.chapters if one.id in chosen))


@pytest.fixture(scope="module")
def converted(report: Document) -> Iterator[pypdfium2.PdfDocument]:
    with pypdfium2.PdfDocument(Press().pdf(report)) as read:
        yield read


def pages(read: pypdfium2.PdfDocument) -> list[str]:
    """The text of every page, without spaces: a line may end anywhere."""
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in read]


@needs_office
def test_the_word_file_becomes_a_pdf_of_a4_pages_with_every_figure_as_text(
    report: Document, converted: pypdfium2.PdfDocument
) -> None:
    written = "".join(pages(converted))
    for sentence in report.chapters[0].blocks[1].sentences:  # type: ignore[union-attr]
        assert "".join(sentence.text.split()) in written
    assert "99.88" in written
    assert "—（无数据）" in written
    sizes = {tuple(sorted(round(length / 72 * 25.4) for length in page.get_size())) for page in converted}
    assert sizes == {(210, 297)}
    assert 14 <= len(converted) <= 30


@needs_office
def test_no_page_is_empty_and_numbers_run_from_the_first_page_of_the_text(
    converted: pypdfium2.PdfDocument,
) -> None:
    texts = pages(converted)
    assert all(len(text) > 60 for text in texts)
    start = next(place for place, text in enumerate(texts) if text.startswith("一、摘要"))
    assert not any(text.endswith("—") for text in texts[:start])
    for number, text in enumerate(texts[start:], start=1):
        assert text.endswith(f"—{number}—") or text.startswith(f"—{number}—"), (number, text[:20], text[-20:])


@needs_office
def test_the_contents_name_the_page_on_which_each_heading_stands(converted: pypdfium2.PdfDocument) -> None:
    texts = pages(converted)
    start = next(place for place, text in enumerate(texts) if text.startswith("一、摘要"))
    contents = "".join(texts[1:start])
    for heading in ("二、指标总览", "（一）学前三年毛入园率", "五、学校数据"):
        page = next(n for n, text in enumerate(texts[start:], start=1) if heading in text)
        assert f"{heading}{page}" in contents.replace(".", "")


@needs_office
def test_lines_of_the_running_text_hold_28_characters(report: Document) -> None:
    """Whatever font stands in: characters are as wide as they are high."""
    block = report.chapters[0].blocks[0]
    sentence = replace(block.sentences[0], text="教育规划监测" * 40, cited="")  # type: ignore[union-attr]
    alone = replace(
        report, chapters=(replace(report.chapters[0], blocks=(replace(block, sentences=(sentence,)),)),)
    )
    with pypdfium2.PdfDocument(pdf.from_docx(docx.render(alone))) as read:
        lines = read[0].get_textpage().get_text_bounded().split()
    full = [line for line in lines if "教育规划监测" in line]
    assert {len(line) for line in full[1:-1]} == {28}


@pytest.mark.skipif(os.name != "posix", reason="需要可执行的脚本")
def test_a_program_that_writes_nothing_ends_in_one_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(0o755)
    monkeypatch.setattr(pdf, "office", lambda: str(script))
    with pytest.raises(PdfError, match=r"LibreOffice没有写出 PDF。请"):
        pdf.from_docx(b"")


@needs_browser
@pytest.mark.browser
def test_the_page_becomes_a_pdf_with_its_charts_page_numbers_and_turned_tables(report: Document) -> None:
    with pypdfium2.PdfDocument(pdf.from_html(html.render(report))) as read:
        written = "".join(pages(read))
        turned = [page for page in read if page.get_width() > page.get_height()]
        assert "—1—" in written
        assert f"—{len(read)}—" in written
    # Words that only the charts hold: they are drawn before it is printed.
    assert "目标路径" in written
    assert written.count("学生数量") > len(turned) >= 1


def test_without_a_program_the_message_says_what_to_install(
    report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_found", lambda names, places: None)
    with pytest.raises(PdfError, match=r"LibreOffice.*Chrome.*docx"):
        formats.render(report, Path("报告.pdf"))
    with pytest.raises(PdfError, match="请安装 LibreOffice"):
        pdf.from_docx(b"")
    with pytest.raises(PdfError, match="请安装其中一个"):
        pdf.from_html("")


def test_without_a_chinese_font_no_pdf_of_empty_boxes_is_written(
    report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "has_chinese_font", lambda: False)
    with pytest.raises(PdfError, match="这台机器没有中文字体"):
        Press().pdf(report)


def test_without_libreoffice_the_contents_have_no_page_numbers_and_that_is_said(
    report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "office", lambda: None)
    some = replace(report, chapters=report.chapters[:2])
    press = Press()
    assert press.word(some) == docx.render(some)
    assert press.warnings == [NO_PAGES]


def test_two_files_of_one_document_are_set_once(report: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(pdf, "office", lambda: "soffice")
    monkeypatch.setattr(pdf, "from_docx", lambda content: given.append(content) or b"%PDF")
    monkeypatch.setattr(paper.pdf, "heading_pages", lambda content: [])
    some = replace(report, chapters=report.chapters[:2])
    press = Press()
    word = press.word(some)
    assert press.pdf(some) == b"%PDF"
    assert given == [word, word]


@pytest.mark.skipif(os.name != "posix", reason="Windows 没有进程组")
def test_a_program_that_hangs_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "child"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > '{note}'\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(pdf, "office", lambda: str(script))
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    with pytest.raises(PdfError, match="LibreOffice超过 1 秒"):
        pdf.from_docx(b"")
    child = int(note.read_text())
    for _ in range(50):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False
        )
        if not state.stdout.strip() or state.stdout.startswith("Z"):
            return
        time.sleep(0.1)
    pytest.fail("the program that it started is still there")


def test_programs_are_found_on_the_path_and_where_windows_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in pdf._PROGRAM_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert pdf.office() is None
    assert pdf.browser() is None
    edge = tmp_path / "Programs/Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Programs"))
    assert pdf.browser() == str(edge)
