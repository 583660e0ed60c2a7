"""What happens to the sheets of a book."""

from __future__ import annotations

from random import Random

from ..draft import Draft, Line, Page, Spot, copied
from .registry import strikes


def _page(name: str, *texts: object, hidden: bool = False) -> Page:
    lines = [Line([Spot(text)], role="other") for text in texts]
    return Page(name, lines, [], hidden=hidden)


@strikes("sheet", harmless=True)
def sheet_of_remarks(draft: Draft, rng: Random) -> bool:
    """A sheet with a few words stands beside the data: it is told that it was not read."""
    draft.pages.append(_page(_free(draft, "说明页"), "本表由各校填报", "联系电话见首页"))
    return True


@strikes("sheet", harmless=True)
def sheet_before(draft: Draft, rng: Random) -> bool:
    """A cover stands before the data."""
    draft.pages.insert(0, _page(_free(draft, "封面"), "教育事业统计"))
    return True


@strikes("sheet", harmless=True)
def empty_sheet(draft: Draft, rng: Random) -> bool:
    """A sheet without anything, as Excel makes three of."""
    draft.pages.append(_page(_free(draft, "Sheet")))
    return True


@strikes("sheet")
def hidden_sheet_beside(draft: Draft, rng: Random) -> bool:
    """Last year's table lies on a hidden sheet: its rows are told, or not taken for this year's."""
    (page,) = copied([draft.main(rng)])
    if draft.kind == "template":
        return False
    page.name, page.hidden = _free(draft, "上年"), True
    for line in page.lines:
        line.tag = ""
        line.role = "foreign" if line.role == "data" else line.role
    draft.pages.append(page)
    return True


@strikes("sheet")
def sheet_hidden(draft: Draft, rng: Random) -> bool:
    """The sheet of the data itself is hidden: its rows are read, or it is told that they are not."""
    page = draft.main(rng)
    if sum(not each.hidden for each in draft.pages) < 2:
        draft.pages.append(_page(_free(draft, "封面"), "数据在隐藏的工作表中"))
    page.hidden = True
    return True


@strikes("sheet")
def sheet_renamed(draft: Draft, rng: Random) -> bool:
    """The sheet has another name: its rows are read all the same, or it is told that they are not."""
    page = draft.main(rng)
    page.name = _free(draft, rng.choice(("Sheet1", "定稿(2)", "新建 表", "1", "汇总'表")))
    return True


@strikes("sheet")
def sheet_twice(draft: Draft, rng: Random) -> bool:
    """The sheet stands twice, word for word: each row is meant once."""
    (page,) = copied([draft.main(rng)])
    if draft.kind == "template" or not page.data:
        return False
    page.name = _free(draft, f"{page.name} (2)")
    for line in page.lines:
        line.tag += " 本" * bool(line.tag)
    draft.pages.append(page)
    return True


def _free(draft: Draft, name: str) -> str:
    """The name, with a number where a sheet has it already."""
    taken = {page.name.lower() for page in draft.pages}
    return next(
        each for each in (name, *(f"{name}{number}" for number in range(2, 99))) if each.lower() not in taken
    )
