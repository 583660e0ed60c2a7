"""What an audit of plans found (规划审读), as a chapter of the monitoring report and as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from jiaoheng.plans.auditing import CHECKS, SEVERITIES, Finding, Severity, Side
from jiaoheng.reports.blocks import Block, Chapter, Document, Grid, Heading, Line, Paragraph, Sentence
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Column, Table, table, text

_SIDES_SHOWN = 6
_QUOTE_SHOWN = 80
_NAMES = {check.id: check.name for check in CHECKS}
_MEANINGS = {
    "error": "本身不成立，须改正。",
    "contradiction": "两处不能同时成立，须改其一。",
    "doubt": "多半有问题，请核对。",
    "note": "不影响成立，供完善时参考。",
}


def document(findings: Sequence[Finding], titles: Sequence[str], *, created: date) -> Document:
    """The findings as a document of their own, by severity.

    Parameters
    ----------
    titles : of the plans that were looked at.
    """
    return Document(
        title="规划审读",
        subtitle="",
        facts=(
            *(Line("规划", f"《{title}》") for title in titles),
            Line("审读结果", counted(findings)),
            Line("生成日期", day(created)),
        ),
        warning="",
        chapters=(
            Chapter("audit-summary", "摘要", _summary(findings)),
            *(
                Chapter(f"audit-{severity}", label, (Grid(_rows(severity, chosen, len(titles) > 1)),))
                for severity, label, chosen in _by_severity(findings)
            ),
        ),
        created=created,
    )


def blocks(findings: Sequence[Finding]) -> tuple[Block, ...]:
    """The findings as blocks of a chapter."""
    found: list[Block] = list(_summary(findings))
    for severity, label, chosen in _by_severity(findings):
        found += [Heading(label), Grid(_rows(severity, chosen, several=False))]
    return tuple(found)


def counted(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, in words."""
    number = Counter(finding.severity for finding in findings)
    if not number:
        return "没有发现问题"
    return "，".join(f"{label} {number[key]} 处" for key, label in SEVERITIES.items() if number[key])


def _summary(findings: Sequence[Finding]) -> tuple[Block, ...]:
    sentences = [Sentence(f"审读规划的表格和行文，{counted(findings)}。")]
    used = [key for key, _, chosen in _by_severity(findings) if chosen]
    sentences += [Sentence(f"{SEVERITIES[key]}：{_MEANINGS[key]}") for key in used]
    return (Paragraph(tuple(sentences)),)


def _by_severity(findings: Sequence[Finding]) -> Iterator[tuple[Severity, str, list[Finding]]]:
    for severity, label in SEVERITIES.items():
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            yield severity, label, chosen


def _rows(severity: Severity, findings: Sequence[Finding], several: bool) -> Table:
    return table(
        f"table-audit-{severity}",
        f"{SEVERITIES[severity]}（{len(findings)} 处）",
        [Column(head, kind="words") for head in ("问题", "说明", "位置", "原文")],
        [
            [
                text(_NAMES.get(finding.kind, finding.kind)),
                text(finding.sentence),
                text("；".join(dict.fromkeys(_place(side, several) for side in _shown(finding)))),
                text("；".join(f"“{_short(side.quote)}”" for side in _shown(finding) if side.quote)),
            ]
            for finding in findings
        ],
    )


def _shown(finding: Finding) -> tuple[Side, ...]:
    return finding.sides[:_SIDES_SHOWN]


def _place(side: Side, several: bool) -> str:
    return f"《{side.plan}》{side.section}" if several else side.section


def _short(quote: str) -> str:
    return quote if len(quote) <= _QUOTE_SHOWN else quote[:_QUOTE_SHOWN] + "…"
