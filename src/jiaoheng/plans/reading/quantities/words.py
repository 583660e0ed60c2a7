"""The words around a numeral, read from ``words.yaml``: units, comparators, verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import yaml

from jiaoheng.plans.model import Comparator


def _load() -> dict[str, Any]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _words(key: str) -> tuple[str, ...]:
    return tuple(str(_DATA[key]).split())


def _comparators(key: str) -> dict[str, Comparator]:
    return {word: op for op, words in _DATA[key].items() for word in str(words).split()}


_DATA = _load()

COUNTERS = _words("counters")
CHINESE_COUNTERS = _words("chinese_counters")
NEGATED: dict[str, Comparator] = {
    negation + word: op for word, op in _comparators("negated").items() for negation in _words("negations")
}
BEFORE = _comparators("before") | NEGATED
AFTER = _comparators("after")
FAR = (*_words("far"), *NEGATED)
VERBS = _words("verbs")
LIST_NOUNS = _words("list_nouns")
LIST_UNITS = frozenset((*_words("list_units"), ""))
TERM_UNITS = frozenset(_words("term_units"))
AREAS = _words("areas")
STAGES = (*_words("stages"), *AREAS)

GOVERNED = re.compile(rf"(?:{one_of(VERBS)})(?:了|好|成|至|出|上|起)?(?P<gap>[^，。；：、的\d]{{0,6}})$")
"""A verb that governs a count, and what may stand between the two."""
