"""Tasks: from task tables, and from what the text says of who is in charge; the same task is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jiaoheng.plans.model import Period, Task
from jiaoheng.plans.reading.outline import Outline, bare_heading
from jiaoheng.plans.reading.tables.table import Table
from jiaoheng.plans.reading.tasks import table as in_table
from jiaoheng.plans.reading.tasks import text as in_text

__all__ = ["tasks"]


def tasks(tables: Sequence[Table], outline: Outline, period: Period) -> tuple[Task, ...]:
    """The tasks of a document: those of its tables first, then those that only the text states.

    Parameters
    ----------
    tables : those of kind ``tasks``.
    period : the plan's years; a task without a column of years is due in those that its words name.
    """
    listed = [task for table in tables for task in in_table.read(table, outline.at(table.span.start), period)]
    alone: list[Task] = []
    for told in in_text.read(outline.paragraphs, period):
        same = _same(told, listed)
        if same is None:
            alone.append(told)
        else:
            listed[same] = _joined(listed[same], told)
    return _numbered([*listed, *alone])


def _same(told: Task, listed: Sequence[Task]) -> int | None:
    """Which task of the table the text tells: the same title; of several, the one under the same heading."""
    wanted = _plain(told.title)
    fits = [i for i, task in enumerate(listed) if _plain(task.title) == wanted]
    under = [i for i in fits if _plain(bare_heading(listed[i].group)) in _plain(told.passage.section)]
    return next(iter([*under, *fits]), None)


def _joined(listed: Task, told: Task) -> Task:
    return listed.model_copy(
        update={
            "also": (*listed.also, told.passage),
            "lead": listed.lead or told.lead,
            "due": listed.due or told.due,
            "responsible": listed.responsible or told.responsible,
        }
    )


def _numbered(found: Sequence[Task]) -> tuple[Task, ...]:
    """Each number once: what comes again is told apart by a count (``3-2``)."""
    seen: Counter[str] = Counter()
    done = []
    for task in found:
        seen[task.number] += 1
        again = seen[task.number]
        done.append(task if again == 1 else task.model_copy(update={"number": f"{task.number}-{again}"}))
    return tuple(done)


def _plain(words: str) -> str:
    return re.sub(r"[\s“”\"《》、，,。·]", "", words)
