"""Who crosses between towns: margins are kept, most stay, what was counted is kept, nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from altered_census import Altered
from hypothesis import given
from hypothesis import strategies as st

from jiaoheng.forecast import Outlook
from jiaoheng.forecast.enrolment import enrolment
from jiaoheng.packs.yaml_lines import PackError
from jiaoheng.places import SeatsError, gap_of, read_supposed, supply, warned
from jiaoheng.places.decompose import decompose
from jiaoheng.places.flows import flows
from jiaoheng.workspace import Workspace

_AREAS = ("a", "b", "c")


class _Census:
    """As many tables as flows need: children by town, all of one age that counts, and one school a town."""

    def __init__(self, lives: list[int], studies: list[int], *, missing: str = "") -> None:
        self._lives, self._studies, self._missing = lives, studies, missing

    def table(self, name: str) -> pl.DataFrame:
        rows: list[dict[str, object]] = []
        for area, lives, studies in zip(_AREAS, self._lives, self._studies, strict=True):
            if name == "areas":
                rows.append({"area_code": area, "name": f"{area}镇"})
            elif name == "schools":
                rows.append({"school_code": area, "area_code": area})
            elif name == "school_stages":
                rows.append({"school_code": area, "stage": "junior", "pupils": studies})
            else:
                there = (lives, 0, 0) if area != self._missing else (lives, 0)
                rows += [
                    {"area_code": area, "age": 12 + at, "resident": each} for at, each in enumerate(there)
                ]
        return _Rows(rows)  # type: ignore[return-value]


class _Rows:
    def __init__(self, rows: list[dict[str, object]]) -> None:
        self._rows = rows

    def to_pylist(self) -> list[dict[str, object]]:
        return self._rows


def _of(lives: list[int], studies: list[int], text: str = "", folder: Path | None = None) -> np.ndarray:
    declared = ()
    if folder is not None:
        (folder / "seats.yaml").write_text(text, "utf-8")
        declared = read_supposed(folder).flows
    found, _ = flows(_Census(lives, studies), _AREAS, declared)  # type: ignore[arg-type]
    return found["junior"].pupils


def test_pupils_stay_where_they_can_and_the_rest_go_where_seats_are_taken_from_outside() -> None:
    """100 live in a, 60 in b, 40 in c; 150, 30, 20 study there: 30 and 20 must go to a, nobody else moves."""
    assert _of([100, 60, 40], [150, 30, 20]).tolist() == [[100, 0, 0], [30, 30, 0], [20, 0, 20]]


def test_children_are_scaled_to_the_pupils_there_are() -> None:
    assert _of([200, 120, 80], [150, 30, 20]).tolist() == [[100, 0, 0], [30, 30, 0], [20, 0, 20]]


@given(
    st.lists(st.integers(0, 900), min_size=3, max_size=3),
    st.lists(st.integers(0, 900), min_size=3, max_size=3),
)
def test_both_margins_are_kept_and_no_fewer_could_cross(lives: list[int], studies: list[int]) -> None:
    if not sum(lives) or not sum(studies):
        return
    pupils = _of(lives, studies)
    wanted = np.array(lives) * sum(studies) / sum(lives)
    assert (pupils >= 0).all()
    np.testing.assert_allclose(pupils.sum(axis=1), wanted, atol=1e-3)
    np.testing.assert_allclose(pupils.sum(axis=0), studies, atol=1e-3)
    crossing = pupils.sum() - np.trace(pupils)
    assert crossing == pytest.approx(np.maximum(np.array(studies) - wanted, 0).sum(), abs=1e-2)


def test_what_was_counted_is_kept_and_the_rest_fits_around_it(tmp_path: Path) -> None:
    text = "flows: [{lives: b镇, studies: c镇, stage: 初中, pupils: 10}]\n"
    pupils = _of([100, 60, 40], [150, 30, 20], text, tmp_path)
    assert pupils[1, 2] == 10
    np.testing.assert_allclose(pupils.sum(axis=1), [100, 60, 40], atol=1e-3)
    np.testing.assert_allclose(pupils.sum(axis=0), [150, 30, 20], atol=1e-3)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{lives: b镇, studies: d镇, stage: 初中, pupils: 1}", r":1: .*没有镇街“d镇”"),
        ("{lives: b镇, studies: b镇, stage: 初中, pupils: 1}", r":1: .*没有跨镇街"),
        ("{lives: b镇, studies: a镇, stage: 初中, pupils: -1}", r":1: "),
        ("{lives: b镇, studies: a镇, stage: 中等职业教育, pupils: 1}", r":1: .*不按居住地"),
        ("{lives: b镇, studies: a镇, stage: 初中, pupils: 61}", r":1: .*多于折算的 60 人"),
        ("{lives: a镇, studies: c镇, stage: 初中, pupils: 21}", r":1: .*多于在校生 20 人"),
        ("{lives: b镇, studies: a镇, stage: 初中, pupils: 0}", r"合不上"),
    ],
)
def test_flows_that_cannot_be_are_refused_with_their_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises((SeatsError, PackError), match=problem):
        _of([100, 60, 40], [150, 30, 20], f"flows: [{line}]\n", tmp_path)


def test_a_pair_of_towns_is_declared_once(tmp_path: Path) -> None:
    line = "{lives: b镇, studies: a镇, stage: 初中, pupils: 3}"
    with pytest.raises(PackError, match="写了两次"):
        _of([100, 60, 40], [150, 30, 20], f"flows: [{line}, {line}]\n", tmp_path)


def test_a_town_without_ages_leaves_the_stage_as_it_is_and_says_so() -> None:
    census = _Census([100, 60, 40], [150, 30, 20], missing="b")
    found, notes = flows(census, _AREAS)  # type: ignore[arg-type]
    assert not found
    assert notes == ("初中：有镇街没有分年龄的人口，不能推算跨镇街就读，仍按就读地计。",)


@pytest.fixture(scope="module")
def outlook(sihui: Workspace) -> Outlook:
    return enrolment(sihui, until=2030, draws=200)


def test_pupils_counted_where_they_live_add_up_to_the_same_county(sihui: Workspace, outlook: Outlook) -> None:
    seats = supply(sihui.census())
    crossing, notes = flows(sihui.census(), outlook.areas)
    studying, living = gap_of(outlook, seats), gap_of(outlook, seats, flows=crossing)
    assert any("至少有" in note for note in notes)
    whole = pl.col("area").is_null()
    for column in ("demand", "gap", "shortage_chance"):
        np.testing.assert_allclose(
            living.frame.filter(whole)[column], studying.frame.filter(whole)[column], rtol=1e-4, atol=0.02
        )
    towns = pl.col("area").is_not_null() & (pl.col("stage") == "primary") & (pl.col("year") == 2026)
    here, there = living.frame.filter(towns)["demand"], studying.frame.filter(towns)["demand"]
    assert here.sum() == pytest.approx(there.sum())
    assert (here - there).abs().max() > 1.0
    assert decompose(living, "primary", 2028, area=outlook.areas[0]) is None
    assert decompose(living, "primary", 2028) == decompose(studying, "primary", 2028)


def test_the_intake_rule_looks_at_entrants_where_they_live(sihui: Workspace, outlook: Outlook) -> None:
    crossing, _ = flows(sihui.census(), outlook.areas)
    gap = gap_of(outlook, supply(sihui.census()), flows=crossing)
    rule = sihui.catalogue.seat_warnings["hangzhou_seat_warning"]
    town = outlook.areas[0]
    row = warned(gap, rule).row(
        by_predicate=(pl.col("area") == town) & (pl.col("stage") == "primary") & (pl.col("year") == 2026),
        named=True,
    )
    shares = crossing["primary"].origins[0]
    entering = sum(
        share * outlook.pupils("primary", area, "g1")[0]
        for area, share in zip(outlook.areas, shares, strict=True)
    )
    plan = sum(
        school.intake or 0
        for school in gap.supply.schools
        if school.area == town and school.stage == "primary"
    )
    assert row["value"] == pytest.approx(100 * entering / plan)


def test_unknown_pupils_of_a_school_are_not_taken_for_none(sihui: Workspace, outlook: Outlook) -> None:
    code = pl.DataFrame(sihui.census().table("school_stages")).filter(pl.col("stage") == "primary")[0]
    match = {"school_code": code["school_code"][0], "stage": "primary"}
    census = Altered(sihui.census(), "school_stages", match, {"pupils": None})
    found, notes = flows(census, outlook.areas)  # type: ignore[arg-type]
    assert "primary" not in found
    assert any("有学校没有在校生数" in note for note in notes)
