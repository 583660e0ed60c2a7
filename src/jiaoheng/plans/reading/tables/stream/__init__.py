"""Tables that lost their grid: one cell a line, or a row's cells in one line with blanks between.

`tokens` cuts the lines into cells, `head` finds where a table starts and what its columns are, `rows` lays
the cells that follow into rows: the cheapest way to read them all, found by dynamic programming.
"""

from jiaoheng.plans.reading.tables.stream.read import tables

__all__ = ["tables"]
