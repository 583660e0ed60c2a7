"""Which sheets there are, in the order in which a person fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from jiaoheng.packs.census_check import Check
from jiaoheng.packs.models import Document, Fact, Measure, Parameter
from jiaoheng.packs.score_card import Input, ScoreCard, ScoreCase, ScoreItem
from jiaoheng.packs.seat_warning import SeatWarning, WarningCase
from jiaoheng.packs.sheets import codecs
from jiaoheng.packs.sheets.columns import Column, columns
from jiaoheng.packs.standard import Exemption, Item, Rule, Standard, Tier


@dataclass(frozen=True)
class SheetKind:
    """One sheet: its name, and the list of the pack whose entries are its rows.

    A sheet of a ``field`` holds what the entries of another sheet have several of: its first column names
    the entry that a row belongs to, and where the field is a mapping (``named``) its second the name.
    """

    name: str
    section: str
    model: type[BaseModel]
    field: str | None = None
    named: bool = False


DOCUMENT = "文件"
"""The sheet of the document: a field to a row, in place of a column."""

LAYOUT: tuple[SheetKind, ...] = (
    SheetKind("参数", "parameters", Parameter),
    SheetKind("统计项", "facts", Fact),
    SheetKind("指标", "measures", Measure),
    SheetKind("标准", "standards", Standard),
    SheetKind("合成规则", "standards", Rule, "rules"),
    SheetKind("等次", "standards", Tier, "tiers"),
    SheetKind("项目", "items", Item),
    SheetKind("例外", "items", Exemption, "exemptions"),
    SheetKind("评分表", "score_cards", ScoreCard),
    SheetKind("评分项", "score_items", ScoreItem),
    SheetKind("评分输入", "score_items", Input, "inputs", named=True),
    SheetKind("评分情形", "score_items", ScoreCase, "cases"),
    SheetKind("学位预警", "seat_warnings", SeatWarning),
    SheetKind("预警级别", "seat_warnings", WarningCase, "cases"),
    SheetKind("校验", "checks", Check),
)

OWNER = Column("所属编号", (), codecs.TEXT, required=True)
NAME = Column("变量名", (), codecs.TEXT, required=True)


_SELDOM = {"note", "unverified", "effective_from", "effective_to", "overrides"}


@cache
def columns_of(kind: SheetKind) -> tuple[Column, ...]:
    """All columns of a sheet: what a row belongs to comes first, what is seldom filled in last."""
    first = ((OWNER, NAME) if kind.named else (OWNER,)) if kind.field else ()
    return (*first, *sorted(columns(kind.model), key=lambda one: one.way[0] in _SELDOM))


@cache
def document_columns() -> tuple[Column, ...]:
    """The fields of the document."""
    return columns(Document)


@cache
def kind_named(name: str) -> SheetKind | None:
    """The sheet of that name."""
    return next((kind for kind in LAYOUT if kind.name == name), None)
