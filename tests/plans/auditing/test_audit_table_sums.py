from __future__ import annotations

from audit_building import catalogue, found, written
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoheng.plans import Passage, Period
from jiaoheng.plans.auditing import Audited, audit, table_sums
from jiaoheng.plans.model import Allocation, AllocationRow
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source

COLUMNS = ("学前教育", "义务教育 › 总数", "义务教育 › 其中：民办", "普通高中", "基础教育合计")
Row = tuple[float | None, ...]


def table(rows: list[Row], total: Row | None, columns: tuple[str, ...] = COLUMNS) -> Audited:
    allocation = Allocation(
        title="学位建设任务表",
        unit="个",
        columns=columns,
        rows=tuple(AllocationRow(area=f"第{i}镇", values=values) for i, values in enumerate(rows, 1)),
        total=AllocationRow(area="合计", values=total) if total else None,
        passage=Passage(section="附件"),
    )
    return written("", allocations=(allocation,))


def told(
    rows: list[Row], total: Row | None, columns: tuple[str, ...] = COLUMNS
) -> list[tuple[str, tuple[float, ...]]]:
    return found(table_sums.CHECKS, table(rows, total, columns))


RIGHT: list[Row] = [(10, 50, 20, 5, 65), (20, 30, 10, 0, 50), (5, 5, 0, 1, 11)]


def test_a_table_that_adds_up_both_ways_has_no_finding() -> None:
    assert told(RIGHT, (35, 85, 30, 6, 126)) == []


def test_a_total_row_that_is_not_the_sum_is_found_with_both_figures() -> None:
    assert told(RIGHT, (35, 85, 31, 6, 126)) == [("allocation_total_row", (30, 31))]


def test_a_row_whose_total_is_not_the_sum_of_its_columns_is_found() -> None:
    rows = [(10, 50, 20, 5, 66), *RIGHT[1:]]
    assert told(rows, (35, 85, 30, 6, 127)) == [
        ("allocation_total_column", (65, 66)),
        ("allocation_total_column", (126, 127)),
    ]


def test_a_part_above_its_total_is_found() -> None:
    rows = [(10, 50, 60, 5, 65), *RIGHT[1:]]
    assert told(rows, (35, 85, 70, 6, 126)) == [("allocation_part", (60, 50))]


def test_a_finding_quotes_the_row_that_is_wrong_as_printed() -> None:
    rows = ("镇街 小学 初中 合计", "东镇 10 20 31", "西镇 1 2 3", "南镇 4 5 9", "合计 15 28 43")
    text = "\n".join(("学位建设任务表", *(row.replace(" ", "\t") for row in rows)))
    source = Source(text)
    plan = read(source, period=Period(start=2021, end=2025))
    (row, total) = audit([Audited(plan, source)], catalogue=catalogue(), checks=table_sums.CHECKS)
    assert (row.kind, row.figures) == ("allocation_total_column", (30, 31))
    assert row.sides[0].quote == "东镇 10 20 31"
    assert text[row.sides[0].start : row.sides[0].end] == "东镇\t10\t20\t31"
    assert (total.kind, total.figures) == ("allocation_total_row", (27, 28))
    assert total.sides[0].quote == "合计 15 28 43"


def test_an_empty_cell_is_not_zero_and_shares_are_not_added() -> None:
    assert told([(None, 50), (20, 40)], (35, 45), ("学前教育", "公办比例")) == []


def test_columns_that_were_not_meant_to_be_added_are_left_alone() -> None:
    assert told([(10, 50, 7), (20, 30, 9), (1, 2, 8)], None, ("幼儿园", "小学", "总数")) == []


figures = st.integers(0, 5000)


@settings(deadline=None)
@given(st.lists(st.tuples(figures, figures, figures), min_size=2, max_size=9), st.data())
def test_any_table_that_adds_up_is_silent_and_one_cell_changed_is_found(
    cells: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    columns = ("幼儿园", "小学", "初中")
    total = tuple(float(sum(row[i] for row in cells)) for i in range(3))
    rows: list[Row] = [tuple(map(float, row)) for row in cells]
    assert told(rows, total, columns) == []
    at = data.draw(st.integers(0, 2))
    changed = tuple(value + (i == at) for i, value in enumerate(total))
    assert told(rows, changed, columns) == [("allocation_total_row", (total[at], changed[at]))]
