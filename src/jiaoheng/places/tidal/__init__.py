"""Tidal seats 潮汐学位: which rooms serve which stage in which year, so that least must be built anew."""

from __future__ import annotations

from jiaoheng.places.tidal.check import Checked, check
from jiaoheng.places.tidal.problem import (
    Build,
    Move,
    Problem,
    Schedule,
    Score,
    Site,
    Temporary,
    TidalError,
)
from jiaoheng.places.tidal.rules import GRADES, STAGES, Conversion, Rules, Stage, read_rules
from jiaoheng.places.tidal.sentences import TIDAL, frame, sentences
from jiaoheng.places.tidal.sites import demand_of, problem_of, sites_of
from jiaoheng.places.tidal.solve import Tidal, plan

__all__ = [
    "GRADES",
    "STAGES",
    "TIDAL",
    "Build",
    "Checked",
    "Conversion",
    "Move",
    "Problem",
    "Rules",
    "Schedule",
    "Score",
    "Site",
    "Stage",
    "Temporary",
    "Tidal",
    "TidalError",
    "check",
    "demand_of",
    "frame",
    "plan",
    "problem_of",
    "read_rules",
    "sentences",
    "sites_of",
]
