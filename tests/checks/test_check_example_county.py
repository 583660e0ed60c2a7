"""The example county contradicts itself nowhere, and has a few things that a person would ask about."""

from __future__ import annotations

from time import perf_counter

import pytest

from jiaoheng.workspace import Workspace


@pytest.mark.parametrize("year", [2016, 2020, 2024, 2025])
def test_nothing_must_be_mended(sihui: Workspace, year: int) -> None:
    assert [(each.check.id, each.unit, each.message) for each in sihui.check(year).to_mend] == []


def test_a_few_things_are_to_be_explained_and_each_leads_to_its_cells(sihui: Workspace) -> None:
    checked = sihui.check(2025)
    assert 10 <= len(checked.to_explain) <= 80
    rowless = {"school_vanished", "stage_vanished"}
    assert all(finding.places for finding in checked.findings if finding.check.id not in rowless)


def test_all_checks_over_a_hundred_thousand_pupils_take_a_moment(sihui: Workspace) -> None:
    sihui.check(2025)
    begun = perf_counter()
    sihui.check(2025)
    # A second on an idle machine; the bound only catches a loop over persons.
    assert perf_counter() - begun < 15
