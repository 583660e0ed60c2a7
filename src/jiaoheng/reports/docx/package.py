"""The file around the text: its parts, its properties, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage

from jiaoheng.reports.docx import fonts, styles
from jiaoheng.reports.docx.markup import element, plain

# The first day that a zip file can name; for documents that carry no date.
UNDATED = date(1980, 1, 1)
_UNUSED = ("customXml", "stylesWithEffects", "numbering", "thumbnail")
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Jiaoheng</Application></Properties>"
)


def blank() -> WordFile:
    """An empty document with our styles and fonts, and nothing of what python-docx's own template holds."""
    made = docx.Document()
    _drop_unused(made.part.package)
    styles.fill(made.styles.element)
    made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = fonts.table_xml()
    made.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)._blob = _APPLICATION
    body = made.element.body
    for child in list(body):
        body.remove(child)
    _settings(made)
    return made


def describe(made: WordFile, *, title: str, author: str, subject: str, created: date | None) -> None:
    """The document's properties."""
    properties = made.core_properties
    moment = datetime.combine(created or UNDATED, datetime.min.time())
    properties.title, properties.author, properties.subject = map(plain, (title, author, subject))
    properties.created = properties.modified = moment
    properties.last_modified_by = properties.author
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1


def to_bytes(made: WordFile, *, created: date | None) -> bytes:
    """The file; every entry bears the document's own date, so that the clock leaves no trace."""
    written, result = io.BytesIO(), io.BytesIO()
    made.save(written)
    day = created or UNDATED
    with zipfile.ZipFile(written) as read, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in read.infolist():
            same = zipfile.ZipInfo(entry.filename, (day.year, day.month, day.day, 0, 0, 0))
            same.external_attr = 0o600 << 16
            # Pictures are compressed already.
            packed = zipfile.ZIP_STORED if entry.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            out.writestr(same, read.read(entry), packed)
    return result.getvalue()


def _drop_unused(package: OpcPackage) -> None:
    for related in (package.rels, package.main_document_part.rels):
        for key in [key for key, one in related.items() if one.reltype.endswith(_UNUSED)]:
            del related[key]


def _settings(made: WordFile) -> None:
    """Odd and even pages differ in where their number stands; Chinese is what the text is in."""
    settings = made.settings.element
    for child in list(settings):
        settings.remove(child)
    rules = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1}
    uri = "http://schemas.microsoft.com/office/word"
    settings.extend(
        [
            element("w:zoom", {"w:percent": 100}),
            element("w:defaultTabStop", {"w:val": 420}),
            element("w:evenAndOddHeaders"),
            element("w:characterSpacingControl", {"w:val": "compressPunctuation"}),
            element(
                "w:compat",
                {},
                *(
                    element("w:compatSetting", {"w:name": name, "w:uri": uri, "w:val": value})
                    for name, value in rules.items()
                ),
            ),
            element("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}),
        ]
    )
