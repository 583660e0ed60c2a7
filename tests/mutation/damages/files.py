"""What happens to a file as a whole: other formats, other names, damage on the way, attacks."""

from __future__ import annotations

from random import Random

from ..draft import REFUSED, Draft, Spot
from ..writing import Failed, Formula
from . import archives
from .registry import strikes

_LOSSY = ("gbk", "gb2312")


@strikes("file", weight=2)
def written_as_xls(draft: Draft, rng: Random) -> bool:
    """The book was saved by a program of before 2007: everything is as it was."""
    if any(len(line.spots) > 256 for page in draft.pages for line in page.lines):
        return False
    draft.form, draft.suffix = "xls", rng.choice((".xls", ".et"))
    return True


@strikes("file", weight=3)
def written_as_csv(draft: Draft, rng: Random) -> bool:
    """The first sheet was saved as text, in any of the usual encodings; merged cells are no more."""
    draft.form, draft.suffix = "csv", rng.choice((".csv", ".csv", ".txt"))
    draft.encoding = rng.choice(("utf-8-sig", "utf-8", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le"))
    if draft.encoding == "utf-16-le":
        draft.finish.append(lambda content: b"\xff\xfe" + content)
    for page in draft.written:
        for line in page.lines:
            for spot in line.spots:
                _as_text(spot, draft.encoding)
    return True


@strikes("file", weight=2)
def written_as_html(draft: Draft, rng: Random) -> bool:
    """A web system gave a page of HTML and called it .xls."""
    draft.form, draft.suffix = "html", ".xls"
    for page in draft.written:
        for line in page.lines:
            for spot in line.spots:
                _as_text(spot, "utf-8")
    return True


@strikes("file", weight=2)
def wrong_extension(draft: Draft, rng: Random) -> bool:
    """Somebody changed the end of the file's name: it is read for what it is, or refused."""
    draft.suffix = rng.choice(
        [each for each in (".xlsx", ".xls", ".xlsm", ".et", ".csv") if each != draft.suffix]
    )
    return True


@strikes("file")
def no_extension(draft: Draft, rng: Random) -> bool:
    """The name has no end, or one that says nothing."""
    draft.suffix = rng.choice(("", ".xlsx.tmp", ".dat", ".pdf", ".XLSX"))
    return True


@strikes("file", weight=2)
def cut_short(draft: Draft, rng: Random) -> bool:
    """The copy broke off: what is missing is not known, so nothing may be taken for whole."""
    share = rng.random()
    if rng.random() < 0.3:
        draft.form, draft.suffix = rng.choice((("csv", ".csv"), ("xls", ".xls")))
    draft.opaque = draft.form != "xlsx"
    draft.finish.append(lambda content: content[: int(len(content) * share)])
    return True


@strikes("file", weight=3)
def bytes_flipped(draft: Draft, rng: Random) -> bool:
    """A bad disk changed a few bytes: an .xlsx carries checksums, so what is read is what was written."""
    seed = rng.randrange(10**6)
    if rng.random() < 0.3:
        draft.form, draft.suffix = rng.choice((("csv", ".csv"), ("xls", ".xls")))
    draft.opaque = draft.form != "xlsx"

    def flip(content: bytes) -> bytes:
        dice, changed = Random(seed), bytearray(content)
        for _ in range(dice.choice((1, 1, 3, 20))):
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        return bytes(changed)

    draft.finish.append(flip)
    return True


@strikes("file")
def no_workbook_at_all(draft: Draft, rng: Random) -> bool:
    """The file is empty, or something else."""
    junk = rng.choice(
        (
            b"",
            b"\x00" * 512,
            b"%PDF-1.7\n",
            b"PK\x05\x06" + bytes(18),
            b"<?xml version='1.0'?><a/>",
            b"\xff\xfe",
        )
    )
    draft.opaque = True
    draft.finish.append(lambda content: junk)
    return True


@strikes("file")
def behind_a_password(draft: Draft, rng: Random) -> bool:
    """The book is encrypted: the message speaks of the password, and nothing else can be done."""
    draft.opaque = True
    draft.finish.append(lambda content: archives.encrypted())
    return True


@strikes("file")
def with_macros(draft: Draft, rng: Random) -> bool:
    """The book carries a program, which nobody runs: everything is as it was."""
    if draft.form != "xlsx":
        return False
    draft.suffix = ".xlsm"
    draft.finish.append(lambda content: archives.with_parts(content, {"xl/vbaProject.bin": bytes(4096)}))
    return True


@strikes("file", weight=2)
def part_missing(draft: Draft, rng: Random) -> bool:
    """A part of the archive is gone: texts that stood in it must not be taken for blanks."""
    return _on_archive(draft, rng, archives.without_a_part)


@strikes("file")
def part_cut(draft: Draft, rng: Random) -> bool:
    """A part of the archive ends in mid-sentence: rows below must not go unsaid."""
    return _on_archive(draft, rng, archives.with_a_part_cut)


@strikes("file")
def part_twice(draft: Draft, rng: Random) -> bool:
    """The archive has a part twice, word for word: whichever is read, it is the same."""
    return _on_archive(draft, rng, archives.with_a_part_twice)


@strikes("file", weight=2)
def text_out_of_range(draft: Draft, rng: Random) -> bool:
    """A cell asks for a text that the book does not have: it must not be taken for a blank."""
    page = draft.main(rng)
    if draft.form != "xlsx" or not page.data:
        return False
    place = draft.pages.index(page) + 1
    row = rng.choice(page.data)
    columns = [
        column
        for column in page.fed
        if isinstance(page.lines[row].spots[column].value, str) and page.lines[row].spots[column].value
    ]
    if not columns:
        return False
    column = rng.choice(columns)
    page.lines[row].spots[column].may = frozenset({REFUSED})
    draft.finish.append(lambda content: archives.with_bad_text(content, place, row, column))
    return True


@strikes("file", weight=0.2)
def bomb(draft: Draft, rng: Random) -> bool:
    """The archive unpacks to more than any machine holds: refused, in little memory."""
    honest = rng.random() < 0.5
    draft.opaque = True
    draft.finish.append(lambda content: archives.bomb(honest=honest))
    return True


@strikes("file", weight=0.7)
def entities(draft: Draft, rng: Random) -> bool:
    """Entities that double nine times over, or that ask for a file of this machine: neither is followed."""
    if draft.form != "xlsx":
        return False
    draft.opaque = True
    return _on_archive(draft, rng, archives.with_entities)


@strikes("file", weight=0.7)
def far_cell(draft: Draft, rng: Random) -> bool:
    """A cell stands in the last row and the last column of the sheet: no memory is taken for all between."""
    if draft.form != "xlsx":
        return False
    place = draft.pages.index(draft.main(rng)) + 1
    address, row = rng.choice(
        (("XFD1048576", 1048576), ("A1048576", 1048576), ("XFD9", 0), ("ZZZZ99", 99999))
    )
    draft.opaque = True
    draft.finish.append(lambda content: archives.with_far_cell(content, place, address, row))
    return True


@strikes("file", weight=0.7)
def boastful_dimension(draft: Draft, rng: Random) -> bool:
    """The sheet claims to be as large as can be: what counts is what it holds."""
    if draft.form != "xlsx":
        return False
    claim = rng.choice(("A1:XFD1048576", "A1:A1", "XFD1:A1", "ZZZZZ1:B99999999999", "", "A0:B"))
    draft.finish.append(lambda content: archives.with_dimension(content, claim))
    return True


@strikes("file", weight=0.15)
def million_blank_rows(draft: Draft, rng: Random) -> bool:
    """Somebody coloured the sheet to its end: a million rows of styled blanks stand below the data."""
    if draft.form != "xlsx":
        return False
    place = draft.pages.index(draft.main(rng)) + 1
    draft.finish.append(lambda content: archives.with_blank_rows(content, place))
    return True


def _on_archive(draft: Draft, rng: Random, change: archives.Change) -> bool:
    if draft.form != "xlsx":
        return False
    seed = rng.randrange(10**6)
    draft.finish.append(lambda content: change(content, Random(seed)))
    return True


def _as_text(spot: Spot, encoding: str) -> None:
    """What text makes of a cell: faults become words, and signs that the encoding lacks question marks."""
    if isinstance(spot.value, Formula):
        spot.may = frozenset({REFUSED})
    elif isinstance(spot.value, Failed):
        return
    elif isinstance(spot.value, str):
        text = spot.value.encode(encoding, "replace").decode(encoding)
        if text != spot.value:
            spot.value, spot.may = text, None
