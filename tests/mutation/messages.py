"""What came of a damaged book, and whether everything that was said of it may be said so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiaoheng.census.reading import Reading, Rejection

from .books import secrets
from .draft import Draft

_LONGEST = 1500
"""A message is for a person: it never repeats a cell of 32,000 signs."""


@dataclass(frozen=True)
class Outcome:
    """What came of a book.

    Attributes
    ----------
    reading : what reading it gave; None where the file was refused.
    stored : the tables that an import would store, those rows left out that are refused.
    message : why the file, or all of it, was refused.
    crash : a traceback; empty where nothing crashed.
    """

    reading: Reading | None = None
    stored: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    message: str = ""
    crash: str = ""

    @property
    def kind(self) -> str:
        """In a word."""
        if self.crash:
            return "crash"
        if self.reading is None:
            return "file refused"
        if not self.reading.rejections:
            return "read whole"
        return "rows refused" if self.reading.rows_accepted else "all rows refused"


def leaks(outcome: Outcome) -> Iterator[str]:
    """Every secret that a message, a note or a stored table shows."""
    texts = [outcome.message]
    frames = list(outcome.stored.values())
    if outcome.reading is not None:
        texts += [rejection.message() for rejection in outcome.reading.rejections]
        texts += outcome.reading.notes
        frames += [part.data for part in outcome.reading.parts]
    for frame in frames:
        for name in frame.columns:
            if frame[name].dtype == pl.String:
                texts += [text for text in frame[name].unique() if text]
    everything = "\n".join(texts)
    for secret in secrets():
        if secret in everything:
            line = next(text for text in texts if secret in text)
            yield f"shows a secret ({secret}): {line[:200]}"


def message(draft: Draft, said: str) -> Iterator[str]:
    """What is wrong with a message: it names the file, in Chinese, at a readable length."""
    if draft.name not in said:
        yield f"names no file: {said[:300]}"
    yield from _readable(said)


def _readable(message: str) -> Iterator[str]:
    if not re.search("[\u4e00-\u9fff]", message) or not message.rstrip().endswith(("。", "？", "…")):
        yield f"is no Chinese sentence: {message[:300]}"
    if len(message) > _LONGEST:
        yield f"is {len(message)} signs long: {message[:100]}"
    if re.search(r"Traceback|Error\b|Exception|None\b|\bnan\b", message):
        yield f"speaks of the program: {message[:300]}"


def rejection(draft: Draft, rejection: Rejection) -> Iterator[str]:
    """What is wrong with a refusal: it says where, what, and how to mend it."""
    said = rejection.message()
    yield from message(draft, said)
    if not rejection.reason or not rejection.mend:
        yield f"says not how to mend: {said}"
    if rejection.row is not None and rejection.sheet == "" and draft.form in ("xlsx", "xls"):
        yield f"names no sheet: {said}"
    if (
        rejection.row is None
        and rejection.sheet
        and rejection.sheet not in {page.name for page in draft.pages}
    ):
        yield f"names a sheet that is not there: {said}"


def note(draft: Draft, note: str) -> Iterator[str]:
    """What is wrong with a note."""
    yield from _readable(note)
    if draft.file not in note:
        yield f"a note names no file: {note}"
