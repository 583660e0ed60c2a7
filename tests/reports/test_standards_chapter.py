"""The monitoring report's chapter on standards, and which standards it speaks of."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import report_fake

from forms_county import county
from jiaoheng import measures, standards
from jiaoheng.census.snapshot import Census
from jiaoheng.reports import compose
from jiaoheng.reports.blocks import Chapter, Figures, Grid
from jiaoheng.reports.tables import Table
from jiaoheng.workspace import assessing, settings


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Census:
    return county(tmp_path_factory.mktemp("chapter") / "census")


@pytest.fixture(scope="module")
def chapter(census: Census) -> Chapter:
    assessed = standards.assess(census, "quality-balance-2017", engine="polars")
    school_table = pl.from_arrow(census.table("schools"))
    assert isinstance(school_table, pl.DataFrame)
    inputs = report_fake.inputs(
        standards=(assessed,),
        school_table=school_table,
        area_table=pl.DataFrame({"area_code": ["441284001"], "name": ["城中"], "boundary": [None]}),
    )
    return next(each for each in compose(inputs).chapters if each.id == "standards")


def tables(chapter: Chapter) -> dict[str, Table]:
    return {block.table.id: block.table for block in chapter.blocks if isinstance(block, Grid)}


def test_without_standards_there_is_no_chapter() -> None:
    assert "standards" not in {each.id for each in compose(report_fake.inputs()).chapters}


def test_every_rule_and_item_has_its_row(chapter: Chapter) -> None:
    found = tables(chapter)
    rules = {row[0].text for row in found["table-rules-quality_balance_2017"].rows}
    assert {"资源配置综合达标（学校）", "所有学校资源配置综合达标", "各项校际差异系数达标"} <= rules
    schools = found["table-schools-quality-balance-2017"]
    assert [column.head for column in schools.columns[:4]] == ["类别", "项目", "学段", "要求"]
    # What is published names no school beside its value.
    assert "差得最多的学校" not in {column.head for column in schools.columns}
    row = next(row for row in schools.rows if row[1].text.startswith("1 每百名") and row[2].text == "初中")
    assert [cell.number for cell in row[4:8]] == [0, 0, 1, 0]


def test_coefficients_are_drawn_with_the_cap_of_each_stage(chapter: Chapter) -> None:
    (chart,) = (chart for block in chapter.blocks if isinstance(block, Figures) for chart in block.charts)
    caps = {
        series["name"]: [line["xAxis"] for line in series["markLine"]["data"]]
        for series in chart.option["series"]
    }
    # One school alone has no coefficient: the junior stage is not drawn.
    assert caps == {"小学": [0.5]}
    (primary,) = chart.option["series"]
    # The coefficient of equipment is not known: it has no mark, and surely none at 0.
    assert len(primary["data"]) == 6


def test_schools_that_fail_are_named_and_counted_by_township(chapter: Chapter) -> None:
    found = tables(chapter)
    failing = [[cell.text for cell in row] for row in found["table-failing-quality-balance-2017"].rows]
    assert failing == [["第01学校", "初中", "资源配置综合达标（学校）", "1", "7"]]
    townships = [[cell.text for cell in row] for row in found["table-townships-quality-balance-2017"].rows]
    assert townships == [["城中", "2", "1"]]


def test_the_report_speaks_of_the_national_standards_unless_the_settings_name_others(
    census: Census, tmp_path: Path
) -> None:
    rules = measures.catalogue()

    def spoken_of(named: tuple[str, ...]) -> list[str]:
        found = assessing.of_report(tmp_path, census, rules, named, engine="polars")
        return [each.standard.id for each in found]

    assert spoken_of(()) == list(assessing.NATIONAL)
    assert spoken_of(("quality-balance-2017",)) == ["quality_balance_2017"]
    with pytest.raises(standards.StandardError, match="没有名为“quality”的标准"):
        spoken_of(("quality",))


def test_the_standards_of_the_settings_are_kept(tmp_path: Path) -> None:
    region = settings.Region(code="441284", name="四会市")
    made = settings.Settings(region=region, synthetic=True, standards=("quality-balance-2017",))
    made.save(tmp_path)
    assert settings.load(tmp_path) == made
    settings.Settings(region=region).save(tmp_path)
    assert settings.load(tmp_path).standards == ()
