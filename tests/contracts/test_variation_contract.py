"""The coefficient of variation of five schools, as the official method sheet works it out."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

import polars as pl
import pytest
from contract import contract

from jiaoheng import measures
from jiaoheng.measures import coefficient_of_variation
from small import school, snapshot

W1 = contract("w01_variation")
PUPILS, BOOKS = W1["pupils"], W1["books"]


def test_w1_of_the_kernel() -> None:
    value = coefficient_of_variation(BOOKS, PUPILS)
    assert value is not None
    assert value == pytest.approx(W1["exact"]["coefficient"], abs=5e-7)
    assert round(value, 2) == W1["published"]["coefficient"]


def test_w1_of_a_census(tmp_path: Path) -> None:
    codes = [f"21440000{number:02}" for number in range(1, 6)]
    tables = {
        "schools": [school(code, books=books) for code, books in zip(codes, BOOKS, strict=True)],
        "school_stages": [
            {"school_code": code, "stage": "primary", "pupils": pupils}
            for code, pupils in zip(codes, PUPILS, strict=True)
        ],
    }
    census = snapshot(tmp_path / "census", tables)
    whole = measures.compute(census, ["b5_books", "cv_b5_books"]).filter(pl.col("stage") == "primary")
    mean, value = whole["value"].to_list()
    assert value == pytest.approx(W1["exact"]["coefficient"], abs=5e-7)
    assert round(mean, 2) == W1["published"]["mean"]
    assert round(value * mean, 2) == W1["published"]["deviation"]
    ratios = measures.compute(census, "b5_books", by="school").filter(pl.col("stage") == "primary")
    assert [round(each, 2) for each in ratios.sort("key")["value"]] == W1["published"]["ratios"]
    parts = [
        p / sum(PUPILS) * (x - mean) ** 2 for p, x in zip(PUPILS, ratios.sort("key")["value"], strict=True)
    ]
    assert parts == pytest.approx(W1["exact"]["parts"], abs=5e-5)


def test_w1_is_not_read_without_weights() -> None:
    ratios = [x / p for x, p in zip(BOOKS, PUPILS, strict=True)]
    mean = statistics.mean(ratios)
    wrong = {
        "unweighted_population": statistics.pstdev(ratios) / mean,
        "unweighted_sample": statistics.stdev(ratios) / mean,
    }
    assert wrong == pytest.approx(W1["wrong"], abs=5e-7)
    value = coefficient_of_variation(BOOKS, PUPILS)
    assert value is not None
    assert all(not math.isclose(value, each, abs_tol=0.02) for each in W1["wrong"].values())
