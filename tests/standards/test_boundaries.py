"""Every comparator of every item of every pack, at its threshold and a hair to either side of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from every_pack import every_catalogue, every_item
from exact import compared

from jiaoheng import engine as engines
from jiaoheng import measures
from jiaoheng.packs import Exemption, Item
from jiaoheng.standards.answers import Answer, Answers
from jiaoheng.standards.judge import judged
from jiaoheng.standards.questions import CONDITION, THRESHOLD, WITHIN, name_of
from jiaoheng.standards.values import item_rows

DAY = date(2025, 9, 1)
CATALOGUE = every_catalogue()
COMPARED = [item for item in every_item(CATALOGUE) if item.op is not None]
STEPS = [Fraction(step) for step in ("1", "0.01", "0.001", "0.000001")]

Bounds = tuple[Fraction, Fraction | None]


def at_stage(value: object, stage: str | None) -> Fraction:
    """A threshold as it is written; one that is worked out for each school is taken to be 3.7."""
    if isinstance(value, dict):
        assert stage is not None
        return Fraction(str(value[stage]))
    return Fraction("3.7") if isinstance(value, str) else Fraction(str(value))


def bounds(item: Item, stage: str | None) -> Bounds:
    first = at_stage(item.value, stage)
    if item.within is None:
        return first, None
    if item.within.share is not None:
        return first, first * Fraction(str(item.within.share))
    mild = Fraction("1.3") if isinstance(item.within.value, str) else at_stage(item.within.value, stage)
    return first, mild


def stages(item: Item) -> tuple[str | None, ...]:
    rows = CATALOGUE.measures[item.measure].rows if item.measure else ()
    return tuple(row for row in rows if not item.stages or row in item.stages) or (None,)


def around(bound: Fraction) -> Iterator[tuple[float, Fraction]]:
    """Values about a bound: as the float that a census or a division gives, and what it stands for.

    The next floats stand for the bound itself: no census can tell them from it.
    """
    middle = float(bound)
    yield middle, bound
    if bound:  # a count is 0 or it is not
        yield math.nextafter(middle, math.inf), bound
        yield math.nextafter(middle, -math.inf), bound
    for step in STEPS:
        yield float(bound + step), bound + step
        yield float(bound - step), bound - step


def expected(value: Fraction, op: str, first: Fraction, second: Fraction | None) -> str:
    if compared(value, op, first):
        return "met"
    return "within" if second is not None and compared(value, op, second) else "failed"


def cases(item: Item, stage: str | None) -> list[tuple[float, str]]:
    assert item.op
    first, second = bounds(item, stage)
    values = [*around(first), *(around(second) if second is not None else ())]
    return [(value, expected(stands_for, item.op, first, second)) for value, stands_for in values]


def table(measure: str, rows: list[tuple[str, str | None, float | None]]) -> pl.DataFrame:
    """Values as measures give them: school or county, stage, value."""
    blank = {"measure": measure, "key_name": "", "numerator": None, "denominator": None, "reason": None}
    made = [
        blank
        | {"key": key, "stage": stage, "value": value, "status": "known" if value is not None else "unknown"}
        for key, stage, value in rows
    ]
    wanted = {name: dtype for name, dtype in measures.SCHEMA.items() if name in {*blank, *made[0]}}
    return pl.DataFrame(made, schema=wanted)


def asked(item: Item, keys: list[tuple[str, str | None]]) -> list[pl.DataFrame]:
    """What thresholds that are expressions, and the condition of ``applies``, come out as."""
    found = []
    if isinstance(item.value, str):
        found.append(table(name_of(item, THRESHOLD), [(*key, 3.7) for key in keys]))
    if item.within and isinstance(item.within.value, str):
        found.append(table(name_of(item, WITHIN), [(*key, 1.3) for key in keys]))
    if item.applies:
        found.append(table(name_of(item, "applies"), [(*key, 1.0) for key in keys]))
    for one in item.exemptions:
        if one.when:
            found.append(table(name_of(item, CONDITION, one), [(*key, 0.0) for key in keys]))
    return found


def verdicts(item: Item, stage: str | None, values: list[float], *more: pl.DataFrame) -> list[str]:
    keys: list[tuple[str, str | None]] = [(f"{place:04}", stage) for place in range(len(values))]
    own = table(item.measure or "", [(*key, value) for key, value in zip(keys, values, strict=True)])
    computed = pl.concat([own, *asked(item, keys), *more])
    rows = item_rows(item, computed, CATALOGUE, unit="441284", day=DAY, answers=None)
    return rows["verdict"].to_list()


@pytest.mark.parametrize("item", [one for one in COMPARED if one.declared is None], ids=lambda item: item.id)
def test_an_item_is_judged_as_its_comparator_says(item: Item) -> None:
    for stage in stages(item):
        made = cases(item, stage)
        assert verdicts(item, stage, [value for value, _ in made]) == [verdict for _, verdict in made], stage
        assert {"met", "failed"} <= {verdict for _, verdict in made}
        assert (item.within is not None) == ("within" in {verdict for _, verdict in made})


@pytest.mark.parametrize("item", [one for one in COMPARED if one.declared], ids=lambda item: item.id)
def test_a_declared_number_is_judged_as_its_comparator_says(item: Item) -> None:
    for value, verdict in cases(item, None):
        said = Answers.model_validate(
            {"for": item.standard, "year": 2025, "answers": {item.id: Answer(value=value).model_dump()}}
        )
        rows = item_rows(item, table("", [("", None, None)]), CATALOGUE, unit="441284", day=DAY, answers=said)
        assert rows["verdict"].to_list() == [verdict], value


@pytest.mark.parametrize("item", COMPARED, ids=lambda item: item.id)
def test_what_is_not_known_is_neither_met_nor_failed(item: Item) -> None:
    stage = stages(item)[0]
    own = table(item.measure or "", [("0001", stage, None)])
    computed = pl.concat([own, *asked(item, [("0001", stage)])])
    rows = item_rows(item, computed, CATALOGUE, unit="441284", day=DAY, answers=None)
    assert rows["verdict"].to_list() == ["unknown"]


WAYS = [(item, one) for item in COMPARED for one in item.exemptions if item.declared is None]


@pytest.mark.parametrize(("item", "way"), WAYS, ids=[f"{item.id}-{one.id}" for item, one in WAYS])
def test_an_exemption_decides_only_where_it_holds(item: Item, way: Exemption) -> None:
    alone = item.model_copy(update={"exemptions": (way,)})
    day = way.effective_to or way.effective_from or DAY
    promised = Answers.model_validate(
        {"for": item.standard, "year": 2025, "answers": {way.id: Answer(value=True).model_dump()}}
    )
    for stage in stages(item):
        own, others, plain, eased = eased_cases(item, way, stage)
        keys: list[tuple[str, str | None]] = [(f"{place:04}", stage) for place in range(len(own))]
        frames = [table(item.measure or "", with_values(keys, own))]
        frames += [table(way.measure, with_values(keys, others))] if way.measure else []
        frames += asked(item.model_copy(update={"exemptions": ()}), keys)
        if isinstance(way.value, str):
            frames.append(table(name_of(item, THRESHOLD, way), [(*key, 3.7) for key in keys]))
        for holds, answers in product((1.0, 0.0), (promised, None)):
            condition = [table(name_of(item, CONDITION, way), [(*key, holds) for key in keys])]
            computed = pl.concat([*frames, *(condition if way.when else [])])
            rows = item_rows(alone, computed, CATALOGUE, unit="441284", day=day, answers=answers)
            decides = (not way.when or holds == 1) and (not way.needs or answers is not None)
            assert rows["verdict"].to_list() == (eased if decides else plain), (stage, holds, answers)


def eased_cases(
    item: Item, way: Exemption, stage: str | None
) -> tuple[list[float], list[float], list[str], list[str]]:
    """Values of the item, values that the exemption looks at, and the verdicts without and with it."""
    assert item.op
    first, mild = bounds(item, stage)
    bound = first if way.value is None else at_stage(way.value, stage)
    others = list(around(bound))
    # An exemption that looks at another measure decides where the item's own fails by far.
    far = first / 2 - 1 if item.op in (">=", ">") else first * 2 + 1
    own = [(float(far), far)] * len(others) if way.measure else others
    plain = [expected(exactly, item.op, first, mild) for _, exactly in own]
    other = [expected(exactly, item.op, bound, None if way.value else mild) for _, exactly in others]
    order = ("failed", "within", "met")
    eased = [
        ("met" if one == "met" else "not_applicable") if way.excuses else max(one, another, key=order.index)
        for one, another in zip(plain, other, strict=True)
    ]
    return [value for value, _ in own], [value for value, _ in others], plain, eased


def with_values(
    keys: list[tuple[str, str | None]], values: list[float]
) -> list[tuple[str, str | None, float | None]]:
    return [(*key, value) for key, value in zip(keys, values, strict=True)]


def test_every_engine_judges_every_boundary_alike(engine_name: str) -> None:
    rows = [
        {
            "value": value,
            "op": item.op,
            "threshold": float(bounds(item, stage)[0]),
            "within": None if (mild := bounds(item, stage)[1]) is None else float(mild),
            "status": "known",
            "wanted": verdict,
        }
        for item in COMPARED
        for stage in stages(item)
        for value, verdict in cases(item, stage)
    ]
    rows += [rows[0] | {"value": None, "status": "unknown", "wanted": "unknown"}]
    rows += [rows[0] | {"status": "not_applicable", "wanted": "not_applicable"}]
    schema = {"value": pl.Float64, "op": pl.String, "threshold": pl.Float64, "within": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema | {"status": pl.String, "wanted": pl.String})
    with engines.open(engine_name) as engine:
        found = judged(engine.from_arrow(frame.to_arrow())).collect("polars").to_native()
    assert len(found) == len(rows)
    wrong = found.filter(pl.col("verdict") != pl.col("wanted"))
    assert wrong.is_empty(), wrong


def test_no_comparator_of_a_pack_is_left_out() -> None:
    assert {item.op for item in COMPARED} >= {">=", ">", "<="}
    assert len(COMPARED) > 40
    assert {item.standard for item in COMPARED} >= {"quality_balance_2017", "size_and_class"}
