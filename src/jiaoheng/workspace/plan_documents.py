"""A plan that was read, as plain data for programs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from jiaoheng.plans import Commitment, Indicator, Plan


def plan_document(plan: Plan, text: str | None = None) -> dict[str, Any]:
    """All that a plan says; one entry for each target year of an indicator (one without
    target where the plan prints none), places beside what they show.

    Parameters
    ----------
    text : the text as read, into which the offsets point; with it each quote is exactly what stands between
        its offsets. Without it quotes are as the plan file has them, in one line.
    """
    entries: dict[str, Any] = {
        "title": plan.title,
        "number": plan.number,
        "issuer": plan.issuer,
        "region": _plain(plan.region),
        "period": _plain(plan.period),
        "published": plan.published.isoformat() if plan.published else None,
        "document": _plain(plan.document),
        "sections": [_plain(each) for each in plan.sections],
        "indicators": [entry for each in plan.indicators for entry in _indicator(each)],
        "commitments": [_commitment(each) for each in plan.commitments],
        "tasks": [_placed(each) for each in plan.tasks],
        "projects": [_placed(each) for each in plan.projects],
        "allocations": [_placed(each) for each in plan.allocations],
        "score_cards": [
            _placed(each) | {"items": [_placed(item) for item in each.items]} for each in plan.score_cards
        ],
        "doubts": [_placed(each) for each in plan.doubts],
    }
    return entries if text is None else _verbatim(entries, text)


def _indicator(indicator: Indicator) -> list[dict[str, Any]]:
    whole = _placed(indicator)
    targets = whole.pop("targets")
    return [whole | {"target": target} for target in targets or [None]]


def _commitment(commitment: Commitment) -> dict[str, Any]:
    entry = _placed(commitment)
    target: dict[str, Any] = entry.pop("target")
    return {"subject": entry.pop("subject"), **target, **entry}


def _placed(item: BaseModel) -> dict[str, Any]:
    """An item with its place among its own keys."""
    entry = _plain(item)
    passage: dict[str, Any] = entry.pop("passage")
    return {**entry, **passage}


def _verbatim(value: Any, text: str) -> Any:
    """`value` with the quote of every place in it as it stands in `text`."""
    if isinstance(value, list):
        return [_verbatim(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    entry = {key: _verbatim(each, text) for key, each in value.items()}
    if "quote" in entry and entry["start"] is not None and entry["end"] is not None:
        entry["quote"] = text[entry["start"] : entry["end"]]
    return entry


def _plain(item: BaseModel) -> dict[str, Any]:
    entry: dict[str, Any] = item.model_dump(mode="json")
    return entry
