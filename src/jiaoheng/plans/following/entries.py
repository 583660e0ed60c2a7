"""What is written into a progress file: reports of units, and the steps of the follow-up chain."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    model_validator,
)

from jiaoheng.census import identity_check
from jiaoheng.census.offices import Unit
from jiaoheng.plans.following.states import REPORTED, State, Step
from jiaoheng.plans.model import Number, Words, Year


def reported_state(value: Any) -> State:
    """The state that a unit's word names.

    Raises
    ------
    ValueError
        There is none of that name, or it is one that is computed.
    """
    found = State.named(value) if isinstance(value, str) else None
    allowed = "、".join(state.label for state in REPORTED)
    if found is State.LATE:
        raise ValueError(f"“{value}”由期限和报告日期算出，不能填写。请填 {allowed} 之一。")
    if found is None:
        raise ValueError(f"没有“{value}”这种状态。请填 {allowed} 之一。")
    return found


def _step(value: Any) -> Step:
    found = Step.named(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"没有“{value}”这一步。请填 {'、'.join(step.label for step in Step)} 之一。")
    return found


def _percent(value: float) -> float:
    if not 0 <= value <= 100:
        raise ValueError(f"进度 {value:g}% 不在 0 到 100 之间。请改正。")
    return value


def _impersonal(value: str) -> str:
    if identity_check.is_written_in(unicodedata.normalize("NFKC", value)):
        raise ValueError("填写的内容中有身份证件号。台账不记个人信息，请删去它。")
    return value


Said = Annotated[Words, AfterValidator(_impersonal)]
"""What a unit wrote, in its own words."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Model):
    """A file that shows what was done: its name in the folder of evidence, SHA-256 in hex, size in bytes."""

    file: Words
    sha256: Annotated[str, Strict(), Field(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Strict(), Field(ge=0)]
    note: str | None = None


class Adjustment(_Model):
    """A change of the plan that was approved: a new date, new words, or that it is no longer asked for."""

    due: date | None = None
    words: Said | None = None
    withdrawn: bool = False
    approved_by: Unit
    document: Words

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.withdrawn and self.due is not None:
            raise ValueError("不再实施（withdrawn）的事项没有新期限。请删去 due 或 withdrawn。")
        if not (self.withdrawn or self.due or self.words):
            raise ValueError("调整须写明新期限 due、新内容 words 或不再实施 withdrawn。请补上一项。")
        return self


class _Entry(_Model):
    """What every entry says: of which task (and year) or project, on which day, by which unit.

    Attributes
    ----------
    year : of a task that has a part for each of several years.
    words : what was done, or what the step says.
    recorded_on, source : when it came into the file, and from which workbook.
    """

    task: Words | None = None
    project: Words | None = None
    year: Year | None = None
    day: date
    by: Unit
    words: Said | None = None
    evidence: tuple[Evidence, ...] = ()
    recorded_on: date | None = None
    source: Words | None = None

    @model_validator(mode="after")
    def _of_one_item(self) -> Self:
        if (self.task is None) == (self.project is None):
            raise ValueError("每条要写明是哪项任务 task 或哪个项目 project，二者写一个。")
        if self.project is not None and self.year is not None:
            raise ValueError("项目不分年度。请删去 year。")
        return self

    def said(self) -> Self:
        """The entry without when and from where it was recorded: two that say the same are equal."""
        return self.model_copy(update={"recorded_on": None, "source": None})


class Report(_Entry):
    """What a unit reports of a task or project.

    Attributes
    ----------
    percent : how much is done, 0 to 100, where the unit says it.
    finished : the day on which it was finished, where that is not the day of the report.
    adjusted : what was changed, for 已调整.
    """

    state: Annotated[State, BeforeValidator(reported_state)]
    percent: Annotated[Number, AfterValidator(_percent)] | None = None
    finished: date | None = None
    adjusted: Adjustment | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if faults := list(self._faults()):
            raise ValueError("".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        if (self.state is State.ADJUSTED) != (self.adjusted is not None):
            yield (
                "报“已调整”须写明 adjusted：批准单位 approved_by、文号 document，以及新期限或新内容；"
                "报其他状态不写 adjusted。"
            )
        if self.finished is not None and self.state is not State.DONE:
            yield "只有报“已完成”才写完成日期 finished。请删去它，或改报“已完成”。"
        elif self.finished is not None and self.finished > self.day:
            yield f"完成日期 {self.finished} 晚于报告日期 {self.day}。请改正其中一个。"
        if self.percent is not None and (
            (self.state is State.DONE and self.percent < 100)
            or (self.state is State.NOT_STARTED and self.percent > 0)
        ):
            yield f"报“{self.state.label}”，进度却是 {self.percent:g}%。请改正其中一个。"


class FollowUp(_Entry):
    """A step of the follow-up chain.

    Attributes
    ----------
    to : the units that it is addressed to.
    due : by when the unit must rectify; with 反馈, and with a 复查 that was not passed.
    passed : what the 复查 found.
    """

    step: Annotated[Step, BeforeValidator(_step)]
    to: tuple[Unit, ...] = ()
    due: date | None = None
    passed: bool | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.step is not Step.RECTIFICATION and not self.to:
            raise ValueError(f"{self.step.label}须写明对象 to（哪个单位）。请补上。")
        if (self.step is Step.REINSPECTION) != (self.passed is not None):
            raise ValueError("复查须写明是否通过 passed（true 或 false）；其他步骤不写。")
        asks = self.step is Step.FEEDBACK or self.passed is False
        if asks != (self.due is not None):
            raise ValueError("反馈和未通过的复查须写明整改期限 due；其他步骤不写。")
        if self.due is not None and self.due < self.day:
            raise ValueError(f"整改期限 {self.due} 早于日期 {self.day}。请改正其中一个。")
        return self


Entry = Report | FollowUp


def _kind(value: Any) -> Literal["report", "follow_up"]:
    has_step = "step" in value if isinstance(value, dict) else isinstance(value, FollowUp)
    return "follow_up" if has_step else "report"


AnyEntry = Annotated[
    Annotated[Report, Tag("report")] | Annotated[FollowUp, Tag("follow_up")],
    # Without it a fault would be reported once for each kind.
    Discriminator(_kind),
]
