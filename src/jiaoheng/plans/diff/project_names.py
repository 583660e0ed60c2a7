"""One project under near names: 大沙中学, 大沙中学改扩建, 四会市大沙中学扩建工程."""

from __future__ import annotations

import re

from jiaoheng.plans.likeness import bare
from jiaoheng.plans.model import Project
from jiaoheng.plans.reading.projects.words import VERBS
from jiaoheng.terms import ProjectKind

_DONE = re.compile(rf"^{VERBS}|(?:{VERBS}|建设)?(?:项目|工程)?$")
_SHORTEST = 3


def what_is_built(project: Project, region: str) -> str | None:
    """The name without the plan's region and what is done to it; None where little is left."""
    name = _DONE.sub("", bare(project.name).removeprefix(region))
    return name if len(name) >= _SHORTEST else None


def may_be_one(one: Project, other: Project) -> bool:
    """Whether nothing speaks against one project: a school is first built, and extended by another."""
    if bare(one.name) == bare(other.name) or one.kind is None or other.kind is None:
        return True
    return (one.kind is ProjectKind.NEW) == (other.kind is ProjectKind.NEW)
