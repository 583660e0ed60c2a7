"""What a score card is: items with points, and the cases that say how many of them are won."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from jiaoheng.packs.models import Entry, GroupName, Id, Said, StageName, Strict

Bound = Literal[">=", ">", "<=", "<"]


def _points(value: float) -> float:
    if value != value or value <= 0 or value > 10_000:
        raise ValueError("「points」应是大于 0 的数。")
    return value


Points = Annotated[float, AfterValidator(_points)]


class Input(Strict):
    """A name that the cases of a score item use, and where its value comes from.

    A ``measure`` of the county (its ``stage``, and the year ``years_ago``), or an ``item`` of a standard (1
    met, 0 not met), or an answer that people give (``declared``): yes or no, or a number with its ``unit``.
    Inputs with one ``key`` share one answer; without it the answer goes by the item and the input. An input
    that is ``optional`` concerns only some counties, as another answer says.
    """

    measure: Id | None = None
    stage: StageName | GroupName | None = None
    years_ago: Annotated[int, Field(ge=0, le=10)] = 0
    item: Id | None = None
    declared: Literal["yes_no", "number"] | None = None
    asks: Said | None = None
    unit: Said | None = None
    key: Id | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum((self.measure is not None, self.item is not None, self.declared is not None)) != 1:
            raise ValueError("每个输入应写「measure」「item」或「declared」之一，且只写其一。")
        if self.declared and not self.asks:
            raise ValueError("由人填报的输入应写「asks」：问什么。")
        if (self.stage or self.years_ago) and self.measure is None:
            raise ValueError("「stage」和「years_ago」只用于「measure」。请删去。")
        if (self.asks or self.unit or self.key or self.optional) and not self.declared:
            raise ValueError("「asks」「unit」「key」和「optional」只用于由人填报的输入。请删去。")
        return self


class ScoreCase(Strict):
    """Where ``when`` holds (always, without it), the item has ``points``: a number or an expression.

    ``says`` is the document's case in words.
    """

    when: Said | None = None
    points: float | Said
    says: Said


class ScoreItem(Entry):
    """One item of a score card: a line that has points of its own.

    ``block`` and ``indicator`` are the headings above it (二级指标, 三级指标; without, the item's name).

    The first of ``cases`` that holds gives the points, never below 0 or above ``points``. An item without
    cases is scored by people (``scored: people``). Where ``applies`` is false the item does not apply, and
    its points are shared out as the card says.
    """

    card: Id
    block: Said
    indicator: Said | None = None
    number: str = ""
    points: Points
    kind: Literal["quantitative", "qualitative"]
    inputs: dict[str, Input] = Field(default_factory=dict)
    applies: Said | None = None
    cases: tuple[ScoreCase, ...] = ()
    scored: Literal["rule", "people"] = "rule"
    evidence: tuple[Said, ...] = ()
    clause: Said

    def key_of(self, name: str) -> str:
        """The name of the answer to a declared input."""
        return self.inputs[name].key or f"{self.id}__{name}"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.scored == "people") == bool(self.cases):
            raise ValueError(
                "按规则计分的项目应写「cases」；由人评分的应写「scored: people」，不写「cases」。"
            )
        always = [place for place, case in enumerate(self.cases) if case.when is None]
        if always and always[0] < len(self.cases) - 1:
            raise ValueError("没有「when」的情形总是成立，应放在最后。")
        over = [
            case.points for case in self.cases if isinstance(case.points, float) and case.points > self.points
        ]
        if over:
            raise ValueError(f"情形的得分 {over[0]:g} 超过本项满分 {self.points:g}。请改正。")
        under = [case.points for case in self.cases if isinstance(case.points, float) and case.points < 0]
        if under:
            raise ValueError(f"情形的得分 {under[0]:g} 是负数。请改正。")
        return self


class ScoreCard(Entry):
    """An appraisal document's score card.

    ``total`` is what its items must add up to. ``comparators`` is how the document itself reads its words of
    comparison. ``reallocation`` says what becomes of the points of an item that does not apply: the score of
    the others in proportion (``pro_rata``), or nothing (``none``). ``groups`` are counties that are compared
    among themselves, by their codes.
    """

    total: Points
    comparators: dict[str, Bound] = Field(default_factory=dict)
    reallocation: Literal["pro_rata", "none"] = "none"
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    clause: Said
