"""The tables of the fitness standard: what is wrong in them is refused, with file, line and reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jiaoheng.packs import PackError
from jiaoheng.packs.fitness import FITNESS_2014, load_fitness
from jiaoheng.terms import Grade, Sex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FITNESS_2014, tmp_path / "fitness"))


def refused(folder: Path) -> str:
    with pytest.raises(PackError) as error:
        load_fitness(folder)
    return str(error.value)


def change(path: Path, line: int, how: Callable[[str], str]) -> None:
    lines = path.read_text("utf-8").splitlines()
    lines[line - 1] = how(lines[line - 1])
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_every_pupil_of_the_shipped_standard_has_items_that_count_for_100() -> None:
    rules = load_fitness()
    assert len(rules.weights) == 24
    assert all(sum(weights.values()) == 100 for weights in rules.weights.values())
    assert all(
        key in rules.scales
        for (sex, grade), weights in rules.weights.items()
        for key in ((item, sex, grade) for item in weights)
    )


LINES = len((FITNESS_2014 / "scores.csv").read_text("utf-8").splitlines())


@pytest.mark.parametrize("line", range(2, LINES + 1, 9))
def test_a_level_that_is_left_out_is_missed(folder: Path, line: int) -> None:
    change(folder / "scores.csv", line, lambda _: "")
    said = refused(folder)
    assert "scores.csv:" in said
    assert "缺少" in said


@pytest.mark.parametrize("line", range(2, LINES + 1, 9))
def test_a_figure_that_breaks_the_order_of_its_column_is_found_in_its_line(folder: Path, line: int) -> None:
    """The first figure of a line becomes that of the line above or below: two levels are one."""
    lines = (folder / "scores.csv").read_text("utf-8").splitlines()
    words = lines[line - 1].split(",")
    place = next(number for number, cell in enumerate(words) if number > 2 and cell)
    near = next(
        (n for n in (line - 1, line + 1) if n <= LINES and lines[n - 1].split(",")[:2] == words[:2]), 0
    )
    if not near:
        pytest.skip("a table of one line")
    words[place] = lines[near - 1].split(",")[place]
    if not words[place]:
        pytest.skip("nothing above or below")
    change(folder / "scores.csv", line, lambda _: ",".join(words))
    said = refused(folder)
    assert f"scores.csv:{line}:" in said or f"scores.csv:{near}:" in said


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "said"),
    [
        ("scores.csv", 1, "g12", "g13", "表头应是"),
        ("scores.csv", 2, "1700", "170o", "scores.csv:2: 肺活量一年级男生：“170o”不是数"),
        ("scores.csv", 2, "1700", "1700.5", "小数多于 0 位"),
        ("scores.csv", 2, "1700", "17000", "合理范围"),
        ("scores.csv", 2, "male", "boy", "性别“boy”应是 male 或 female"),
        ("scores.csv", 2, "vital_capacity", "vital_capacitie", "是不是「vital_capacity」"),
        ("scores.csv", 2, ",100,", ",99,", "没有“99”分这一档"),
        ("scores.csv", 3, ",95,", ",100,", "写了两次"),
        ("scores.csv", 2, "4940", "4940,1", "有 16 列，应有 15 列"),
        ("scores.csv", LINES, "5:45", "5:75", "不是时间"),
        ("bmi.csv", 2, "13.5", "19.5", "一段比一段高"),
        ("bmi.csv", 2, "13.5", "", "缺少分段：normal"),
        ("bmi.csv", 2, "normal", "fat", "没有要写起点的分段"),
        ("bmi.csv", 2, "13.5", "x", "“x”不是数"),
        ("rules.yaml", 0, "rope_skipping: 20}", "rope_skipping: 25}", "权重合计 105"),
        ("rules.yaml", 0, "run_800m: 20", "run_80m: 20", "是不是「run_800m」"),
        ("rules.yaml", 0, "grades: [g1, g2]\n    items: {bmi", "grades: [g1]\n    items: {bmi", "写了 0 次"),
        ("rules.yaml", 0, "better: bands", "better: higher", "bands"),
        ("rules.yaml", 0, "rounding: up", "rounding: upwards", "不在允许的范围"),
        ("rules.yaml", 0, "least: 100\n", "least: 10000\n", "应小于"),
        ("rules.yaml", 0, "item: pull_ups", "item: pushups", "没有按档计分的项目"),
        ("rules.yaml", 0, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "[1, 3, 2]", "从小到大"),
        ("rules.yaml", 0, "name: 不及格, least: 0}", "name: 不及格, least: 5}", "最后一级从 0 起"),
        ("rules.yaml", 0, "headings: [身高", "heading: [身高", "不认识的键「heading」"),
    ],
)
def test_a_broken_standard_is_refused_with_file_line_and_reason(
    folder: Path, file: str, line: int, old: str, new: str, said: str
) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    if line:
        change(path, line, lambda one: one.replace(old, new, 1))
    else:
        path.write_text(text.replace(old, new, 1), "utf-8")
    found = refused(folder)
    assert said in found
    assert all(part.split(":")[1].isdigit() for part in found.splitlines())


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "bmi.csv").unlink()
    assert "bmi.csv" in refused(folder)


def test_a_county_may_change_a_figure(folder: Path) -> None:
    change(folder / "scores.csv", 2, lambda line: line.replace("1700", "1710"))
    scale = load_fitness(folder).scales["vital_capacity", Sex.MALE, Grade.G1]
    assert (scale.at(1709), scale.at(1710)) == (95, 100)
