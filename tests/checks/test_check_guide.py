"""The pack that the guide shows works as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from jiaoheng import packs
from jiaoheng.census.checking.run import run
from jiaoheng.census.checking.view import view_of_rows
from jiaoheng.measures.columns import all_columns

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "what-the-checks-say.md"


def test_the_pack_of_the_guide_changes_a_limit_and_adds_a_check(tmp_path: Path) -> None:
    shown = re.search(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert shown
    own = tmp_path / "own.yaml"
    own.write_text(shown[1], encoding="utf-8")
    catalogue = packs.load([*packs.builtin_paths(), own], columns=all_columns())
    assert catalogue.parameters["over_capacity"].value == 1.05
    schools = [
        {"school_code": "3144000001", "name": "城中初中", "school_type": "junior_school", "boarding": True}
    ]
    stages = [
        {"school_code": "3144000001", "stage": "junior", "boarders": 0, "pupils": 1100, "capacity": 1000}
    ]
    found = {
        each.check.id for each in run(view_of_rows({"schools": schools, "school_stages": stages}), catalogue)
    }
    assert {"boarders_in_boarding_school", "pupils_within_capacity"} <= found
