"""The rules as data: YAML packs, one for each official document, loaded into frozen, validated models.

``load`` reads packs into a `Catalogue` of documents, parameters, facts, measures, checks of a census,
standards and score cards; ``builtin_paths`` names the packs that come with Jiaoheng, ``optional_paths``
those that a county may add to its own. `jiaoheng.packs.expression` is the language of their formulas, and
`jiaoheng.packs.layouts` holds the forms that bureaus hand in.
"""

from jiaoheng.packs.catalogue import Catalogue, Match
from jiaoheng.packs.census_check import KINDS, SEVERITIES, Check
from jiaoheng.packs.demands import Demand, demands
from jiaoheng.packs.grains import BASE_COLUMNS, COUNTY_COLUMNS, GROUPED_TABLES, ROW_TABLES, Grain, grain_of
from jiaoheng.packs.load import builtin_paths, load, optional_paths
from jiaoheng.packs.models import (
    STAGE_GROUPS,
    Alias,
    Document,
    Entry,
    Fact,
    Measure,
    Parameter,
    Records,
)
from jiaoheng.packs.score_card import Input, ScoreCard, ScoreCase, ScoreItem
from jiaoheng.packs.seat_warning import SeatWarning, WarningCase
from jiaoheng.packs.standard import (
    Applies,
    Exemption,
    Item,
    Op,
    Rule,
    Standard,
    Threshold,
    Tier,
    Within,
    Words,
)
from jiaoheng.packs.yaml_lines import PackError

__all__ = [
    "BASE_COLUMNS",
    "COUNTY_COLUMNS",
    "GROUPED_TABLES",
    "KINDS",
    "ROW_TABLES",
    "SEVERITIES",
    "STAGE_GROUPS",
    "Alias",
    "Applies",
    "Catalogue",
    "Check",
    "Demand",
    "Document",
    "Entry",
    "Exemption",
    "Fact",
    "Grain",
    "Input",
    "Item",
    "Match",
    "Measure",
    "Op",
    "PackError",
    "Parameter",
    "Records",
    "Rule",
    "ScoreCard",
    "ScoreCase",
    "ScoreItem",
    "SeatWarning",
    "Standard",
    "Threshold",
    "Tier",
    "WarningCase",
    "Within",
    "Words",
    "builtin_paths",
    "demands",
    "grain_of",
    "load",
    "optional_paths",
]
