"""What an audit could not look at, so that silence is not taken for being right."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_plan
from jiaoheng.plans.auditing.finding import Side


def _without_text(audited: Audited) -> Iterator[Found]:
    if audited.source is None:
        sentence = (
            f"《{audited.plan.title}》没有读入时的文字，只核对了整理出的条目，行文未查。"
            "请用 jiaoheng plan read 重新读入原文，并把文字文件留在规划文件旁边。"
        )
        yield Found(sentence, (Side(audited.plan.title, "", ""),))


CHECKS = (
    Check(
        "text_not_at_hand",
        "范围",
        "行文未查",
        "note",
        "规划旁边没有读入时的文字，凡要看行文的核对都没有做。",
        each_plan(_without_text),
    ),
)
