"""The edges of protecting a table: totals that are small, single masked cells, zeros, the unknown."""

from __future__ import annotations

import polars as pl
import pytest

from jiaoheng.disclosure import TOTAL, DisclosureError, Protected, protect

TOWNS = {"甲": "城中", "乙": "城中", "丙": "城东", "丁": "城东"}


def _schools(counts: list[int | None], wholes: list[int] | None = None, **options: object) -> Protected:
    table = pl.DataFrame({"school": list(TOWNS)[: len(counts)], "n": pl.Series(counts, dtype=pl.Int64)})
    if wholes:
        table = table.with_columns(pupils=pl.Series(wholes, dtype=pl.Int64))
        options["of"] = "pupils"
    return protect(table, dimensions=["school"], count="n", hierarchy={"school": TOWNS}, **options)  # type: ignore[arg-type]


def _shown(done: Protected) -> dict[str, int | None]:
    return dict(done.published.select("school", "n").iter_rows())


def test_a_table_without_small_counts_is_published_as_it_is() -> None:
    done = _schools([8, 12, 0, 40])
    assert _shown(done) == {"甲": 8, "乙": 12, "丙": 0, "丁": 40, "城中": 20, "城东": 40, TOTAL: 60}
    assert done.audit.narrowest is None
    assert done.ranges.is_empty()


def test_a_single_small_count_takes_the_other_of_its_town_with_it_and_no_more() -> None:
    done = _schools([2, 12, 20, 40])
    assert _shown(done) == {"甲": None, "乙": None, "丙": 20, "丁": 40, "城中": 14, "城东": 60, TOTAL: 74}
    assert done.ranges.rows() == [("甲", "primary", 1, 13), ("乙", "complementary", 1, 13)]


def test_a_total_that_is_small_itself_is_masked_with_all_that_would_tell_it() -> None:
    done = _schools([2, 0, 0, 0])
    assert _shown(done) == {"甲": None, "乙": 0, "丙": 0, "丁": 0, "城中": None, "城东": 0, TOTAL: None}
    assert done.ranges["high"].to_list() == [None, None, None]


def test_where_a_small_count_is_all_that_its_town_has_the_town_is_masked_too() -> None:
    shown = _shown(_schools([2, 0, 20, 40]))
    assert shown["甲"] is None
    assert shown["城中"] is None
    assert shown["乙"] == 0


def test_zeros_are_no_small_counts() -> None:
    done = _schools([0, 0, 0, 0])
    assert set(_shown(done).values()) == {0}
    assert done.audit.primary == 0


def test_few_left_out_of_a_public_whole_are_as_small_as_few_taken_in() -> None:
    shown = _shown(_schools([48, 20, 20, 20], [50, 100, 100, 100]))
    assert shown["甲"] is None
    assert _shown(_schools([48, 20, 20, 20], [100, 100, 100, 100]))["甲"] == 48


def test_a_school_of_one_pupil_tells_nothing_of_that_pupil() -> None:
    done = _schools([1, 0, 0, 0], [1, 40, 80, 3])
    ranges = {row[0]: row[2:] for row in done.ranges.iter_rows()}
    assert ranges["甲"] == (0, 1)
    assert done.audit.zeros


def test_nobody_of_a_small_school_is_a_zero_like_any_other() -> None:
    done = _schools([0, 20, 2, 40], [4, 90, 80, 300])
    assert _shown(done)["甲"] == 0
    assert not done.audit.zeros


def test_an_unknown_count_stays_unknown_and_so_do_its_margins() -> None:
    done = _schools([None, 12, 20, 40])
    assert _shown(done) == {"甲": None, "乙": 12, "丙": 20, "丁": 40, "城中": None, "城东": 60, TOTAL: None}
    assert not done.published["masked"].any()


def test_two_ways_of_adding_up_are_held_against_each_other() -> None:
    kinds = {"甲": "城区", "丙": "城区", "乙": "乡村", "丁": "乡村"}
    table = pl.DataFrame({"school": list(TOWNS), "n": [2, 12, 20, 40]})
    done = protect(table, dimensions=["school"], count="n", hierarchy={"school": [TOWNS, kinds]})
    masked = set(done.published.filter("masked")["school"])
    # 甲 and 乙 alone would be told by 城区 less 丙, and 乡村 less 丁.
    assert {"甲"} < masked
    assert masked != {"甲", "乙"}
    assert done.audit.narrowest is not None
    assert done.audit.narrowest >= 4


def test_the_same_table_is_masked_in_the_same_way() -> None:
    first, again = _schools([2, 12, 3, 40]), _schools([2, 12, 3, 40])
    assert first.published.equals(again.published)


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ({"school": ["甲", "甲"], "n": [1, 2]}, {}, "相同"),
        ({"school": ["甲", None], "n": [1, 2]}, {}, "空白"),
        ({"school": ["甲", "乙"], "n": [1, -2]}, {}, "负数"),
        ({"school": ["甲", "乙"], "n": [9, 2], "of": [8, 8]}, {"of": "of"}, "大于"),
        ({"school": ["甲", "乙"], "n": [9, 2]}, {"least": 1}, "至少为 2"),
        ({"school": ["甲", "乙"], "n": [9, 2]}, {"hierarchy": {"school": {"甲": "乙"}}}, "既是最细的一级"),
        (
            {"school": ["甲", "乙"], "n": [9, 2]},
            {"hierarchy": {"school": {"甲": "镇", "镇": "县", "县": "镇"}}},
            "圈",
        ),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(
    table: dict[str, list[object]], options: dict[str, object], said: str
) -> None:
    with pytest.raises(DisclosureError, match=said):
        protect(pl.DataFrame(table), dimensions=["school"], count="n", **options)  # type: ignore[arg-type]
