"""Proves that packs fit together: documents, ids over all packs, versions and overrides, and every entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.census_check import Check
from jiaoheng.packs.fact_checks import fact_problems, parameter_problems
from jiaoheng.packs.measure_checks import measure_problems
from jiaoheng.packs.models import Document, Entry, Fact, Measure, Parameter
from jiaoheng.packs.problems import Problem
from jiaoheng.packs.score_card import ScoreCard, ScoreItem
from jiaoheng.packs.standard import Item, Standard
from jiaoheng.packs.yaml_lines import nearest

_KINDS: Mapping[type[Entry], str] = {
    Parameter: "参数",
    Fact: "统计项",
    Measure: "指标",
    Check: "校验",
    Standard: "标准",
    Item: "标准项目",
    ScoreCard: "评分表",
    ScoreItem: "评分项目",
}


def document_problems(documents: Sequence[Document]) -> Iterator[Problem]:
    """Documents given twice, and successors that are not there."""
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            problem = f"文件编号「{document.id}」重复。请每份文件只写一个规则包。"
            yield Problem(document, "id", problem)
        seen.add(document.id)
    for document in documents:
        successor = document.superseded_by
        if successor and successor not in seen - {document.id}:
            hint = nearest(successor, seen - {document.id}) or "请先添加那份文件的规则包，或删去这一行。"
            yield Problem(document, "superseded_by", f"没有另一份文件「{successor}」。{hint}")


def version_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Ids given twice: for different things, in periods that overlap, or overriding what is not there."""
    versions: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        versions[entry.id].append(entry)
    for id_, same in versions.items():
        first = same[0]
        for number, entry in enumerate(same):
            if type(entry) is not type(first):
                problem = f"编号「{id_}」已经用于{_KINDS[type(first)]}（{first.place}）。请换一个编号。"
                yield Problem(entry, "id", problem)
                continue
            if entry.overrides and not any(_replaces(entry, other) for other in same):
                problem = f"没有可替换的「{id_}」。请改正编号，或删去「overrides」。"
                yield Problem(entry, "overrides", problem)
            clash = next((other for other in same[:number] if _overlap(entry, other)), None)
            if clash:
                problem = f"编号「{id_}」与 {clash.place} 的生效时间重叠。请改正起止日期；要替换它，请写"
                problem += " overrides: true。"
                yield Problem(entry, "id", problem)


def surviving(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that no other entry overrides."""
    overriding = [entry for entry in entries if entry.overrides]
    return tuple(entry for entry in entries if not any(_replaces(other, entry) for other in overriding))


def entry_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that is wrong inside the entries that are in force in `catalogue`."""
    yield from parameter_problems(catalogue)
    problems = list(fact_problems(catalogue))
    yield from problems
    # Cycles would let the checks of measures run in circles; they are mended first.
    if not any("成了圈" in problem.text for problem in problems):
        yield from measure_problems(catalogue)


def _replaces(entry: Entry, other: Entry) -> bool:
    return (
        entry.overrides
        and not other.overrides
        and entry.id == other.id
        and type(entry) is type(other)
        and entry.document.id != other.document.id
    )


def _overlap(entry: Entry, other: Entry) -> bool:
    if type(entry) is not type(other) or _replaces(entry, other) or _replaces(other, entry):
        return False
    ends_before = entry.ends is not None and entry.ends < other.starts
    begins_after = other.ends is not None and other.ends < entry.starts
    return not (ends_before or begins_after)
