"""An indicator whose target the plan does not print stands in the report, and is not judged."""

from __future__ import annotations

import report_fake

from jiaoheng import plans
from jiaoheng.reports import MonitoringInputs, compose, docx, monitoring, xlsx
from jiaoheng.reports.indicators import card, overview

NAME = "九年义务教育巩固率"


def inputs() -> MonitoringInputs:
    """The made-up county, the plan's target for one indicator taken out."""
    whole = report_fake.inputs()
    indicators = tuple(
        item.model_copy(update={"targets": (), "path": "linear"}) if item.name == NAME else item
        for item in whole.plan.indicators
    )
    plan = whole.plan.model_copy(update={"indicators": indicators})
    history = plans.Recorded.from_frames([whole.county])
    judged = plans.progress(plan, history, year=report_fake.YEAR, assessment="final")
    return report_fake.inputs(plan=plan, progress=judged)


def test_its_card_and_its_row_show_the_value_and_say_that_no_target_is_written() -> None:
    made = inputs()
    (item,) = [each for each in made.progress if each.indicator.name == NAME]
    whole = card(made, item)
    assert whole.status.word == "无法计算"
    assert whole.sentence.startswith("2025年九年义务教育巩固率为99.88%，规划没有写目标值。")
    assert [(line.name, line.text) for line in whole.key][1] == ("目标", "未写")
    assert whole.chart is not None
    (row,) = [row for row in overview(made).rows if row[0].text == NAME]
    assert [cell.text for cell in row[1:5]] == ["无法计算", "99.88", "未写", "—（无数据）"]


def test_every_form_of_the_report_is_written() -> None:
    made = inputs()
    assert "规划没有写目标值" in monitoring(made)
    report = compose(made)
    assert xlsx.render(report)
    assert docx.render(report)
