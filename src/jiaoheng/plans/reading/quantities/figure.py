"""A figure of the running text, and what surrounds the text it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiaoheng.plans.model import Comparator
from jiaoheng.plans.reading.source import Span

Role = Literal["commitment", "past", "forecast", "assumption", "definition", "condition", "term", "count"]
"""What a figure does in its sentence.

``commitment`` promises or demands; ``past`` tells what was reached or is; ``forecast`` foresees;
``assumption`` is what something is computed with; ``definition`` explains a word; ``condition`` says
whom a rule is for (1000人以上的中学, 5年以上教学经历); ``term`` is the length of a procedure (任期5年);
``count`` says how many things a list or a name has (五项工程), or points at things that are there.
"""


@dataclass(frozen=True)
class Setting:
    """What surrounds a paragraph.

    Attributes
    ----------
    start, end : the plan's first and last year.
    section : the titles of the headings above, outermost first.
    kind : ``text``, ``footnote`` or ``front``.
    year : the year that a heading or the line that leads in gives to all below it.
    """

    start: int | None = None
    end: int | None = None
    section: tuple[str, ...] = ()
    kind: str = "text"
    year: int | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of the running text.

    Attributes
    ----------
    subject : what it measures, a short noun phrase in the document's words.
    op, value, value_max, unit : as in `Target`, in base units.
    year : by or in which year; None where nothing says so.
    per : the time that it is reckoned by (每年, 每学期), None where there is none.
    baseline, baseline_year : the value before and its year, where the sentence gives them (由 A 提高到 B).
    role : what it does in its sentence.
    span : the words in the source, comparator and unit included; `number` is where the number itself stands.
    start, end : the same words in the flow.
    sure : 0 to 1.
    """

    subject: str
    op: Comparator
    value: float
    value_max: float | None
    unit: str
    year: int | None
    per: str | None
    baseline: float | None
    baseline_year: int | None
    role: Role
    span: Span
    number: int
    start: int
    end: int
    sure: float = 1.0
