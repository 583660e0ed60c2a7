"""`jiaoheng privacy` says what a workspace holds of persons, and what should not stay as it is."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from marked_county import (
    OTHER_PUPIL_ID,
    PUPIL_HEADINGS,
    PUPIL_ID,
    TEACHER_HEADINGS,
    YEAR,
    book,
    county,
    pupil,
    teacher,
)

from jiaoheng import workspace
from jiaoheng.census import Census, identity
from jiaoheng.cli import main
from jiaoheng.workspace import Workspace

_OWN_PACK = """
document: {id: own, title: 本县指标, issuer: 教育局, date: 2025-01-01, effective_from: 2025-01-01,
  source: 自定}
measures:
  - {id: disabled_pupils, name: 残疾学生数, unit: 人, numerator: disabled, stages: [primary], clause: 一}
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = county(tmp_path / "county")
    pupils = book(tmp_path / "学生.xlsx", PUPIL_HEADINGS, [pupil(), pupil(学籍号=OTHER_PUPIL_ID)])
    teachers = book(tmp_path / "教师.xlsx", TEACHER_HEADINGS, [teacher()])
    for files in ([pupils], [teachers]):
        assert made.import_files(files, year=YEAR).census is not None
    return made


def test_every_version_and_table_of_persons_is_listed_with_how_it_is_kept(ws: Workspace) -> None:
    held = ws.privacy()
    found = [(one.version, one.table, one.rows, one.hashed, one.current) for one in held.tables]
    assert found == [
        (2, "pupils", 2, True, False),
        (3, "pupils", 2, True, True),
        (3, "teachers", 1, True, True),
    ]
    assert held.tables[0].columns["identifier"] == ("学籍号",)
    assert held.tables[0].columns["name"] == ("姓名",)
    assert "是否残疾" in held.tables[0].columns["sensitive"]
    assert held.to_mend == ()


def test_a_workspace_without_persons_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = county(tmp_path / "county")
    assert _run(capsys, made, code=0).count("快照中没有个人记录") == 1


def test_the_list_of_what_is_kept_does_not_count_what_is_never_stored(
    ws: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _run(capsys, ws, code=0)
    assert "个人标识 1 栏" in said
    assert "姓名 1 栏" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions otherwise")
def test_a_key_that_others_can_read_is_to_be_mended(
    ws: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ws.privacy().key.mode == "0600"
    (ws.folder / identity.KEY_FILE).chmod(0o644)
    said = _run(capsys, ws, code=1)
    assert "权限 0644，其他人可以读取" in said
    assert "chmod 600" in said


@pytest.mark.parametrize(("content", "said"), [(None, "没有 secret.key"), ("abc", "已损坏")])
def test_a_key_that_is_lost_or_damaged_is_to_be_mended(
    ws: Workspace, capsys: pytest.CaptureFixture[str], content: str | None, said: str
) -> None:
    path = ws.folder / identity.KEY_FILE
    path.unlink()
    if content is not None:
        path.write_text(content)
    assert said in _run(capsys, ws, code=1)
    assert path.exists() == (content is not None)


def test_rosters_that_lie_about_are_found_and_their_numbers_counted_not_shown(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(tmp_path / "学生.xlsx", ws.folder / "out")
    (ws.folder / "out" / "备忘.csv").write_text(f"{PUPIL_ID},x\n441284201507196610,y\n", encoding="utf-8")
    found = {one.file: one.numbers for one in ws.privacy().files}
    # The second number of the CSV has no right check digit: it is some other number.
    assert found == {"out/学生.xlsx": 2, "out/备忘.csv": 1}
    said = _run(capsys, ws, code=0)
    assert "不要外传" in said
    assert PUPIL_ID[1:] not in said


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx"])
def test_tables_with_small_counts_of_what_is_sensitive_are_found(ws: Workspace, kind: str) -> None:
    (ws.folder / "packs" / "own.yaml").write_text(_OWN_PACK, encoding="utf-8")
    path = ws.folder / "out" / f"指标.{kind}"
    workspace.write_measures(ws, path, ["disabled_pupils"], by="school")
    assert [(one.file, one.small_counts) for one in ws.privacy().files] == [(f"out/指标.{kind}", 1)]
    workspace.write_measures(ws, path, ["disabled_pupils"], by="school", publish=True)
    assert ws.privacy().files == ()


def test_an_identifier_that_is_no_hash_is_found(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Census.table

    def plain(census: Census, name: str) -> pa.Table:
        found = pl.DataFrame(honest(census, name))
        return found.with_columns(pl.lit(PUPIL_ID).alias(found.columns[0])).to_arrow()

    monkeypatch.setattr(Census, "table", plain)
    assert any("没有全部加密" in line for line in ws.privacy().to_mend)


def test_the_document_says_the_same(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(_run(capsys, ws, "--json", code=0))
    assert document["key"]["state"] == "present"
    assert [one["rows"] for one in document["tables"]] == [2, 2, 1]
    assert document["to_mend"] == []


def _run(capsys: pytest.CaptureFixture[str], ws: Workspace, *more: str, code: int) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["jiaoheng", "privacy", str(ws.folder), *more])
        with pytest.raises(SystemExit) as done:
            main()
    assert (done.value.code or 0) == code
    return "".join(capsys.readouterr())
