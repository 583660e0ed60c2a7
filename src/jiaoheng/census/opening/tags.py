"""Finds tags and addresses of cells in the bytes of a sheet's XML, all of a stretch at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_LONGEST_TAG = 64
"""More than the longest opening of a cell that is looked at byte by byte."""


def tags(here: Bytes, name: bytes) -> Places:
    """Where a tag of that name opens, with any prefix: the place of the name's first letter."""
    width = len(name)
    if len(here) < width + 2:
        return np.zeros(0, np.int64)
    places = np.flatnonzero(here[1 : len(here) - width] == name[0]) + 1
    before, after = here[places - 1], here[places + width]
    fits = ((before == ord("<")) | (before == ord(":"))) & (
        (after == ord(" ")) | (after == ord(">")) | (after == ord("/")) | ((after >= 9) & (after <= 13))
    )
    for index in range(1, width):
        fits &= here[places + index] == name[index]
    found: Places = places[fits]
    return found


def plain_cells(here: Bytes, cells: Places) -> tuple[Places, Places, Flags] | None:
    """Row, column and whether it is blank of cells that all open as ``c r="AB12"``; None where one does not.

    Blank is only what can be nothing else: ``<c r="AB12" s="3"/>``, with or without the style.
    """
    here = np.append(here, np.zeros(_LONGEST_TAG, np.uint8))
    for index, wanted in enumerate(b' r="', 1):
        if (here[cells + index] != wanted).any():
            return None
    place = cells + 5
    column = np.zeros(len(cells), np.int64)
    row = np.zeros(len(cells), np.int64)
    for _ in range(3):
        letter = here[place]
        is_letter = (letter >= ord("A")) & (letter <= ord("Z"))
        column = np.where(is_letter, column * 26 + letter - 64, column)
        place = place + is_letter
    for _ in range(7):
        digit = here[place]
        is_digit = (digit >= ord("0")) & (digit <= ord("9"))
        row = np.where(is_digit, row * 10 + digit - 48, row)
        place = place + is_digit
    if (here[place] != ord('"')).any() or not (column.all() and row.all()):
        return None
    return row, column, _are_blank(here, place + 1)


def _are_blank(here: Bytes, place: Places) -> Flags:
    """Whether a cell's tag has nothing but a style after its address, and ends there."""
    styled = _reads(here, place, b' s="')
    place = place + 4 * styled
    for _ in range(6):
        place = place + (styled & (here[place] >= ord("0")) & (here[place] <= ord("9")))
    closed = ~styled | (here[place] == ord('"'))
    place = place + styled
    place = place + (here[place] == ord(" "))
    blank: Flags = closed & (_reads(here, place, b"/>") | _reads(here, place, b"></c>"))
    return blank


def _reads(here: Bytes, place: Places, text: bytes) -> Flags:
    """Where the text stands at the places."""
    fits: Flags = np.ones(len(place), np.bool_)
    for index, letter in enumerate(text):
        fits &= here[place + index] == letter
    return fits
