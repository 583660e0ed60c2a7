"""Counties made for the tests of remedy: a rule, random schools, and costs."""

from __future__ import annotations

import random
from fractions import Fraction

from jiaoheng.standards.remedy.costs import Change, Costs
from jiaoheng.standards.remedy.problem import Item, Problem, Rule, SchoolStage, exact

ITEMS = tuple(
    Item(f"m{k}", name, unit, unit, factor)
    for k, (name, unit, factor) in enumerate(
        [
            ("高学历教师", "人", 100),
            ("骨干教师", "人", 100),
            ("体艺教师", "人", 100),
            ("教学用房", "平方米", 1),
            ("运动场馆", "平方米", 1),
            ("设备", "元", 1),
            ("多媒体教室", "间", 100),
        ]
    )
)
LEVELS = {
    "primary": exact(["4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3"]),
    "junior": exact(["5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4"]),
}
RULE = Rule(
    LEVELS,
    {stage: tuple(level * Fraction("0.85") for level in row) for stage, row in LEVELS.items()},
    {"primary": (0.5,) * 7, "junior": (0.45,) * 7},
    6,
)
COSTS = Costs(
    horizon_years=5,
    changes=(
        Change(name="招聘教师", kind="hire", raises=("m0",), cost=110_000, per="year"),
        Change(name="招聘体艺教师", kind="hire", raises=("m0", "m2"), cost=115_000, per="year"),
        Change(name="提升学历", kind="train", raises=("m0",), cost=12_000, share_limit=0.1),
        Change(name="认定骨干", kind="train", raises=("m1",), cost=8_000, share_limit=0.05),
        Change(name="骨干交流", kind="move", raises=("m0", "m1"), cost=10_000, share_limit=0.1),
        Change(name="体艺交流", kind="move", raises=("m0", "m2"), cost=8_000, share_limit=0.1),
        Change(name="建教学用房", kind="add", raises=("m3",), cost=3_500),
        Change(name="建运动场馆", kind="add", raises=("m4",), cost=600),
        Change(name="添置设备", kind="add", raises=("m5",), cost=1, step=100),
        Change(name="建多媒体教室", kind="add", raises=("m6",), cost=60_000, whole=True),
    ),
)


def county(schools: int, seed: int, *, spread: float = 0.5) -> Problem:
    """Schools of all kinds around the thresholds; one in seven has both stages and shares its premises."""
    chance = random.Random(seed)
    rows: list[SchoolStage] = []
    for i in range(schools):
        area = f"area{i % 8}"
        if chance.random() < 0.15:
            rows += _nine_year(chance, i, area, spread)
            continue
        stage = "primary" if chance.random() < 0.7 else "junior"
        pupils = round(min(2400, max(60, chance.lognormvariate(6.3, 0.8))))
        amounts = tuple(_amount(chance, stage, k, pupils, spread) for k in range(7))
        rows.append(
            SchoolStage(f"s{i}", f"学校{i}", stage, pupils, amounts, teachers=pupils // 15, area=area)
        )
    return Problem(ITEMS, tuple(rows), RULE)


def _nine_year(chance: random.Random, i: int, area: str, spread: float) -> list[SchoolStage]:
    pupils = {"primary": chance.randint(200, 900), "junior": chance.randint(100, 600)}
    weights = {"primary": pupils["primary"], "junior": 1.1 * pupils["junior"]}
    whole = [_amount(chance, "primary", k, round(sum(weights.values())), spread) for k in range(3, 7)]
    rows = []
    for stage, count in pupils.items():
        share = weights[stage] / sum(weights.values())
        own = [_amount(chance, stage, k, count, spread) for k in range(3)]
        amounts = (*own, *(share * amount for amount in whole))
        rows.append(
            SchoolStage(
                f"s{i}",
                f"学校{i}",
                stage,
                count,
                amounts,
                share=share,
                alone=False,
                teachers=count // 14,
                area=area,
            )
        )
    return rows


def _amount(chance: random.Random, stage: str, k: int, pupils: int, spread: float) -> float:
    value = float(LEVELS[stage][k]) * pupils / ITEMS[k].factor * 1.05 * chance.lognormvariate(0, spread)
    return value if k in (3, 4, 5) else float(round(value))
