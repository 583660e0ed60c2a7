"""The figures by which the running text promises or demands something, as commitments of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiaoheng.plans.model import Baseline, Commitment, Passage, Period, Target
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.quantities import Figure, Setting, figures
from jiaoheng.plans.reading.quantities.years import years

_SEPARATOR = " › "
_LEADS_IN = re.compile(r"[：:]$|如下[。：:]?$")
_YEAR_UNSURE = 0.8


def read(paragraphs: Iterable[Paragraph], period: Period) -> tuple[Commitment, ...]:
    """The commitments of the running text, in its order.

    Parameters
    ----------
    paragraphs : the document's running text.
    period : the plan's years; a commitment that names no year is due in the last.
    """
    return tuple(
        _commitment(paragraph, figure, period)
        for paragraph, figure in settled(paragraphs, period)
        if figure.role == "commitment"
    )


def settled(paragraphs: Iterable[Paragraph], period: Period) -> Iterator[tuple[Paragraph, Figure]]:
    """Every figure of the running text, promised or not; the audit reads the others too."""
    lead: tuple[tuple[str, ...], int] | None = None
    for paragraph in paragraphs:
        text = paragraph.flow.text
        inherited = lead[1] if lead and lead[0] == paragraph.section else None
        setting = Setting(
            start=period.start,
            end=period.end,
            section=paragraph.section,
            kind=paragraph.kind,
            year=inherited or _headed(paragraph.section),
        )
        if _LEADS_IN.search(text) and (named := years(text)):
            lead = (paragraph.section, year) if (year := named[-1].last) else lead
        yield from ((paragraph, figure) for figure in figures(paragraph.flow, setting=setting))


def _headed(section: tuple[str, ...]) -> int | None:
    """The year that the innermost heading with a year gives: 三年行动计划（2021—2023年）."""
    for title in reversed(section):
        for named in reversed(years(title)):
            if named.last is not None:
                return named.last
    return None


def _commitment(paragraph: Paragraph, figure: Figure, period: Period) -> Commitment:
    year = figure.year or period.end
    sure = figure.sure if figure.year else min(figure.sure, _YEAR_UNSURE)
    baseline = None
    if figure.baseline is not None:
        baseline = Baseline(year=figure.baseline_year or period.start - 1, value=figure.baseline)
    return Commitment(
        subject=figure.subject or paragraph.flow.text[figure.start : figure.end],
        unit=figure.unit,
        target=Target(year=year, op=figure.op, value=figure.value, value_max=figure.value_max),
        baseline=baseline,
        per=figure.per,
        passage=Passage(
            section=_SEPARATOR.join(paragraph.section) or "正文",
            quote=paragraph.flow.printed[figure.start : figure.end],
            start=figure.span.start,
            end=figure.span.end,
            confidence=sure,
        ),
    )
