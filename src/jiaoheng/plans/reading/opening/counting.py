"""Writes the number of a list as Word does, by the names of ECMA-376, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(number: int, form: str) -> str:
    """`number` in the format `form`; a form that is not known is written in digits."""
    if number < 0:
        return str(number)
    match form:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
        ):
            return _counted(number, _DIGITS, "十百千")
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "chineseLegalSimplified":
            return _counted(number, _LEGAL, "拾佰仟", one=True)
        case "ideographLegalTraditional":
            return _counted(number, _LEGAL_TRADITIONAL, "拾佰仟", one=True)
        case "ideographTraditional":
            return _of(_STEMS, number)
        case "ideographZodiac":
            return _of(_BRANCHES, number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _in_block(number, 0x2460)
        case "decimalEnclosedParen":
            return _in_block(number, 0x2474)
        case "decimalEnclosedFullstop":
            return _in_block(number, 0x2488)
        case "ideographEnclosedCircle":
            return chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number)
        case "upperRoman":
            return _roman(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperLetter":
            return _letters(number)
        case "lowerLetter":
            return _letters(number).lower()
    return str(number)


def _counted(number: int, digits: str, tens: str, *, one: bool = False) -> str:
    """Counting with 十, 百 and 千, below ten thousand; `one` writes 壹拾 for ten."""
    if not 0 < number < 10_000:
        return str(number)
    said, gap = "", False
    for place, digit in enumerate(map(int, f"{number:04d}")):
        if digit == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + digits[digit] + ("", *reversed(tens))[(place + 1) % 4]
        gap = False
    return said if one or not said.startswith(digits[1] + tens[0]) else said[1:]


def _of(signs: str, number: int) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _in_block(number: int, first: int) -> str:
    return chr(first + number - 1) if 1 <= number <= 20 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ, as Word goes on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 800 else str(number)
