"""Columns for packs, taken from the data dictionary file itself: packs know nothing of the census room."""

from __future__ import annotations

import csv
import sys
from importlib import resources
from pathlib import Path

import pytest

from jiaoheng import packs
from jiaoheng.packs.grains import Columns

# The plain evaluator of expressions lives with the tests of the language.
sys.path.append(str(Path(__file__).parents[1] / "expression"))

TYPES = {"integer": "number", "number": "number", "boolean": "boolean"}


def dictionary_columns() -> Columns:
    text = resources.files("jiaoheng").joinpath("census/dictionary.csv").read_text(encoding="utf-8")
    columns: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        columns.setdefault(row["table"], {})[row["column"]] = TYPES.get(row["type"], "text")
    return columns


@pytest.fixture(scope="session")
def columns() -> Columns:
    return dictionary_columns()


@pytest.fixture(scope="session")
def catalogue(columns: Columns) -> packs.Catalogue:
    return packs.load(packs.builtin_paths(), columns=columns)
