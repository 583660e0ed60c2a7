"""`jiaoheng plan read` and `plan settle`: from a published document to a plan that can be followed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jiaoheng import workspace
from jiaoheng.plans.reading.source import Source
from jiaoheng.workspace import Workspace

TEXT = """四会市教育发展“十四五”规划（2021—2025年）

四会市人民政府

2022年6月2日

第一章 目标

到2025年，全市新建幼儿园12所，每名教师每五年接受不少于450学时的培训，在园幼儿控制在2.65万人以内。

表1 主要指标

指标 | 2020年 | 2022年 | 2025年 | 属性
--- | --- | --- | --- | ---
学前三年毛入园率（%） | 99.86 | 99.9 | 100 | 约束性
县域义务教育优质均衡发展 | 20% | 40% | 达标 | 预期性

第二章 任务

1.扩大学位。新建学校。继续新建。[牵头单位：市教育局；责任单位：市财政局，各镇（街道）]
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "规划.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_json_of_a_plan_has_the_keys_that_programs_rely_on(
    document: Path, jiaoheng: Callable[..., Any]
) -> None:
    done = jiaoheng("plan", "read", document, "--json")
    assert done.code == 0
    plan = json.loads(done.out)
    assert {
        "title",
        "number",
        "issuer",
        "region",
        "period",
        "sections",
        "indicators",
        "commitments",
        "tasks",
        "projects",
        "allocations",
        "score_cards",
        "doubts",
    } <= plan.keys()
    assert plan["title"] == "四会市教育发展“十四五”规划（2021—2025年）"
    assert plan["period"] == {"start": 2021, "end": 2025}
    assert {"level", "title", "start", "end", "heading_end"} == plan["sections"][0].keys()
    first, second = plan["indicators"][:2]
    assert [first["target"]["year"], second["target"]["year"]] == [2022, 2025]
    assert first["baseline"]["value"] == second["baseline"]["value"] == 99.86
    assert (second["name"], second["unit"], second["property"]) == ("学前三年毛入园率", "%", "约束性")
    assert second["measure"] == "preschool_gross_enrolment"
    assert second["target"]["op"] == "="
    built, trained, held = plan["commitments"]
    assert (built["value"], built["unit"], built["year"], built["value_max"]) == (12, "所", 2025, None)
    assert (trained["op"], trained["value"]) == (">=", 450)
    assert (held["op"], held["value"], held["unit"]) == ("<=", 26500, "人")
    (task,) = plan["tasks"]
    assert (task["lead"], task["responsible"]) == (["市教育局"], ["市财政局", "各镇（街道）"])
    text = Source(TEXT).text
    for item in (*plan["indicators"], *plan["commitments"], *plan["tasks"]):
        assert {"section", "quote", "start", "end", "confidence"} <= item.keys()
        assert text[item["start"] : item["end"]].strip()


def test_a_row_without_a_target_has_one_entry_and_its_progress_says_so(
    document: Path, tmp_path: Path, sihui: Workspace, jiaoheng: Callable[..., Any]
) -> None:
    printed = "| 99.9 | 100 |"
    document.write_text(TEXT.replace(printed, "| — | — |"), encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    entries = json.loads(jiaoheng("plan", "read", document, "-o", plan, "--json").out)["indicators"]
    (entry,) = [each for each in entries if each["target"] is None]
    assert (entry["name"], entry["unit"], entry["baseline"]["value"]) == ("学前三年毛入园率", "%", 99.86)
    told = json.loads(jiaoheng("plan", "progress", sihui.folder, plan, "--json").out)["indicators"]
    (item,) = [each for each in told if each["name"] == entry["name"]]
    assert (item["target"], item["status"]) == (None, "unknown")
    assert "规划没有写目标值" in item["reason"]
    shown = jiaoheng("plan", "progress", sihui.folder, plan)
    assert "未写" in shown.out


def test_a_summary_for_a_person_names_what_is_in_doubt(document: Path, jiaoheng: Callable[..., Any]) -> None:
    done = jiaoheng("plan", "read", document)
    assert done.code == 0
    assert "四会市" in done.out
    assert "指标" in done.out
    assert "达标" in done.err


def test_a_plan_that_was_read_is_settled_and_its_progress_told(
    document: Path, tmp_path: Path, jiaoheng: Callable[..., Any]
) -> None:
    county = workspace.init(tmp_path / "county", region="441284").folder
    plan = county / "plans" / "plan.yaml"
    done = jiaoheng("plan", "read", document, "-o", plan)
    assert (done.code, plan.is_file()) == (0, True)
    assert "code: '441284'" in plan.read_text(encoding="utf-8")
    doubts = json.loads(jiaoheng("plan", "settle", plan, "--json").out)
    doubt = next(each for each in doubts if "达标" in each["question"])
    unanswered = jiaoheng("plan", "settle", plan, doubt["id"])
    assert unanswered.code == 2
    assert f"settle {plan} {doubt['id']} 答复" in unanswered.err
    before = plan.read_bytes()
    for answer in ("以后再说", " "):
        refused = jiaoheng("plan", "settle", plan, doubt["id"], answer)
        assert (refused.code, plan.read_bytes() == before) == (2, True)
    assert jiaoheng("plan", "settle", plan, doubt["id"][:5], "≥100%").code == 0
    again = json.loads(jiaoheng("plan", "settle", plan, "--json").out)
    assert next(each["answer"] for each in again if each["id"] == doubt["id"]) == "≥100%"


def test_what_cannot_be_read_is_refused_in_one_message(tmp_path: Path, jiaoheng: Callable[..., Any]) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("", encoding="utf-8")
    for words in (
        ("plan", "read", empty),
        ("plan", "read", tmp_path / "没有.docx"),
        ("plan", "settle", tmp_path / "没有.yaml"),
    ):
        done = jiaoheng(*words)
        assert done.code == 2, words
        assert len(done.err.strip().splitlines()) == 1


def test_a_document_without_years_asks_for_them(tmp_path: Path, jiaoheng: Callable[..., Any]) -> None:
    path = tmp_path / "要点.txt"
    path.write_text("某县教育工作要点\n\n一、目标\n\n新建幼儿园2所。\n", encoding="utf-8")
    done = jiaoheng("plan", "read", path)
    assert done.code == 2
    assert "--period" in done.err
    plan = json.loads(jiaoheng("plan", "read", path, "--period", "2024-2026", "--json").out)
    assert plan["period"] == {"start": 2024, "end": 2026}
    assert [each["year"] for each in plan["commitments"]] == [2026]


def test_progress_runs_on_a_plan_that_was_read(
    document: Path, tmp_path: Path, sihui: Workspace, jiaoheng: Callable[..., Any]
) -> None:
    plan = tmp_path / "read.yaml"
    assert jiaoheng("plan", "read", document, "-o", plan, "--region", "441284").code == 0
    done = jiaoheng("plan", "progress", sihui.folder, plan, "--json")
    assert done.code in (0, 1), done.err
    first = json.loads(done.out)["indicators"][0]
    assert first["measure"] == "preschool_gross_enrolment"
    assert first["value"] is not None
