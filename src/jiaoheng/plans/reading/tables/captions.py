"""The caption of a table: the lines that stand before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Source, Span

_NUMBERED = re.compile(
    r"(?:续?附?表|图表|专栏|附件)\s*[\d一二三四五六七八九十]*(?:[-—.．]\d+)?[\s:：.、]*(?P<title>.*)"
)
_UNIT = re.compile(r"[(（]?\s*(?:计量)?单位\s*[:：]\s*(?P<unit>[^)）]+?)\s*[)）]?")
_NAMING = re.compile(
    r"表|指标|目标|清单|一览|安排|任务|计划|规划|分工|项目|汇总|名单|明细|情况|体系|标准|方案"
)
_SENTENCE = re.compile(r"[。；;！!？?，,：:]$")
_MOST_LINES, _MOST_BLANKS, _LONGEST = 3, 3, 60


@dataclass(frozen=True)
class Caption:
    """A title with its place (None where there is none), and the unit of all values."""

    title: str = ""
    span: Span | None = None
    unit: str = ""


def before(source: Source, start: int) -> Caption:
    """The caption of the table whose first character stands at `start`."""
    unit = ""
    for line in _lines_before(source, start):
        words = source.plain[line.start : line.end]
        found = _UNIT.fullmatch(words)
        if found:
            unit = found["unit"].strip()
            continue
        title = _title(words)
        if title is None:
            return Caption(unit=unit)
        place, said = title
        said = source.text[line.start + place : line.start + place + len(said)]
        return Caption(said.strip(), line, unit)
    return Caption(unit=unit)


def is_caption(line: str) -> bool:
    """Whether a line (plain words) is a numbered caption (表1 …, 专栏2 …) or a unit line."""
    words = line.strip()
    return bool(_UNIT.fullmatch(words)) or (
        bool(_NUMBERED.fullmatch(words)) and len(words) <= _LONGEST and not _SENTENCE.search(words)
    )


def is_title(line: str) -> bool:
    """Whether a line (plain words) can be the title of a table."""
    return _title(line.strip()) is not None


def _title(words: str) -> tuple[int, str] | None:
    """Where in a line the title begins, and its words; None for a line that is no title."""
    if len(words) > _LONGEST or _SENTENCE.search(words):
        return None
    numbered = _NUMBERED.fullmatch(words)
    if numbered:
        return (numbered.start("title"), numbered["title"]) if numbered["title"] else (0, words)
    return (0, words) if _NAMING.search(words) else None


def _lines_before(source: Source, start: int) -> list[Span]:
    """The last lines before `start` that say something, the nearest first, each without its blanks."""
    found: list[Span] = []
    end, blanks = source.text.rfind("\n", 0, start), 0
    while end > 0 and len(found) < _MOST_LINES:
        begin = source.text.rfind("\n", 0, end) + 1
        words = source.plain[begin:end]
        if words.strip():
            left = len(words) - len(words.lstrip())
            found.append(Span(begin + left, begin + len(words.rstrip())))
            blanks = 0
        else:
            blanks += 1
            if blanks > _MOST_BLANKS:
                break
        end = begin - 1
    return found
