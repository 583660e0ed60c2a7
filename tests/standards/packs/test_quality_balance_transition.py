"""教督〔2017〕6号, the transition: other ways to meet an item, each with a condition and a promise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from balanced_county import PRIMARY, Changes, assess, row

NINE_YEAR = "2144000009"

RURAL_SMALL: dict[tuple[str, ...], Any] = {
    (PRIMARY, "urban_rural_code"): "220",
    (PRIMARY, "primary", "pupils"): 80,
    (PRIMARY, "primary", "classes"): 6,
    (PRIMARY, "primary", "largest_class"): 20,
}

# The promise, the item, cells under which the exception saves it, and a cell that takes its condition away.
EXCEPTIONS: list[tuple[str, str, Changes, tuple[str, ...], Any]] = [
    (
        "rural_small_school_teachers",
        "qb_l3",
        RURAL_SMALL
        | {
            (PRIMARY, "primary", f"teachers_{kind}"): 0
            for kind in ("physical_education", "music", "fine_art")
        }
        | {(PRIMARY, "primary", "itinerant_pe_arts"): 1},
        (PRIMARY, "urban_rural_code"),
        "111",
    ),
    (
        "dense_centre_sports_space",
        "qb_l5",
        {
            (PRIMARY, "sports_ground_area"): 5000.0,
            (PRIMARY, "high_density"): True,
            (PRIMARY, "transition_sports_area"): 2500.0,
        },
        (PRIMARY, "high_density"),
        False,
    ),
    (
        "music_rooms_built_earlier",
        "qb_g03_music",
        {(PRIMARY, "music_rooms_96"): 1, (PRIMARY, "built"): 2016},
        (PRIMARY, "built"),
        2017,
    ),
    (
        "art_rooms_built_earlier",
        "qb_g03_art",
        {(PRIMARY, "art_rooms_90"): 1, (PRIMARY, "built"): 2016},
        (PRIMARY, "built"),
        2017,
    ),
    (
        "music_rooms_rural_small",
        "qb_g03_music",
        RURAL_SMALL
        | {(PRIMARY, "music_rooms_96"): 0, (PRIMARY, "music_rooms_61"): 0, (PRIMARY, "music_rooms_54"): 1},
        (PRIMARY, "primary", "largest_class"),
        30,
    ),
    (
        "art_rooms_rural_small",
        "qb_g03_art",
        RURAL_SMALL | {(PRIMARY, "art_rooms_90"): 0, (PRIMARY, "art_rooms_54"): 1},
        (PRIMARY, "primary", "pupils"),
        100,
    ),
    (
        "size_built_earlier",
        "qb_g04_size",
        {(PRIMARY, "primary", "pupils"): 2400, (PRIMARY, "built"): 2010},
        (PRIMARY, "built"),
        2011,
    ),
    (
        "size_migrants",
        "qb_g04_size",
        {(PRIMARY, "primary", "pupils"): 2400, (PRIMARY, "primary", "migrants"): 1201},
        (PRIMARY, "primary", "migrants"),
        1200,
    ),
]


@pytest.mark.parametrize(
    ("promise", "item", "cells", "cell", "other"), EXCEPTIONS, ids=[each[0] for each in EXCEPTIONS]
)
def test_an_exception_of_the_transition_needs_its_condition_and_the_promise_of_the_county(
    tmp_path: Path, promise: str, item: str, cells: Changes, cell: tuple[str, ...], other: Any
) -> None:
    saved = row(assess(tmp_path / "saved", cells, promise), item, PRIMARY)
    assert (saved["verdict"], saved["exemption"]) == ("met", promise)
    assert row(assess(tmp_path / "no promise", cells), item, PRIMARY)["verdict"] == "failed"
    without = row(assess(tmp_path / "no condition", {**cells, cell: other}, promise), item, PRIMARY)
    assert (without["verdict"], without["exemption"]) == ("failed", None)


def test_an_exception_whose_condition_is_not_known_leaves_the_item_unknown(tmp_path: Path) -> None:
    cells = {(PRIMARY, "music_rooms_96"): 1, (PRIMARY, "built"): None}
    found = row(assess(tmp_path, cells, "music_rooms_built_earlier"), "qb_g03_music", PRIMARY)
    assert found["verdict"] == "unknown"
    assert "2016" in found["reason"]


def test_an_exception_that_brings_a_school_to_85_percent_makes_it_nearly_met(tmp_path: Path) -> None:
    cells = {
        (PRIMARY, "sports_ground_area"): 5000.0,
        (PRIMARY, "high_density"): True,
        (PRIMARY, "transition_sports_area"): 1400.0,
    }
    found = row(assess(tmp_path, cells, "dense_centre_sports_space"), "qb_l5", PRIMARY)
    assert (found["verdict"], found["value"]) == ("within", 6.4)


@pytest.mark.parametrize(("pupils", "verdict"), [(3000, "met"), (3001, "failed")])
def test_the_exception_for_size_has_a_limit_of_its_own_for_nine_year_schools(
    tmp_path: Path, pupils: int, verdict: str
) -> None:
    cells: dict[tuple[str, ...], Any] = {(NINE_YEAR, "school_type"): "nine_year_school"}
    cells |= {(NINE_YEAR, "primary", "pupils"): 2000, (NINE_YEAR, "junior", "pupils"): pupils - 2000}
    cells |= {(NINE_YEAR, "primary", "migrants"): 2000, (NINE_YEAR, "junior", "migrants"): 0}
    found = row(assess(tmp_path, cells, "size_migrants"), "qb_g04_size", NINE_YEAR)
    assert (found["verdict"], found["threshold"]) == (verdict, 3000 if verdict == "met" else 2500)
