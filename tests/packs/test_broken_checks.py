"""One broken check for each way in which a check can be wrong: refused with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiaoheng import packs
from jiaoheng.packs.grains import Columns

GOOD = """\
document: {id: local-checks, title: 核查, issuer: 某县, date: null, effective_from: 2024-03-01, source: 约定}
parameters:
  - {id: most, name: 上限, unit: 人, clause: 约定, value: 3000}
facts:
  - id: rural_pupils
    name: 乡村学生数
    unit: 人
    table: school_stages
    expr: if(urban_rural_code = '220', pupils, 0)
    clause: 约定
checks:
  - id: pupils_within
    name: 学生数不应过多
    kind: experience
    table: school_stages
    when: counted
    must: pupils <= most
    says: 学生 {pupils} 人
    why: 校舍容不下。
    mend: 请说明。
    passes: {pupils: 100, counted: true}
    fails: {pupils: 9000, counted: true}
  - id: rural_within
    name: 乡村学生数不应多于上年学生数
    kind: logic
    table: school_stages
    each: [pupils, teachers]
    must: rural_pupils <= last_{}
    why: 本县约定。
    mend: 请改正。
    passes: {pupils: 100, urban_rural_code: "220", "last_{}": 100}
    fails: {pupils: 100, urban_rural_code: "220", "last_{}": 99}
"""

BROKEN: dict[str, tuple[str, str, int, str]] = {
    "a kind that is none": ("kind: experience", "kind: rule", 14, "不在允许的范围"),
    "neither condition nor rule": ("    must: pupils <= most\n", "", 12, "「must」"),
    "both condition and rule": (
        "must: pupils <= most",
        "must: pupils <= most\n    rule: odd",
        12,
        "只写其一",
    ),
    "a table that is not there": (
        "table: school_stages\n    when",
        "table: school_stage\n    when",
        15,
        "是不是「school_stages」",
    ),
    "a column that is not there": ("must: pupils <= most", "must: pupil <= most", 17, "是不是「pupils」"),
    "a scope that is a number": ("when: counted", "when: pupils", 16, "应是条件"),
    "a sum over rows": ("must: pupils <= most", "must: sum(pupils) <= 3000", 17, "不能用汇总函数"),
    "a message with a strange name": (
        "says: 学生 {pupils} 人",
        "says: 学生 {pupls} 人",
        18,
        "是不是「pupils」",
    ),
    "an example with a strange column": (
        "passes: {pupils: 100, c",
        "passes: {puples: 100, c",
        21,
        "是不是「pupils」",
    ),
    "words without a place for them": (
        "must: rural_pupils <= last_{}",
        "must: rural_pupils <= 3",
        23,
        "一起用",
    ),
    "a place without words": ("    each: [pupils, teachers]\n", "", 23, "一起用"),
    "no reason": ("    why: 校舍容不下。\n", "", 12, "缺少「why」"),
    "no example that fails": ("    fails: {pupils: 9000, counted: true}\n", "", 12, "缺少「fails」"),
    "an id of a parameter": ("id: pupils_within", "id: most", 12, "已经用于参数"),
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def test_the_good_pack_is_good_and_its_checks_are_in_the_catalogue(pack: Path, columns: Columns) -> None:
    pack.write_text(GOOD, encoding="utf-8")
    checks = packs.load([pack], columns=columns).checks
    assert list(checks) == ["pupils_within", "rural_within"]
    assert [case.must for case in checks["rural_within"].cases] == [
        "rural_pupils <= last_pupils",
        "rural_pupils <= last_teachers",
    ]
    assert checks["pupils_within"].place == "own.yaml:12"


@pytest.mark.parametrize(("old", "new", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_check_is_refused_with_its_line(
    pack: Path, columns: Columns, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    pack.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(packs.PackError) as refused:
        packs.load([pack], columns=columns)
    said = [each for each in str(refused.value).splitlines() if each.startswith(f"{pack}:{line}: ")]
    assert any(words in each for each in said), str(refused.value)


def test_a_county_takes_the_place_of_a_check_by_overriding_it(pack: Path, columns: Columns) -> None:
    text = GOOD.replace("id: pupils_within", "id: pupils_jump\n    overrides: true").replace(
        "id: most", "id: own_most"
    )
    pack.write_text(text.replace("<= most", "<= own_most"), encoding="utf-8")
    catalogue = packs.load([*packs.builtin_paths(), pack], columns=columns)
    assert catalogue.checks["pupils_jump"].document.id == "local-checks"
