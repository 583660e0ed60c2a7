"""Facts that are counted from records: rows of classes, pupils, teachers, projects, ages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from jiaoheng import engine
from jiaoheng.measures.columns import schema_of
from jiaoheng.packs.expression import Node

Frame = nw.LazyFrame[Any]

COUNTED = "counted_"
"""Begins the names of columns that were counted from records."""


def counted_from(rows: Frame, table: str, facts: Mapping[str, Node], keys: Sequence[str]) -> Frame:
    """Work out facts over the records of each group.

    Parameters
    ----------
    rows : the records, from any engine.
    table : the census table that they are of.
    facts : id of the fact and its aggregate expression over the columns of the table.
    keys : the columns that make the groups.

    Returns
    -------
    narwhals.LazyFrame
        The keys, and ``counted_<fact>`` for every fact. A group without records has no row: that nobody is on
        the register of a school does not say that nobody is there.
    """
    nodes = {COUNTED + name: node for name, node in facts.items()}
    return engine.aggregate(rows, list(keys), nodes, schema_of(table))
