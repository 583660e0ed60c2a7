"""Tables drawn with tabs and a rule: blank lines, a head across two columns, a group that a page cut."""

from __future__ import annotations

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import indicators, kinds

RULED = """表 1 青禾县教育主要指标

指标\t2020 年\t2025 年\t属性
----\t--------\t--------\t----

学前教育\t幼儿园学位数（万个）\t1.2\t1.35\t预期性
\t学前三年毛入园率（%）\t95.5\t98\t约束性
职业教\t中职学位数（万个）\t0.2\t0.25\t预期性

育\t学徒制培养比例（%）\t-\t12\t预期性
\t双师型教师比例（%）\t60\t\t预期性

## 第四章 主要任务
"""


def _read() -> list[indicators.ReadIndicator]:
    found = tables.find(Source(RULED))
    assert [kinds.kind(table) for table in found] == ["indicators"]
    assert found[0].title == "青禾县教育主要指标"
    return indicators.read(found[0], Period(start=2021, end=2025))


def test_the_head_reaches_over_the_column_of_groups() -> None:
    first = _read()[0]
    assert (first.group, first.name, first.unit) == ("学前教育", "幼儿园学位数", "个")
    assert first.baseline is not None
    assert (first.baseline.value, first.targets[0].value, first.property) == (12000, 13500, "预期性")


def test_a_group_that_the_page_cut_within_a_word_is_whole() -> None:
    assert [(row.group, row.name) for row in _read()] == [
        ("学前教育", "幼儿园学位数"),
        ("学前教育", "学前三年毛入园率"),
        ("职业教育", "中职学位数"),
        ("职业教育", "学徒制培养比例"),
        ("职业教育", "双师型教师比例"),
    ]


def test_empty_cells_stay_empty() -> None:
    *_, learning, teachers = _read()
    assert learning.baseline is None
    assert teachers.targets == ()
