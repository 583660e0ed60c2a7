"""What the chapters on tasks and on projects share: states in cells, counts, what is late, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from jiaoheng.plans.following import Following, Matter, Standing, State, Step
from jiaoheng.reports import charts
from jiaoheng.reports.charts import FAINT, HUES, PAPER, SOFT, Chart
from jiaoheng.reports.numbers import NOT_APPLICABLE, day
from jiaoheng.reports.tables import Cell, Column, Table, number, table, text

ORDER = (State.DONE, State.UNDER_WAY, State.NOT_STARTED, State.LATE, State.ADJUSTED)
"""The order in which states are counted and stacked."""

MARKS = {
    State.DONE: "met",
    State.UNDER_WAY: "on_track",
    State.NOT_STARTED: "not_applicable",
    State.LATE: "behind",
    State.ADJUSTED: "unknown",
}
"""The mark that stands before the word."""

_COLOURS = {
    State.DONE: HUES[0],
    State.UNDER_WAY: HUES[5],
    State.NOT_STARTED: FAINT,
    State.LATE: HUES[1],
    State.ADJUSTED: HUES[4],
}
"""Dark and light in turn as they are stacked; what is late stands out."""

_LONGEST = 60
"""A task's words are cut after so many characters; the plan has them whole."""


def state_cell(standing: Standing) -> Cell:
    """The state of an item, with its lateness; sorts by state, the longest late first."""
    place = ORDER.index(standing.state) - min(standing.days_late, 99_999) / 100_000
    return Cell(standing.words, place, status=MARKS[standing.state])


def due_cell(due: date | None) -> Cell:
    """A due day; nothing is due of what is no longer asked for."""
    return Cell(NOT_APPLICABLE) if due is None else text(str(due))


def source(following: Following) -> str:
    """Where the states come from."""
    reports = [report for standing in following.standings for report in standing.reports]
    last = max((report.day for report in reports), default=None)
    until = f"，最近一条 {day(last)}" if last else ""
    return f"各单位报告的进展（{len(reports)} 条{until}）；内容和期限见《{following.plan.title}》"


def counted(standings: Sequence[Standing], what: str) -> str:
    """How many stand how, as a part of a sentence: ``已完成 3 项、滞后 1 项``."""
    counts = Counter(standing.state for standing in standings)
    return "、".join(f"{state.label} {counts[state]} {what}" for state in ORDER if counts[state])


def unreported(standings: Sequence[Standing]) -> int:
    """Of how many nobody has reported."""
    return sum(standing.last is None for standing in standings)


def by_year(following: Following, standings: Sequence[Standing], *, id: str, caption: str) -> Table:
    """One row a year in which something was due by the plan, one column a state, all years as the last."""
    years = sorted({standing.item.due.on.year for standing in standings})
    groups = {
        f"{year}年": [standing for standing in standings if standing.item.due.on.year == year]
        for year in years
    }
    rows = [_counts(name, own) for name, own in groups.items()]
    whole = _counts("合计", standings, summed=True)
    return table(
        id,
        caption,
        [Column("规划期限", kind="words"), *_state_columns()],
        [*rows, whole] if len(rows) > 1 else rows,
        source=source(following),
        note=_NOTE,
        compact=True,
        total=len(rows) > 1,
    )


def by_unit(following: Following, standings: Sequence[Standing], *, id: str, caption: str) -> Table | None:
    """One row a unit, the one with most that is late first."""
    units = dict.fromkeys(unit for standing in standings for unit in standing.answering)
    groups = {unit: [each for each in standings if unit in each.answering] for unit in units}
    nobody = [standing for standing in standings if not standing.answering]
    ordered = sorted(groups, key=lambda unit: -sum(each.state is State.LATE for each in groups[unit]))
    rows = [_counts(unit, groups[unit]) for unit in ordered]
    if nobody:
        rows.append(_counts("没有写明", nobody))
    if not rows:
        return None
    return table(
        id,
        caption,
        [Column("负责单位", kind="words"), *_state_columns()],
        rows,
        source=source(following),
        note=f"{_NOTE}负责单位按规划写明的牵头单位；没有写明的，按最近报告的单位。几个单位共同负责的，各计一次。",
        compact=True,
    )


def late(following: Following, standings: Sequence[Standing], *, id: str, caption: str) -> Table | None:
    """What is late, the longest first."""
    found = sorted(
        (standing for standing in standings if standing.state is State.LATE),
        key=lambda standing: -standing.days_late,
    )
    if not found:
        return None
    return table(
        id,
        caption,
        [
            Column("事项", kind="words"),
            Column("应完成的内容", kind="words"),
            Column("负责单位", kind="words"),
            Column("期限", kind="words"),
            Column("逾期", "天"),
            Column("最近一次报告", kind="words"),
        ],
        [
            [
                text(named(standing)),
                text(shortened(standing.item.words or standing.item.title)),
                text("、".join(standing.answering) or "没有写明"),
                due_cell(standing.due),
                number(standing.days_late),
                last_report(standing),
            ]
            for standing in found
        ],
        source=source(following),
        note=f"期限已过而没有报告完成的，为滞后；逾期天数算到{day(following.as_of)}。",
    )


def matters(following: Following, standings: Sequence[Standing], *, id: str, caption: str) -> Table | None:
    """Follow-up chains that are open, those overdue first."""
    found = [(standing, standing.matter) for standing in standings]
    open_ones = [(standing, matter) for standing, matter in found if matter is not None]
    if not open_ones:
        return None
    open_ones.sort(key=lambda pair: -pair[1].overdue(following.as_of))
    return table(
        id,
        caption,
        [
            Column("事项", kind="words"),
            Column("对象", kind="words"),
            Column("反馈日期", kind="words"),
            Column("等待", kind="words"),
            Column("整改期限", kind="words"),
            Column("整改逾期", "天"),
            Column("已办理", kind="words"),
        ],
        [_matter(following, standing, matter) for standing, matter in open_ones],
        source=source(following),
        note="整改经复查通过才算了结；整改逾期或复查不通过的，可以约谈、通报。",
    )


def chart(
    groups: Sequence[tuple[str, Sequence[Standing]]], *, id: str, title: str, unit: str, cited: str, on: date
) -> Chart | None:
    """States stacked, one bar a group; None where there is but one bar."""
    if len(groups) < 2:
        return None
    states = [state for state in ORDER if any(each.state is state for _, own in groups for each in own)]
    said = "；".join(f"{name}{counted(own, unit)}" for name, own in groups if own)
    return Chart(
        id=id,
        title=title,
        unit=unit,
        source=cited,
        date=day(on),
        alt=f"{title}：{said}。",
        option=charts.base(
            grid={"left": 44, "right": 16, "top": 40, "bottom": 28},
            legend={
                "top": 4,
                "left": 0,
                "itemWidth": 13,
                "itemHeight": 13,
                "selectedMode": False,
                "textStyle": {"color": SOFT, "fontSize": 12},
            },
            xAxis=charts.categories([name for name, _ in groups]),
            yAxis=charts.numbers(low=0, minInterval=1),
            series=[_bars(state, groups, unit) for state in states],
        ),
        height=250,
    )


def named(standing: Standing) -> str:
    """An item as a row of a table names it."""
    year = standing.item.key.year
    return standing.item.title if year is None else f"{standing.item.title}（{year}年）"


def shortened(words: str) -> str:
    """Words short enough for a column."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"


def last_report(standing: Standing) -> Cell:
    """The day and the state of the last report."""
    last = standing.last
    if last is None:
        return Cell("没有报告", None)
    return text(f"{last.day}，{last.state.label}")


_NOTE = "状态由期限和各单位的报告算出，滞后不由单位填报。没有报告不等于没有开展。"


def _state_columns() -> list[Column]:
    return [Column("合计"), *(Column(state.label) for state in ORDER), Column("没有报告"), Column("逾期完成")]


def _counts(name: str, own: Sequence[Standing], *, summed: bool = False) -> list[Cell]:
    tests: list[Callable[[Standing], bool]] = [
        lambda _: True,
        *(_is(state) for state in ORDER),
        lambda each: each.last is None,
        lambda each: each.state is State.DONE and each.days_late > 0,
    ]
    formula = "SUM({above})" if summed else ""
    return [text(name), *(number(sum(map(test, own)), formula=formula) for test in tests)]


def _is(state: State) -> Callable[[Standing], bool]:
    return lambda standing: standing.state is state


def _matter(following: Following, standing: Standing, matter: Matter) -> list[Cell]:
    overdue = matter.overdue(following.as_of)
    done = [step for step in matter.steps if step.step is not Step.FEEDBACK]
    said = [f"{step.step.label}{'' if step.passed is None else '（不通过）'} {step.day}" for step in done]
    return [
        text(named(standing)),
        text("、".join(matter.to)),
        text(str(matter.opened_on)),
        text(matter.waiting_for.label if matter.waiting_for else ""),
        due_cell(matter.due),
        number(overdue) if matter.due else Cell(NOT_APPLICABLE),
        text("；".join(said) or "还没有"),
    ]


def _bars(state: State, groups: Sequence[tuple[str, Sequence[Standing]]], unit: str) -> charts.Option:
    counts = [sum(each.state is state for each in own) for _, own in groups]
    return {
        "type": "bar",
        "name": state.label,
        "stack": "states",
        "barMaxWidth": 46,
        "itemStyle": {"color": _COLOURS[state], "borderColor": PAPER, "borderWidth": 1},
        "data": [
            {"value": count, "tip": [name, f"{state.label} {count} {unit}"]}
            for (name, _), count in zip(groups, counts, strict=True)
        ],
    }
