"""The reference page holds what the language has, and what it shows can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jiaoheng.packs.expression import parse
from jiaoheng.packs.expression.parser import MAX_DEPTH, MAX_LENGTH
from jiaoheng.packs.expression.words import FUNCTIONS, WORDS

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/expressions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (.+)$", PAGE.partition("## Writing")[0], re.MULTILINE)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_can_be_read(text: str) -> None:
    assert parse(text).columns()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_row(function: str) -> None:
    assert re.search(rf"^\| [^|]*`{function}\(", PAGE, re.MULTILINE)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_named(word: str) -> None:
    assert re.search(rf"`[^`]*(?<!\w){word}(?!\w)[^`]*`", PAGE)


def test_the_limits_are_those_of_the_parser() -> None:
    assert f"at most {MAX_LENGTH:,} characters and {MAX_DEPTH} levels" in PAGE
