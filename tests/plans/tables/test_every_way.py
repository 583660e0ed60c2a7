"""One table of indicators reads the same in whatever way it was printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_printing import TITLE, WAYS, Line, Printed

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import indicators, kinds

PERIOD = Period(start=2021, end=2025)
GROUPS = ("学前教育", "义务教育", "高中阶段教育", "师资队伍", "保障水平")
NAMES = (
    ("学前三年毛入园率", "%"),
    ("公办幼儿园在园幼儿占比", "%"),
    ("九年义务教育巩固率", "%"),
    ("小学专任教师本科及以上学历比例", "%"),
    ("初中专任教师本科以上学历比例", "%"),
    ("高中阶段教育毛入学率", "%"),
    ("适龄“三残”儿童少年入学率", "%"),
    ("中小学校数", "所"),
    ("小学在校生数", "人"),
    ("劳动年龄人口平均受教育年限", "年"),
    ("新增公办义务教育学位数", "个"),
    ("县级以上骨干教师", "人"),
)
BOUNDS = {"{}": "=", "≥{}": ">=", ">{}": ">", "{}以上": ">=", "约{}": "~", "≤{}": "<="}
figures = st.one_of(
    st.integers(1, 1_900).map(str),
    st.integers(2_101, 99_999).map(str),  # what lies between may be a year
    st.decimals(0, 100, places=2).map(lambda value: f"{value:.2f}"),
)


@st.composite
def printed(draw: st.DrawFn) -> tuple[Printed, list[tuple[object, ...]]]:
    """A table as printed, and what is to be read: name, group, unit, baseline, targets, property."""
    unit_in = draw(st.sampled_from(("name", "figure", "column")))
    years = draw(st.sampled_from(((2020, 2025), (2020, 2023, 2025), (2019, 2022, 2023, 2025))))
    numbered = draw(st.booleans())
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=9, unique=True))
    groups = sorted(draw(st.sampled_from(GROUPS)) for _ in chosen)
    lines, wanted = [], []
    for number, ((name, unit), group) in enumerate(zip(chosen, groups, strict=True), start=1):
        bounds = [draw(st.sampled_from(sorted(BOUNDS))) for _ in years[1:]]
        values = [draw(figures) for _ in years]
        words = draw(st.sampled_from(("", "", "", "持续提高", "达到省定标准")))
        binding = draw(st.sampled_from(("约束性", "预期性")))
        tail = unit if unit_in == "figure" else ""
        cells = [f"{number}.{name}" if numbered else name]
        cells[0] += f"（{unit}）" if unit_in == "name" else ""
        cells += [unit] if unit_in == "column" else []
        cells += [values[0] + tail]
        cells += [bound.format(value + tail) for bound, value in zip(bounds, values[1:], strict=True)]
        targets = [
            (year, BOUNDS[bound], float(value))
            for year, bound, value in zip(years[1:], bounds, values[1:], strict=True)
        ]
        if words:
            cells[-1], targets = words, targets[:-1]
        lines.append(Line(group, (*cells, binding)))
        wanted.append((name, group, unit, (years[0], float(values[0])), targets, binding))
    heads = ["指标", *(["单位"] if unit_in == "column" else []), *(f"{year}年" for year in years), "属性"]
    return Printed(tuple(heads), tuple(lines)), wanted


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@given(case=printed())
@settings(max_examples=60, deadline=None)
def test_a_table_reads_the_same_in_every_way(
    way: Callable[[Printed], Source], case: tuple[Printed, list[tuple[object, ...]]]
) -> None:
    table, wanted = case
    source = way(table)
    found = tables.find(source)
    assert [kinds.kind(one) for one in found] == ["indicators"]
    assert Source(found[0].title).plain == Source(TITLE).plain
    read = indicators.read(found[0], PERIOD)
    assert [told(indicator) for indicator in read] == wanted
    for indicator in read:
        printed_row = source.plain[indicator.span.start : indicator.span.end]
        assert Source(indicator.name).plain in printed_row
        assert printed_row.endswith(indicator.property or "")


def told(indicator: indicators.ReadIndicator) -> tuple[object, ...]:
    assert indicator.baseline is not None
    return (
        indicator.name,
        indicator.group,
        indicator.unit,
        (indicator.baseline.year, indicator.baseline.value),
        [(target.year, target.op, target.value) for target in indicator.targets],
        indicator.property,
    )
