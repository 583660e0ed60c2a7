"""The report as files: which formats are asked for, where they go, and that none is ever half."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from jiaoheng import workspace
from jiaoheng.reports import pdf
from jiaoheng.reports.paper import NO_PAGES
from jiaoheng.workspace import report_files
from jiaoheng.workspace.report_files import ReportFormatError, targets

DEFAULT = Path("out/2025 监测报告")


@pytest.mark.parametrize(
    ("path", "wanted", "files"),
    [
        (None, None, ["out/2025 监测报告.html"]),
        (None, "docx", ["out/2025 监测报告.docx"]),
        (
            None,
            ["docx,xlsx", "pdf"],
            ["out/2025 监测报告.docx", "out/2025 监测报告.xlsx", "out/2025 监测报告.pdf"],
        ),
        (None, "DOCX， .html,docx", ["out/2025 监测报告.docx", "out/2025 监测报告.html"]),
        ("送审稿.docx", None, ["送审稿.docx"]),
        ("送审稿.docx", "docx", ["送审稿.docx"]),
        ("送审稿", None, ["送审稿.html"]),
        ("送审稿 v1.2", ["docx", "pdf"], ["送审稿 v1.2.docx", "送审稿 v1.2.pdf"]),
    ],
)
def test_formats_come_from_the_wish_else_from_the_name_else_the_page(
    path: str | None, wanted: str | list[str] | None, files: list[str]
) -> None:
    assert targets(path, wanted, DEFAULT) == tuple(Path(file) for file in files)


def test_a_format_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(ReportFormatError, match="不能写成“doc”。可用的格式：html、docx、xlsx、pdf"):
        targets(None, "doc,html", DEFAULT)


def test_a_name_that_contradicts_the_wish_is_refused() -> None:
    with pytest.raises(ReportFormatError, match=r"送审稿.pdf：文件名是 .pdf，要求的格式却是 docx"):
        targets("送审稿.pdf", "docx", DEFAULT)


def test_each_format_is_written_from_one_report(
    sihui: workspace.Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "office", lambda: None)
    written = sihui.report(tmp_path / "报告", format="html,docx,xlsx", assessment="final")
    assert [path.name for path in written.paths] == ["报告.html", "报告.docx", "报告.xlsx"]
    assert written.path == written.paths[0]
    assert len(written.headlines) == 10
    assert written.warnings == (NO_PAGES,)
    assert "<!DOCTYPE html>" in written.paths[0].read_text(encoding="utf-8")
    for path, part in zip(written.paths[1:], ("word/document.xml", "xl/workbook.xml"), strict=True):
        with zipfile.ZipFile(path) as read:
            assert read.testzip() is None
            assert part in read.namelist()
    assert sorted(tmp_path.iterdir()) == sorted(written.paths)


def test_a_renderer_that_fails_leaves_the_old_file_as_it_was(
    sihui: workspace.Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "报告.docx"
    old.write_text("旧")

    def fails(*_: object, **__: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(report_files.formats, "render", fails)
    with pytest.raises(OSError, match="disk full"):
        sihui.report(old)
    assert old.read_text() == "旧"
    assert list(tmp_path.iterdir()) == [old]
