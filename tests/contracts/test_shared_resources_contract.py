"""How a nine-year school's books and rooms are shared out among its stages."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from contract import contract

from jiaoheng import measures
from small import school, snapshot

W8A = contract("w08a_shared_resources")


def shared_out(folder: Path, measure: str, pupils: dict[str, int], **building: float) -> pl.DataFrame:
    tables = {
        "schools": [school("2144000001", school_type="nine_year_school", **building)],
        "school_stages": [
            {"school_code": "2144000001", "stage": stage, "pupils": count} for stage, count in pupils.items()
        ],
    }
    return measures.compute(snapshot(folder, tables), measure, by="school").sort("stage", descending=True)


def test_w8a_books(tmp_path: Path) -> None:
    case = W8A["books"]
    found = shared_out(tmp_path, "b5_books", case["pupils"], books=case["whole"])
    assert found["stage"].to_list() == ["primary", "junior"]
    for name, column, far in (("exact", "numerator", 5e-3), ("per_pupil", "value", 5e-4)):
        assert found[column].to_list() == pytest.approx(list(case[name].values()), abs=far)
    # The sheet goes on with the rounded 58.5, so that its whole numbers are off by one at most.
    assert found["numerator"].to_list() == pytest.approx(list(case["published"].values()), abs=1)


def test_a_pupil_of_the_junior_stage_counts_for_a_tenth_more(tmp_path: Path) -> None:
    case = W8A["rooms"]
    building = {"teaching_area": case["whole"], "indoor_sports_area": 0}
    found = shared_out(tmp_path, "l4_teaching_area", case["pupils"], **building)
    values = found["value"].to_list()
    assert values == pytest.approx(list(case["per_pupil"].values()), abs=5e-4)
    assert values[1] == pytest.approx(1.1 * values[0], rel=1e-12)
