"""A paragraph of running text, with the headings that it stands under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiaoheng.plans.reading.flow import Flow


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: no table cell, no table of contents, no heading that stands alone.

    Attributes
    ----------
    flow : its words in one line; a paragraph that a page or a footnote cut is whole. A heading that its
        body follows in the same line (``1.加强…。一是…``) opens the flow.
    section : the headings above it as printed, outermost first, its own one included.
    kind : ``footnote`` for what defines a term at the foot of a page, ``front`` for the title page, the
        letter that hands the plan out, and what a web page says around it.
    """

    flow: Flow
    section: tuple[str, ...] = ()
    kind: Literal["text", "footnote", "front"] = "text"
