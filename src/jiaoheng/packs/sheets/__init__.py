"""A pack as sheets: what experts edit in a workbook, and the way back to a pack.

``sheets_of`` lays a pack out as sheets with Chinese headings, one row an entry; ``read_sheets`` reads such
sheets into content that `jiaoheng.packs.load` proves like any file, with every fault at its sheet, row and
column. The headings follow the models: a field that a model gains is a column here. What stands in the
cells is plain values; opening and writing workbooks is the business of others.
"""

from jiaoheng.packs.sheets.codecs import Cell
from jiaoheng.packs.sheets.columns import Column
from jiaoheng.packs.sheets.layout import DOCUMENT, LAYOUT, SheetKind, columns_of
from jiaoheng.packs.sheets.reading import GUIDE, SheetLocated, read_sheets
from jiaoheng.packs.sheets.writing import Filled, sheets_of

__all__ = [
    "DOCUMENT",
    "GUIDE",
    "LAYOUT",
    "Cell",
    "Column",
    "Filled",
    "SheetKind",
    "SheetLocated",
    "columns_of",
    "read_sheets",
    "sheets_of",
]
