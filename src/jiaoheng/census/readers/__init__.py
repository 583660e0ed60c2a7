"""Readers of files that are not ours: wide school-level exports, rosters, official per-school forms, and any
table with a mapping file.

``read_wide``, ``read_roster``, ``read_counted`` and ``read_forms`` know headings by the layout packs in
``packs/data/forms``; ``read_mapped`` follows a mapping that the user wrote. All give a `Reading`.
"""

from functools import cache
from pathlib import Path

from jiaoheng import terms
from jiaoheng.census import dictionary
from jiaoheng.census.readers.forms.finding import FoundForms, find_forms
from jiaoheng.census.readers.forms.sheets import FormSheet, read_forms
from jiaoheng.census.readers.known import Known
from jiaoheng.census.readers.mappings.model import load_mapping
from jiaoheng.census.readers.mappings.read import read_mapped
from jiaoheng.census.readers.rosters.counted import read_counted, recognise_counted
from jiaoheng.census.readers.rosters.counted_share import missing_files
from jiaoheng.census.readers.rosters.persons import read_roster, recognise_roster
from jiaoheng.census.readers.wide import read_wide, recognise_wide
from jiaoheng.packs import form_layouts as _form_packs
from jiaoheng.packs import layouts as _packs
from jiaoheng.packs.form_layouts import FormLayout
from jiaoheng.packs.layouts import Layout
from jiaoheng.packs.yaml_lines import PackError


@cache
def layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The built-in layouts and those in the folder `extra`."""
    found = _packs.load_all(columns=_columns(), extra=extra)
    for layout in found:
        _check_constants(layout)
    return found


@cache
def form_layouts(extra: Path | None = None) -> tuple[FormLayout, ...]:
    """The built-in layouts of official forms and those in the folder `extra`."""
    return _form_packs.load_all(columns=_columns(), extra=extra)


def wide_layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The layouts of wide exports."""
    return tuple(layout for layout in layouts(extra) if layout.layout.kind == "wide")


def roster_layouts(extra: Path | None = None) -> tuple[Layout, ...]:
    """The layouts of rosters."""
    return tuple(layout for layout in layouts(extra) if layout.layout.kind == "roster")


def _check_constants(layout: Layout) -> None:
    """A constant is stored as it stands, so it must be a value of its code list."""
    for target, value in layout.layout.constants.items():
        table, _, name = target.partition(".")
        codes = dictionary.table(table)[name].codes
        if not codes or terms.lookup(codes, value) != value:
            allowed = "、".join(str(member.value) for member in terms.CODE_LISTS[codes]) if codes else "无"
            raise PackError(
                f"版式 {layout.id} › constants › {target}：不能是“{value}”。请改为代码表中的值：{allowed}。"
            )


def _columns() -> dict[str, tuple[str, ...]]:
    return {name: tuple(table.by_name) for name, table in dictionary.tables().items()}


__all__ = [
    "FormSheet",
    "FoundForms",
    "Known",
    "find_forms",
    "form_layouts",
    "layouts",
    "load_mapping",
    "missing_files",
    "read_counted",
    "read_forms",
    "read_mapped",
    "read_roster",
    "read_wide",
    "recognise_counted",
    "recognise_roster",
    "recognise_wide",
    "roster_layouts",
    "wide_layouts",
]
