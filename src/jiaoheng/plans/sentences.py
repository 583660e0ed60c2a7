"""The words for a verdict: whole Chinese sentences, each with its number, year and unit."""

from __future__ import annotations

from jiaoheng.plans.figures import amount, change, decimals, rounded, target_words
from jiaoheng.plans.results import Progress
from jiaoheng.plans.status import Assessment, Status


def verdict(progress: Progress, cause: str) -> str:
    """The verdict on an indicator in sentences.

    Parameters
    ----------
    cause : for unknown and not applicable, why.
    """
    if progress.status is Status.UNKNOWN:
        parts = [_unknown(progress, cause)]
    elif progress.status is Status.NOT_APPLICABLE:
        parts = [_not_applicable(progress, cause)]
    else:
        parts = [_standing(progress), _share_of_way(progress), _pace(progress)]
    return "".join([*parts, _coverage(progress), _baseline(progress)])


def _unknown(progress: Progress, cause: str) -> str:
    name, year = progress.indicator.name, progress.judged_year
    goal = ""
    if progress.target is not None:
        words = target_words(progress.target, progress.indicator.unit)
        goal = f"{progress.target.year}年目标为{words}。"
    if progress.value is not None:
        value = amount(progress.value, progress.indicator.unit)
        return f"{year}年{name}为{value}，{goal}{_stop(cause)}"
    known = [actual for actual in progress.actuals if actual.value is not None and actual.year < year]
    latest = ""
    if known and known[-1].value is not None:
        latest = f"最近可算的是{known[-1].year}年：{amount(known[-1].value, progress.indicator.unit)}。"
    return f"{year}年{name}无法计算：{_stop(cause)}{goal}{latest}"


def _not_applicable(progress: Progress, cause: str) -> str:
    name, unit, year = progress.indicator.name, progress.indicator.unit, progress.judged_year
    if progress.indicator.role != "projection":
        return f"{year}年{name}不适用：{_stop(cause)}"
    target = progress.target
    if target is None:
        return f"{name}：{_stop(cause)}规划没有写预测值。"
    foreseen = f"规划预测{target.year}年为{amount(target.value, unit)}。"
    if progress.value is None:
        return f"{name}：{_stop(cause)}{foreseen}"
    compared = ""
    if progress.expected is not None:
        gap = progress.value - progress.expected
        more = "多" if gap > 0 else "少"
        line = f"按基期到{target.year}年预测数的连线，当年应为{amount(progress.expected, unit)}"
        compared = f"{line}，实际{more}{change(abs(gap), unit)}。" if gap else f"{line}，实际与之相同。"
    return f"{year}年{name}为{amount(progress.value, unit)}；{foreseen}{compared}{_stop(cause)}"


def _standing(progress: Progress) -> str:
    indicator, target, year = progress.indicator, progress.target, progress.judged_year
    assert target is not None, "an indicator without a target has no verdict"
    unit = indicator.unit
    value, margin = progress.value or 0.0, progress.margin or 0.0
    goal = f"{target.year}年目标（{target_words(target, unit)}）"
    compared = progress.expected if progress.status in (Status.ON_TRACK, Status.BEHIND) else target.value
    since = f"{progress.baseline_year + 1}—{year}年累计" if indicator.cumulative else f"{year}年"
    subject = f"{since}{indicator.name}为{amount(value, unit, apart_from=compared)}"
    if progress.status is Status.MET:
        spare = f"，余量{change(margin, unit)}" if margin else "，恰好达到"
        if progress.holding:
            return f"{subject}，保持在{goal}之内{spare}；{_held_since(progress)}"
        return f"{subject}，{'' if year == target.year else '已提前'}达到{goal}{spare}。"
    if progress.status is Status.MISSED:
        short = f"，相差{change(-margin, unit)}" if margin else "，恰在界上而目标不含这一数"
        held = f"；{_held_since(progress)}" if progress.holding else "。"
        return f"{subject}，未达到{goal}{short}{held}"
    if progress.holding:
        short = f"，相差{change(-margin, unit)}" if margin else "，恰在界上而目标不含这一数"
        return f"{subject}，已跌出{goal}{short}，进度滞后；{_held_since(progress)}"
    return f"{subject}，{_against_path(progress)}；{goal}尚未达到。"


def _held_since(progress: Progress) -> str:
    unit = progress.indicator.unit
    return f"{progress.baseline_year}年基期{amount(progress.baseline or 0.0, unit)}已达到目标，要求是保持。"


def _against_path(progress: Progress) -> str:
    unit, lead = progress.indicator.unit, progress.lead
    stated = next(
        (point for point in progress.indicator.milestones if point.year == progress.judged_year), None
    )
    if stated is not None:
        words = target_words(stated, unit)
        if progress.status is Status.ON_TRACK:
            return f"达到规划所列当年值（{words}），进度正常"
        short = "" if not lead else f"，相差{change(abs(lead), unit)}"
        return f"未达到规划所列当年值（{words}）{short}，进度滞后"
    if progress.expected is None or lead is None:
        return progress.status.label
    expected = amount(progress.expected, unit)
    if progress.status is Status.BEHIND and lead >= 0:
        return f"已越过目标区间（路径当年值{expected}），进度滞后"
    if lead == 0:
        return f"与路径当年值{expected}相同，进度正常"
    better = "领先" if lead > 0 else "落后"
    return f"比路径当年值{expected}{better}{change(abs(lead), unit)}，{progress.status.label}"


def _share_of_way(progress: Progress) -> str:
    if progress.assessment is not Assessment.MIDTERM or progress.covered is None:
        return ""
    done = f"从基期到目标的路程已走完{amount(progress.covered * 100, '%')}"
    if progress.covered_expected is None:
        return f"{done}。"
    return f"{done}，按路径到{progress.judged_year}年应走完{amount(progress.covered_expected * 100, '%')}。"


def _pace(progress: Progress) -> str:
    target, unit = progress.target, progress.indicator.unit
    assert target is not None, "an indicator without a target has no verdict"
    parts = []
    if progress.pace is not None:
        parts.append(f"{progress.baseline_year}年以来{_yearly(progress.pace, unit)}")
    if progress.pace_needed is not None:
        parts.append(f"到{target.year}年还需{_yearly(progress.pace_needed, unit)}")
    if progress.projected is not None:
        projected = amount(progress.projected, unit, apart_from=target.value)
        parts.append(f"照此速度{target.year}年预计为{projected}")
    return "，".join(parts) + "。" if parts else ""


def _yearly(pace: float, unit: str) -> str:
    if pace == 0:
        return "年均没有变化"
    return f"年均{'增加' if pace > 0 else '减少'}{change(abs(pace), unit)}"


def _coverage(progress: Progress) -> str:
    if progress.coverage is None or progress.coverage >= 1 or progress.value is None:
        return ""
    return f"{progress.judged_year}年数据覆盖率为{amount(progress.coverage * 100, '%', apart_from=100)}。"


def _baseline(progress: Progress) -> str:
    """Only where what we compute, rounded as the plan prints, is not what the plan prints."""
    stated, computed = progress.indicator.baseline, progress.baseline_computed
    if stated is None or computed is None:
        return ""
    digits = decimals(stated.value)
    if rounded(computed, digits) == rounded(stated.value, digits):
        return ""
    unit = progress.indicator.unit
    gap = computed - stated.value
    return (
        f"规划所列{stated.year}年基期值为{amount(stated.value, unit)}，"
        f"按本系统的数据算得{amount(computed, unit, apart_from=stated.value)}，"
        f"{'高' if gap > 0 else '低'}{change(abs(gap), unit)}。"
    )


def _stop(sentence: str) -> str:
    return sentence.rstrip("。") + "。"
