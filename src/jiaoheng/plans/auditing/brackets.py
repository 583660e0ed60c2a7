"""Brackets and quotation marks that open and do not close, or close and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.check import Check, Found, each_text
from jiaoheng.plans.reading.flow import Flow

_PAIRS = {"(": ")", "（": "）", "《": "》", "“": "”", "[": "]", "【": "】", "〔": "〕"}
_OPENS = {closing: opening for opening, closing in _PAIRS.items()}
_ALIKE = str.maketrans("（）", "()")
"""Full and half width brackets may close each other."""
_MARKER = re.compile(r"(?:^|(?<=[。；：，、\s]))[\d一二三四五六七八九十a-zA-Z①-⑳]{1,3}[)）]")
"""A list's marker: 1) and 一）."""


@dataclass(frozen=True)
class _Alone:
    """A bracket without its other half: which, where in which flow."""

    sign: str
    flow: Flow
    at: int


def _unbalanced(audited: Audited) -> Iterator[Found]:
    flows = [paragraph.flow for paragraph in audited.paragraphs]
    for alone in _across_cuts([_alone(flow) for flow in flows]):
        start, end = max(0, alone.at - 10), min(len(alone.flow.text), alone.at + 11)
        side = audited.part(alone.flow, start, end)
        other = _PAIRS.get(alone.sign) or _OPENS[alone.sign]
        yield Found(f"「{side.quote}」里的「{alone.sign}」没有配对的「{other}」。请补上或删去。", (side,))


def _alone(flow: Flow) -> list[_Alone]:
    """The brackets of a paragraph that have no partner in it; of several of one kind the first."""
    text = flow.text.translate(_ALIKE)
    markers = {match.end() - 1 for match in _MARKER.finditer(text)}
    opened: list[_Alone] = []
    found: list[_Alone] = []
    for at, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append(_Alone(sign, flow, at))
        elif sign in _OPENS:
            last = next((i for i in range(len(opened) - 1, -1, -1) if opened[i].sign == _OPENS[sign]), None)
            if last is not None:
                found += opened[last + 1 :]
                del opened[last:]
            elif at not in markers:
                found.append(_Alone(sign, flow, at))
    ordered = sorted([*found, *opened], key=lambda alone: alone.at)
    return list({alone.sign: alone for alone in reversed(ordered)}.values())[::-1]


def _across_cuts(paragraphs: Sequence[list[_Alone]]) -> Iterator[_Alone]:
    """Without those that the next paragraph closes: a page, a table or a list may stand between."""
    waiting: list[_Alone] = []
    for alone in paragraphs:
        here = list(alone)
        for open_ in waiting:
            match = next((each for each in here if each.sign == _PAIRS[open_.sign]), None)
            if match is None:
                yield open_
            else:
                here.remove(match)
        yield from (each for each in here if each.sign not in _PAIRS)
        waiting = [each for each in here if each.sign in _PAIRS]
    yield from waiting


CHECKS = (
    Check(
        "bracket_alone",
        "文字",
        "括号引号不成对",
        "error",
        "一段之内（连同紧接的下一段）有括号、书名号或引号没有另一半；列表的 1）不算。",
        each_text(_unbalanced),
        text=True,
    ),
)
