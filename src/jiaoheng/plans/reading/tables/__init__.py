"""Finds tables in a source, in every way that published plans show them, and reads what they say."""

from jiaoheng.plans.reading.tables.find import find
from jiaoheng.plans.reading.tables.table import Cell, Table, heading

__all__ = ["Cell", "Table", "find", "heading"]
