"""What can be done to the bytes of an .xlsx: an archive of XML."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from xlwt.CompoundDoc import XlsDoc

Change = Callable[[bytes, Random], bytes]

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_DOCTYPES = (
    f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>',
    '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/none.dtd" [<!ENTITY l9 "ha">]>',
)
_MEGABYTE = 1024 * 1024


def with_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The archive with these parts changed or added; None takes one away."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = parts.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name] or b"")
    return sink.getvalue()


def without_a_part(content: bytes, rng: Random) -> bytes:
    """The archive without one of its parts."""
    return with_parts(content, {rng.choice(_names(content)): None})


def with_a_part_cut(content: bytes, rng: Random) -> bytes:
    """The archive with one part that ends too early, its checksum in order."""
    name = rng.choice([name for name in _names(content) if name.startswith("xl/")])
    data = _read(content, name)
    return with_parts(content, {name: data[: rng.randrange(len(data))]})


def with_a_part_twice(content: bytes, rng: Random) -> bytes:
    """The archive with a second copy of one part."""
    name = rng.choice(_names(content))
    sink = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(sink, "a", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, _read(content, name))
    return sink.getvalue()


def with_bad_text(content: bytes, sheet: int, row: int, column: int) -> bytes:
    """The archive with one cell whose text has a number that no text has."""
    name, address = f"xl/worksheets/sheet{sheet}.xml", f"{_letters(column)}{row + 1}"
    pattern = rf'(<c r="{address}"[^>]*t="s"[^>]*><v>)\d+(</v>)'.encode()
    data, count = re.subn(pattern, rb"\g<1>99999999\g<2>", _read(content, name))
    assert count == 1, address
    return with_parts(content, {name: data})


def with_entities(content: bytes, rng: Random) -> bytes:
    """The archive with entities in a part, and one of them in its text."""
    names = [
        name for name in _names(content) if name.startswith(("xl/worksheets/", "xl/shared", "xl/workbook"))
    ]
    name = rng.choice(names)
    text = _read(content, name).decode()
    text = text.replace("?>", f"?>{rng.choice(_DOCTYPES)}", 1)
    text = re.sub(r"(<t[^>]*>|<v>|<sheetData>|<sheets>)", r"\1&l9;", text, count=1)
    return with_parts(content, {name: text.encode()})


def with_far_cell(content: bytes, sheet: int, address: str, row: int) -> bytes:
    """The archive with one more cell; in the row of the sheet's last where ``row`` is 0."""
    name = f"xl/worksheets/sheet{sheet}.xml"
    data = _read(content, name).decode()
    row = row or data.count("<row ")
    cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'
    return with_parts(content, {name: data.replace("</sheetData>", cell).encode()})


def with_dimension(content: bytes, claim: str) -> bytes:
    """The archive whose sheets all claim to be so large."""
    sheets = [name for name in _names(content) if name.startswith("xl/worksheets/sheet")]
    pattern = rb'<dimension ref="[^"]*"'
    changed = {
        name: re.sub(pattern, f'<dimension ref="{claim}"'.encode(), _read(content, name)) for name in sheets
    }
    return with_parts(content, changed)


def with_blank_rows(content: bytes, sheet: int, last: int = 1_048_576) -> bytes:
    """The archive with styled blanks from the end of the sheet's data to the last row that a sheet has."""
    name = f"xl/worksheets/sheet{sheet}.xml"
    data = _read(content, name)
    first = max((int(row) for row in re.findall(rb'<row r="(\d+)"', data)), default=0) + 1
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(first, last + 1)
    )
    data = data.replace(b"<sheetData/>", b"<sheetData></sheetData>")
    return with_parts(content, {name: data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")})


@cache
def bomb(*, honest: bool, megabytes: int = 1500) -> bytes:
    """A small book whose sheet unpacks to gigabytes, and that owns up to it or not."""
    import xlsxwriter

    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        book.add_worksheet("小学").write_string(0, 0, "学校名称")
    result = io.BytesIO()
    with zipfile.ZipFile(sink) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.endswith("sheet1.xml"):
                new.writestr(name, old.read(name))
                continue
            head, tail = old.read(name).split(b"</sheetData>")
            info = zipfile.ZipInfo(name)
            info.compress_type, info._compresslevel = zipfile.ZIP_DEFLATED, 1  # type: ignore[attr-defined]
            with new.open(info, "w", force_zip64=True) as part:
                part.write(head)
                filler = b"<row><c><v>1</v></c></row>" * (_MEGABYTE // 26)
                for _ in range(megabytes):
                    part.write(filler)
                part.write(b"</sheetData>" + tail)
    content = bytearray(result.getvalue())
    if not honest:
        entry = content.rindex(b"sheet1.xml") - len("xl/worksheets/") - 46
        assert content[entry : entry + 4] == b"PK\x01\x02"
        content[entry + 24 : entry + 28] = (2000).to_bytes(4, "little")
    return bytes(content)


@cache
def encrypted() -> bytes:
    """A file that Excel has locked with a password, as far as anybody can tell without it."""
    sink = io.BytesIO()
    XlsDoc().save(sink, bytes(8192))
    content = bytearray(sink.getvalue())
    entry = content.index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    content[entry : entry + len(name)] = name
    content[entry + 64 : entry + 66] = (len(name) + 2).to_bytes(2, "little")
    return bytes(content)


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sorted(set(archive.namelist()))


def _read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
