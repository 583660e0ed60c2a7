"""Whether a scenario supposes two things of one and the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jiaoheng import terms

if TYPE_CHECKING:
    from jiaoheng.forecast.scenario import Migration, Scenario

_EVER = 9999


def contradiction(scenario: Scenario, codes: Mapping[str, str]) -> tuple[str, str] | None:
    """The section that contradicts itself and what is wrong with it; None where nothing is.

    Parameters
    ----------
    codes : the code of each town by its name, so that a town is the same however it is called; may be empty,
        then only what is written alike is taken for the same.
    """
    for at, one in enumerate(scenario.migration):
        for other in scenario.migration[:at]:
            if _meet(one, other, codes):
                words = "「migration」有两条说同一些镇街、学段和年份。请合并成一条，或分开年份。"
                return "migration", words
    problem = _boarding(scenario, codes)
    return None if problem is None else ("boarding", problem)


def _boarding(scenario: Scenario, codes: Mapping[str, str]) -> str | None:
    moved: dict[tuple[str, str], float] = {}
    for move in scenario.boarding:
        named = _towns(move.from_, codes)
        for at, town in enumerate(named):
            if town == codes.get(move.to, move.to):
                return f"“{move.to}”既是转出的镇街，又是转入的镇街。请改正其中一个。"
            if town in named[:at]:
                return f"「boarding」的「from」把“{move.from_[at]}”写了两次。请删去一个。"
            moved[town, move.stage] = moved.get((town, move.stage), 0.0) + move.share
            if moved[town, move.stage] > 1.0:
                stage = terms.label("stage", move.stage)
                over = f"「boarding」让{move.from_[at]}的{stage}学生转出超过全部。"
                return f"{over}请把各条的 share 改到合计不超过 1。"
    return None


def _meet(one: Migration, other: Migration, codes: Mapping[str, str]) -> bool:
    same_stage = one.stage is None or other.stage is None or one.stage == other.stage
    shared = set(_towns(one.areas, codes)) & set(_towns(other.areas, codes))
    same_area = not one.areas or not other.areas or bool(shared)
    same_time = (one.from_ or 0) <= (other.until or _EVER) and (other.from_ or 0) <= (one.until or _EVER)
    return same_stage and same_area and same_time


def _towns(named: tuple[str, ...], codes: Mapping[str, str]) -> list[str]:
    return [codes.get(town, town) for town in named]
