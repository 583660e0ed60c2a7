"""Seats 学位: supply, demand, gap and warning; capacity that moves between stages over the wave.

Nothing is drawn here: `reports` does that.
"""

from __future__ import annotations

from jiaoheng.places.flows import FLOWS, Flows, flows
from jiaoheng.places.gap import GAP, Gap, gap_of
from jiaoheng.places.supply import NORMS, STAGES, Basis, Supply, supply
from jiaoheng.places.supposed import SeatsError, Supposed, read_supposed
from jiaoheng.places.warning import WARNED, warned

__all__ = [
    "FLOWS",
    "GAP",
    "NORMS",
    "STAGES",
    "WARNED",
    "Basis",
    "Flows",
    "Gap",
    "SeatsError",
    "Supply",
    "Supposed",
    "flows",
    "gap_of",
    "read_supposed",
    "supply",
    "warned",
]
