"""The parts of a zipped Office file, inflated piece by piece under limits that count what really comes out.

The sizes that an archive declares are not believed: a part that inflates to more, or to other content, than
declared makes the file a damaged one, before the workbook library sees it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from jiaoheng.census.sheets import FileError

MOST_PARTS = 10_000
MOST_INDEX = 16 * 2**20
"""The largest part, in bytes, of those that only say where things are (workbook.xml, styles.xml)."""

_PIECE = 2**20
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True)
class Office:
    """The program that mends a file: its name, what it writes, and the extension to write it under."""

    program: str
    makes: str
    suffix: str


EXCEL = Office("Excel", "工作簿", ".xlsx")
WORD = Office("Word", "文档", ".docx")


class Package:
    """A zipped Office file.

    Parameters
    ----------
    file : its name, for messages.
    content : its bytes.
    office : the program that messages send the user to.

    Raises
    ------
    FileError
        The archive is damaged, locked with a password, or has too many or twofold parts.
    """

    def __init__(self, file: str, content: bytes, office: Office = EXCEL) -> None:
        self.file = file
        self.office = office
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
            raise damaged(file, office=office) from None
        if len(members) > MOST_PARTS:
            raise FileError(
                f"{file}：文件内有 {len(members)} 个部件，不是正常的{office.makes}。"
                f"请在 {office.program} 中打开并另存为 {office.suffix}。"
            )
        self._members = {_plain(member.filename): member for member in members}
        if len(self._members) != len(members):
            raise damaged(file, office=office)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def part(self, name: str, *, most: int = MOST_INDEX) -> bytes:
        """The whole of a part; empty where there is none of that name."""
        return b"".join(self.pieces(name, most=most))

    def pieces(self, name: str, *, most: int) -> Iterator[bytes]:
        """A part in pieces of about a megabyte.

        Raises
        ------
        FileError
            It is damaged, or inflates to more than `most` bytes.
        """
        member = self._members.get(_plain(name))
        if member is None:
            return
        if member.flag_bits & 1:
            raise locked(self.file, office=self.office)
        length, checksum = 0, 0
        for piece in self._inflate(member):
            length += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if length > most:
                raise FileError(
                    f"{self.file}：部件 {name} 解压后超过 {most // 2**20} MB，疑为损坏或恶意文件，未读取。"
                    f"请在 {self.office.program} 中打开，只保留需要的内容，另存为 {self.office.suffix} 再试。"
                )
            yield piece
        if (length, checksum) != (member.file_size, member.CRC):
            raise damaged(self.file, office=self.office)

    def sheets(self) -> list[tuple[str, str]]:
        """Name and part of every sheet, in the workbook's order; its part is empty if no link leads there.

        Raises
        ------
        FileError
            The formats are gone, without which a date is a number.
        """
        links = list(self.xml("xl/_rels/workbook.xml.rels").iter("{*}Relationship"))
        targets = {each.get("Id"): each.get("Target", "") for each in links}
        for each in links:
            if each.get("Type", "").endswith("/styles") and _part_of(each.get("Target", "")) not in self:
                raise damaged(self.file, office=self.office)
        found = []
        for each in self.xml("xl/workbook.xml").iter("{*}sheet"):
            if etree.QName(each).namespace in _MAIN:
                link = next(
                    (each.get(f"{{{links}}}id") for links in _LINKS if each.get(f"{{{links}}}id")), None
                )
                found.append((each.get("name", ""), _part_of(targets.get(link, ""))))
        return found

    def xml(self, name: str, *, most: int = MOST_INDEX) -> etree._Element:
        """A part as a tree. Entities are not resolved and nothing is fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.part(name, most=most), parser)
        except etree.XMLSyntaxError:
            raise damaged(self.file, office=self.office) from None

    def _inflate(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        start = member.header_offset
        header = self._content[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise damaged(self.file, office=self.office)
        names, extra = _LOCAL_HEADER.unpack(header)[-2:]
        start += _LOCAL_HEADER.size + names + extra
        packed = memoryview(self._content)[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            for position in range(0, len(packed), _PIECE):
                yield bytes(packed[position : position + _PIECE])
            return
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise damaged(self.file, office=self.office)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for position in range(0, len(packed), _PIECE):
                rest: bytes | memoryview = packed[position : position + _PIECE]
                while rest and not inflater.eof:
                    yield inflater.decompress(rest, _PIECE)
                    rest = inflater.unconsumed_tail
            yield inflater.flush()
        except zlib.error:
            raise damaged(self.file, office=self.office) from None
        if not inflater.eof:
            raise damaged(self.file, office=self.office)


def damaged(file: str, sheet: str = "", *, office: Office = EXCEL) -> FileError:
    """The error for a file, or one of its sheets, that nobody can read."""
    mend = f"请用 {office.program} 打开并另存为 {office.suffix}。"
    if sheet:
        return FileError(f"{file} › {sheet}：工作表已损坏，无法读取。{mend}")
    return FileError(f"{file}：文件已损坏，或扩展名与内容不符。{mend}")


def locked(file: str, *, office: Office = EXCEL) -> FileError:
    """The error for a file that is encrypted."""
    return FileError(f"{file}：文件有密码。请在 {office.program} 中去掉密码后再试。")


def _part_of(target: str) -> str:
    """The part that a link of the workbook leads to; empty where it leads nowhere."""
    if target.startswith(("/xl/", "xl/")):
        return target.lstrip("/")
    return f"xl/{target}" if target else ""


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()
