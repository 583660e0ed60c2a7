"""The caption of a table: the lines that stand before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaoheng.plans.reading.source import Source, Span
from jiaoheng.plans.reading.tables import words
from jiaoheng.plans.reading.tables.cells import is_unit

_NUMBERED = re.compile(
    r"(?:续?附?表|图表|专栏|附件)\s*[\d一二三四五六七八九十]*(?:[-—.．]\d+)?[\s:：.、]*(?P<title>.*)"
)
_UNIT = re.compile(r"[(（]?\s*(?:计量)?单位\s*[:：]\s*(?P<unit>[^)）]+?)\s*[)）]?$")
_NAMING = re.compile(
    r"表|指标|目标|清单|一览|安排|任务|计划|规划|分工|项目|汇总|名单|明细|情况|体系|标准|方案"
)
_SECTION = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节编]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[.．、](?!\d)|[(（]\d+[)）]"
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
        said = source.plain[line.start : line.end]
        found = _UNIT.search(said)
        if found:
            unit = unit or (found["unit"].strip() if is_unit(found["unit"]) else "")
            line = Span(line.start, line.start + len(said[: found.start()].rstrip()))
            said = source.plain[line.start : line.end]
            if found.start() == 0:
                continue
        title = _title(said)
        if title is None:
            return Caption(unit=unit)
        place, name = title
        printed = source.text[line.start + place : line.start + place + len(name)]
        return Caption(printed.strip(), line, unit)
    return Caption(unit=unit)


def is_caption(line: str) -> bool:
    """Whether a line (plain words) is a numbered caption (表1 …, 专栏2 …) or a unit line."""
    said = line.strip()
    numbered = _NUMBERED.fullmatch(said) and len(said) <= _LONGEST and not _SENTENCE.search(said)
    return bool(_UNIT.fullmatch(said)) or bool(numbered)


def is_title(line: str) -> bool:
    """Whether a line (plain words) can be the title of a table."""
    return _title(line.strip()) is not None


def _title(line: str) -> tuple[int, str] | None:
    """Where in a line the title begins, and its words; None for a line that is no title."""
    if len(line) > _LONGEST or _SENTENCE.search(line):
        return None
    numbered = _NUMBERED.fullmatch(line)
    if numbered:
        return (numbered.start("title"), numbered["title"]) if numbered["title"] else (0, line)
    return (0, line) if _NAMING.search(line) and not _SECTION.match(line) else None


def _lines_before(source: Source, start: int) -> list[Span]:
    """The last lines before `start` that say something, the nearest first, each without blanks and markup."""
    found: list[Span] = []
    end, blanks = source.text.rfind("\n", 0, start), 0
    while end > 0 and len(found) < _MOST_LINES:
        begin = source.text.rfind("\n", 0, end) + 1
        line = words.cell(source, begin, end)
        if line.span is not None:
            found.append(line.span)
            blanks = 0
        else:
            blanks += 1
            if blanks > _MOST_BLANKS:
                break
        end = begin - 1
    return found
