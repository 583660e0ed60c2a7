"""The files that pages and pictures carry: style, scripts, chart library."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def asset(name: str) -> str:
    """A file of ``assets/``, as a page carries it."""
    text = resources.files("jiaoheng.reports").joinpath("assets", name).read_text(encoding="utf-8")
    # An HTML parser turns every line end into a line feed before the hash of a script is taken.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
