"""Measures that count persons by something sensitive are published without small counts, in every list."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from outsider import attack

from jiaoheng import workspace
from jiaoheng.disclosure import LEAST, MARK, MASKED, TOTAL, publish, sensitive_measures
from jiaoheng.reports import selection
from jiaoheng.workspace import Workspace

SHARE = "left_behind_share"
INCLUSIVE = "inclusive_education_share"
GROUPINGS = ("school", "area", "urban_rural", "ownership", "county")


def _published(ws: Workspace, by: str, ids: list[str] | None = None) -> pl.DataFrame:
    return ws.measures(ids or [SHARE, INCLUSIVE], by=by, engine="polars", publish=True)


def test_the_classes_of_the_dictionary_say_which_measures_are_sensitive(sihui: Workspace) -> None:
    found = set(sensitive_measures(sihui.catalogue))
    assert {SHARE, INCLUSIVE, "disabled_enrolment", "left_behind_cared_share"} == found


@pytest.mark.parametrize("by", GROUPINGS)
def test_no_small_count_of_what_is_sensitive_is_published(sihui: Workspace, by: str) -> None:
    shown = _published(sihui, by).filter(pl.col("status") == "known")
    assert shown.filter(pl.col("numerator").is_between(1, LEAST - 1)).is_empty()
    inclusive = shown.filter(measure=INCLUSIVE)
    assert inclusive.filter(pl.col("denominator").is_between(1, LEAST - 1)).is_empty()
    hidden = _published(sihui, by).filter(status=MASKED)
    assert hidden.filter(
        pl.any_horizontal(pl.col("value", "numerator", "denominator").is_not_null())
    ).is_empty()
    assert set(hidden["reason"]) <= {"人数少，为保护个人信息不公布"}


@pytest.mark.parametrize(
    ("measure", "part"), [(SHARE, "numerator"), (INCLUSIVE, "numerator"), (INCLUSIVE, "denominator")]
)
@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_all_lists_together_let_nobody_work_a_count_out(
    sihui: Workspace, measure: str, part: str, stage: str
) -> None:
    """What is published by school, township, ownership and for the county, in one attack."""
    census = sihui.census()
    true = sihui.measures([measure], by="school").filter(stage=stage, status="known")
    leaves = [(code,) for code in true["key"]]
    rows = census.table("schools").to_pylist()
    trees = [
        {row["school_code"]: f"area {row['area_code']}" for row in rows},
        {row["school_code"]: f"ownership {row['ownership']}" for row in rows},
    ]
    cells = []
    for by in ("school", "area", "ownership", "county"):
        for row in _published(sihui, by).filter(measure=measure, stage=stage).iter_rows(named=True):
            if row["status"] in ("known", MASKED):
                label = row["key"] if by == "school" else TOTAL if by == "county" else f"{by} {row['key']}"
                count = None if row[part] is None else round(row[part])
                cells.append({"school": label, "count": count, "masked": row["status"] == MASKED})
    wholes = None
    if measure == SHARE:
        wholes = {(code,): round(whole) for code, whole in true.select("key", "denominator").iter_rows()}
    found = attack(
        pl.DataFrame(cells),
        dimensions=["school"],
        count="count",
        leaves=leaves,
        hierarchy={"school": trees},
        wholes=wholes,
    )
    assert found or stage == "junior"
    assert all(bounds.high - bounds.low >= LEAST - 1 for bounds in found)


def test_asking_for_one_measure_alone_masks_no_less(sihui: Workspace) -> None:
    alone = _published(sihui, "school", [SHARE]).filter(status=MASKED)
    both = _published(sihui, "school").filter(status=MASKED, measure=SHARE)
    assert alone.equals(both)


def test_what_is_not_sensitive_stays_as_it_is(sihui: Workspace) -> None:
    plain = sihui.measures(["pupil_count", "migrant_share"], by="school")
    assert publish(plain, sihui.census(), catalogue=sihui.catalogue).equals(plain)


def test_measures_of_a_pack_of_ones_own_are_protected_by_what_they_count(
    sihui: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    for name in ("census", "jiaoheng.toml"):
        (folder / name).symlink_to(sihui.folder / name)
    (folder / "packs").mkdir()
    (folder / "packs" / "own.yaml").write_text(
        """
document: {id: own, title: 本县指标, issuer: 教育局, date: 2025-01-01, effective_from: 2025-01-01,
  source: 自定}
measures:
  - {id: own_disabled, name: 残疾学生数, unit: 人, numerator: disabled, stages: [primary, junior], clause: 一}
  - {id: own_disabled_all, name: 义务教育残疾学生数, unit: 人, numerator: disabled, stages: [primary, junior],
     together: compulsory, clause: 二}
  - {id: own_minority, name: 少数民族学生比例, unit: "%", factor: 100, numerator: pupils_minority,
     denominator: pupils, stages: [primary], clause: 三}
""",
        encoding="utf-8",
    )
    ws = workspace.open(folder)
    shown = ws.measures(["own_disabled", "own_disabled_all", "own_minority"], by="school", publish=True)
    assert set(shown.filter(status=MASKED)["measure"]) == {"own_disabled", "own_disabled_all", "own_minority"}
    known = shown.filter(status="known")
    assert known.filter(pl.col("numerator").is_between(1, LEAST - 1)).is_empty()
    # A nine-year school's primary and junior pupils must not tell each other by their sum.
    by_school = {
        key: group for (key,), group in shown.filter(pl.col("measure") != "own_minority").group_by("key")
    }
    for group in by_school.values():
        if len(group) == 3:
            assert group.filter(status=MASKED).height != 1


def test_the_report_shows_a_mark_and_says_what_it_means(
    sihui: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "BY_GROUP", (*selection.BY_GROUP, INCLUSIVE))
    monkeypatch.setattr(selection, "SCHOOL_COLUMNS", (*selection.SCHOOL_COLUMNS, INCLUSIVE))
    page = sihui.report(tmp_path / "report.html").path.read_text(encoding="utf-8")
    masked = _published(sihui, "school", [INCLUSIVE]).filter(status=MASKED).height
    assert page.count(f">{MARK}<") == masked > 20
    assert "“*”：人数少，为保护个人信息不公布" in page


def test_the_command_protects_on_request_in_json_and_in_a_workbook(sihui: Workspace, tmp_path: Path) -> None:
    words = ["measures", str(sihui.folder), INCLUSIVE, "--by", "school"]

    def run(*more: str) -> str:
        command = [sys.executable, "-c", "from jiaoheng.cli import main; main()", *words, *more]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert not any(row["status"] == MASKED for row in json.loads(run("--json")))
    protected = json.loads(run("--publish", "--json"))
    masked = [row for row in protected if row["status"] == MASKED]
    assert masked
    assert all(row["value"] is None and row["numerator"] is None for row in masked)
    path = tmp_path / "public.xlsx"
    run("--publish", "-o", str(path))
    cells = [
        cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
    ]
    # Value, numerator and denominator, and once more side by side.
    assert cells.count(MARK) == 4 * len(masked)
    assert any("为保护个人信息不公布" in str(cell) for cell in cells)
