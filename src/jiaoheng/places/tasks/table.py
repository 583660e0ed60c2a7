"""A table of tasks 学位建设任务表: who must add how many seats of which stages, and its sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jiaoheng.errors import JiaohengError

SCOPES: dict[str, tuple[str, ...]] = {
    "preschool": ("preschool",),
    "compulsory": ("primary", "junior"),
    "primary": ("primary",),
    "junior": ("junior",),
    "senior": ("senior",),
}
"""What a column of a task table may ask for, and the stages that it covers."""

SCOPE_WORDS = {
    "preschool": "学前教育",
    "compulsory": "义务教育",
    "primary": "小学",
    "junior": "初中",
    "senior": "普通高中",
    "total": "总数",
}


class TaskError(JiaohengError):
    """A table of tasks that cannot be read; the message says where, and what to do."""


@dataclass(frozen=True)
class Task:
    """What an area must add.

    Attributes
    ----------
    seats : public seats; None where the cell is empty.
    private : of these, seats of private schools to be turned public (其中：需压缩民办学位数); None: not said.
    """

    area: str
    scope: str
    seats: int | None
    private: int | None = None


@dataclass(frozen=True)
class TaskTable:
    """The table.

    Attributes
    ----------
    tasks : by area and scope; sums are not tasks.
    printed : the sums as printed, by area (合计 for the last row) and scope (``total``, ``private`` too).
    """

    tasks: tuple[Task, ...]
    printed: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas, in their order."""
        return tuple(dict.fromkeys(task.area for task in self.tasks))

    def seats(self, area: str | None = None, scope: str | None = None) -> int | None:
        """The sum of the tasks of an area, a scope, or of all; None where one of them is not said."""
        found = [one.seats for one in self.tasks if area in (None, one.area) and scope in (None, one.scope)]
        return None if not found or None in found else sum(one for one in found if one is not None)


SUM = "合计"
"""The area of the row that sums the others, whatever the document calls it."""


def wrong_sums(table: TaskTable) -> tuple[str, ...]:
    """Sums that are not what is printed, and parts that are more than the whole, a sentence each."""
    faults = []
    for (area, scope), printed in table.printed.items():
        where = f"{area}{'其中压缩民办学位数' if scope == 'private' else SCOPE_WORDS.get(scope, scope)}"
        if scope == "private":
            parts = [one.private for one in table.tasks if one.private is not None]
            counted: int | None = sum(parts)
        else:
            counted = table.seats(None if area == SUM else area, None if scope == "total" else scope)
        if counted is None:
            faults.append(f"{where}印的是 {printed:,}，各项不全，无法核对。")
        elif counted != printed:
            faults.append(
                f"{where}印的是 {printed:,}，各项相加是 {counted:,}，相差 {abs(printed - counted):,}。"
            )
    for one in table.tasks:
        if one.private is not None and one.seats is not None and one.private > one.seats:
            where = f"{one.area}{SCOPE_WORDS[one.scope]}"
            faults.append(f"{where}：其中压缩民办 {one.private:,} 个，多于总数 {one.seats:,} 个。")
    return tuple(faults)
