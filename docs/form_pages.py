"""The reference page of the official forms, one section a form, from the layout packs."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng import terms
from jiaoheng.census import dictionary, readers
from jiaoheng.packs.form_layouts import FormLayout

_INTRODUCTION = """\
Forms that `jiaoheng import` reads without being told: by the number on the sheet or in its name
(教基3112_小学), by the title, or by the rows and columns alone. Each is a layout pack in
`packs/data/forms`; a county adds its own under `packs/forms` in its workspace. Cells are found by
the headings of row and column, never by address; a form may stand on its side. Below,
*row × column* names the cell that gives each column of the census, in its first spelling.

Every other figure is kept in `form_cells` (school, stage, form, row, column, value), in the unit of
the form; one that no row or form gives a stage stands under the school's lowest. What stands under
*not verified* is what no public source could be found for: such a form is read by the words that are
known.
"""


def form_pages() -> Iterator[str]:
    """The page, line by line."""
    layouts = readers.form_layouts()
    yield "# Official forms\n"
    yield _INTRODUCTION
    yield "| form | id | years | stage |"
    yield "| --- | --- | --- | --- |"
    for layout in layouts:
        name = f"[{layout.layout.label}](#{layout.id})"
        yield f"| {name} | `{layout.id}` | {_years(layout)} | {_stages(layout)} |"
    yield ""
    for layout in layouts:
        yield from _section(layout)


def _section(layout: FormLayout) -> Iterator[str]:
    head = layout.layout
    yield f'<a id="{layout.id}"></a>\n'
    yield f"## {head.label}\n"
    also = f" Also seen as {'、'.join(head.also)}." if head.also else ""
    yield f"`--form {layout.id}`. Years: {_years(layout)}. Stage: {_stages(layout)}.{also}\n"
    yield f"Source: {head.source}\n"
    if head.unverified:
        yield f"Not verified: {'；'.join(head.unverified)}。\n"
    if not layout.cells and not layout.fields:
        yield "All figures go to `form_cells`.\n"
        return
    yield "| column | 中文 | where in the form |"
    yield "| --- | --- | --- |"
    places: dict[str, list[str]] = {}
    for field in layout.fields:
        places.setdefault(field.column, []).append("beside or below " + "、".join(map(_first, field.labels)))
    for cell in layout.named_cells():
        unit = f"（{cell.unit}）" if cell.unit else ""
        place = f"{_first(cell.row)} × {_first(cell.column)}{unit}"
        places.setdefault(cell.target, []).append(place)
    for target, found in places.items():
        table, _, name = target.partition(".")
        joined = " ＋ " if target in layout.add else "; else "
        less = "".join(f" less {part.partition('.')[2]}" for part in layout.less.get(target, ()))
        where = joined.join(dict.fromkeys(found)) + less
        yield f"| `{target}` | {dictionary.table(table)[name].zh} | {where} |"
    yield ""


def _first(pattern: str) -> str:
    """A path of headings, each level in its first spelling."""
    return "›".join(level.split("|")[0] for level in pattern.split("›"))


def _years(layout: FormLayout) -> str:
    head = layout.layout
    if head.since:
        return f"from {head.since}"
    return f"to {head.until}" if head.until else "any"


def _stages(layout: FormLayout) -> str:
    head = layout.layout
    if head.subject == "county":
        return "the county"
    if head.stage:
        return terms.label("stage", head.stage)
    if head.stages:
        return "by rows: " + "、".join(
            terms.label("stage", stage) for stage in dict.fromkeys(head.stages.values())
        )
    return "the whole school"
