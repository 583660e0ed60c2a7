"""What a person's answer makes of an indicator that was doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jiaoheng.plans.model import Baseline, Target
from jiaoheng.plans.reading.tables import cells

_NONE = re.compile(r"(?:没有|无|未定)(?:数值)?(?:目标|基期)?(?:值)?$")
_BARE = re.compile(r"\d+(?:\.\d+)?\s*[%％]?$")


@dataclass(frozen=True)
class Said:
    """What a row says of its values: targets by year, oldest first; the baseline; whether they add up."""

    targets: tuple[Target, ...]
    baseline: Baseline | None
    cumulative: bool


def settled(said: Said, about: str, year: int, answer: str) -> Said:
    """`said` with a person's answer.

    Parameters
    ----------
    about : ``target`` or ``baseline`` (the answer is a value as a plan prints it, ``≥98`` or 没有目标) or
        ``cumulative`` (the answer is 累计 or 当年). Answers about anything else change nothing here.
    year : the year of the value.
    """
    words = answer.strip()
    if about == "cumulative":
        return replace(said, cumulative=words.startswith("累计"))
    if about == "target":
        return replace(said, targets=_targets(said.targets, year, words))
    if about == "baseline":
        return replace(said, baseline=_baseline(said.baseline, year, words))
    return said


def is_no_value(words: str) -> bool:
    """Whether an answer says that there is no value: 没有目标."""
    return bool(_NONE.match(words))


def _targets(before: tuple[Target, ...], year: int, words: str) -> tuple[Target, ...]:
    targets = {target.year: target for target in before}
    value = cells.read(words)
    if is_no_value(words):
        targets.pop(year, None)
    elif value is not None and year in targets and _BARE.match(words):
        # A bare figure corrects the value; how it binds was never in doubt.
        targets[year] = targets[year].model_copy(update={"value": value.value, "printed": None})
    elif value is not None:
        targets[year] = Target(year=year, op=value.op, value=value.value, value_max=value.value_max)
    return tuple(targets[each] for each in sorted(targets))


def _baseline(before: Baseline | None, year: int, words: str) -> Baseline | None:
    value = cells.read(words)
    if is_no_value(words):
        return None
    return before if value is None else Baseline(year=year, value=value.value)
