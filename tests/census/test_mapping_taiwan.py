"""A real school census through a mapping file: what comes out equals what stands in the file."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jiaoheng.census.readers import load_mapping, read_mapped
from jiaoheng.census.reading import Reading
from jiaoheng.measures import coefficient_of_variation
from shared import shared

MAPPING = Path(__file__).parents[1] / "data" / "taiwan_primary_schools.yaml"
CENSUS = "data/taiwan/elementary_113_with_107.csv"
GRADES = range(1, 7)

pytestmark = pytest.mark.shared

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_mapped(shared(CENSUS), load_mapping(MAPPING))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with shared(CENSUS).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def pupils(row: Row) -> int:
    return sum(int(row[f"{grade}年級{sex}學生數"]) for grade in GRADES for sex in "男女")


def teachers(row: Row) -> int:
    return int(row["男專任教師"]) + int(row["女專任教師"])


FIGURES: dict[str, Callable[[Row], int]] = {
    "pupils": pupils,
    "pupils_female": lambda row: sum(int(row[f"{grade}年級女學生數"]) for grade in GRADES),
    "classes": lambda row: sum(int(row[f"{grade}年級班級數"]) for grade in GRADES),
    "teachers": teachers,
    "teachers_female": lambda row: int(row["女專任教師"]),
    "staff": lambda row: teachers(row) + int(row["男職員"]) + int(row["女職員"]),
    "graduates": lambda row: int(row["上學年男畢業生"]) + int(row["上學年女畢業生"]),
    **{
        f"pupils_g{grade}": lambda row, grade=grade: sum(  # type: ignore[misc]
            int(row[f"{grade}年級{sex}學生數"]) for sex in "男女"
        )
        for grade in GRADES
    },
    **{
        f"female_g{grade}": lambda row, grade=grade: int(row[f"{grade}年級女學生數"])  # type: ignore[misc]
        for grade in GRADES
    },
    **{
        f"classes_g{grade}": lambda row, grade=grade: int(row[f"{grade}年級班級數"])  # type: ignore[misc]
        for grade in GRADES
    },
}


def test_every_school_is_read_and_none_refused(reading: Reading) -> None:
    assert (reading.rows_read, reading.rows_accepted, reading.rows_rejected) == (2668, 2668, 0)
    assert reading.tables["schools"].num_rows == 2668
    assert reading.tables["school_stages"].num_rows == 2668


def test_the_island_has_as_many_pupils_classes_and_teachers_as_the_file_adds_up_to(reading: Reading) -> None:
    stages = reading.tables["school_stages"]
    totals = [sum(stages[name].to_pylist()) for name in ("pupils", "classes", "teachers")]
    assert totals == [1202761, 52398, 100374]


def pairs(reading: Reading, table: str, first: str, second: str) -> dict[str, str]:
    """One column of a table by another."""
    columns = [reading.tables[table][name].to_pylist() for name in (first, second)]
    return dict(zip(*columns, strict=True))


@pytest.mark.parametrize("level", ["county", "township"])
@pytest.mark.parametrize("figure", FIGURES)
def test_sums_by_area_equal_those_taken_from_the_file(
    reading: Reading, rows: list[Row], level: str, figure: str
) -> None:
    expected: dict[str, int] = defaultdict(int)
    for row in rows:
        area = row["縣市名稱"] if level == "county" else f"{row['縣市名稱']}/{row['鄉鎮市區']}"
        expected[area] += FIGURES[figure](row)
    homes = dict(
        zip(
            *(reading.tables["schools"][name].to_pylist() for name in ("school_code", "area_code")),
            strict=True,
        )
    )
    parents = pairs(reading, "areas", "area_code", "parent")
    found: dict[str, int] = defaultdict(int)
    stages = reading.tables["school_stages"]
    for code, value in zip(stages["school_code"].to_pylist(), stages[figure].to_pylist(), strict=True):
        area = homes[code]
        found[parents[area] if level == "county" else area] += value
    assert found == expected
    assert len(found) == (22 if level == "county" else 367)


def test_areas_are_22_counties_and_their_townships_in_simplified_characters(reading: Reading) -> None:
    areas = {area["area_code"]: area for area in reading.tables["areas"].to_pylist()}
    assert len(areas) == 22 + 367
    assert sum(area["parent"] is None for area in areas.values()) == 22
    assert areas["臺東縣/關山鎮"]["name"] == "关山镇"
    assert areas["臺東縣/關山鎮"]["parent"] == "臺東縣"
    assert areas["臺東縣/關山鎮"]["kind"] == "town"


def test_codes_keep_their_leading_zeros_behind_the_prefix(reading: Reading, rows: list[Row]) -> None:
    codes = set(reading.tables["schools"]["school_code"].to_pylist())
    assert codes == {f"TW{row['學校代碼']}" for row in rows}
    assert "TW011301" in codes


def test_schools_without_pupils_stay_with_the_zeros_that_they_reported(reading: Reading) -> None:
    stages = reading.tables["school_stages"].to_pylist()
    empty = [row["school_code"] for row in stages if row["pupils"] == 0]
    assert len(empty) == 13
    (taught,) = [row for row in stages if row["pupils"] == 0 and row["teachers"]]
    assert taught["teachers"] == 3
    (untaught,) = [row for row in stages if row["pupils"] and not row["teachers"]]
    assert (untaught["pupils"], untaught["teachers"]) == (140, 0)


def by_county(reading: Reading) -> dict[str, list[tuple[int, int]]]:
    """Pupils and teachers of each school, by county."""
    homes = dict(
        zip(
            *(reading.tables["schools"][name].to_pylist() for name in ("school_code", "area_code")),
            strict=True,
        )
    )
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in reading.tables["school_stages"].to_pylist():
        found[homes[row["school_code"]].split("/")[0]].append((row["pupils"], row["teachers"]))
    return found


def plain_variation(ratios: list[float], weights: list[int]) -> float:
    """CV of ratios, weighted: S / X̄, S² = Σ (P_i/P_N)(X_i − X̄)², X̄ = Σ P_i X_i / P_N."""
    whole = sum(weights)
    mean = sum(weight * ratio for weight, ratio in zip(weights, ratios, strict=True)) / whole
    spread = sum(weight / whole * (ratio - mean) ** 2 for weight, ratio in zip(weights, ratios, strict=True))
    return math.sqrt(spread) / mean


class TestWeightedVariation:
    """Pupils per teacher, each school weighted by its pupils; and its inverse, as the official formula has
    it."""

    def test_of_pupils_per_teacher_equals_plain_python_in_every_county(
        self, reading: Reading, rows: list[Row]
    ) -> None:
        plain: dict[str, tuple[list[float], list[int]]] = defaultdict(lambda: ([], []))
        for row in rows:
            # A school without pupils has no weight; one without teachers has no pupils per teacher.
            if pupils(row) and teachers(row):
                plain[row["縣市名稱"]][0].append(pupils(row) / teachers(row))
                plain[row["縣市名稱"]][1].append(pupils(row))
        for county, schools in by_county(reading).items():
            amounts = [taught * taught / staff if staff else None for taught, staff in schools]
            found = coefficient_of_variation(amounts, [taught for taught, _ in schools])
            assert found == pytest.approx(plain_variation(*plain[county]), rel=1e-12), county
        assert len(plain) == 22

    def test_of_teachers_per_pupil_equals_plain_python_in_every_county(
        self, reading: Reading, rows: list[Row]
    ) -> None:
        plain: dict[str, tuple[list[float], list[int]]] = defaultdict(lambda: ([], []))
        for row in rows:
            # A school that reports no teacher has none: zero is a value.
            if pupils(row):
                plain[row["縣市名稱"]][0].append(teachers(row) / pupils(row))
                plain[row["縣市名稱"]][1].append(pupils(row))
        for county, schools in by_county(reading).items():
            found = coefficient_of_variation(
                [staff for _, staff in schools], [taught for taught, _ in schools]
            )
            assert found == pytest.approx(plain_variation(*plain[county]), rel=1e-12), county

    @pytest.mark.parametrize(
        ("county", "per_teacher", "per_pupil"),
        [("新北市", 0.185651, 0.427951), ("臺東縣", 0.464522, 0.735460), ("連江縣", 0.309043, 1.260815)],
    )
    def test_of_three_counties(
        self, reading: Reading, county: str, per_teacher: float, per_pupil: float
    ) -> None:
        schools = by_county(reading)[county]
        weights = [taught for taught, _ in schools]
        amounts = [taught * taught / staff if staff else None for taught, staff in schools]
        found = [
            coefficient_of_variation(amounts, weights),
            coefficient_of_variation([staff for _, staff in schools], weights),
        ]
        print(f"{county}：每位教师的学生数 {found[0]}，每名学生的教师数 {found[1]}")
        assert found == pytest.approx([per_teacher, per_pupil], abs=5e-7)
