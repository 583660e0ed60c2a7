"""Tables of tasks are read as documents print them, and their sums are held against their parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiaoheng.places.tasks import SUM, Task, TaskError, TaskTable, read_tasks, wrong_sums
from shared import shared

_WIDE = """地区,学前教育需增加学位数,义务教育需增加学位数,,普通高中需增加学位数,需增加学位总数
,,总数,其中：需压缩民办学位数,,
甲县,100,300,120,50,450
乙县,80,200,,0,280
合计,180,500,120,50,730
"""


def _read(folder: Path, text: str) -> TaskTable:
    file = folder / "tasks.csv"
    file.write_text(text, encoding="utf-8")
    return read_tasks(file)


def test_a_heading_of_two_rows_is_read_as_it_stands(tmp_path: Path) -> None:
    table = _read(tmp_path, _WIDE)
    assert table.tasks[:3] == (
        Task("甲县", "preschool", 100),
        Task("甲县", "compulsory", 300, 120),
        Task("甲县", "senior", 50),
    )
    assert table.printed[SUM, "total"] == 730
    assert table.printed[SUM, "private"] == 120
    assert table.printed["乙县", "total"] == 280
    assert wrong_sums(table) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("50,450", "50,451", "甲县总数印的是 451，各项相加是 450，相差 1"),
        ("合计,180", "合计,190", "合计学前教育印的是 190，各项相加是 180"),
        ("500,120,50,730", "500,121,50,730", "合计其中压缩民办学位数印的是 121"),
        ("300,120", "300,320", "多于总数 300 个"),
        ("100,300", ",300", "各项不全"),
    ],
)
def test_a_wrong_sum_is_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert any(said in fault for fault in wrong_sums(_read(tmp_path, _WIDE.replace(right, wrong))))


def test_a_long_table_says_the_same(tmp_path: Path) -> None:
    long = "area,stage,seats,kind\n甲县,学前教育,100,\n甲县,义务教育,300,\n甲县,义务教育,120,private\n"
    assert _read(tmp_path, long).tasks == _read(tmp_path, _WIDE).tasks[:2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("镇,人数\n甲,3\n", "没有找到任务表"),
        ("地区,人数\n甲,3\n", "表头没有学段"),
        (_WIDE.replace("100,300", "约100,300"), "第 3 行「学前教育需增加学位数」：“约100”不是学位数"),
        (_WIDE.replace("100,300", "-100,300"), "不是学位数"),
        ("area,stage,seats\n甲,大学,3\n", "不认识“大学”"),
        ("area,stage,seats\n甲,小学,3\n甲,小学,4\n", "写了两次"),
    ],
)
def test_nonsense_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TaskError, match=said):
        _read(tmp_path, text)


def test_the_table_of_a_published_plan_adds_up(tmp_path: Path) -> None:
    text = shared("seeds/002_ac163c1c7da036ac.txt").read_text(encoding="utf-8").splitlines()
    start = next(at for at, line in enumerate(text) if line.startswith("地区\t学前教育需增加"))
    table = _read(tmp_path, "\n".join(text[start : start + 11]))
    assert len(table.areas) == 8
    assert table.seats("市直") == 5995 == 1080 + 3136 + 1779
    assert table.seats() == table.printed[SUM, "total"] == 117611
    assert table.printed[SUM, "private"] == 32858
    assert wrong_sums(table) == ()
