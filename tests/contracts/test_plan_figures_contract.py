"""Figures that real plans printed: what adds up is left alone, what does not is told with both numbers."""

from __future__ import annotations

from typing import Any

import pytest
from contract import contract

from jiaoheng import measures
from jiaoheng.plans import Passage, Plan
from jiaoheng.plans.auditing import Audited, audit, changes, parts, products, table_sums
from jiaoheng.plans.auditing.check import Check
from jiaoheng.plans.model import Allocation, AllocationRow, Document, Period, Region
from jiaoheng.plans.reading.source import Source

W7 = contract("w07_plan_tables")
W14 = contract("w14_parts_of_a_county")


def figures(checks: tuple[Check, ...], text: str = "", **sections: Any) -> list[tuple[float, ...]]:
    plan = Plan(
        title="某县教育规划",
        issuer="某县人民政府",
        region=Region(code="441284", name="某县"),
        period=Period(start=2021, end=2025),
        document=Document(title="某县教育规划"),
        **sections,
    )
    audited = Audited(plan, Source(f"一、任务\n\n{text}\n"))
    found = audit((audited,), catalogue=measures.catalogue(), checks=checks)
    return [tuple(round(each) for each in finding.figures) for finding in found]


def test_w7a_seats_by_residents() -> None:
    case = W7["seats_per_thousand"]
    text = (
        f"规划人口{case['people']}人，按小学、初中千人学位数不低于{case['primary']}座、{case['junior']}座的标准，"
        f"预测到2025年义务教育学位增加需求约{case['stated']}个。"
    )
    assert figures(products.CHECKS, text) == [(case["exact"], case["stated"])]


def test_w7a_years_of_growth() -> None:
    case = W7["yearly"]
    text = f"义务教育学生年均增长约{case['each']}人，“十四五”期间共增加约{case['stated']}人。"
    assert figures(products.CHECKS, text) == [(case["exact"], case["stated"])]


@pytest.mark.parametrize("case", [*W7["parts"], *W14["parts"]], ids=lambda case: str(case["total"]))
def test_w7a_and_w14_totals_are_the_sum_of_their_parts(case: dict[str, Any]) -> None:
    names = ["甲类", "乙类", "丙类", "丁类"]

    def text(numbers: list[int]) -> str:
        listed = "，".join(f"{name}教师{number}人" for name, number in zip(names, numbers, strict=False))
        return f"现有教师{case['total']}人，其中{listed}。"

    first, *rest = case["parts"]
    assert figures(parts.CHECKS, text(case["parts"])) == []
    assert figures(parts.CHECKS, text([first + 10, *rest])) == [(case["total"], case["total"] + 10)]


def task_table(changed: tuple[str, int, int] | None = None) -> list[tuple[float, ...]]:
    case = W7["task_table"]
    values = {area: list(row) for area, row in case["rows"].items()}
    if changed is not None:
        area, column, by = changed
        values[area][column] += by
    table = Allocation(
        title="学位建设任务表",
        unit="个",
        columns=tuple(case["columns"]),
        rows=tuple(AllocationRow(area=area, values=tuple(row)) for area, row in values.items()),
        total=AllocationRow(area="合计", values=tuple(case["total"])),
        passage=Passage(section="附件"),
    )
    return figures(table_sums.CHECKS, allocations=(table,))


def test_w7b_the_task_table_adds_up_by_rows_and_columns() -> None:
    assert task_table() == []


@pytest.mark.parametrize("area", W7["task_table"]["rows"])
def test_w7b_a_seat_too_many_anywhere_is_found(area: str) -> None:
    place = list(W7["task_table"]["columns"]).index("合计")
    row = W7["task_table"]["rows"][area]
    whole = W7["task_table"]["total"][place]
    assert (whole + 1, whole) in task_table((area, place, 1))
    assert (row[place], row[place] + 1) in task_table((area, place, 1))


def test_w7c_seats_between_two_years() -> None:
    case = W7["seats_of_a_plan"]
    text = f"义务教育学位由{case['from']}个增加到{case['to']}个，增加{case['stated']}个。"
    assert figures(changes.CHECKS, text) == [(case["exact"], case["stated"])]
    text = text.replace(str(case["stated"]), str(case["exact"]))
    assert figures(changes.CHECKS, text) == []
