"""The year of the peak: where it is, how sure that is, and when nothing can be said of it."""

from __future__ import annotations

import numpy as np
import pytest

from jiaoheng.forecast import BIRTHS, Outlook, Series
from jiaoheng.forecast.peaks import compare, in_words, peaks


def outlook(
    counted: list[float], coming: list[float], *, futures: list[list[float]] | None = None, name: str = "基准"
) -> Outlook:
    """A county of one town with one grade of primary school."""
    years = tuple(range(2026 - len(counted), 2026))
    history = Series(
        ("0", "1"),
        years,
        ("g1",),
        np.array([counted, counted])[:, :, None],
        (BIRTHS,),
        np.zeros((2, 0)),
        2025,
        (-1, 0),
    )
    draws = np.array(futures or [coming], dtype=np.float32)[:, None, :, None]
    ahead = tuple(range(2026, 2026 + len(coming)))
    return Outlook(history, ("1",), ahead, np.array(coming)[None, :, None], draws, scenario=name)


def test_a_peak_that_has_passed_is_found_in_the_counts_and_is_certain() -> None:
    found = peaks([outlook([90.0, 120.0, 110.0], [100.0, 80.0])]).row(0, named=True)
    assert (found["year"], found["low_80"], found["high_80"], found["pupils"]) == (2024, 2024, 2024, 120.0)
    assert not found["at_end"]


def test_a_peak_to_come_is_as_unsure_as_the_futures_are() -> None:
    futures = [[130.0, 100.0, 100.0]] * 2 + [[100.0, 130.0, 100.0]] * 6 + [[100.0, 100.0, 130.0]] * 2
    found = peaks([outlook([90.0, 100.0], [110.0, 120.0, 115.0], futures=futures)])
    assert found.select("year", "low_80", "high_80").row(0) == (2027, 2026, 2028)
    assert "小学在校生最多的是 2027 年，120 人（80% 的可能在 2026 至 2028 年之间）" in in_words(found)[0]


def test_a_stage_that_still_grows_at_the_last_year_is_said_to_have_its_peak_outside_perhaps() -> None:
    found = peaks([outlook([90.0, 100.0], [110.0, 120.0])])
    assert found["at_end"].to_list() == [True]
    assert "可能在这些年份之外" in in_words(found)[0]


def test_years_before_a_gap_in_the_counts_are_not_held_against_those_to_come() -> None:
    found = peaks([outlook([500.0, np.nan, 90.0, 100.0], [120.0, 110.0])])
    assert found["year"].to_list() == [2026]


def test_nobody_has_no_peak() -> None:
    assert peaks([outlook([0.0, 0.0], [0.0, 0.0])]).is_empty()


def test_scenarios_stand_side_by_side_by_name() -> None:
    one, other = outlook([1.0], [2.0, 3.0]), outlook([1.0], [4.0, 5.0], name="高")
    found = compare([one, other])
    assert found.columns == ["stage", "year", "基准", "高"]
    assert found.sort("year").rows() == [("primary", 2026, 2.0, 4.0), ("primary", 2027, 3.0, 5.0)]
    with pytest.raises(ValueError, match="name of its own"):
        compare([one, one])
