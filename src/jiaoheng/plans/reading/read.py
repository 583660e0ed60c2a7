"""A plan out of a document: the structure first, then the tables, then the running text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiaoheng.packs import Catalogue
from jiaoheng.plans.model import (
    Allocation,
    Commitment,
    Document,
    Passage,
    Period,
    Plan,
    Region,
    ScoreCard,
    Section,
)
from jiaoheng.plans.reading import commitments as in_text
from jiaoheng.plans.reading import imprint, projects
from jiaoheng.plans.reading.answers import parsed_day, parsed_period
from jiaoheng.plans.reading.doubts import Question, doubts
from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.indicators import Indicators, structure_question
from jiaoheng.plans.reading.linking import link
from jiaoheng.plans.reading.outline import Outline, outline
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import Table, allocations, find, kinds, score_cards
from jiaoheng.plans.reading.tasks import tasks

_SURE = 0.7


def read(
    source: Source,
    *,
    period: Period | None = None,
    region: str | None = None,
    catalogue: Catalogue | None = None,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """The plan that `source` holds.

    Parameters
    ----------
    period : the plan's years; without it what the document says.
    region : the region's GB/T 2260 code, which documents do not print.
    catalogue : the measures that indicators and commitments are linked to; without it none is.
    answers : what people settled before, by the id of the doubt.

    Raises
    ------
    ReadingError
        The document does not tell the plan's years, and `period` is not given.
    """
    return _Reading(source, catalogue, answers or {}).run(period, region)


class _Reading:
    """One document being read; `questions` gathers what people must settle."""

    def __init__(self, source: Source, catalogue: Catalogue | None, answers: Mapping[str, str]) -> None:
        self._source = source
        self._answers = answers
        self._catalogue = catalogue
        self._tables = find(source)
        self._outline: Outline = outline(source, self._tables)
        self._imprint = imprint.read(source, self._outline)
        self._questions: list[Question] = []

    def run(self, period: Period | None, region: str | None) -> Plan:
        settled = self._settled_imprint()
        years = period or parsed_period(settled.get("period", "")) or self._imprint.period
        if years is None:
            raise ReadingError(
                f"{self._source.name}：文中没有写明规划期（如 2021—2025 年、“十四五”）。"
                "请用 --period 2021-2025 指明。"
            )
        title = settled.get("title") or self._imprint.title
        indicators = self._indicators(years)
        return Plan(
            title=title,
            number=self._imprint.number,
            issuer=settled.get("issuer") or self._imprint.issuer,
            region=Region(
                code=region, name=settled.get("region") or self._imprint.region_name or "地区未写明"
            ),
            period=years,
            published=parsed_day(settled.get("published")) or self._imprint.published,
            document=Document(
                title=title, file=self._source.name or None, sha256=self._source.sha256 or None
            ),
            indicators=tuple(indicators.found),
            commitments=self._commitments(years),
            tasks=tasks(self._of_kind("tasks"), self._outline, years),
            projects=projects.read(self._outline.paragraphs, self._tables, years),
            allocations=self._allocations(),
            score_cards=self._score_cards(),
            sections=self._sections(),
            doubts=doubts(self._questions, self._answers),
        )

    def _settled_imprint(self) -> dict[str, str]:
        """Put the questions that the imprint left; the answers that people gave before."""
        settled = {}
        for doubt in self._imprint.doubts:
            passage = Passage(
                section="标题",
                quote=self._source.text[doubt.span.start : doubt.span.end],
                start=doubt.span.start,
                end=doubt.span.end,
                confidence=0.5,
            )
            answer = self._ask(Question(doubt.about, doubt.question, doubt.options, passage))
            if answer:
                settled[doubt.about] = answer
        return settled

    def _ask(self, question: Question) -> str | None:
        """Put a question; the answer, where a person gave it before."""
        self._questions.append(question)
        return doubts(self._questions, self._answers)[-1].answer

    def _of_kind(self, kind: str) -> list[Table]:
        return [table for table in self._tables if kinds.kind(table) == kind]

    def _indicators(self, period: Period) -> Indicators:
        found = Indicators(self._source, self._outline, period, self._catalogue, self._settled)
        for number, table in enumerate(self._tables, start=1):
            if kinds.kind(table) == "indicators":
                found.add(table, number)
            if table.sure < _SURE and kinds.kind(table) != "other":
                self._ask(structure_question(table, number, self._outline.at(table.span.start)))
        self._questions += found.questions
        return found

    def _settled(self, question: Question) -> str | None:
        return self._answers.get(doubts([question], {})[0].id)

    def _commitments(self, period: Period) -> tuple[Commitment, ...]:
        found = in_text.read(self._outline.paragraphs, period)
        named = projects.named_seats(found, self._outline.paragraphs, period)
        return tuple(self._linked(each) for each in named)

    def _linked(self, commitment: Commitment) -> Commitment:
        if self._catalogue is None or commitment.per is not None or commitment.unit == "个百分点":
            return commitment
        found = link(commitment.subject, commitment.unit, "", self._catalogue)
        return commitment.model_copy(update={"measure": found.measure, "stage": found.stage})

    def _allocations(self) -> tuple[Allocation, ...]:
        return tuple(
            found.model_copy(update={"passage": self._under(found.passage, table)})
            for table in self._of_kind("allocation")
            for found in [allocations.read(table)]
        )

    def _score_cards(self) -> tuple[ScoreCard, ...]:
        cards = []
        for table in self._of_kind("score_card"):
            card = score_cards.read(table)
            items = tuple(
                item.model_copy(update={"passage": self._under(item.passage, table)}) for item in card.items
            )
            cards.append(
                card.model_copy(update={"passage": self._under(card.passage, table), "items": items})
            )
        return tuple(cards)

    def _under(self, passage: Passage, table: Table) -> Passage:
        way: Sequence[str] = self._outline.at(table.span.start)
        return passage.model_copy(update={"section": " › ".join([*way, table.title or passage.section])})

    def _sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(
                level=each.level,
                title=each.title,
                start=each.span.start,
                heading_end=each.span.end,
                end=each.end,
            )
            for each in self._outline.sections
        )
