"""The reference page of the checks, one section a pack, one row a check."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng import measures, terms
from jiaoheng.census import dictionary
from jiaoheng.packs import KINDS, SEVERITIES, Check, Parameter

_INTRODUCTION = """\
What `jiaoheng check` holds a census to; the guide is [what the checks say](../guides/what-the-checks-say.md).
A finding of 逻辑校验 must be mended, one of 经验校验 may be explained. *Holds* is the condition in the
[expression language](expressions.md); `last_` is the value of a year before, `roster_` a count from records,
`total_` a sum over the stages of a school, `schools_` over all schools. With *each*, there is one condition
for each of the words, which take the place of `{}`, of `{0}` and `{1}` where they are pairs. What is unknown
is no finding.
"""


def check_pages() -> Iterator[str]:
    """The page, line by line."""
    catalogue = measures.catalogue()
    checks = list(catalogue.checks.values())
    cases = sum(max(1, len(check.cases)) for check in checks)
    logic = sum(check.kind == "logic" for check in checks)
    yield "# Checks\n"
    yield f"{len(checks)} checks with {cases} conditions: {logic} 逻辑校验, {len(checks) - logic} 经验校验.\n"
    yield _INTRODUCTION
    for document in catalogue.documents.values():
        own = [check for check in checks if check.document.id == document.id]
        if not own:
            continue
        yield f"## {document.title}\n"
        yield f"`{document.id}`. Source: {document.source}.\n"
        yield from (f"- not verified: {doubt}" for doubt in document.unverified)
        yield ""
        yield from _parameters(
            [each for each in catalogue.parameters.values() if each.document.id == document.id]
        )
        yield "| check | 中文 | kind | severity | rows | holds | why | how to mend | clause |"
        yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        for check in own:
            cells = (
                f"`{check.id}`",
                check.name,
                KINDS[check.kind],
                SEVERITIES[check.severity],
                _rows(check),
                _holds(check),
                check.why,
                check.mend,
                check.clause,
            )
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        yield ""


def _parameters(parameters: list[Parameter]) -> Iterator[str]:
    if not parameters:
        return
    yield "| parameter | 中文 | value | unit | clause |"
    yield "| --- | --- | --- | --- | --- |"
    for each in parameters:
        yield f"| `{each.id}` | {each.name} | {_value(each)} | {each.unit} | {each.clause} |"
    yield ""


def _value(parameter: Parameter) -> str:
    if isinstance(parameter.value, float):
        return f"{parameter.value:g}"
    return "，".join(f"{terms.label('stage', stage)} {value:g}" for stage, value in parameter.value.items())


def _rows(check: Check) -> str:
    """Which rows it looks at."""
    stages = "、".join(terms.label("stage", stage) for stage in check.stages)
    scope = f"`{check.when}`" if check.when else ""
    return "；".join(part for part in (dictionary.table(check.table).zh, stages, scope) if part)


def _holds(check: Check) -> str:
    if check.must is None:
        return f"rule `{check.rule}`"
    each = f" each: {', '.join(check.each)}" if check.each else ""
    return f"`{check.must.strip()}`{each}"
