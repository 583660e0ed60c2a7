"""Finds out the encoding of a Chinese text."""

from __future__ import annotations

_ENOUGH = 8
"""So many characters of several bytes that are right as UTF-8 are no accident."""


class EncodingError(Exception):
    """The bytes are in none of the usual encodings.

    Attributes
    ----------
    line : the line, from 1, with the fault of what is UTF-8 otherwise; None where nothing fits.
    """

    def __init__(self, line: int | None = None) -> None:
        super().__init__(line)
        self.line = line


def decoded(content: bytes) -> str:
    """The text of bytes in UTF-8 (with or without a mark), UTF-16 with a mark, or GB 18030.

    Raises
    ------
    EncodingError
        They are in none of them, or damaged.
    """
    encodings: tuple[str, ...] = ("utf-8-sig", "gb18030")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig" and _is_utf_8_before(content, error.start):
                raise EncodingError(content.count(b"\n", 0, error.start) + 1) from None
            continue
        if "\x00" not in text:
            return text
    raise EncodingError


def _is_utf_8_before(content: bytes, place: int) -> bool:
    """Whether a fault stands in what is UTF-8 otherwise: read as GB 18030 it would be gibberish."""
    before = content[max(0, place - 65536) : place]
    return content.startswith(b"\xef\xbb\xbf") or sum(byte >= 0xC0 for byte in before) >= _ENOUGH
