"""Writes .docx files part by part, so that a test can put anything into them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
Part = str | bytes | Iterable[str]


def paragraph(words: str, *, properties: str = "") -> str:
    """A paragraph of one run; `properties` stand in its ``pPr``."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def numbered(words: str, number: int, level: int = 0) -> str:
    """A paragraph in the list `number`."""
    return paragraph(
        words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def table(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    """A cell with words, or with the XML of what stands in it."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def root(name: str, content: str) -> str:
    """A part whose root has that name."""
    return f'<?xml version="1.0"?><w:{name} {_SPACES}>{content}</w:{name}>'


def document(body: str, *, before: str = "") -> str:
    return root("document", f"<w:body>{body}</w:body>").replace("?>", f"?>{before}", 1)


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def write_docx(
    path: Path, body: str | None, more: Mapping[str, Part] | None = None, *, types: str = "document.main+xml"
) -> Path:
    """A document with that body; `more` are parts by name, ``word/document.xml`` too where `body` is None."""
    parts: dict[str, Part] = {
        "[Content_Types].xml": (
            f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.{types}"/></Types>'
        ),
        "_rels/.rels": (
            f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        **({} if body is None else {"word/document.xml": document(body)}),
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            with archive.open(name, "w") as target:
                for piece in [part] if isinstance(part, str | bytes) else part:
                    target.write(piece.encode() if isinstance(piece, str) else piece)
    return path
