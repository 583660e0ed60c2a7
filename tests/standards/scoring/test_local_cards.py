"""Cards of a county's own: every kind of input and case, and what is advised to win points back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from card_inputs import taken

from jiaoheng import measures
from jiaoheng.packs import Catalogue
from jiaoheng.packs.yaml_lines import PackError
from jiaoheng.standards.scoring import ScoredItem, card_named, conclude

DOCUMENT = {
    "id": "local-card",
    "title": "本县考核表",
    "issuer": "县教育局",
    "date": None,
    "effective_from": "2020-01-01",
    "source": "自编",
}


def item(id_: str, points: float, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "card": "local_card",
        "block": "一",
        "name": id_,
        "points": points,
        "kind": "quantitative",
        "clause": "第一条",
        **more,
    }


def catalogue_of(folder: Path, items: list[dict[str, Any]], **card: Any) -> Catalogue:
    total = sum(one["points"] for one in items)
    pack = {
        "document": DOCUMENT,
        "score_cards": [{"id": "local_card", "name": "本县考核", "total": total, "clause": "全表", **card}],
        "score_items": items,
    }
    path = folder / "local.yaml"
    path.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), "utf-8")
    return measures.catalogue(folder)


def scored(
    catalogue: Catalogue, values: dict[str, dict[str, Any]], engine: str = "polars"
) -> list[ScoredItem]:
    card = card_named(catalogue, "local-card")
    county = taken(catalogue, card, values)
    return list(conclude(card, [county], year=2025, catalogue=catalogue, engine=engine)[0].items)


NUMBER = {"x": {"declared": "number", "asks": "数"}}


def test_the_first_case_that_holds_decides_and_points_stay_within_the_items_own(
    tmp_path: Path, engine_name: str
) -> None:
    cases = [{"when": "x > 10", "points": 1, "says": "大"}, {"points": "x - 5", "says": "按比例"}]
    catalogue = catalogue_of(tmp_path, [item("a", 4, inputs=NUMBER, cases=cases)])
    expected = {11.0: 1, 10.0: 4, 8.5: 3.5, 5.0: 0, 1.0: 0}
    for value, points in expected.items():
        (found,) = scored(catalogue, {"a": {"x": value}}, engine_name)
        assert (found.low, found.high) == (points, points)


def test_where_no_case_holds_there_are_no_points(tmp_path: Path) -> None:
    catalogue = catalogue_of(
        tmp_path, [item("a", 4, inputs=NUMBER, cases=[{"when": "x > 10", "points": 4, "says": "大"}])]
    )
    (found,) = scored(catalogue, {"a": {"x": 3}})
    assert (found.low, found.high, found.basis) == (0, 0, "no_case")


def test_cases_that_all_give_the_same_need_no_answer(tmp_path: Path) -> None:
    cases = [{"when": "x > 10", "points": 2, "says": "大"}, {"points": 2, "says": "小"}]
    catalogue = catalogue_of(tmp_path, [item("a", 4, inputs=NUMBER, cases=cases)])
    (found,) = scored(catalogue, {})
    assert (found.low, found.high, found.basis) == (2, 2, "any_case")


def test_without_reallocation_what_does_not_apply_wins_nothing(tmp_path: Path) -> None:
    yes = {**NUMBER, "yes": {"declared": "yes_no", "asks": "是否有任务"}}
    items = [
        item("a", 6, inputs=NUMBER, cases=[{"points": "x", "says": "按数"}]),
        item("b", 4, inputs=yes, applies="yes", cases=[{"points": "x", "says": "按数"}]),
    ]
    given = {"a": {"x": 3}, "b": {"x": 4, "yes": False}}
    assert scored(catalogue_of(tmp_path, items), given)[1].high == 0
    shared = scored(catalogue_of(tmp_path, items, reallocation="pro_rata"), given)[1]
    assert (shared.low, shared.high) == (2, 2)


def test_advice_names_the_distance_and_never_asks_to_make_a_measure_worse(tmp_path: Path) -> None:
    share = {"share": {"measure": "public_share_compulsory"}}
    cases = [
        {"when": "share < 50", "points": 4, "says": "低"},
        {"when": "share >= 95", "points": 3, "says": "高"},
        {"points": 0, "says": "中"},
    ]
    catalogue = catalogue_of(tmp_path, [item("a", 4, inputs=share, cases=cases)])
    (found,) = scored(catalogue, {"a": {"share": 80.0}})
    (advice,) = found.regain
    assert "再提高 15 个百分点（达到 95%），得 3 分" in advice


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"points": 4, "cases": [{"points": 5, "says": "多"}]}, "超过本项满分"),
        ({"points": 4, "cases": [{"when": "y > 1", "points": 1, "says": "无"}]}, "y"),
        ({"points": 4, "scored": "people", "cases": [{"points": 1, "says": "多"}]}, "由人评分的应写"),
        (
            {"points": 4, "inputs": {"x": {"declared": "number"}}, "cases": [{"points": 1, "says": "一"}]},
            "asks",
        ),
        (
            {
                "points": 4,
                "inputs": {
                    "x": {"declared": "number", "asks": "甲", "key": "same"},
                    "y": {"declared": "number", "asks": "乙", "key": "same"},
                },
                "cases": [{"points": 1, "says": "一"}],
            },
            "已用于另一个问题",
        ),
    ],
)
def test_a_card_that_cannot_be_scored_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(PackError, match=r"local\.yaml:\d+") as told:
        catalogue_of(tmp_path, [item("a", **{"inputs": NUMBER, **change})])
    assert says in str(told.value)
