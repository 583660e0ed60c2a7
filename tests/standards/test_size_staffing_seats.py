"""学校规模与班额, 教职工配备, 千人学位: values, bounds, and gaps in classes, staff and seats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jiaoheng import measures, standards
from jiaoheng.census.snapshot import Census
from jiaoheng.standards import Assessed, Verdict
from small import REGION, area, school, snapshot

CODE = "2144000001"
NO_LARGE = {f"classes_size_{size}": 0 for size in (50, 55, 60, 65, 66)}


def one_school(
    folder: Path,
    stages: list[dict[str, Any]],
    *,
    more: dict[str, list[dict[str, Any]]] | None = None,
    **of: Any,
) -> Census:
    """One school with these stages; each has no large class unless it says otherwise."""
    rows = [{"school_code": CODE, "classes": 10} | NO_LARGE | stage for stage in stages]
    tables = {"areas": [area("441284001", "东城")], "schools": [school(CODE, **of)], "school_stages": rows}
    return snapshot(folder, tables | (more or {}))


def row(assessed: Assessed, item: str, stage: str | None = None) -> dict[str, Any]:
    rows = assessed.rows.filter(item=item)
    return (rows if stage is None else rows.filter(stage=stage)).row(0, named=True)


@pytest.mark.parametrize(
    ("kind", "pupils", "verdict", "margin"),
    [
        ("primary_school", (2000, None), Verdict.MET, 0),
        ("primary_school", (2001, None), Verdict.FAILED, -1),
        ("nine_year_school", (1500, 1000), Verdict.MET, 0),
        ("nine_year_school", (1500, 1004), Verdict.FAILED, -4),
    ],
)
def test_the_size_of_a_school_counts_its_compulsory_pupils(
    tmp_path: Path, kind: str, pupils: tuple[int, int | None], verdict: Verdict, margin: float
) -> None:
    stages = [{"stage": "primary", "pupils": pupils[0]}, {"stage": "junior", "pupils": pupils[1]}]
    census = one_school(tmp_path, [one for one in stages if one["pupils"] is not None], school_type=kind)
    found = row(standards.assess(census, "size_and_class"), "size_compulsory")
    assert (found["verdict"], found["margin"], found["amount"]) == (verdict, margin, margin)


@pytest.mark.parametrize(
    ("stage", "item", "bands", "over"),
    [
        ("primary", "size_class_compulsory", {"classes_size_50": 4}, 4),
        ("junior", "size_class_compulsory", {"classes_size_50": 4}, 0),
        ("junior", "size_class_compulsory", {"classes_size_55": 1, "classes_size_66": 2}, 3),
        ("senior", "size_class_senior", {"classes_size_50": 4}, 0),
        ("senior", "size_class_senior", {"classes_size_55": 2}, 2),
        ("primary", "size_oversize", {"classes_size_55": 2}, 0),
        ("primary", "size_oversize", {"classes_size_60": 1, "classes_size_66": 1}, 2),
    ],
)
def test_classes_above_the_limit_of_their_stage(
    tmp_path: Path, stage: str, item: str, bands: dict[str, int], over: int
) -> None:
    census = one_school(tmp_path, [{"stage": stage, "pupils": 400} | bands])
    assessed = standards.assess(census, "size_and_class")
    found = row(assessed, item)
    assert found["verdict"] == (Verdict.FAILED if over else Verdict.MET)
    assert found["amount"] == -over
    assert assessed.amount_unit(assessed.item(item)) == "个班"


def test_classes_of_kindergartens_are_counted_from_the_list_of_classes(tmp_path: Path) -> None:
    """Each at its limit is right, one more is too many: 25, 30, 35, mixed 30, nursery 20."""
    at = {"nursery": 20, "k1": 25, "k2": 30, "k3": 35, "k_mixed": 30}
    classes = [
        {
            "school_code": CODE,
            "stage": "preschool",
            "class_code": f"{grade}{more}",
            "grade": grade,
            "pupils": n + more,
        }
        for grade, n in at.items()
        for more in (0, 1)
    ]
    classes = [{"school_code": CODE, "stage": "preschool"} | one for one in classes]
    census = one_school(
        tmp_path,
        [{"stage": "preschool", "pupils": 285}],
        more={"classes": classes},
        school_type="kindergarten",
    )
    assert row(standards.assess(census, "size_and_class"), "size_class_preschool")["amount"] == -5


def test_the_share_of_oversize_classes_may_reach_its_limit(tmp_path: Path) -> None:
    census = one_school(tmp_path, [{"stage": "primary", "pupils": 800, "classes": 20, "classes_size_60": 1}])
    found = standards.assess(census, "size_and_class")
    assert row(found, "size_oversize_share")["verdict"] == Verdict.MET
    assert row(found, "size_severely_oversize")["verdict"] == Verdict.MET
    assert row(found, "size_oversize")["verdict"] == Verdict.FAILED


def test_missing_bands_are_unknown_not_none(tmp_path: Path) -> None:
    census = one_school(tmp_path, [{"stage": "primary", "pupils": 400, "classes_size_55": None}])
    found = standards.assess(census, "size_and_class")
    assert row(found, "size_class_compulsory")["verdict"] == Verdict.UNKNOWN
    assert found.verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("stage", "pupils", "staff", "short"),
    [
        ("primary", 950, 50, 0),
        ("primary", 950, 47, -3),
        ("junior", 1350, 98, -2),
        ("junior", 1000, 75, 75 - 1000 / 13.5),
        ("senior", 1030, 80, -2.4),
    ],
)
def test_staff_short_of_the_norm_is_told_in_staff(
    tmp_path: Path, stage: str, pupils: int, staff: int, short: float
) -> None:
    census = one_school(tmp_path, [{"stage": stage, "pupils": pupils, "staff": staff}])
    found = row(standards.assess(census, "staffing_norms"), "staffing_school")
    assert found["amount"] == pytest.approx(short)
    assert found["verdict"] == (Verdict.FAILED if short < 0 else Verdict.MET)


@pytest.mark.parametrize(
    ("where", "pupils", "needed"),
    [("220", 95, 10.2), ("220", 199, 199 / 19), ("220", 200, 200 / 19), ("111", 95, 5)],
)
def test_a_small_village_school_is_staffed_by_its_classes(
    tmp_path: Path, where: str, pupils: int, needed: float
) -> None:
    stages = [{"stage": "primary", "pupils": pupils, "classes": 6, "staff": 20}]
    census = one_school(tmp_path, stages, urban_rural_code=where)
    found = row(standards.assess(census, "staffing_norms"), "staffing_school")
    assert found["denominator"] == pytest.approx(needed)


def test_a_private_school_has_no_posts_to_fill(tmp_path: Path) -> None:
    census = one_school(tmp_path, [{"stage": "primary", "pupils": 900, "staff": 1}], ownership="private")
    assert (
        row(standards.assess(census, "staffing_norms"), "staffing_school")["verdict"]
        == Verdict.NOT_APPLICABLE
    )


def test_a_kindergarten_needs_two_teachers_and_a_carer_for_each_class(tmp_path: Path) -> None:
    stage = {"stage": "preschool", "pupils": 150, "classes": 5, "teachers": 9, "care_workers": 5}
    found = standards.assess(one_school(tmp_path, [stage], school_type="kindergarten"), "staffing_norms")
    amounts = {
        item: (row(found, item)["verdict"], pytest.approx(row(found, item)["amount"]))
        for item in (
            "staffing_kindergarten_teachers",
            "staffing_kindergarten_carers",
            "staffing_kindergarten_children",
        )
    }
    assert amounts == {
        "staffing_kindergarten_teachers": (Verdict.FAILED, -1),
        "staffing_kindergarten_carers": (Verdict.MET, 0),
        "staffing_kindergarten_children": (Verdict.FAILED, -1),
    }


def test_a_county_has_what_its_schools_have_together(tmp_path: Path) -> None:
    """One school has three too many, one two too few: the county can move them."""
    schools = [school("2144000001"), school("2144000002")]
    stages = [
        {"school_code": "2144000001", "stage": "primary", "pupils": 190, "staff": 13},
        {"school_code": "2144000002", "stage": "primary", "pupils": 190, "staff": 8},
    ]
    tables = {"areas": [area("441284001", "东城")], "schools": schools, "school_stages": stages}
    found = standards.assess(snapshot(tmp_path, tables), "staffing_norms")
    assert row(found, "staffing_county", "primary")["amount"] == pytest.approx(1)
    assert row(found, "staffing_county", "primary")["verdict"] == Verdict.MET
    assert found.rules.filter(rule="every_school")["verdict"].to_list() == [Verdict.FAILED]


@pytest.mark.parametrize(
    ("stage", "item", "enough"),
    [
        ("preschool", "seats_preschool", 400),
        ("primary", "seats_primary", 800),
        ("junior", "seats_junior", 400),
        ("senior", "seats_senior", 200),
    ],
)
def test_seats_are_held_against_the_residents(tmp_path: Path, stage: str, item: str, enough: int) -> None:
    for seats, verdict in ((enough, Verdict.MET), (enough - 30, Verdict.FAILED)):
        census = one_school(
            tmp_path / str(seats),
            [{"stage": stage, "pupils": 100, "capacity": seats}],
            more={"county": [{"region_code": REGION, "name": "四会市", "resident_population": 10_000}]},
        )
        found = row(standards.assess(census, "seat_norms"), item)
        assert (found["stage"], found["verdict"]) == (stage, verdict)
        assert found["amount"] == pytest.approx(seats - enough)


def test_a_countys_own_norm_of_seats_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "our_seats.yaml").write_text(
        """
document:
  {id: our-seats, title: 我县学位标准, issuer: 县, date: null, effective_from: 2024-01-01, source: 我县}
parameters:
  - {id: seats_per_thousand_senior, overrides: true, name: 高中千人学位, unit: 座, clause: 三, value: 25}
""",
        encoding="utf-8",
    )
    census = one_school(
        tmp_path,
        [{"stage": "senior", "pupils": 100, "capacity": 240}],
        more={"county": [{"region_code": REGION, "name": "四会市", "resident_population": 10_000}]},
    )
    found = row(standards.assess(census, "seat_norms", catalogue=measures.catalogue(packs)), "seats_senior")
    assert (found["threshold"], found["amount"]) == (25, pytest.approx(-10))
