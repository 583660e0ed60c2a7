"""Gives codes the leading zeros back that a spreadsheet took from them."""

from __future__ import annotations

from collections.abc import Sequence


def with_zeros(cells: Sequence[object]) -> Sequence[object]:
    """The cells of a column of codes, with numbers filled up to the width that all texts beside them have.

    Only where the texts prove it: all of them are digits, of one width, and one of them begins with 0.
    """
    kinds = set(map(type, cells))
    if str not in kinds or not kinds & {int, float}:
        return cells
    texts = {cell.strip() for cell in cells if isinstance(cell, str)} - {""}
    widths = {len(text) for text in texts}
    if len(widths) != 1 or not all(map(str.isdecimal, texts)) or not any(text[0] == "0" for text in texts):
        return cells
    width = widths.pop()
    return [_filled(cell, width) if isinstance(cell, int | float) else cell for cell in cells]


def _filled(cell: int | float, width: int) -> object:
    # What is no whole number stays as it is, to be refused when it is parsed.
    return str(int(cell)).zfill(width) if 0 <= cell < 10**width and cell == int(cell) else cell
