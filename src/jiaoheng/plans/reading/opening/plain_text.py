"""Reads .txt and .md: the text as it stands, with the marks that it may carry."""

from __future__ import annotations

from jiaoheng.plans.reading.opening import markdown
from jiaoheng.plans.reading.opening.encoding import text_of
from jiaoheng.plans.reading.source import Source


def read_text(file: str, content: bytes) -> Source:
    """The document in a plain text; its format is ``md`` where it marks headings or tables.

    Raises
    ------
    ReadingError
        The bytes are no text.
    """
    text = text_of(file, content)
    headings, tables = markdown.headings(text), markdown.tables(text)
    marked = headings or tables or file.lower().endswith((".md", ".markdown"))
    return Source(text, format="md" if marked else "txt", headings=headings, tables=tables)
