"""Every stage, and every group of stages that a measure may speak of, has a Chinese name in the report."""

from __future__ import annotations

import pytest

from jiaoheng.packs import STAGE_GROUPS
from jiaoheng.reports.figures import stage_label


@pytest.mark.parametrize(
    ("word", "label"), [*STAGE_GROUPS.items(), ("primary", "小学"), ("", ""), (None, "")]
)
def test_groups_and_stages_are_named(word: str | None, label: str) -> None:
    assert stage_label(word) == label
