"""A contract changes only with a decision record that names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from contract import DECISIONS, HERE, LEDGER, contracts, fingerprint

RULES = yaml.safe_load(LEDGER.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", contracts())
def test_contract_is_as_its_last_decision_left_it(name: str) -> None:
    versions: list[dict[str, Any]] = RULES[name]
    assert fingerprint(contracts()[name]) == versions[-1]["sha256"], (
        f"{name} has changed. Set it back; or, where the published figure itself was misread, write a "
        f"decision record that names {name}, and add its number and the new hash to {LEDGER.name}."
    )


def test_every_contract_that_the_ledger_knows_is_there() -> None:
    assert set(RULES) == set(contracts())


@pytest.mark.parametrize("name", RULES)
def test_every_version_has_a_decision_record_of_its_own_that_names_it(name: str) -> None:
    decisions = [version["decision"] for version in RULES[name]]
    assert len(set(decisions)) == len(decisions)
    for number in decisions:
        (record,) = DECISIONS.glob(f"{number}-*.md")
        assert f"`{name}`" in record.read_text(encoding="utf-8")


def test_a_changed_figure_changes_the_hash_and_a_changed_layout_does_not(tmp_path: Path) -> None:
    own = (HERE / "w01_variation.yaml").read_text(encoding="utf-8")
    path = tmp_path / "copy.yaml"
    path.write_text(own.replace("0.515257", "0.515258"), encoding="utf-8")
    assert fingerprint(path) != fingerprint(HERE / "w01_variation.yaml")
    path.write_text("# 说明\n" + own.replace("exact:\n", "exact:\n\n"), encoding="utf-8")
    assert fingerprint(path) == fingerprint(HERE / "w01_variation.yaml")
