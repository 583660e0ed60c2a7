"""The codes of one year as those of another, whatever happened in between."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given
from test_register import entry

from jiaoheng.census.changes import Change, Register
from jiaoheng.census.lineage import former, lineage, restate

A, B, C, D = "2144000001", "2144000002", "3144000003", "3144000004"


def lines(*entries: Change, years: tuple[int, int] = (2023, 2025)) -> list[tuple[Any, ...]]:
    return lineage(Register(entries), *years).rows()


def split(old: str, parts: dict[str, float | None], **more: Any) -> Change:
    return entry(
        "split", [old], [], to=[{"code": code, "share": share} for code, share in parts.items()], **more
    )


def test_a_code_that_did_not_change_is_not_listed() -> None:
    renamed = entry("renamed", [A], [A], to=[{"code": A, "name": "新名"}])
    assert lines(renamed, entry("distinct", [A], [C])) == []


def test_each_kind_of_change_has_its_rows() -> None:
    assert lines(entry("recoded", [A], [C])) == [(A, C, 1.0)]
    assert lines(entry("merged", [A, B], [B])) == [(A, B, 1.0)]
    assert lines(entry("closed", [A], [])) == [(A, None, 1.0)]
    assert lines(entry("opened", [], [C])) == [(None, C, None)]
    assert lines(split(A, {A: 0.7, C: 0.3})) == [(A, A, 0.7), (A, C, 0.3)]
    assert lines(entry("split", [A], [A, C])) == [(A, A, None), (A, C, None)]


def test_changes_of_several_years_are_followed_through() -> None:
    steps = [
        entry("recoded", [A], [C], year=2024),
        split(C, {C: 0.75, D: 0.25}, year=2025),
    ]
    assert lines(*reversed(steps)) == [(A, C, 0.75), (A, D, 0.25)]


def test_a_school_that_took_another_in_is_followed_when_it_changes_later() -> None:
    steps = [entry("merged", [A, B], [B], year=2024), entry("recoded", [B], [C], year=2025)]
    assert sorted(lines(*steps)) == [(A, C, 1.0), (B, C, 1.0)]


def test_a_school_that_opened_and_closed_in_between_is_nowhere() -> None:
    steps = [entry("opened", [], [C], year=2024), entry("closed", [C], [], year=2025)]
    assert lines(*steps) == []


def test_changes_of_one_year_happen_at_once() -> None:
    assert sorted(lines(entry("recoded", [A], [B]), entry("recoded", [B], [C]))) == [(A, B, 1.0), (B, C, 1.0)]


def test_only_changes_between_the_years_count() -> None:
    steps = [entry("recoded", [A], [B], year=2023), entry("closed", [D], [], year=2026)]
    assert lines(*steps) == []


FIGURES = pl.DataFrame(
    {
        "school_code": [A, B, D],
        "stage": ["primary"] * 3,
        "name": ["甲", "乙", "丁"],
        "pupils": [100, 40, None],
    }
)


def restated(*entries: Change) -> dict[str, object]:
    frame = restate(FIGURES, lineage(Register(entries), 2024, 2025))
    return dict(frame.select("school_code", "pupils").iter_rows())


def test_figures_of_merged_schools_are_summed_and_of_split_ones_shared_out() -> None:
    assert restated(entry("merged", [A, B], [B])) == {B: 140, D: None}
    assert restated(split(A, {A: 0.7, C: 0.3})) == {
        A: pytest.approx(70),
        C: pytest.approx(30),
        B: 40,
        D: None,
    }
    assert restated(entry("closed", [A], [])) == {B: 40, D: None}


def test_a_sum_with_a_missing_part_is_missing() -> None:
    assert restated(entry("merged", [A, D], [C])) == {C: None, B: 40}
    assert restated(entry("split", [A], [A, C])) == {A: None, C: None, B: 40, D: None}


@given(
    st.lists(st.tuples(st.sampled_from([A, B, C, D]), st.sampled_from([A, B, C, D])), max_size=4),
    st.randoms(),
)
def test_no_pupil_is_lost_or_made_by_recoding_and_merging(pairs: list[tuple[str, str]], chance: Any) -> None:
    steps: list[Change] = []
    exists = {A, B, C, D}
    for year, (old, new) in enumerate(pairs, 2024):
        if old == new or old not in exists:
            continue
        steps.append(
            entry("merged", [old, new], [new], year=year)
            if new in exists
            else entry("recoded", [old], [new], year=year)
        )
        exists = (exists - {old}) | {new}
    frame = pl.DataFrame(
        {"school_code": [A, B, C, D], "stage": ["primary"] * 4, "pupils": [1, 10, 100, 1000]}
    )
    chance.shuffle(steps)
    moved = restate(frame, lineage(Register(tuple(steps)), 2023, 2040))
    assert moved["pupils"].sum() == 1111
    assert set(moved["school_code"]) == exists


def test_old_codes_lead_to_the_one_school_that_they_are_now() -> None:
    past = former(
        Register(
            (
                entry("recoded", [A], [C], year=2024, **{"from": [{"code": A, "name": "城中小学"}]}),
                entry("merged", [B, C], [D], year=2025),
                entry("recoded", ["2144000009"], ["3144000009"], year=2026),
            )
        ),
        2025,
    )
    assert past.codes == {A: D, B: D, C: D}
    assert ("城中小学", D) in past.names


def test_an_old_code_of_a_split_school_leads_nowhere() -> None:
    assert former(Register((split(A, {B: 0.5, C: 0.5}),)), 2025).codes == {}
