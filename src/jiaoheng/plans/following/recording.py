"""What a person says of an item, in words, as an entry of the progress file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from jiaoheng.errors import JiaohengError
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.plans.following.entries import Entry, Evidence, FollowUp, Report
from jiaoheng.plans.following.items import Item, Key
from jiaoheng.plans.following.states import REPORTED, State, Step

WITHDRAWN, PASSED, NOT_PASSED = "不再实施", "复查通过", "复查不通过"

STATE_WORDS = (*(state.label for state in REPORTED), WITHDRAWN)
"""What may be said of how an item stands."""

STEP_WORDS = (
    *(Step.FEEDBACK.label, Step.RECTIFICATION.label),
    *(PASSED, NOT_PASSED),
    *(Step.TALK.label, Step.CIRCULAR.label),
)
"""What may be said of the follow-up chain."""


class SayingError(JiaohengError):
    """What was said of an item cannot be recorded."""


@dataclass(frozen=True)
class Saying:
    """One row of a workbook, or one command.

    Attributes
    ----------
    word : one of `STATE_WORDS` or `STEP_WORDS`.
    words : what was done; for 已调整 what is asked for from now on.
    to : the units that a step is addressed to; by default those that answer for the item.
    due : for 已调整 the new day; for 反馈 and 复查不通过 by when to rectify.
    approved_by, document : who approved an adjustment, and by which document.
    """

    word: str
    day: date
    by: str
    words: str = ""
    percent: float | None = None
    finished: date | None = None
    to: tuple[str, ...] = ()
    due: date | None = None
    approved_by: str = ""
    document: str = ""
    evidence: tuple[Evidence, ...] = ()


def entry_of(
    item: Item, saying: Saying, *, answering: Sequence[str] = (), today: date, source: str = ""
) -> Entry:
    """The entry that says it.

    Parameters
    ----------
    answering : who answers for the item; a step that names nobody is addressed to them.
    source : the workbook that it comes from.

    Raises
    ------
    SayingError
        The word means nothing, something is missing, or it contradicts itself.
    """
    if saying.day > today:
        raise SayingError(f"日期 {saying.day} 在今天（{today}）之后。请改正日期。")
    content = {
        item.key.kind: item.key.number,
        "year": item.key.year,
        "day": saying.day,
        "by": saying.by,
        "evidence": saying.evidence,
        "recorded_on": today,
        "source": source or None,
    }
    try:
        if saying.word in STEP_WORDS:
            return FollowUp.model_validate(content | _step(item, saying, tuple(answering) or item.owners))
        if saying.word in STATE_WORDS or State.named(saying.word):
            return Report.model_validate(content | _report(saying))
    except ValidationError as error:
        raise SayingError("；".join(_problem(fault) for fault in error.errors())) from None
    allowed = "、".join((*STATE_WORDS, *STEP_WORDS))
    raise SayingError(f"不明白“{saying.word}”。请写 {allowed} 之一。")


def item_named(chosen: Sequence[Item], word: str) -> Item:
    """The item of this number (``12``; ``12@2023`` where it is due in several years), id, or exact title.

    Raises
    ------
    SayingError
        There is none, or there are several.
    """
    found = [item for item in chosen if word in (str(item.key), _with_kind(item.key))]
    found = found or [item for item in chosen if word in (item.key.number, item.title)]
    if len(found) == 1:
        return found[0]
    if not found:
        known = nearest(word, [str(item.key) for item in chosen])
        raise SayingError(
            f"没有编号为“{word}”的任务或项目。{known or '请用 jiaoheng plan follow 查看编号。'}"
        )
    same = "、".join(str(item.key) if item.key.year else _with_kind(item.key) for item in found)
    raise SayingError(f"“{word}”有 {len(found)} 项：{same}。请写明是哪一项。")


def _with_kind(key: Key) -> str:
    return f"{'任务' if key.kind == 'task' else '项目'}:{key}"


def _report(saying: Saying) -> dict[str, object]:
    if saying.word not in (State.ADJUSTED.label, WITHDRAWN):
        _refuse_unused(saying, "to", "due", "approved_by", "document")
        return {
            "state": saying.word,
            "words": saying.words or None,
            "percent": saying.percent,
            "finished": saying.finished,
        }
    _refuse_unused(saying, "to", "finished", *(["due"] if saying.word == WITHDRAWN else []))
    if not (saying.approved_by and saying.document):
        raise SayingError(f"“{saying.word}”须写明批准单位和批准文号。请补上；没有批准的，报实际状态。")
    if saying.word != WITHDRAWN and not (saying.due or saying.words):
        raise SayingError(f"“{saying.word}”须写明调整后期限，或调整后的内容。请补上。")
    return {
        "state": State.ADJUSTED.label,
        "percent": saying.percent,
        "adjusted": {
            "due": saying.due,
            "words": saying.words or None,
            "withdrawn": saying.word == WITHDRAWN,
            "approved_by": saying.approved_by,
            "document": saying.document,
        },
    }


def _step(item: Item, saying: Saying, answering: tuple[str, ...]) -> dict[str, object]:
    inspected = saying.word in (PASSED, NOT_PASSED)
    asks = saying.word in (Step.FEEDBACK.label, NOT_PASSED)
    addressed = saying.word != Step.RECTIFICATION.label
    _refuse_unused(
        saying,
        *("percent", "finished", "approved_by", "document"),
        *([] if asks else ["due"]),
        *([] if addressed else ["to"]),
    )
    if asks and saying.due is None:
        raise SayingError(f"“{saying.word}”须写明整改期限。请补上。")
    if addressed and not (saying.to or answering):
        raise SayingError(f"规划没有写明{item.name}由谁负责，也没有单位报告过。请写明对象单位。")
    return {
        "step": Step.REINSPECTION.label if inspected else saying.word,
        "passed": saying.word == PASSED if inspected else None,
        "to": (saying.to or answering) if addressed else (),
        "due": saying.due,
        "words": saying.words or None,
    }


_NAMES = {
    "to": "对象",
    "due": "期限",
    "percent": "进度",
    "finished": "完成日期",
    "approved_by": "批准单位",
    "document": "批准文号",
}


def _refuse_unused(saying: Saying, *fields: str) -> None:
    """What is said and has no place with that word was meant for another."""
    said = [_NAMES[name] for name in fields if getattr(saying, name) not in (None, "", ())]
    if said:
        raise SayingError(f"“{saying.word}”不写{'、'.join(said)}。请删去它，或改正“{saying.word}”。")


def _problem(fault: object) -> str:
    assert isinstance(fault, dict)
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return f"「{fault['loc'][-1]}」不合格式（{fault['msg']}）。"
