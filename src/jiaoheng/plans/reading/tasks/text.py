"""Tasks out of the running text: the paragraphs that say who is in charge of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiaoheng.plans.model import Passage, Period, Task
from jiaoheng.plans.reading.outline import bare_heading
from jiaoheng.plans.reading.outline.markers import marker
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.tasks.deadlines import deadlines
from jiaoheng.plans.reading.tasks.duty import Duty, duty

_SENTENCE = re.compile(r"[^。；;！？：:]+")
_LONGEST = 60
_IN_LISTS = {"一、": "{}", "（一）": "（{}）", "1.": "{}", "（1）": "（{}）", "①": "{}"}


def read(paragraphs: Sequence[Paragraph], period: Period) -> Iterator[Task]:
    """The tasks of the running text, in its order.

    A line that only names units is for all above it under the same heading, up to the last such line.
    """
    done = -1
    for i, paragraph in enumerate(paragraphs):
        found = duty(paragraph.flow.text) if paragraph.kind == "text" else None
        if found is None:
            continue
        first = i
        while found.start == 0 and first - 1 > done and paragraphs[first - 1].section == paragraph.section:
            first -= 1
        done = i
        task = _task(paragraphs[first : i + 1], found, period)
        if task is not None:
            yield task


def _task(whole: Sequence[Paragraph], found: Duty, period: Period) -> Task | None:
    first, last = whole[0], whole[-1]
    title = _title(whole)
    if not title or not first.flow.offsets:
        return None
    opening = () if title in bare_heading(first.flow.text) else (title,)
    words = "\n".join([*opening, *(each.flow.text for each in whole[:-1]), last.flow.text[: found.start]])
    start, end = first.flow.offsets[0], last.flow.offsets[-1] + 1
    return Task(
        number=_way(first.section) or title,
        title=title,
        due=deadlines(words, period),
        lead=found.lead,
        responsible=found.responsible,
        passage=Passage(
            section=" › ".join(first.section) or "正文", quote=_printed(title, first), start=start, end=end
        ),
    )


def _title(whole: Sequence[Paragraph]) -> str:
    """The heading that opens the text or stands above it; without one the first sentence."""
    first = whole[0]
    heading = re.sub(r"\s+", "", first.section[-1]) if first.section else ""
    if heading and (marker(heading) or len(whole) > 1):
        return bare_heading(heading)
    sentence = _SENTENCE.match(first.flow.text)
    return bare_heading(sentence.group())[:_LONGEST] if sentence else ""


def _printed(title: str, paragraph: Paragraph) -> str:
    """The title as printed; a heading that stands above the paragraph is so already."""
    at = paragraph.flow.text.find(title)
    return title if at < 0 else paragraph.flow.printed[at : at + len(title)]


def _way(section: Sequence[str]) -> str:
    """``四（一）`` for 四、… › （一）…: the marks below the last annex."""
    steps: list[str] = []
    for title in section:
        mark = marker(title)
        if mark is None or mark.kind == "专栏":
            continue
        if mark.kind == "附件":
            steps = []
            continue
        printed = re.sub(r"[\s、.．：:()（）〔〕)]", "", title[: mark.length])
        steps.append(_IN_LISTS.get(mark.kind, "{}").format(printed))
    return "".join(steps)
