"""A verdict followed back to threshold, clause and cells; two assessments compared; a standard over years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from jiaoheng import standards, workspace
from jiaoheng.measures import ExplainError
from jiaoheng.standards import Assessed, History, what_if
from jiaoheng.standards.answers import Answer, Answers
from random_county import random_county
from small import school, snapshot

A, B = "2144000001", "2144000002"
STANDARD = "quality-balance-2017"


def county(folder: Path, *, year: int = 2025, backbone: int | None = 4):
    schools = [school(A, name="东城小学"), school(B, name="西城小学")]
    stages = [
        {"school_code": code, "stage": "primary", "pupils": 500, "teachers_backbone": count, "classes": 12}
        for code, count in ((A, backbone), (B, 9))
    ]
    return snapshot(folder, {"schools": schools, "school_stages": stages}, year=year)


def test_a_verdict_leads_to_its_threshold_its_clause_and_its_cells(tmp_path: Path) -> None:
    census = county(tmp_path)
    found = standards.assess(census, STANDARD, engine="polars")
    text = standards.explain_item(census, found, found.item("qb_l2"), school=A).text()
    for part in ("未达标，缺 1 人", "≥ 1人", "≥ 0.85人", "教督〔2017〕6号", "普查表.xlsx › 学校分学段"):
        assert part in text


def test_a_coefficient_leads_to_every_school(tmp_path: Path) -> None:
    census = county(tmp_path)
    found = standards.assess(census, STANDARD, engine="polars")
    trace = standards.explain_item(census, found, found.item("qb_cv_l2"), stage="primary")
    shares = [one.value for one in trace.find("schools")[-1].children]
    assert sum(share or 0 for share in shares) == pytest.approx(100)
    assert len(shares) == 2


def test_without_a_school_the_item_says_how_many_meet_it_and_who_does_not(tmp_path: Path) -> None:
    census = county(tmp_path)
    found = standards.assess(census, STANDARD, engine="polars")
    trace = standards.explain_item(census, found, found.item("qb_l2"))
    assert trace.detail == "达标 1 处，未达标 1 处"
    assert [one.label for one in trace.find("school")] == ["东城小学（小学）"]


def test_an_answer_is_shown_with_who_gave_it(tmp_path: Path) -> None:
    census = county(tmp_path)
    answer = Answer(value=True, by="督导室", on=date(2025, 10, 20), evidence=("监测报告.pdf",))
    answers = Answers(of="quality_balance_2017", year=2025, answers={"qb_pre_monitoring": answer})
    found = standards.assess(census, STANDARD, answers=answers, engine="polars")
    text = standards.explain_item(census, found, found.item("qb_pre_monitoring"), answers=answers).text()
    assert "督导室" in text
    assert "监测报告.pdf" in text


def test_a_rule_leads_to_its_items(tmp_path: Path) -> None:
    found = standards.assess(county(tmp_path), STANDARD, engine="polars")
    rule = next(rule for rule in found.standard.rules if rule.id == "resources_school")
    trace = standards.explain_rule(found, rule, school=A)
    assert "7 项中至少 6 项达标" in trace.detail
    assert len(trace.find("verdict")) == 8


def test_what_is_not_asked_is_refused(tmp_path: Path) -> None:
    census = county(tmp_path)
    found = standards.assess(census, STANDARD, engine="polars")
    with pytest.raises(ExplainError, match="按全县判定"):
        standards.explain_item(census, found, found.item("qb_cv_l2"), school=A)
    with pytest.raises(ExplainError, match="不对这所学校"):
        standards.explain_item(census, found, found.item("qb_l2"), school="2144000009")


def test_every_item_of_every_school_can_be_explained(tmp_path: Path) -> None:
    census = snapshot(tmp_path, random_county(7, schools=8))
    for standard in (STANDARD, "preschool-universal-2020"):
        found = standards.assess(census, standard, engine="polars")
        for item in found.items:
            rows = found.rows.filter(pl.col("item") == item.id)
            code = rows["school"][0] if rows.height else None
            trace = standards.explain_item(census, found, item, school=code, engine="polars")
            assert item.name in trace.text()
            assert trace.to_dict()["children"]


def assessed(folder: Path, *, year: int, backbone: int | None) -> Assessed:
    return standards.assess(county(folder, year=year, backbone=backbone), STANDARD, engine="polars")


def test_what_changed_between_years_is_named(tmp_path: Path) -> None:
    steps = {2022: 4, 2023: 5, 2024: None, 2025: 3}
    years = [assessed(tmp_path / str(year), year=year, backbone=count) for year, count in steps.items()]
    history = History(tuple(years), {})
    own = history.changes.filter(item="qb_l2", school=A)
    assert list(own.select("year", "kind").iter_rows()) == [
        (2023, "newly_met"),
        (2024, "newly_unknown"),
        (2025, "newly_known"),
    ]
    caps = history.coefficients.filter(item="qb_cv_l2", stage="primary")
    assert caps["year"].to_list() == [2022, 2023, 2024, 2025]
    assert set(caps["cap"]) == {0.5}
    assert caps["value"][2] is None


def test_a_school_that_closes_is_gone_and_the_rest_is_as_it_was(tmp_path: Path) -> None:
    census = county(tmp_path)
    before = standards.assess(census, STANDARD, engine="polars")
    changed = what_if.changed(census, [what_if.Close(close=A, pupils={B: 1.0})])
    after = standards.assess(changed, STANDARD, engine="polars")
    found = standards.differences(before, after)
    assert set(found.filter(school=A)["kind"]) == {"gone"}
    assert found.filter(item="qb_l2", school=B)["kind"].to_list() == ["newly_failed"]
    assert standards.differences(before, before).height == 0


def test_a_year_that_cannot_be_assessed_is_left_out_with_its_reason(tmp_path: Path) -> None:
    ws = workspace.init(tmp_path / "county", region="441284")
    for year in (2024, 2025):
        county(ws.folder / "census", year=year)
    damaged = next((ws.folder / "census" / "2024").rglob("school_stages.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    history = ws.assess_history(STANDARD)
    assert [found.year for found in history.assessed] == [2025]
    assert "school_stages.parquet" in history.left_out[2024]
