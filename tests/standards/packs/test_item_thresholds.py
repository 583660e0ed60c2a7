"""What a threshold and a scope may say: parameters that a county changes, and packs that are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from balanced_county import PRIMARY, STANDARD, answers, county, row

from jiaoheng import measures, standards
from jiaoheng.packs import PackError

HEAD = """\
document: {id: local, title: 本县办法, issuer: 本县, date: null, effective_from: 2020-01-01, source: 全文}
"""
ITEM = """\
standards:
  - id: local
    name: 本县标准
    clause: 第一条
    rules: [{id: all, name: 全部, level: county, groups: [甲], clause: 第一条}]
items:
  - id: local_one
    standard: local
    name: 第一项
    group: 甲
    clause: 第一条
"""


def test_a_county_changes_a_threshold_by_its_parameter_alone(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "local.yaml").write_text(
        HEAD
        + "parameters:\n"
        + "  - {id: special_funds_minimum, name: 下限, unit: 元, clause: 一, value: 8000, overrides: true}\n"
        + "  - {id: school_size_limit, name: 规模, unit: 人, clause: 第二条, value: 900, overrides: true}\n",
        encoding="utf-8",
    )
    rules = measures.catalogue(tmp_path / "packs")
    assessed = standards.assess(
        county(tmp_path / "census"), STANDARD, catalogue=rules, answers=answers(), engine="polars"
    )
    funds, size = row(assessed, "qb_g07"), row(assessed, "qb_g04_size", PRIMARY)
    assert (funds["threshold"], funds["verdict"]) == (8000, "failed")
    assert (size["threshold"], size["verdict"], size["amount"]) == (900, "failed", -100)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('judged: county\nmeasure: public_approval\nop: ">="\nvalue: 2 + 3', "没有任何列"),
        ('judged: county\nmeasure: public_approval\nop: ">="\nvalue: class_size_limit', "按学段给出"),
        ('judged: county\nmeasure: public_approval\nop: ">="\nvalue: special_fund', "special_fund"),
        ("judged: county\ncondition: layout\n", "layout"),
        ("judged: school\ncondition: charter\ntogether: compulsory", "together"),
        ("judged: school\ncondition: charter\nstages: [junior]\ntogether: compulsory", "together"),
        ("judged: county\ndeclared: yes_no\napplies: {when: elite_plan > 0, otherwise: 无}", "applies"),
        (
            'judged: county\nmeasure: public_approval\nop: ">="\nvalue: 85\n'
            "applies: {when: survey_valid, otherwise: 无}",
            "条件",
        ),
        (
            'judged: school\nmeasure: l1_teachers_above_qualification\nop: ">="\nvalue: 4\n'
            "applies: {when: elite_plan > 0, otherwise: 无}",
            "elite_plan",
        ),
        (
            'judged: school\nmeasure: l1_teachers_above_qualification\nop: ">="\nvalue: 4\nstages: [senior]',
            "senior",
        ),
    ],
)  # fmt: skip
def test_a_threshold_or_a_scope_that_cannot_be_judged_is_refused_with_its_line(
    tmp_path: Path, keys: str, said: str
) -> None:
    lines = "".join(f"    {line}\n" for line in keys.strip().split("\n"))
    (tmp_path / "local.yaml").write_text(HEAD + ITEM + lines, encoding="utf-8")
    with pytest.raises(PackError, match=said) as error:
        measures.catalogue(tmp_path)
    assert re.search(r"local\.yaml:\d+: ", str(error.value))
