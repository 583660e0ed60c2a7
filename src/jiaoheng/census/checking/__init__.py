"""Holds a census to the checks of the packs: 逻辑校验 must be mended, 经验校验 may be explained.

``check`` gives the findings, with the cells of the files that they came from. The rules are data
(``packs/data/checks``); what the expression language cannot say is a small function in `rules`.
``write_results`` and ``read_answers`` are the workbook that people explain findings in, ``load``, ``taken``
and ``save`` keep what they said, ``mark`` gives a user's own workbooks back with the failing cells marked.
"""

from jiaoheng.census.checking.check import check
from jiaoheng.census.checking.difference import Difference, difference
from jiaoheng.census.checking.explanations import ExplanationError, explained, load, save, taken
from jiaoheng.census.checking.finding import Explanation, Finding
from jiaoheng.census.checking.marking import Marked, mark
from jiaoheng.census.checking.result_book import places_text
from jiaoheng.census.checking.result_book import read as read_answers
from jiaoheng.census.checking.result_book import write as write_results

__all__ = [
    "Difference",
    "Explanation",
    "ExplanationError",
    "Finding",
    "Marked",
    "check",
    "difference",
    "explained",
    "load",
    "mark",
    "places_text",
    "read_answers",
    "save",
    "taken",
    "write_results",
]
