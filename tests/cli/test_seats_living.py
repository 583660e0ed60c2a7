"""``jiaoheng seats --living``: pupils counted where they live, with the flows that this rests on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from jiaoheng.workspace import Workspace


def test_pupils_where_they_live_come_with_the_flows_and_add_up_to_the_same_county(
    jiaoheng: Callable[..., Any], sihui: Workspace
) -> None:
    found = [
        json.loads(jiaoheng("seats", sihui.folder, "--until", "2027", *more, "--json").out)
        for more in ((), ("--living",))
    ]
    studying, living = found
    assert studying["flows"] == []
    assert {row["stage"] for row in living["flows"]} == {"preschool", "primary", "junior"}
    there, here = (
        {(row["area"], row["stage"], row["year"]): row["demand"] for row in each["seats"]} for each in found
    )
    assert there.keys() <= here.keys()
    for place, pupils in there.items():
        if place[0] is None or place[1] in ("senior", "vocational"):
            assert here[place] == pytest.approx(pupils)
    assert any("跨镇街就读" in note and "至少有" in note for note in living["notes"])
    assert any(here[place] != pytest.approx(pupils) for place, pupils in there.items())
