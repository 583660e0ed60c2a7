"""The building projects of a plan, of its tables and its text; what is told several times is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from jiaoheng.plans.model import Passage, Period, Project
from jiaoheng.plans.reading.paragraph import Paragraph
from jiaoheng.plans.reading.projects.seats import named_seats
from jiaoheng.plans.reading.projects.tables import of_tables
from jiaoheng.plans.reading.projects.text import Mention, mentions
from jiaoheng.plans.reading.projects.words import public_of, stage_of
from jiaoheng.plans.reading.tables.table import Table

__all__ = ["named_seats", "read"]


def read(paragraphs: Iterable[Paragraph], tables: Iterable[Table], period: Period) -> tuple[Project, ...]:
    """Projects that are named, or counted (新建12所公办幼儿园); tables first, then the text, in its order.

    Parameters
    ----------
    paragraphs : the document's running text; what it tells of the past is left out.
    tables : all tables of the document; those of projects are read.
    period : the plan's years.

    Returns
    -------
    tuple of Project
        Each once, where it is told first. Its id hangs on its name alone: it stays when text is put in above.
    """
    found: dict[str, Project] = {}
    for project in of_tables(tables):
        _keep(found, project)
    for mention in mentions(paragraphs, period):
        _keep(found, _project(mention))
    return tuple(found.values())


def _keep(found: dict[str, Project], project: Project) -> None:
    """Keep a project, or add what an earlier telling of it left open."""
    key = _key(project.name)
    known = found.get(key)
    if known is None:
        found[key] = project.model_copy(update={"id": f"project-{sha256(key.encode()).hexdigest()[:10]}"})
        return
    said = {name: getattr(project, name) for name in _FILLED if getattr(known, name) in (None, ())}
    found[key] = known.model_copy(update=said)


_FILLED = ("kind", "stage", "area", "seats", "public", "start_year", "due_year", "investment", "lead")


def _key(name: str) -> str:
    """Two tellings are of one project when their names are the same but for 的, 项目 and punctuation."""
    return re.sub(r"[^\w]|的|(?:建设)?(?:项目|工程)$", "", name)


def _project(mention: Mention) -> Project:
    flow = mention.paragraph.flow
    span = flow.span(mention.start, mention.end)
    return Project(
        id=mention.name,
        name=mention.name,
        kind=mention.kind,
        stage=stage_of(mention.name),
        area=mention.area,
        seats=mention.seats,
        public=public_of(mention.name),
        start_year=mention.begun,
        due_year=mention.year,
        passage=Passage(
            section=" › ".join(mention.paragraph.section) or "正文",
            quote=flow.printed[mention.start : mention.end],
            start=span.start,
            end=span.end,
            confidence=mention.sure,
        ),
    )
