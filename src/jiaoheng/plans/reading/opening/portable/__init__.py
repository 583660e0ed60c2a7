"""Reads .pdf with a text layer: the words in reading order, the tables where their cells are ruled."""

from __future__ import annotations

from jiaoheng.plans.reading.opening.portable.document import read_pdf

__all__ = ["read_pdf"]
