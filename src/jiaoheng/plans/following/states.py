"""The states of a task or project, and the steps of the follow-up chain."""

from __future__ import annotations

from jiaoheng.terms import Term


class State(Term):
    """How a task or project stands. `LATE` is computed and never reported."""

    NOT_STARTED = "not_started", "未开始", "", ("未启动", "未开工")
    UNDER_WAY = "under_way", "进行中", "", ("推进中", "在建")
    DONE = "done", "已完成", "", ("完成",)
    LATE = "late", "滞后", "", ("逾期", "超期")
    ADJUSTED = "adjusted", "已调整", "", ("调整",)


REPORTED = (State.NOT_STARTED, State.UNDER_WAY, State.DONE, State.ADJUSTED)
"""What a unit may report."""


class Step(Term):
    """A step of the follow-up chain 反馈—整改—复查—约谈—通报."""

    FEEDBACK = "feedback", "反馈"
    RECTIFICATION = "rectification", "整改"
    REINSPECTION = "reinspection", "复查"
    TALK = "talk", "约谈"
    CIRCULAR = "circular", "通报"
