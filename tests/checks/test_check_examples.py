"""Every check finds the row that its pack says breaks it, and passes the row that its pack says keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from jiaoheng import engine, measures
from jiaoheng.census.checking.run import failing, run
from jiaoheng.census.checking.view import View, view_of_rows
from jiaoheng.packs import Catalogue, Check
from jiaoheng.packs import check_names as names
from jiaoheng.packs.catalogue import assemble

CHECKS = measures.catalogue().checks
CASES = [(check, case) for check in CHECKS.values() for case in check.cases]
RULED = [check for check in CHECKS.values() if check.rule]
TYPES = {"number": pl.Float64, "text": pl.String, "boolean": pl.Boolean}


def test_there_are_well_over_a_hundred_checks_of_both_kinds() -> None:
    kinds = [check.kind for check in CHECKS.values()]
    assert kinds.count("logic") >= 100
    assert kinds.count("experience") >= 60


@pytest.mark.parametrize(("check", "case"), CASES, ids=[f"{check.id}-{case.item}" for check, case in CASES])
def test_a_condition_tells_its_examples_apart(catalogue: Catalogue, check: Check, case: Any) -> None:
    assert found(catalogue, check, case.item, case.must, case.fails) is True
    # False and not unknown: the row must have been judged.
    assert found(catalogue, check, case.item, case.must, case.passes) is False


@pytest.mark.parametrize("check", RULED, ids=[check.id for check in RULED])
def test_a_rule_tells_its_examples_apart(catalogue: Catalogue, check: Check) -> None:
    alone = assemble(catalogue.documents.values(), [check], columns=catalogue.columns)
    assert [finding.check.id for finding in run(view(check.fails), alone)] == [check.id]
    assert run(view(check.passes), alone) == ()


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_a_check_says_why_and_how_to_mend_it_in_chinese_sentences(check: Check) -> None:
    for text in (check.why, check.mend):
        assert text.endswith("。")
        assert "\u4e00" <= text[0] <= "\u9fff" or text[0] in "“0123456789D"
    if check.kind == "experience":
        assert "说明" in check.mend or "改" in check.mend or "填" in check.mend or "核对" in check.mend


def found(
    catalogue: Catalogue, check: Check, item: str, must: str, example: Mapping[str, Any]
) -> bool | None:
    """Whether a check finds an example row: all names that the example leaves out are unknown."""
    schema = names.names_of(check.table, catalogue)
    node = failing(check, item, must, catalogue)
    row = {name: [example.get(name)] for name in node.columns()}
    frame = pl.DataFrame(row, schema={name: TYPES[schema[name]] for name in row})
    derived = engine.derive(nw.from_native(frame.lazy()), {"found": node}, schema)
    answer: bool | None = derived.collect("polars").to_native()["found"].item()
    return answer


def view(example: Mapping[str, Any]) -> View:
    """The tables of an example, with those of the year and the version before."""
    sides = {name: view_of_rows(example[name]) for name in ("last", "before") if name in example}
    tables = {name: rows for name, rows in example.items() if name not in ("last", "before")}
    return view_of_rows(tables, **sides)
