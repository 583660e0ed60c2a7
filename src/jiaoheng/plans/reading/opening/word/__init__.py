"""Reads .docx: the body of the document as Word shows it, without running anything that it carries."""

from __future__ import annotations

from jiaoheng.plans.reading.opening.word.document import read_word

__all__ = ["read_word"]
