"""``jiaoheng seats``: pupils to come against seats, as a person asks for them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiaoheng.workspace import Workspace

_FEW = ("--until", "2028")


@pytest.fixture
def county(sihui: Workspace, tmp_path: Path) -> Path:
    """The example county in a folder to which a test may add files of its own; its censuses are only read."""
    folder = tmp_path / "county"
    folder.mkdir()
    for part in sihui.folder.iterdir():
        if part.name not in ("seats.yaml", "scenarios", "packs"):
            (folder / part.name).symlink_to(part)
    return folder


def test_a_county_sees_its_gap_by_stage_and_year_and_red_is_an_exit_of_one(
    jiaoheng: Callable[..., Any], county: Path
) -> None:
    shown = jiaoheng("seats", county, "--by", "county", *_FEW)
    printed = jiaoheng("seats", county, "--by", "county", "--json", *_FEW)
    found = json.loads(printed.out)
    levels = {row["level"] for row in found["seats"]}
    assert {row["year"] for row in found["seats"]} == {2026, 2027, 2028}
    for row in found["seats"]:
        assert row["supply"] is None or row["gap"] == pytest.approx(row["demand"] - row["supply"])
    towns = json.loads(jiaoheng("seats", county, "--json", *_FEW).out)
    red = "red" in levels | {row["level"] for row in towns["seats"]}
    assert shown.code == printed.code == int(red)
    assert "学位余缺" in shown.out


def test_nothing_red_is_an_exit_of_zero(jiaoheng: Callable[..., Any], county: Path) -> None:
    (county / "packs").mkdir()
    (county / "packs" / "calm.yaml").write_text(
        "document: {id: calm-2025, title: 办法, issuer: 县, date: 2025-01-01, "
        "effective_from: 2025-01-01, source: 县}\n"
        "seat_warnings:\n"
        "  - {id: calm, name: 从不报警, clause: 全文, of: occupancy, stages: [primary], years: 3,\n"
        "     cases: [{colour: red, op: '>', value: 100000}]}\n",
        encoding="utf-8",
    )
    done = jiaoheng("seats", county, "--warning", "calm", "--json", *_FEW)
    assert (done.code, json.loads(done.out)["warning"]["name"]) == (0, "从不报警")


def test_the_table_is_written_as_it_is_printed(
    jiaoheng: Callable[..., Any], county: Path, tmp_path: Path
) -> None:
    rows = json.loads(jiaoheng("seats", county, "--json", *_FEW).out)["seats"]
    jiaoheng("seats", county, "-o", tmp_path / "s.csv", *_FEW)
    jiaoheng("seats", county, "-o", tmp_path / "s.xlsx", *_FEW)
    with (tmp_path / "s.csv").open(encoding="utf-8-sig") as file:
        written = list(csv.DictReader(file))
    assert [row["地区"] for row in written] == [row["name"] for row in rows]
    assert openpyxl.load_workbook(tmp_path / "s.xlsx").active.max_row == 1 + len(rows)


def test_public_seats_are_no_more_than_all_and_a_larger_class_gives_more(
    jiaoheng: Callable[..., Any], county: Path
) -> None:
    def primary(*words: str) -> float:
        out = jiaoheng("seats", county, "--by", "county", "--json", *_FEW, *words).out
        return float(next(r["supply"] for r in json.loads(out)["seats"] if r["stage"] == "primary"))

    assert primary("--public") < primary()
    assert primary("--norm", "小学=50") > primary("--norm", "小学=45")


def test_zones_are_added_up_from_their_towns(jiaoheng: Callable[..., Any], county: Path) -> None:
    (county / "seats.yaml").write_text("zones:\n  城区: [东城街道, 城中街道]\n", encoding="utf-8")
    zones = json.loads(jiaoheng("seats", county, "--by", "zone", "--json", *_FEW).out)["seats"]
    towns = json.loads(jiaoheng("seats", county, "--json", *_FEW).out)["seats"]

    def pupils(rows: list[dict[str, Any]], *names: str) -> float:
        return sum(r["demand"] for r in rows if r["name"] in names and r["stage"] == "primary")

    assert pupils(zones, "城区") == pytest.approx(pupils(towns, "东城街道", "城中街道"))
    (county / "seats.yaml").write_text("zones:\n  城区: [东城街道, 城中街倒]\n", encoding="utf-8")
    refused = jiaoheng("seats", county, *_FEW)
    assert (refused.code, "城中街倒" in refused.err, "城中街道" in refused.err) == (2, True, True)


def test_tasks_are_held_against_the_projects(
    jiaoheng: Callable[..., Any], county: Path, tmp_path: Path
) -> None:
    tasks = tmp_path / "tasks.csv"
    tasks.write_text("地区,义务教育,总数\n东城街道,900000,900000\n", encoding="utf-8")
    done = jiaoheng("seats", county, "--tasks", tasks, "--json", *_FEW)
    assert done.code == 1
    held = json.loads(done.out)["tasks"]
    assert held["met"] is False
    assert held["tasks"][0]["missing"] > 0
    assert "东城街道" in jiaoheng("seats", county, "--tasks", tasks, "--by", "county", *_FEW).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--warning", "无此"], "无此"),
        (["--norm", "小学"], "小学=45"),
        (["--norm", "小学=5"], "10 到 80"),
        (["--norm", "小学=45", "--norm", "小学=50"], "两次"),
        (["--rules", "r.yaml"], "--tidal"),
        (["--scenario", "无此"], "无此"),
        (["-o", "s.pdf"], "s.pdf"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    jiaoheng: Callable[..., Any], county: Path, words: list[str], said: str
) -> None:
    done = jiaoheng("seats", county, *_FEW, *words)
    assert done.code == 2
    assert said in done.err
