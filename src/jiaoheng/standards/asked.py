"""What people are asked for a standard or a score card, and whether their answers fit the questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jiaoheng.errors import JiaohengError
from jiaoheng.packs import Catalogue, Item, ScoreCard, ScoreItem, Standard
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.standards.answers import Answer, Answers

Kind = Literal["yes_no", "number", "points"]

KIND_WORDS: dict[Kind, str] = {"yes_no": "是或否", "number": "数值", "points": "得分"}


class AnswerError(JiaohengError):
    """An answer that fits no question, or a file of answers that is for something else."""


@dataclass(frozen=True)
class Asked:
    """A question of a standard or a score card that no census answers.

    Attributes
    ----------
    key : the name of the answer.
    group : the heading of the document under which it stands.
    asks : the question in Chinese.
    unit : of a number.
    most : the most points, where people give points.
    evidence : what shall prove the answer.
    optional : whether it concerns only some, as another answer says.
    """

    key: str
    group: str
    asks: str
    kind: Kind
    unit: str = ""
    most: float | None = None
    evidence: tuple[str, ...] = ()
    clause: str = ""
    optional: bool = False

    def fault(self, answer: Answer) -> str:
        """What is wrong with an answer; empty where nothing is."""
        if self.kind == "yes_no":
            return "" if isinstance(answer.value, bool) else f"“{self.asks}”应填是或否，不是数。"
        if isinstance(answer.value, bool):
            return f"“{self.asks}”应填{KIND_WORDS[self.kind]}，不是是或否。"
        if self.most is not None and not 0 <= answer.value <= self.most:
            return f"“{self.asks}”填了 {answer.value:g} 分，应在 0 到 {self.most:g} 分之间。"
        if self.unit in ("%", "％") and answer.value < 0:
            return f"“{self.asks}”填了 {answer.value:g}%，不能小于 0。"
        return ""


def asked_by_card(catalogue: Catalogue, card: ScoreCard) -> dict[str, Asked]:
    """The questions of a score card, by their keys, in its order."""
    found: dict[str, Asked] = {}
    for item in catalogue.score_items_of(card):
        for one in _of_score_item(item):
            found.setdefault(one.key, one)
    return found


def asked_by_standard(catalogue: Catalogue, standard: Standard) -> dict[str, Asked]:
    """The questions of a standard, by their keys: its declared items, and what exemptions need promised."""
    found: dict[str, Asked] = {}
    for item in catalogue.items_of(standard):
        for one in _of_item(item):
            found.setdefault(one.key, one)
    return found


def check(answers: Answers, questions: Mapping[str, Asked], *, of: str, year: int) -> None:
    """See that a file of answers is for this standard or card and year, and that every answer fits.

    Raises
    ------
    AnswerError
        It is not, or does not.
    """
    if answers.of.replace("-", "_") != of:
        raise AnswerError(f"填报文件是为「{answers.of}」写的，不是「{of}」。请改用它的填报文件。")
    if answers.year != year:
        raise AnswerError(f"填报文件是 {answers.year} 年的，要评的是 {year} 年。请改用 {year} 年的填报文件。")
    for key, answer in answers.answers.items():
        question = questions.get(key)
        if question is None:
            hint = nearest(key, questions) or "请删去它，或改用填报表里的编号。"
            raise AnswerError(f"填报文件里的「{key}」不是「{of}」要填报的项目。{hint}")
        if fault := question.fault(answer):
            raise AnswerError(f"填报文件里的「{key}」：{fault}请改正。")


def _of_score_item(item: ScoreItem) -> Iterator[Asked]:
    group = f"{item.block}·{item.indicator}" if item.indicator else item.block
    if item.scored == "people":
        yield Asked(item.id, group, item.name, "points", "分", item.points, item.evidence, item.clause)
    for name, one in item.inputs.items():
        if one.declared is not None:
            yield Asked(
                item.key_of(name),
                group,
                one.asks or name,
                one.declared,
                one.unit or "",
                None,
                item.evidence,
                item.clause,
                one.optional,
            )


def _of_item(item: Item) -> Iterator[Asked]:
    if item.declared is not None:
        yield Asked(
            item.id,
            item.group,
            item.name,
            item.declared,
            item.amount_unit or "",
            None,
            item.evidence,
            item.clause,
        )
    for exemption in item.exemptions:
        if exemption.needs:
            asks = f"{exemption.name}：{exemption.needs}"
            yield Asked(
                exemption.id, item.group, asks, "yes_no", evidence=item.evidence, clause=exemption.clause
            )
