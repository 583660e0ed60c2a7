from __future__ import annotations

import pytest
from audit_building import catalogue, findings, found, written

from jiaoheng.plans.auditing import CHECKS, SEVERITIES, Check, Finding, Side, audit
from jiaoheng.plans.auditing.check import Found, each_text
from jiaoheng.plans.model import Section


def quoting(word: str, severity: str = "doubt") -> Check:
    """A check that finds the first place of `word`."""

    def look(audited):  # type: ignore[no-untyped-def]
        start = audited.source.text.find(word)
        if start >= 0:
            yield Found(f"有「{word}」。", (audited.side(start, start + len(word)),), (1.0,))

    return Check(f"has_{word}", "试验", "试验", severity, "试验", each_text(look), text=True)  # type: ignore[arg-type]


def test_every_check_has_its_own_id_and_says_what_it_does_in_chinese() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.severity in SEVERITIES
        assert all(
            any("\u4e00" <= sign <= "\u9fff" for sign in words) for words in (check.name, check.meaning)
        )


def test_without_the_text_an_audit_says_that_it_was_not_looked_at() -> None:
    (finding,) = findings(CHECKS, written(None))
    assert (finding.kind, finding.severity) == ("text_not_at_hand", "note")
    assert "行文未查" in finding.sentence


def test_an_empty_plan_with_its_text_has_no_finding_about_the_text() -> None:
    assert "text_not_at_hand" not in dict(found(CHECKS, written("")))


def test_the_worst_comes_first_and_within_it_the_order_of_the_text() -> None:
    text = "甲乙丙"
    checks = (quoting("丙", "error"), quoting("乙"), quoting("甲"))
    assert [finding.kind for finding in findings(checks, written(text))] == ["has_丙", "has_甲", "has_乙"]


def test_a_side_names_the_headings_above_it() -> None:
    text = "第一章 总则\n一、目标\n甲\n第二章 措施\n乙"
    sections = [(1, "第一章 总则"), (2, "一、目标"), (1, "第二章 措施")]
    audited = written(
        text,
        sections=[
            Section(level=level, title=title, start=text.index(title), end=text.index(title) + len(title))
            for level, title in sections
        ],
    )
    assert audited.section(text.index("甲")) == "第一章 总则 › 一、目标"
    assert audited.section(text.index("乙")) == "第二章 措施"


def test_a_quote_that_a_line_end_cuts_is_shown_in_one_line() -> None:
    (finding,) = findings((quoting("以上\n级别"),), written("甲以上\n级别乙"))
    assert finding.sides[0].quote == "以上级别"


def test_the_id_stays_when_text_is_put_in_above_and_changes_with_the_figures() -> None:
    def finding(start: int, figure: float) -> Finding:
        side = Side("规划", "第一章", "16所", start, start + 3)
        return Finding("sum", "error", "…", (side,), (figure,))

    assert finding(5, 16).id == finding(90, 16).id
    assert finding(5, 16).id != finding(5, 17).id


def test_a_check_of_text_is_not_run_without_one() -> None:
    assert audit([written(None)], catalogue=catalogue(), checks=[quoting("甲")]) == ()


def test_what_is_said_twice_in_the_same_words_is_one_finding_with_all_places() -> None:
    text = "甲乙甲"

    def look(audited):  # type: ignore[no-untyped-def]
        for at in (0, 2):
            yield Found("有甲。", (audited.side(at, at + 1),))

    check = Check("has", "试验", "试验", "doubt", "试验", each_text(look), text=True)
    (finding,) = findings((check,), written(text))
    assert [side.start for side in finding.sides] == [0, 2]


def test_what_two_checks_say_alike_is_said_once() -> None:
    assert len(findings((quoting("甲"), quoting("甲")), written("甲"))) == 1


@pytest.mark.parametrize("severity", SEVERITIES)
def test_the_severity_is_the_check_s(severity: str) -> None:
    assert findings((quoting("甲", severity),), written("甲"))[0].severity == severity
