"""Scoring counties by an appraisal's score card, with the answers that their people gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jiaoheng.measures.rules import in_force
from jiaoheng.packs import Catalogue
from jiaoheng.standards import scoring
from jiaoheng.standards.scoring import County, Rank, Scored, ScoredItem
from jiaoheng.workspace.assessing import answers_of
from jiaoheng.workspace.errors import WorkspaceError

if TYPE_CHECKING:
    from jiaoheng.workspace.workspace import Workspace


def score_all(
    workspaces: Sequence[Workspace], card: str, *, year: int | None = None, engine: str = "duckdb"
) -> tuple[Scored, ...]:
    """Score counties by one card, all by the rules of the first workspace.

    Parameters
    ----------
    year : the latest that all of them have, where None.

    Raises
    ------
    WorkspaceError
        Two workspaces are of one county, or there is no year that all have.
    """
    codes = [workspace.settings.region.code for workspace in workspaces]
    twice = next((one for place, one in enumerate(codes) if one in codes[:place]), None)
    if twice is not None:
        raise WorkspaceError(f"有两个工作区都是 {twice} 的。同一个县只能写一次，请去掉一个。")
    year = year or _common_year(workspaces)
    catalogue = workspaces[0].catalogue
    counties = [county(workspace, card, year=year, catalogue=catalogue) for workspace in workspaces]
    return scoring.score_counties(counties, card, catalogue=catalogue, engine=engine)


def county(workspace: Workspace, card: str, *, year: int, catalogue: Catalogue) -> County:
    """A county with what a card asks of it: the year's snapshot, former ones, and the answers."""
    rules = in_force(catalogue, year)
    chosen = scoring.card_named(rules, card)
    inputs = [one for item in rules.score_items_of(chosen) for one in item.inputs.values()]
    former = sorted({year - one.years_ago for one in inputs if one.years_ago} & set(workspace.years))
    of = [chosen.id, *sorted({rules.items[one.item].standard for one in inputs if one.item is not None})]
    answers = (answers_of(workspace.folder, id_, year) for id_ in of)
    return County(
        workspace.census(year),
        tuple(workspace.census(known) for known in former),
        tuple(one for one in answers if one is not None),
    )


def score_document(scored: Scored) -> dict[str, Any]:
    """A scored card as plain data, unrounded."""
    return {
        "card": scored.card.id.replace("_", "-"),
        "name": scored.card.name,
        "region": {"code": scored.unit, "name": scored.unit_name},
        "year": scored.year,
        "group": scored.group,
        "total": {"points": scored.card.total, "low": scored.low, "high": scored.high},
        "settled": scored.known,
        "blocks": [
            {"name": one.name, "points": one.points, "low": one.low, "high": one.high}
            for one in scored.blocks
        ],
        "items": [_item(one) for one in scored.items],
    }


def ranking_document(ranks: Sequence[Rank]) -> list[dict[str, Any]]:
    """Counties in their groups as plain data, with the whole card of each."""
    return [
        {"group": rank.group, "best": rank.best, "worst": rank.worst, **score_document(rank.scored)}
        for rank in ranks
    ]


def _item(one: ScoredItem) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "number": item.number,
        "name": item.name,
        "block": item.block,
        "points": item.points,
        "low": one.low,
        "high": one.high,
        "basis": one.basis,
        "case": one.case.says if one.case else None,
        "why": one.why,
        "regain": list(one.regain),
        "clause": item.clause,
        "unverified": item.unverified,
        "evidence": list(item.evidence),
        "inputs": [
            {
                "name": given.name,
                "label": given.label,
                "value": given.value,
                "unit": given.unit,
                "coverage": given.coverage,
                "reason": given.reason or None,
            }
            for given in one.given
        ],
    }


def _common_year(workspaces: Sequence[Workspace]) -> int:
    years = set.intersection(*(set(workspace.years) for workspace in workspaces))
    if not years:
        if len(workspaces) == 1:
            return workspaces[0].census().year
        raise WorkspaceError("这些工作区没有共同的年份，不能比较。请先给每一个导入同一年的数据。")
    return max(years)
