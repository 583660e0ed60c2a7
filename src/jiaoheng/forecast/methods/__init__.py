"""The methods of forecasting enrolment: the simple ones that ours is held against, and ours.

`OURS` is what a forecast is made with: progression ratios, pooled over areas as far as each area's own
history cannot be trusted, blended with the share that an area has and with a straight line. Parts add up to
their whole.
"""

from __future__ import annotations

from jiaoheng.forecast.method import Method
from jiaoheng.forecast.methods.blend import Blend, blended, learn
from jiaoheng.forecast.methods.choose import by_choice, choose
from jiaoheng.forecast.methods.coherence import coherent
from jiaoheng.forecast.methods.peers import PEERS, naive, progression, smoothed, trend
from jiaoheng.forecast.methods.pooled import pooled

POOLED = Method("pooled", "合并升级率法", pooled)
OURS = Method("blended", "教衡组合法", coherent(blended))

CANDIDATES = (OURS, POOLED, *PEERS)
"""What `choose` may choose from; the first one is taken unless another was clearly better."""

CHOSEN = Method("jiaoheng", "回测择优", coherent(by_choice(CANDIDATES)))
"""Each level takes what the back-test says; where it says nothing clear, it is `OURS`."""

METHODS = {method.id: method for method in CANDIDATES}

__all__ = [
    "CANDIDATES",
    "CHOSEN",
    "METHODS",
    "OURS",
    "PEERS",
    "POOLED",
    "Blend",
    "blended",
    "choose",
    "coherent",
    "learn",
    "naive",
    "pooled",
    "progression",
    "smoothed",
    "trend",
]
