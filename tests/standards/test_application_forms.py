"""The forms of an application: what stands in the cells, blanks, marks, and sets that are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from forms_county import NINE, SMALL, county
from jiaoheng import measures, standards
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import PackError
from jiaoheng.packs.application import Application, load, load_all
from jiaoheng.standards import Verdict
from jiaoheng.standards.application import FilledCell, FilledForm, fill

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "official-forms.md"


@pytest.fixture
def census(tmp_path: Path) -> Census:
    return county(tmp_path / "census")


@pytest.fixture
def forms(census: Census) -> Mapping[str, FilledForm]:
    assessed = standards.assess(census, "quality-balance-2017", engine="polars")
    application = load_all(assessed.catalogue)["quality_balance_2017"]
    filled = fill(
        application,
        assessed,
        census,
        region="四会市",
        catalogue=measures.catalogue(),
        engine="polars",
    )
    return {each.form.label: each for each in filled}


def by_heading(form: FilledForm, row: int) -> dict[str, FilledCell]:
    return {column.head: cell for column, cell in zip(form.form.columns, form.rows[row], strict=True)}


def test_the_set_has_the_forms_of_the_application(forms: Mapping[str, FilledForm]) -> None:
    assert list(forms) == ["表Ⅰ", "表Ⅱ-1", "表Ⅱ-2", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ"]
    assert len(forms["表Ⅰ"].form.columns) == 24


def test_both_parts_of_a_nine_year_school_have_a_row_with_their_share(
    forms: Mapping[str, FilledForm],
) -> None:
    form = forms["表Ⅱ-2"]
    rows = [by_heading(form, place) for place in range(len(form.rows))]
    assert [(row["学校名称"].value, row["学段"].value) for row in rows] == [
        (f"第{SMALL[-2:]}学校", "小学"),
        (f"第{NINE[-2:]}学校", "小学"),
        (f"第{NINE[-2:]}学校", "初中"),
    ]
    own, primary, junior = (row["4 生均教学及辅助用房面积（平方米）"].value for row in rows)
    assert own == pytest.approx(9000 / 600)
    assert primary == pytest.approx(9000 / (1000 + 1.1 * 500))
    assert junior == pytest.approx(1.1 * 9000 / (1000 + 1.1 * 500))
    assert [row["举办者类型"].value for row in rows] == ["10", "7", "7"]
    assert rows[0]["年级数（个）"].value == 5
    assert rows[1]["年级数（个）"].value == 6


def test_what_is_not_known_stays_blank_and_is_not_judged(forms: Mapping[str, FilledForm]) -> None:
    row = by_heading(forms["表Ⅱ-2"], 0)
    assert row["6 生均教学仪器设备值（元）"] == FilledCell(None, 2, Verdict.UNKNOWN)
    assert row["综合是否达标"].value is None or row["综合是否达标"].value == "否"
    assert "没有数据：6" in str(row["备注"].value)
    county = by_heading(forms["表Ⅰ"], 0)
    assert county["人口（万人）›户籍人口"].value is None
    assert county["人口（万人）›常住人口"] == FilledCell(64.5249, 2)
    assert by_heading(forms["表Ⅲ"], 0)["教学仪器设备值›差异系数"].value is None


def test_a_value_that_falls_short_bears_its_verdict(forms: Mapping[str, FilledForm]) -> None:
    row = by_heading(forms["表Ⅱ-2"], 2)
    cell = row["1 每百名学生拥有高于规定学历教师数（人）"]
    assert (cell.value, cell.verdict) == (2.0, Verdict.FAILED)
    assert row["综合是否达标"].value == "否"
    assert "未达标：1" in str(row["备注"].value)


def test_the_summary_leaves_blank_what_an_undecided_school_could_change(
    forms: Mapping[str, FilledForm],
) -> None:
    primary, junior = (by_heading(forms["表Ⅱ-1"], place) for place in (0, 1))
    judged = [by_heading(forms["表Ⅱ-2"], place)["综合是否达标"].value for place in (0, 1)]
    assert primary["学校数（所）"].value == 2
    assert (primary["综合达标学校数（所）"].value is None) == (None in judged)
    assert (junior["综合达标学校数（所）"].value, junior["综合达标学校比例（%）"].value) == (0, 0)


def test_a_total_of_which_a_part_is_unknown_is_blank(forms: Mapping[str, FilledForm]) -> None:
    form = forms["表Ⅵ"]
    parents, teachers, total = (by_heading(form, place) for place in range(3))
    assert parents["问卷（份）›满意度（%）"] == FilledCell(86.25, 1)
    assert teachers["问卷（份）›满意度（%）"].value is None
    assert (total["问卷（份）›有效数"].value, total["问卷（份）›满意数"].value) == (100, None)
    assert total["问卷（份）›满意度（%）"].value is None


def test_the_own_forms_of_the_guide_can_be_loaded(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(application:.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    path = tmp_path / "ours.yaml"
    path.write_text(found[1].replace("basic_balance_2012", "quality_balance_2017"), "utf-8")
    assert isinstance(load(path, measures.catalogue()), Application)


BASIS = """
application: {id: ours, standard: quality_balance_2017, name: 表, source: 样}
forms:
  - id: one
    label: 表一
    title: 学校
    rows: schools
    stages: [primary]
    rule: resources_school
    columns:
      - {head: 学校, show: school}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("quality_balance_2017", "quality_balance", 2, "没有标准"),
        ("rule: resources_school", "rule: resources", 9, "没有学校规则"),
        ("show: school}", "show: key}", 4, "不能「show: key」"),
        ("show: school}", "item: qb_l9}", 11, "没有项目"),
        ("show: school}", "measure: l9}", 11, "没有指标"),
        ("show: school}", "expr: pupil_s}", 11, "没有名为"),
        ("show: school}", "expr: sum(pupils)}", 11, "汇总"),
        ("show: school}", "expr: pupils, show: school}", 11, "只写其一"),
        ("show: school}", "column: sent}", 4, "「column」只用于"),
        ("stages: [primary]", "stages: []", 4, "「stages」和「rule」"),
        ("title: 学校", "titel: 学校", 6, "titel"),
    ],
)
def test_a_broken_set_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in BASIS
    path = tmp_path / "ours.yaml"
    path.write_text(BASIS.replace(old, new), "utf-8")
    with pytest.raises(PackError) as refused:
        load(path, measures.catalogue())
    assert reason in str(refused.value)
    assert f"{path}:{line}: " in str(refused.value)
