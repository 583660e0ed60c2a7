"""What happens to one cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from ..draft import REFUSED, Draft, Head, Spot
from ..writing import Failed, Formula
from .registry import strikes

NUMBERS = ("integer", "number")
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
_ONLY_REFUSED = frozenset({REFUSED})


@strikes("cell", harmless=True)
def full_width_digits(draft: Draft, rng: Random) -> bool:
    """The number is as it was: only its digits are those of a Chinese keyboard."""
    found = _spot(draft, rng, NUMBERS, lambda value: isinstance(value, int | float))
    if found:
        _, spot = found
        spot.value = str(spot.value).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    return bool(found)


@strikes("cell", harmless=True)
def number_as_text(draft: Draft, rng: Random) -> bool:
    """The number is as it was, as text."""
    found = _spot(draft, rng, NUMBERS, lambda value: isinstance(value, int | float))
    if found:
        found[1].value = f"{found[1].value}"
    return bool(found)


@strikes("cell", harmless=True)
def thousands_commas(draft: Draft, rng: Random) -> bool:
    """The number is as it was, with commas between its thousands."""
    found = _spot(draft, rng, NUMBERS, lambda value: isinstance(value, int | float) and value >= 1000)
    if found:
        found[1].value = f"{found[1].value:,}"
    return bool(found)


@strikes("cell", harmless=True)
def spaces_around(draft: Draft, rng: Random) -> bool:
    """What the cell says is as it was, between spaces of any kind."""
    found = _spot(draft, rng, None, lambda value: isinstance(value, str | int) and value != "")
    if found:
        space = rng.choice((" ", "\u00a0", "\u3000", "\t", "  \u00a0"))
        found[1].value = f"{space}{found[1].value}{rng.choice((space, ''))}"
    return bool(found)


@strikes("cell", harmless=True)
def invisible_marks(draft: Draft, rng: Random) -> bool:
    """What the cell says is as it was, with a mark in it that nobody sees."""
    found = _spot(draft, rng, ("code", "text"), lambda value: isinstance(value, str) and len(value) > 2)
    if found:
        text, mark = str(found[1].value), rng.choice(("\u200b", "\ufeff", "\u200e"))
        found[1].value = text[:2] + mark + text[2:]
    return bool(found)


@strikes("cell", harmless=True)
def date_written_out(draft: Draft, rng: Random) -> bool:
    """The date is as it was, in another of the usual forms."""
    found = _spot(draft, rng, ("date",), lambda value: True)
    day = next(iter(found[1].may or ())) if found else None
    if not found or not isinstance(day, date):
        return False
    shapes = (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}")
    found[1].value = rng.choice((*shapes, datetime(day.year, day.month, day.day)))
    return True


@strikes("cell", harmless=True)
def yes_in_other_words(draft: Draft, rng: Random) -> bool:
    """Yes is still yes, and no is still no."""
    found = _spot(draft, rng, ("boolean",), lambda value: True)
    said = next(iter(found[1].may or ())) if found else None
    if not found or not isinstance(said, bool):
        return False
    found[1].value = rng.choice(("√", "Y", "有", 1, True) if said else ("×", "N", 0, False))
    return True


@strikes("cell")
def unit_behind(draft: Draft, rng: Random) -> bool:
    """The number is as it was, with its unit behind it: it is read as that, or refused."""
    found = _spot(draft, rng, NUMBERS, lambda value: isinstance(value, int | float))
    if not found or not found[0].column.unit_zh or found[0].factor != 1.0:
        return False
    head, spot = found
    spot.value = f"{spot.value}{rng.choice(('', ' '))}{head.column.unit_zh}"
    _or_refused(spot)
    return True


@strikes("cell", weight=2)
def blank_in_words(draft: Draft, rng: Random) -> bool:
    """The cell says in words that there is nothing: never zero."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = rng.choice(("-", "——", "/", "无", "", " ", "\u3000", "N/A", "－", "／"))
        found[1].may = frozenset({None, REFUSED} if found[0].column.required else {None})
    return bool(found)


@strikes("cell", weight=2)
def no_number_at_all(draft: Draft, rng: Random) -> bool:
    """A figure that is none: a letter for a zero, words, a range, a sum in words, a picture."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = rng.choice(
            (
                "32O",
                "l2",
                "约三十",
                "30左右",
                "20~30",
                "20+10",
                "1.2.3",
                "??",
                "待核",
                "😀",
                "12😀",
                "1e400",
                "0x1F",
            )
        )
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def negative(draft: Draft, rng: Random) -> bool:
    """A figure below zero where none can be."""
    found = _spot(draft, rng, NUMBERS, lambda value: isinstance(value, int | float) and value > 0)
    if not found or found[0].column.unit == "度":
        return False
    found[1].value = rng.choice(
        (-abs(float(str(found[1].value))), f"-{found[1].value}", f"－{found[1].value}")
    )
    found[1].may = _ONLY_REFUSED
    return True


@strikes("cell")
def huge(draft: Draft, rng: Random) -> bool:
    """A figure that no county can have."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = rng.choice((1e15, 10**20, 1.7e308, "9" * 40, "1e30", float("inf")))
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def part_of_a_person(draft: Draft, rng: Random) -> bool:
    """A fraction where only whole numbers can be."""
    found = _spot(draft, rng, ("integer",), lambda value: True)
    if not found or found[0].factor != 1.0:
        return False
    found[1].value = rng.choice((12.5, "3.7", 0.1, "１．５"))
    found[1].may = _ONLY_REFUSED
    return True


@strikes("cell", weight=2)
def error_of_a_formula(draft: Draft, rng: Random) -> bool:
    """The cell's formula failed: what it said is gone, and must not be taken for a blank."""
    found = _spot(draft, rng, None, lambda value: True)
    if found:
        found[1].value = Failed(rng.choice(_ERRORS))
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def not_available(draft: Draft, rng: Random) -> bool:
    """#N/A: somebody's "not available", or a lookup that failed."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = Failed("#N/A")
        found[1].may = frozenset({None, REFUSED})
    return bool(found)


@strikes("cell")
def formula_never_worked_out(draft: Draft, rng: Random) -> bool:
    """Other software wrote the formula and no value: what it would say is not known."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = Formula(rng.choice(("=1+1", "=SUM(A1:A3)", '=IF(A1="",0,B1)')))
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def date_in_a_count(draft: Draft, rng: Random) -> bool:
    """A date where a number belongs, in a cell that Excel took for a date."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = rng.choice((datetime(2024, 9, 1), date(2025, 1, 31)))
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def truth_in_a_count(draft: Draft, rng: Random) -> bool:
    """TRUE or FALSE where a number belongs: neither one nor nought."""
    found = _spot(draft, rng, NUMBERS, lambda value: True)
    if found:
        found[1].value = rng.choice((True, False))
        found[1].may = _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def code_as_a_number(draft: Draft, rng: Random) -> bool:
    """Excel made a number of the code: its leading zeros are gone, and beyond 15 digits its end is wrong."""
    found = _spot(draft, rng, ("code",), lambda value: isinstance(value, str) and value.isdecimal())
    if not found:
        return False
    text = str(found[1].value)
    found[1].value = rng.choice((float(text), int(text) if len(text) < 15 else float(text)))
    found[1].may = _ONLY_REFUSED if len(text) > 15 else None
    return True


@strikes("cell")
def code_in_powers_of_ten(draft: Draft, rng: Random) -> bool:
    """What was copied is what Excel showed: most digits of the code are gone."""
    found = _spot(draft, rng, ("code",), lambda value: isinstance(value, str) and value[:1].isdecimal())
    if not found or len(str(found[1].value)) < 8:
        return False
    found[1].value = f"{float(str(found[1].value)[:9]):.3E}"
    found[1].may = _ONLY_REFUSED
    return True


@strikes("cell")
def no_such_choice(draft: Draft, rng: Random) -> bool:
    """A word that is in no list."""
    found = _spot(draft, rng, ("term", "boolean", "date"), lambda value: True)
    if found:
        found[1].value = rng.choice(("大概", "其它情况", "？", 77, "二〇一五", "小学、初中", "xx"))
        found[1].may = _ONLY_REFUSED if found[1].value != 77 else None
    return bool(found)


@strikes("cell")
def very_long_text(draft: Draft, rng: Random) -> bool:
    """A page of text in one cell: kept where text belongs, refused elsewhere, and never repeated whole."""
    found = _spot(draft, rng, (*NUMBERS, "text", "term"), lambda value: True)
    if found:
        found[1].value = "长" * 32_000
        found[1].may = None if found[0].column.type == "text" else _ONLY_REFUSED
    return bool(found)


@strikes("cell")
def control_characters(draft: Draft, rng: Random) -> bool:
    """Bytes of another program stand between the letters."""
    found = _spot(draft, rng, ("text",), lambda value: isinstance(value, str) and len(value) > 2)
    if found:
        text = str(found[1].value)
        found[1].value = text[:1] + rng.choice(("\x07", "\x0b", "\x1b", "_x0007_", "\x7f")) + text[1:]
        found[1].may = None
    return bool(found)


@strikes("cell")
def line_feed_inside(draft: Draft, rng: Random) -> bool:
    """The text goes on in a second line of its cell."""
    found = _spot(draft, rng, ("text", "code"), lambda value: isinstance(value, str) and len(value) > 3)
    if found:
        text = str(found[1].value)
        found[1].value = text[:3] + rng.choice(("\n", "\r\n")) + text[3:]
        found[1].may = None
    return bool(found)


@strikes("cell")
def emoji_in_text(draft: Draft, rng: Random) -> bool:
    """The text has signs of which one takes two units of UTF-16."""
    found = _spot(draft, rng, ("text",), lambda value: isinstance(value, str) and value != "")
    if found:
        found[1].value = f"{found[1].value}{rng.choice(('😀', '𠮷', '👨‍👩‍👧'))}"
        found[1].may = None
    return bool(found)


def _or_refused(spot: Spot) -> None:
    spot.may = (spot.may or frozenset()) | {REFUSED}


def _spot(
    draft: Draft, rng: Random, types: tuple[str, ...] | None, fits: Callable[[object], bool]
) -> tuple[Head, Spot] | None:
    """A random cell of the data that feeds a column of these types and was not damaged yet."""
    page = draft.main(rng)
    if not page.data:
        return None
    line = page.lines[rng.choice(page.data)]
    columns = [
        column
        for column, spot in enumerate(line.spots)
        if column < len(page.heads)
        and page.heads[column].target
        and (types is None or page.heads[column].column.type in types)
        and spot.may is not None
        and len(spot.may) == 1
        and REFUSED not in spot.may
        and fits(spot.value)
    ]
    if not columns:
        return None
    column = rng.choice(columns)
    return page.heads[column], line.spots[column]
