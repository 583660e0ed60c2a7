"""The names that a check may use: the columns of its table, and what stands beside them in the row.

Beside its own columns a row has, under names with a prefix:

- ``last_``: the same name a year before, the school followed through renaming and merging.
- ``roster_``: a fact counted from the records of classes, pupils or teachers (``school_stages``).
- ``total_``: a column of ``school_stages`` summed over the stages of the school (``schools``).
- ``schools_``: a column of ``school_stages`` or ``schools`` summed over all schools: of the stage
  (``county_stages``), of the county (``county``).
- ``population_``: a column of ``population`` summed over the county (``county``).
- ``rows_``: how many rows a table has: of the county (``county``), of the school (``schools``).
- ``same_``, ``others_``: how many rows have the same text in the column, and what the others are called.

A sum is unknown as soon as one of its parts is.
"""

from __future__ import annotations

from collections.abc import Mapping

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.expression import Node, Type
from jiaoheng.packs.expression.nodes import Column, with_columns
from jiaoheng.packs.grains import ROW_TABLES, Columns, grain_of

LAST, ROSTER, TOTAL, SCHOOLS = "last_", "roster_", "total_", "schools_"
POPULATION, ROWS, SAME, OTHERS = "population_", "rows_", "same_", "others_"

EVERYWHERE: Mapping[str, Type] = {"year": "number", "region": "text", "province": "text"}
"""The year of the census, the county's code and its first two digits."""

DERIVED: Mapping[str, Mapping[str, Type]] = {
    "schools": {
        "code_length": "number",
        "code_kind": "text",
        "code_province": "text",
        "in_county": "boolean",
        "in_area": "boolean",
        "point": "text",
    },
    "areas": {"code_length": "number", "code_county": "text"},
    "housing": {"in_county": "boolean"},
    "pupils": {"age": "number"},
    "teachers": {"age": "number"},
}
"""What is worked out from a row's own columns. ``code_length`` is 0 where a code has anything but digits;
``code_kind`` and ``code_province`` are digits 1 to 2 and 3 to 4 of a school's code, ``code_county`` the first
six of an area's; ``point`` is longitude and latitude; ``age`` is in whole years on 1 September."""

OF_SCHOOLS = ("school_stages", "classes", "pupils", "teachers", "form_cells")
"""Tables whose rows also have the columns of their school."""


def names_of(table: str, catalogue: Catalogue) -> dict[str, Type]:
    """Every name that a check of a table may use, and its type."""
    columns = catalogue.columns
    found: dict[str, Type] = {**own_columns(table, columns), **DERIVED.get(table, {})}
    texts = [name for name, kind in found.items() if kind == "text"]
    found |= {f"{SAME}{name}": "number" for name in texts}
    found |= {f"{OTHERS}{name}": "text" for name in texts}
    if table == "school_stages":
        found |= {f"{ROSTER}{fact.id}": "number" for fact in catalogue.facts.values() if fact.records}
    if table == "schools":
        found |= _sums(TOTAL, "school_stages", columns)
        found |= {f"{ROWS}{name}": "number" for name in OF_SCHOOLS}
    if table in ("county_stages", "county"):
        found |= _sums(SCHOOLS, "school_stages", columns)
    if table == "county":
        found |= _sums(SCHOOLS, "schools", columns) | _sums(POPULATION, "population", columns)
        found |= {f"{ROWS}{name}": "number" for name in columns}
    found |= {f"{LAST}{name}": kind for name, kind in found.items()}
    return found | dict(EVERYWHERE) | _facts(table, catalogue)


def own_columns(table: str, columns: Columns) -> dict[str, Type]:
    """The columns of a table, and those of the school where a row belongs to one."""
    more = columns["schools"] if table in OF_SCHOOLS else {}
    return {**more, **columns[table]}


def without_facts(node: Node, table: str, catalogue: Catalogue) -> Node:
    """`node` with each fact replaced by the expression that works it out."""
    strange = node.columns() - own_columns(table, catalogue.columns).keys()
    if not strange & catalogue.facts.keys():
        return node
    facts = _facts(table, catalogue)

    def spelt(column: Column) -> Node:
        if column.name not in facts:
            return column
        return without_facts(catalogue.node(catalogue.facts[column.name].expr), table, catalogue)

    return with_columns(node, spelt)


def _facts(table: str, catalogue: Catalogue) -> dict[str, Type]:
    """The facts of a table's own grain that are worked out row by row and are no column themselves."""
    own = own_columns(table, catalogue.columns)
    if table not in ROW_TABLES:
        return {}
    schema = {**own, **EVERYWHERE}
    found: dict[str, Type] = {}
    for fact in catalogue.ordered(catalogue.facts.values()):
        if fact.table not in ROW_TABLES or grain_of(fact.table) != grain_of(table) or fact.id in own:
            continue
        if catalogue.node(fact.expr).columns() <= schema.keys():
            found[fact.id] = schema[fact.id] = catalogue.schema(ROW_TABLES[table])[fact.id]
    return found


def _sums(prefix: str, table: str, columns: Columns) -> dict[str, Type]:
    return {f"{prefix}{name}": "number" for name, kind in columns[table].items() if kind == "number"}
