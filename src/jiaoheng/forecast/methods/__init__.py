"""The methods of forecasting enrolment: the simple ones that ours is held against, and ours.

`OURS` is what a forecast is made with: progression ratios, pooled over areas as far as each area's own
history cannot be trusted, blended with the share that an area has and with a straight line.
"""

from __future__ import annotations

from jiaoheng.forecast.method import Method
from jiaoheng.forecast.methods.blend import Blend, blended, learn
from jiaoheng.forecast.methods.peers import PEERS, naive, progression, smoothed, trend
from jiaoheng.forecast.methods.pooled import pooled

POOLED = Method("pooled", "合并升级率法", pooled)
OURS = Method("blended", "教衡组合法", blended)
METHODS = {method.id: method for method in (OURS, POOLED, *PEERS)}

__all__ = [
    "METHODS",
    "OURS",
    "PEERS",
    "POOLED",
    "Blend",
    "blended",
    "learn",
    "naive",
    "pooled",
    "progression",
    "smoothed",
    "trend",
]
