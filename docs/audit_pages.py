"""The reference page of the checks of plans, one section a family, one row a check."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.plans.auditing import CHECKS, SEVERITIES

_INTRODUCTION = """\
What an audit holds a plan to. 错误 is wrong by itself, 矛盾 are two places that cannot both be right, 疑点 is
to be looked at, 提示 is to be known. A check that is not sure keeps silent. Those marked *text* need the text
that the plan was read from; without it they are left out, and a finding says so.
"""


def audit_pages() -> Iterator[str]:
    """The page, line by line."""
    yield "# Checks of plans\n"
    yield f"{len(CHECKS)} kinds of finding.\n"
    yield _INTRODUCTION
    for family in dict.fromkeys(check.family for check in CHECKS):
        yield f"## {family}\n"
        yield "| kind | 中文 | severity | text | what is compared |"
        yield "| --- | --- | --- | --- | --- |"
        for check in CHECKS:
            if check.family == family:
                need = "text" if check.text else ""
                cells = (f"`{check.id}`", check.name, SEVERITIES[check.severity], need, check.meaning)
                yield "| " + " | ".join(cells) + " |"
        yield ""
