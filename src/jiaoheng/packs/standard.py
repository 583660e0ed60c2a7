"""What a standard is: the items that schools and the county are judged by, and the rules that join them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from jiaoheng.packs.models import Entry, GroupName, Id, Said, StageName, Strict

Op = Literal[">=", ">", "<=", "<"]
Level = Literal["national", "provincial", "prefectural", "county"]
Answer = Literal["yes_no", "number"]


def _threshold(value: Any) -> Any:
    """A number, a number for each stage, or an expression: nothing is read as zero."""
    if isinstance(value, bool) or value is None:
        raise ValueError("「value」应是一个数、各学段的数，或一个算式。")
    if isinstance(value, int | float):
        return _finite(value)
    if isinstance(value, Mapping) and value:
        wrong = [key for key in value if key not in StageName.__args__]  # type: ignore[attr-defined]
        if wrong:
            raise ValueError(f"「{wrong[0]}」不是学段。请改用 {'、'.join(StageName.__args__)}。")  # type: ignore[attr-defined]
        if all(isinstance(each, int | float) and not isinstance(each, bool) for each in value.values()):
            return {str(key): _finite(each) for key, each in value.items()}
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("「value」应是一个数、各学段的数（如 {primary: 4.2, junior: 5.3}），或一个算式。")


def _finite(value: float) -> float:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("「value」应是有限的数，不能是 .nan 或 .inf。")
    return float(value)


def _share(value: float) -> float:
    if not 0 < value < 1:
        raise ValueError("「share」应大于 0、小于 1，如 0.85。")
    return value


Threshold = Annotated[float | dict[str, float] | str, BeforeValidator(_threshold)]
"""A number, a number for each stage, or an expression over the names of the grain that is judged."""


class Within(Strict):
    """The second, milder threshold: a ``share`` of the first (85 %), or a ``value`` of its own."""

    share: Annotated[float, AfterValidator(_share)] | None = None
    value: Threshold | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.value is None):
            raise ValueError("「within」应写「share」（阈值的几成）或「value」（另一个阈值），且只写其一。")
        return self


class Applies(Strict):
    """Where an item is asked for at all: ``when`` a condition holds; ``otherwise`` says why it is not."""

    when: Said
    otherwise: Said


class Exemption(Strict):
    """A way to meet an item other than by its threshold, with its conditions.

    It holds where ``when`` is true, from ``effective_from`` to ``effective_to`` (inclusive), and, with
    ``needs``, where the county has declared what is promised there. It then takes another ``measure`` or
    another ``value``, or ``excuses`` from the item.
    """

    id: Id
    name: Said
    clause: Said
    when: Said | None = None
    needs: Said | None = None
    measure: Id | None = None
    value: Threshold | None = None
    excuses: bool = False
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    unverified: Said | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.excuses == (self.measure is not None or self.value is not None):
            raise ValueError(
                "例外应写另一个「measure」或「value」，或写「excuses: true」（免于要求），不能兼写。"
            )
        if not (self.when or self.needs):
            raise ValueError("例外应写明条件：「when」（数据中的条件）或「needs」（县里的承诺）。")
        first, last = self.effective_from, self.effective_to
        if first and last and last < first:
            raise ValueError(f"例外的失效日期 {last} 早于生效日期 {first}。请改正。")
        return self


class Item(Entry):
    """One item of a standard: what is looked at, in schools or in the county, and what it must reach.

    What is looked at is one of: a ``measure`` held against ``value`` by ``op``; a ``condition`` that must be
    true; or an answer that the county must give (``declared``), since no census has it: yes or no (as
    ``expects`` says), or a number held against ``value``.

    ``judged: school`` gives one verdict for each school and stage of the measure; ``county`` one for each
    stage of the measure, or one. ``stages`` are those of a condition (``together`` takes them as one), or the
    few of the measure's that the item looks at; ``applies`` leaves out where there is nothing to ask for. A
    threshold is a number, the id of a parameter, or an expression. ``within`` is a second, milder threshold:
    what lies between counts as nearly met, and the standard's words say what that is called. ``amount_unit``
    is the unit of the numerator, in which the gap is told; without it the unit of the numerator's fact. A
    ``veto`` that is not met fails the county whatever else it reaches.
    """

    standard: Id
    group: Said
    number: str = ""
    judged: Literal["school", "county"]
    measure: Id | None = None
    condition: Said | None = None
    stages: tuple[StageName, ...] = ()
    together: GroupName | None = None
    applies: Applies | None = None
    declared: Answer | None = None
    expects: bool = True
    op: Op | None = None
    value: Threshold | None = None
    within: Within | None = None
    exemptions: tuple[Exemption, ...] = ()
    veto: bool = False
    amount_unit: Said | None = None
    evidence: tuple[Said, ...] = ()
    clause: Said

    @model_validator(mode="after")
    def _sound(self) -> Self:
        sources = [self.measure is not None, self.condition is not None, self.declared is not None]
        if sum(sources) != 1:
            raise ValueError("每一项应写「measure」「condition」或「declared」之一，且只写其一。")
        compared = self.measure is not None or self.declared == "number"
        if compared and (self.op is None or self.value is None):
            raise ValueError("缺少「op」（>=、>、<=、<）或「value」（阈值）。")
        if not compared and (self.op or self.value is not None or self.within):
            raise ValueError("条件和是非项没有阈值，请删去「op」「value」和「within」。")
        if self.declared and self.judged == "school":
            raise ValueError("由县里填报的项目应写「judged: county」。")
        if self.declared and (self.stages or self.applies):
            raise ValueError(
                "由县里填报的项目不分学段，也不由数据决定是否适用。请删去「stages」和「applies」。"
            )
        if self.together and (self.condition is None or len(self.stages) < 2):
            raise ValueError("「together」只用于「condition」，把两个以上的「stages」合在一起。请改正。")
        if self.within and self.within.share is not None and self.op not in (">=", ">"):
            raise ValueError("「share」只用于越高越好的项目。请改写「value」。")
        ids = [one.id for one in self.exemptions]
        if len(set(ids)) < len(ids):
            raise ValueError("「exemptions」里有重复的编号。请换一个。")
        return self


class Rule(Strict):
    """How items are joined: which must be met, and how far the others may lie below.

    ``level: school`` gives one verdict for each school and stage that has any of the items. ``level: county``
    looks at items of the county (an item judged in schools counts as met when every school meets it), or,
    with ``schools``, at a rule of the level of the school that every school must pass.

    All items must be met, or ``at_least`` so many of them; the others must be nearly met where ``others`` is
    ``within``, and may be anything where it is null.
    """

    id: Id
    name: Said
    clause: Said
    level: Literal["school", "county"]
    groups: tuple[Said, ...] = ()
    items: tuple[Id, ...] = ()
    schools: Id | None = None
    at_least: int | None = None
    others: Literal["within"] | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if sum(map(bool, (self.groups, self.items, self.schools))) != 1:
            raise ValueError("合成规则应写「groups」「items」或「schools」之一，且只写其一。")
        if self.schools and self.level == "school":
            raise ValueError("「schools」只用于县级规则。请改写「groups」或「items」。")
        if self.at_least is not None and self.at_least < 1:
            raise ValueError("「at_least」应是 1 或以上的整数。")
        if self.schools and (self.at_least is not None or self.others):
            raise ValueError("「schools」要求每一所学校通过，请删去「at_least」和「others」。")
        return self


class Tier(Strict):
    """A grade of the whole county by how many items are met: at least ``met``, and none failed.

    The items that are not met must be nearly met; ``within`` is the most of these. Only items of ``groups``
    count, all where there are none.
    """

    id: Id
    name: Said
    clause: Said
    groups: tuple[Said, ...] = ()
    met: int
    within: int

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.met < 0 or self.within < 0:
            raise ValueError("「met」和「within」应是 0 或以上的整数。")
        return self


class Words(Strict):
    """What the verdicts are called in the document."""

    met: Said = "达标"
    within: Said = "基本达标"
    failed: Said = "未达标"


class Standard(Entry):
    """An official standard: its rules, and the words that its verdicts go by.

    The county meets it when every rule of the level of the county holds. ``tiers`` go from the lowest to the
    highest; none may be skipped. ``like`` names a standard whose items this one judges by: a local scheme
    may grade what a national document asks.
    """

    level: Level = "national"
    like: Id | None = None
    words: Words = Words()
    rules: tuple[Rule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    clause: Said

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) < len(ids):
            raise ValueError("「rules」里有重复的编号。请换一个。")
        school = {rule.id for rule in self.rules if rule.level == "school"}
        strange = [rule.schools for rule in self.rules if rule.schools and rule.schools not in school]
        if strange:
            raise ValueError(f"「schools: {strange[0]}」不是这个标准的学校规则。请改正编号。")
        if len({tier.id for tier in self.tiers}) < len(self.tiers):
            raise ValueError("「tiers」里有重复的编号。请换一个。")
        if any(next_.met < tier.met for tier, next_ in pairwise(self.tiers)):
            raise ValueError("「tiers」应从低到高：后一等要求的「met」不能少于前一等。请改正次序或项数。")
        if not (self.rules or self.tiers):
            raise ValueError("标准应写「rules」（合成规则）或「tiers」（等次）。")
        return self
