"""A pack: one YAML file for one official document, and all that it may define."""

from __future__ import annotations

from jiaoheng.packs.census_check import Check
from jiaoheng.packs.models import Document, Fact, Measure, Parameter, Strict
from jiaoheng.packs.score_card import ScoreCard, ScoreItem
from jiaoheng.packs.seat_warning import SeatWarning
from jiaoheng.packs.standard import Item, Standard


class Pack(Strict):
    """One YAML file."""

    document: Document
    parameters: tuple[Parameter, ...] = ()
    facts: tuple[Fact, ...] = ()
    measures: tuple[Measure, ...] = ()
    checks: tuple[Check, ...] = ()
    standards: tuple[Standard, ...] = ()
    items: tuple[Item, ...] = ()
    score_cards: tuple[ScoreCard, ...] = ()
    score_items: tuple[ScoreItem, ...] = ()
    seat_warnings: tuple[SeatWarning, ...] = ()
