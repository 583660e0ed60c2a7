"""One broken pack for each way in which a pack can be wrong: refused with file, line and reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jiaoheng import packs
from jiaoheng.packs.grains import Columns

GOOD = """\
document:
  id: local-rules
  title: 某县教育统计办法
  number: 某教〔2024〕1号
  issuer: 某县教育局
  date: 2024-03-01
  effective_from: 2024-03-01
  effective_to: 2026-12-31
  source: 办法全文
parameters:
  - id: small_size
    name: 小规模学校人数
    unit: 人
    clause: 第一条
    value: 100
  - id: norm
    name: 班额标准
    unit: 人
    clause: 第二条
    value: {primary: 45, junior: 50}
facts:
  - id: pupils
    name: 在校生数
    unit: 人
    table: school_stages
    expr: pupils
    records: {table: pupils, expr: count(true)}
    clause: 第三条
  - id: small
    name: 是否小规模学校
    unit: 是否
    table: school_stages
    expr: pupils_rural < small_size
    clause: 第四条
  - id: pupils_rural
    name: 乡村学生数
    unit: 人
    table: school_stages
    expr: if(urban_rural = 'rural', pupils, 0)
    clause: 第五条
  - id: people
    name: 常住人口
    unit: 人
    table: population
    expr: sum(resident)
    clause: 第六条
measures:
  - id: rural_share
    name: 乡村学生占比
    unit: "%"
    factor: 100
    numerator: pupils_rural
    denominator: pupils
    where: not small
    stages: [primary, junior]
    clause: 第七条
    aliases: [农村学生比例]
  - id: enrolled_share
    name: 在校生占人口比例
    unit: "%"
    factor: 100
    numerator: pupils
    denominator: people
    stages: [primary, junior]
    together: compulsory
    clause: 第八条
  - id: cv_rural
    name: 乡村学生差异系数
    unit: 系数
    of: rural_share
    stages: [primary, junior]
    clause: 第九条
  - id: cv_mean
    name: 综合差异
    unit: 系数
    mean_of: [cv_rural]
    stages: [primary, junior]
    clause: 第十条
"""

# name: (what is replaced, by what, the line that the message must name, words of the message)
BROKEN: dict[str, tuple[str, str, int, str]] = {
    "not YAML": ("source: 办法全文", "source: [办法全文", 10, "不是合法的 YAML"),
    "a key given twice": ("    clause: 第七条\n", "    clause: 第七条\n    clause: 又一条\n", 57, "重复"),
    "an unknown section": ("measures:\n", "indicators:\n", 47, "不认识的键「indicators」"),
    "an unknown key of the document": ("  source:", "  origin:", 9, "不认识的键「origin」"),
    "a document without source": ("  source: 办法全文\n", "", 1, "缺少「source」"),
    "a document without title": ("  title: 某县教育统计办法\n", "", 1, "缺少「title」"),
    "an empty source": ("source: 办法全文", 'source: " "', 9, "不能为空"),
    "a document id with spaces": ("id: local-rules", "id: local rules", 2, "文件编号「local rules」"),
    "a date that is none": ("date: 2024-03-01\n  e", "date: 三月\n  e", 6, "应是日期"),
    "an end before the beginning": (
        "effective_to: 2026-12-31",
        "effective_to: 2023-12-31",
        1,
        "早于生效日期",
    ),
    "a successor that is not there": (
        "  source:",
        "  superseded_by: new-rules\n  source:",
        9,
        "没有另一份文件「new-rules」",
    ),
    "a document that succeeds itself": (
        "  source:",
        "  superseded_by: local-rules\n  source:",
        9,
        "没有另一份文件",
    ),
    "a misspelt key": ("denominator: pupils\n", "denominater: pupils\n", 53, "是不是「denominator」"),
    "a measure without clause": ("    clause: 第七条\n", "", 48, "缺少「clause」"),
    "a measure without unit": (
        '    name: 乡村学生占比\n    unit: "%"\n',
        "    name: 乡村学生占比\n",
        48,
        "缺少「unit」",
    ),
    "a fact without clause": ("    clause: 第六条\n", "", 41, "缺少「clause」"),
    "a fact without expression": ("    expr: sum(resident)\n", "", 41, "缺少「expr」"),
    "a blank clause": ("clause: 第七条", "clause: ''", 56, "不能为空"),
    "an id in capitals": ("id: rural_share", "id: RuralShare", 48, "编号「RuralShare」"),
    "a factor that is no number": ("numerator: pupils_rural\n    d", "numerator: 5\n    d", 52, "应是文字"),
    "digits out of range": (
        "    clause: 第七条",
        "    digits: 9\n    clause: 第七条",
        48,
        "「digits」应在 0 到 6 之间",
    ),
    "an unknown stage": (
        "stages: [primary, junior]\n    clause: 第七条",
        "stages: [primary, middle]\n    clause: 第七条",
        55,
        "middle",
    ),
    "a stage given twice": (
        "stages: [primary, junior]\n    clause: 第七条",
        "stages: [junior, junior]\n    clause: 第七条",
        48,
        "重复的学段",
    ),
    "no stages at school grain": (
        "    stages: [primary, junior]\n    clause: 第七条",
        "    clause: 第七条",
        48,
        "stages",
    ),
    "together without a second stage": (
        "stages: [primary, junior]\n    together",
        "stages: [primary]\n    together",
        58,
        "至少有两个学段",
    ),
    "together of the wrong stages": (
        "stages: [primary, junior]\n    together",
        "stages: [primary, senior]\n    together",
        58,
        "应是 junior、primary",
    ),
    "together as an unknown word": ("together: compulsory", "together: everyone", 65, "everyone"),
    "an unknown roll-up": (
        "    where: not small",
        "    rollup: mean_of_ratios\n    where: not small",
        54,
        "mean_of_ratios",
    ),
    "a ratio without denominator": (
        "    denominator: pupils\n",
        "    rollup: ratio_of_sums\n",
        48,
        "缺少「denominator」",
    ),
    "a sum with a denominator": (
        "    where: not small",
        "    rollup: sum\n    where: not small",
        48,
        "却有「denominator」",
    ),
    "a measure without numerator": ("    numerator: pupils_rural\n", "", 48, "缺少「numerator」"),
    "a variation of nothing": ("    of: rural_share\n", "    rollup: variation\n", 67, "且只写其一"),
    "a variation of both kinds": (
        "    of: rural_share\n",
        "    of: rural_share\n    mean_of: [cv_rural]\n",
        67,
        "且只写其一",
    ),
    "a variation with a numerator": (
        "    of: rural_share\n",
        "    of: rural_share\n    numerator: pupils\n",
        67,
        "不能再写分子",
    ),
    "of on a measure that is no variation": (
        "    where: not small",
        "    rollup: ratio_of_sums\n    of: cv_rural",
        48,
        "只用于差异系数",
    ),
    "a variation of an unknown measure": (
        "of: rural_share",
        "of: rural_shares",
        70,
        "没有指标「rural_shares」。是不是「rural_share」",
    ),
    "a variation of a variation": ("of: rural_share", "of: cv_mean", 70, "不是分学段的比值"),
    "a variation of stages taken together": ("of: rural_share", "of: enrolled_share", 70, "不是分学段的比值"),
    "a variation over a stage too many": (
        "stages: [primary, junior]\n    clause: 第九条",
        "stages: [primary, senior]\n    clause: 第九条",
        71,
        "没有学段 senior",
    ),
    "a variation that must be whole": (
        "    stages: [primary, junior]\n    clause: 第九条",
        "    stages: [primary, junior]\n    whole: true\n    clause: 第九条",
        67,
        "「whole」只用于比值",
    ),
    "a wholeness that is no yes or no": (
        "numerator: pupils_rural",
        "numerator: pupils_rural\n    whole: always",
        53,
        "应是 true 或 false",
    ),
    "a mean of what is no variation": ("mean_of: [cv_rural]", "mean_of: [rural_share]", 76, "不是差异系数"),
    "a variation without stages": (
        "    stages: [primary, junior]\n    clause: 第九条",
        "    clause: 第九条",
        67,
        "差异系数按学段分别计算",
    ),
    "a numerator that names nothing": (
        "numerator: pupils_rural",
        "numerator: pupils_rurall",
        52,
        "没有名为「pupils_rurall」的统计项或列。是不是「pupils_rural」",
    ),
    "an expression cut short": ("numerator: pupils_rural", "numerator: pupils_rural +", 52, "表达式"),
    "an unknown function": ("numerator: pupils_rural", "numerator: average(pupils)", 52, "average"),
    "two grains in one expression": (
        "numerator: pupils_rural",
        "numerator: pupils_rural + people",
        52,
        "混用了不同粒度",
    ),
    "a name at home in two grains": (
        "numerator: pupils_rural",
        "numerator: graduates_promoted",
        52,
        "分不清算式是哪一种粒度",
    ),
    "an aggregate in a measure": ("numerator: pupils_rural", "numerator: sum(pupils)", 52, "不能用汇总函数"),
    "a numerator that is a condition": ("numerator: pupils_rural", "numerator: small", 52, "应是数"),
    "text added to numbers": ("numerator: pupils_rural", "numerator: pupils + ownership", 52, "应是数"),
    "a scope that is a number": ("where: not small", "where: pupils", 54, "应是条件"),
    "a scope of another grain": ("where: not small", "where: people > 0", 54, "只能用学校和学段"),
    "a scope without effect": (
        "numerator: pupils\n    denominator: people\n    stages: [primary, junior]\n    together: compulsory",
        "numerator: people\n    where: small",
        63,
        "不起作用",
    ),
    "a measure of constants": (
        "numerator: pupils_rural\n    denominator: pupils\n    where: not small",
        'numerator: "1"',
        52,
        "没有任何列",
    ),
    "an unknown table": ("table: population", "table: populations", 44, "是不是「population」"),
    "a table without facts": ("table: population", "table: form_cells", 44, "没有可用的表「form_cells」"),
    "a fact of an unknown column": ("expr: sum(resident)", "expr: sum(residents)", 45, "是不是「resident」"),
    "a fact of a column from elsewhere": ("expr: sum(resident)", "expr: sum(pupils)", 45, "不能在这里混用"),
    "a fact that is text": ("expr: pupils_rural < small_size", "expr: ownership", 33, "结果是文字"),
    "a grouped fact without aggregate": ("expr: sum(resident)", "expr: resident", 45, "要用 sum、count"),
    "an aggregate in a fact by row": (
        "expr: pupils_rural < small_size",
        "expr: sum(pupils)",
        33,
        "不能用汇总函数",
    ),
    "a fact that hides a column": ("expr: pupils\n", "expr: pupils * 2\n", 22, "与数据字典的列同名"),
    "a parameter that hides a column": ("id: norm", "id: capacity", 16, "会盖住它"),
    "a cycle of facts": (
        "expr: if(urban_rural = 'rural', pupils, 0)",
        "expr: if(small, pupils, 0)",
        39,
        "pupils_rural → small → pupils_rural",
    ),
    "records of a table that has none": ("table: pupils, expr", "table: finance, expr", 27, "finance"),
    "records without aggregate": ("expr: count(true)", "expr: boarder", 27, "要用 sum、count"),
    "records of an unknown column": ("expr: count(true)", "expr: count(boarders)", 27, "boarders"),
    "records of a county fact": (
        "    expr: sum(resident)\n",
        "    expr: sum(resident)\n    records: {table: pupils, expr: count(true)}\n",
        46,
        "才能从花名册汇总",
    ),
    "a parameter that is text": ("value: 100", "value: 一百", 15, "应是一个数"),
    "a parameter of an unknown stage": (
        "{primary: 45, junior: 50}",
        "{primary: 45, middle: 50}",
        20,
        "「middle」不是学段",
    ),
    "an id for two things": ("id: norm", "id: people", 41, "已经用于参数"),
    "an id given twice": ("id: enrolled_share", "id: rural_share", 58, "生效时间重叠"),
    "an override of nothing": (
        "    clause: 第八条",
        "    clause: 第八条\n    overrides: true",
        67,
        "没有可替换的",
    ),
    "an entry that ends before it begins": (
        "    clause: 第八条",
        "    clause: 第八条\n    effective_from: 2025-01-01\n    effective_to: 2024-01-01",
        58,
        "早于生效日期",
    ),
    "a name given twice": ("name: 乡村学生差异系数", "name: 乡村学生占比（%）", 68, "重复"),
    "an alias given twice": (
        "    clause: 第八条",
        "    clause: 第八条\n    aliases: [农村学生比例（%）]",
        67,
        "已属于指标「rural_share」",
    ),
    "an alias of a stage that is not there": (
        "aliases: [农村学生比例]",
        "aliases: {senior: [高中农村学生比例]}",
        48,
        "不在「stages」里",
    ),
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "local.yaml"


def test_the_pack_that_is_broken_below_is_good(pack: Path, columns: Columns) -> None:
    pack.write_text(GOOD, encoding="utf-8")
    assert list(packs.load([pack], columns=columns).measures) == [
        "rural_share",
        "enrolled_share",
        "cv_rural",
        "cv_mean",
    ]


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_pack_is_refused_with_file_line_and_reason(fault: str, pack: Path, columns: Columns) -> None:
    old, new, line, words = BROKEN[fault]
    assert GOOD.count(old) == 1, "the mutation must hit one place"
    pack.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(packs.PackError) as refused:
        packs.load([pack], columns=columns)
    message = str(refused.value)
    assert f"{pack}:{line}: " in message
    said = "\n".join(
        part
        for part in re.split(rf"^{re.escape(str(pack))}:", message, flags=re.M)
        if part.startswith(f"{line}:")
    )
    assert words in said


def test_all_faults_of_all_files_are_said_at_once(tmp_path: Path, columns: Columns) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(
        GOOD.replace("    clause: 第七条\n", "").replace("    clause: 第八条\n", ""), encoding="utf-8"
    )
    second.write_text("document: {}\n", encoding="utf-8")
    with pytest.raises(packs.PackError) as refused:
        packs.load([first, second], columns=columns)
    lines = str(refused.value).splitlines()
    assert [line for line in lines if line.startswith(f"{first}:48: ")]
    assert [line for line in lines if line.startswith(f"{first}:57: ")]
    assert [line for line in lines if line.startswith(f"{second}:1: ")]


def test_all_faults_between_entries_are_said_at_once_in_the_order_of_lines(
    pack: Path, columns: Columns
) -> None:
    text = GOOD.replace("expr: sum(resident)", "expr: resident").replace(
        "of: rural_share", "of: nothing_like_it"
    )
    pack.write_text(text, encoding="utf-8")
    with pytest.raises(packs.PackError) as refused:
        packs.load([pack], columns=columns)
    found = [int(number) for number in re.findall(r":(\d+): ", str(refused.value))]
    assert found == [45, 70]


def test_a_missing_file_is_said_not_raised_as_an_os_error(tmp_path: Path, columns: Columns) -> None:
    with pytest.raises(packs.PackError, match="无法读取"):
        packs.load([tmp_path / "nowhere.yaml"], columns=columns)
