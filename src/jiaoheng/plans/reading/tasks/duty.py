"""Who is in charge, as the running text says it: ``[牵头单位：…；责任单位：…]``, ``（…牵头，…配合）``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.reading.tasks.units import units

_LEAD = r"(?:牵头|主责|主管|主办|组织)(?:单位|部门|责任单位|科室)"
_OTHERS = r"(?:责任|配合|参与|参加|协办|协同|协助|支持|落实|实施|完成)(?:单位|部门|科室)"
_LABEL = re.compile(rf"(?P<lead>{_LEAD})|(?P<others>{_OTHERS})")
_FIELD = re.compile(
    rf"(?P<label>{_LEAD}|{_OTHERS})\s*[：:]\s*(?P<names>.+?)(?=[；;。，,\s]*(?:{_LEAD}|{_OTHERS})\s*[：:]|[；;。]?$)"
)
_BRACKETED = re.compile(
    rf"[\[【〔（(]\s*(?P<inner>(?:{_LEAD}|{_OTHERS})\s*[：:].*)[\]】〕）)]\s*[。；;]?$", re.DOTALL
)
_LINE = re.compile(rf"(?P<inner>(?:{_LEAD}|{_OTHERS})\s*[：:].*)$", re.DOTALL)
_UNIT = r"[^，,；;。]*?(?:局|委|办|部|厅|院|会|署|站|队|中心|公司|学校|政府|单位|部门|[）)])"
_SPOKEN = re.compile(
    rf"[（(\[【](?P<lead>{_UNIT})(?:分别)?牵头(?:负责)?(?:[，,；;](?P<others>{_UNIT}(?:[，,]{_UNIT})*)(?:等)?(?:配合|参与|参加|协同|分工负责|按职责分工负责|负责))?[）)\]】]\s*[。；;]?$"
)
_CHARGED = re.compile(
    rf"[（(\[【](?P<others>{_UNIT}(?:[，,]{_UNIT})*)(?:等)?(?:按职责分工)?(?:共同)?负责[）)\]】]\s*[。；;]?$"
)


@dataclass(frozen=True)
class Duty:
    """Who is in charge; `start` is where in the words the note of it begins."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    start: int


def duty(text: str) -> Duty | None:
    """The units in charge that a paragraph names at its end; None where it names none."""
    for pattern in (_BRACKETED, _LINE):
        found = pattern.search(text)
        if found and (pattern is _BRACKETED or found.start() == 0 or text[found.start() - 1] in "。；;！"):
            return _fields(found["inner"], found.start())
    spoken = _SPOKEN.search(text)
    if spoken:
        return Duty(units(spoken["lead"]), units(spoken["others"] or ""), spoken.start())
    charged = _CHARGED.search(text)
    if charged:
        return Duty((), units(charged["others"]), charged.start())
    return None


def _fields(words: str, start: int) -> Duty | None:
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    for field in _FIELD.finditer(words):
        label = _LABEL.match(field["label"])
        named = units(field["names"])
        if label is not None and label["lead"]:
            lead += named
        else:
            responsible += named
    return Duty(lead, responsible, start) if lead or responsible else None
