"""The ten lines: what comes first, and what every line must carry."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import report_fake

from jiaoheng import plans
from jiaoheng.plans import Status
from jiaoheng.reports import headlines
from jiaoheng.reports.selection import SEVEN_RESOURCES


def test_there_are_ten_lines_each_with_year_source_and_coverage() -> None:
    lines = headlines(report_fake.inputs())
    assert len(lines) == len(set(lines)) == 10
    for line in lines:
        assert "2025年" in line
        assert "来源：2025年模拟数据快照 v0001" in line
        assert "数据覆盖率" in line


def test_binding_targets_that_are_missed_come_first_the_widest_gap_on_top() -> None:
    first, second, third, *_ = headlines(report_fake.inputs())
    assert first.startswith("未达到：学前三年毛入园率（约束性）2025年为98.95%")
    assert second.startswith("未达到：九年义务教育巩固率（约束性）")
    assert third.startswith("无法计算：")


def test_what_cannot_be_computed_is_counted_and_never_as_reached() -> None:
    inputs = report_fake.inputs()
    unknown = [item for item in inputs.progress if item.status is Status.UNKNOWN]
    line = next(line for line in headlines(inputs) if line.startswith("无法计算："))
    assert len(unknown) == 2
    assert all(item.indicator.name in line for item in unknown)
    assert "2025年不能作出评判，不计入达到，因为没有2025年的数据。" in line
    assert "等2项" not in line
    assert "数据覆盖率未知" in line


def test_only_what_is_not_named_is_counted_besides() -> None:
    inputs = report_fake.inputs()
    many = tuple(replace(item, status=Status.UNKNOWN) for item in inputs.progress[:5])
    line = next(line for line in headlines(replace(inputs, progress=many)) if line.startswith("尚不能评判："))
    assert "等5项指标" in line
    assert "原因见“无法计算的指标”" in line


def test_a_final_assessment_before_its_time_gives_that_as_the_cause_and_the_coverage_there_is() -> None:
    inputs = report_fake.inputs()
    history = plans.Recorded.from_frames([inputs.county])
    early = plans.progress(inputs.plan, history, year=2024, assessment="final")
    first, second, *_ = headlines(replace(inputs, year=2024, progress=early))
    number = sum(item.indicator.property == "约束性" for item in early)
    assert first.startswith(f"{number}项约束性指标2024年不能作出评判，不计入达到，因为目标年2025年还没有到")
    assert "数据覆盖率100%" in first
    # Two others have no data either, so that the causes differ.
    assert second.startswith("无法计算：")
    assert "原因见“无法计算的指标”" in second


def test_a_binding_indicator_that_does_not_apply_is_not_counted_as_unknown() -> None:
    inputs = report_fake.inputs()
    binding = [item for item in inputs.progress if item.indicator.property == "约束性"]
    statuses = [Status.NOT_APPLICABLE, *[Status.MET] * (len(binding) - 1)]
    well = tuple(replace(item, status=status) for item, status in zip(binding, statuses, strict=True))
    first = headlines(replace(inputs, progress=well))[0]
    assert first.startswith(f"{len(binding) - 1}项约束性指标中")
    assert "无法计算" not in first


def test_where_no_binding_target_is_short_that_is_said_and_the_unknown_ones_are_not_hidden() -> None:
    inputs = report_fake.inputs()
    well = tuple(
        replace(
            item,
            status=Status.UNKNOWN if place == 0 else Status.MET,
            value=None if place == 0 else item.value,
        )
        for place, item in enumerate(item for item in inputs.progress if item.indicator.property == "约束性")
    )
    first = headlines(replace(inputs, progress=well))[0]
    assert first.startswith(
        f"{len(well)}项约束性指标中，2025年没有滞后或未达到的，{len(well) - 1}项已达到或进度正常"
    )
    assert "另有1项无法计算" in first


def test_a_shortfall_is_never_shown_as_nothing() -> None:
    inputs = report_fake.inputs()
    item = next(item for item in inputs.progress if item.indicator.id == "primary_teachers_bachelor")
    assert item.value is not None
    close = replace(item, value=92.9999999, margin=-0.0000001)
    line = next(line for line in headlines(replace(inputs, progress=(close,))) if "小学专任教师" in line)
    assert "为92.9999999%" in line
    assert "相差0.0000001个百分点" in line


def test_the_variations_name_the_widest_and_the_narrowest_and_no_threshold() -> None:
    lines = [line for line in headlines(report_fake.inputs()) if "差异系数" in line]
    assert [line[:2] for line in lines] == ["小学", "初中"]
    for line in lines:
        assert "最大的是“每百名学生拥有高于规定学历教师数”0.5" in line
        assert "最小的是“每百名学生拥有网络多媒体教室数”" in line
        assert not any(word in line for word in ("达标", "超标", "标准"))


def test_the_wave_is_told_from_its_peak() -> None:
    lines = headlines(report_fake.inputs())
    assert any(
        "在园幼儿2025年为11,900人，比峰值2020年的19,522人减少7,622人（−39.0%）" in line for line in lines
    )
    assert any("初中在校生2025年为24,100人，是有数据以来最多的一年" in line for line in lines)


def test_measures_without_data_are_left_out_and_nothing_is_made_up() -> None:
    inputs = report_fake.inputs()
    bare = replace(inputs, county=inputs.county.filter(~pl.col("measure").str.starts_with("cv_")))
    assert not any("差异系数" in line for line in headlines(bare))
    assert len(SEVEN_RESOURCES) == 7
