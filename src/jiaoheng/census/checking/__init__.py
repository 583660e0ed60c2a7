"""Holds a census to the checks of the packs: 逻辑校验 must be mended, 经验校验 may be explained.

``check`` gives the findings, with the cells of the files that they came from. The rules are data
(``packs/data/checks``); what the expression language cannot say is a small function in `rules`.
"""

from jiaoheng.census.checking.check import check
from jiaoheng.census.checking.finding import Explanation, Finding

__all__ = ["Explanation", "Finding", "check"]
