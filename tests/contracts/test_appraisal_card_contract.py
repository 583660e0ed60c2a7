"""The appraisal card: one stage short of four, and what 低于 means in its own words."""

from __future__ import annotations

import pytest
from contract import contract

from jiaoheng import measures
from jiaoheng.standards import Answers
from jiaoheng.standards.scoring import Given, Scored, Taken, card_named, conclude

W13 = contract("w13_appraisal_card")
STAGES = ("primary", "junior")


def scored(values: dict[str, dict[str, float]]) -> Scored:
    catalogue = measures.catalogue()
    card = card_named(catalogue, "jiangmen-appraisal-2022")
    given = {
        item.id: tuple(
            Given(name, name, values.get(item.id, {}).get(name), "", reason="未给") for name in item.inputs
        )
        for item in catalogue.score_items_of(card)
    }
    answers = Answers.model_validate({"for": card.id, "year": 2025})
    county = Taken("440703", "某县", given, answers)
    return conclude(card, [county], year=2025, catalogue=catalogue, engine="polars")[0]


def test_w13_one_stage_short_costs_four_of_sixteen() -> None:
    case = W13["qualification"]
    found = scored({f"jm_qualification_{stage}": {"share": share} for stage, share in case["shares"].items()})
    whole = found.indicator("教师高一级学历占比情况")
    assert (whole.points, whole.low, whole.high) == (case["of"], case["points"], case["points"])


@pytest.mark.parametrize("where", ["at_the_bound", "above"])
@pytest.mark.parametrize("stage", STAGES)
def test_w13_all_coefficients_at_once_or_nothing(stage: str, where: str) -> None:
    case = W13["balance"]
    values = {f"{each}_{place}": case["others"] for each in STAGES for place in range(1, 8)}
    values[f"{stage}_2"] = case[where][stage]
    assert scored({"jm_balance": values}).item("jm_balance").low == case["points"][where]
