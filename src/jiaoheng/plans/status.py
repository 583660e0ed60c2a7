"""The verdicts on an indicator, and the three kinds of assessment that give them."""

from __future__ import annotations

from jiaoheng.terms import Term


class Status(Term):
    """How an indicator stands. `UNKNOWN` never counts as passed."""

    MET = "met", "已达到"
    ON_TRACK = "on_track", "进度正常"
    BEHIND = "behind", "进度滞后"
    MISSED = "missed", "未达到"
    UNKNOWN = "unknown", "无法计算"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Assessment(Term):
    """年度、中期、末期评估."""

    ANNUAL = "annual", "年度评估", "", ("年度",)
    MIDTERM = "midterm", "中期评估", "", ("中期", "期中")
    FINAL = "final", "末期评估", "", ("末期", "期末")
