"""The progress file: entries are added and never lost, every fault has its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from follow_building import PLAN, adjusted, report, step

from jiaoheng.census import journal
from jiaoheng.plans import following
from jiaoheng.plans.following import Evidence, ProgressFileError, ledger
from jiaoheng.plans.following.evidence import describe, folder_of

FEEDBACK = step("2022-07-01", "反馈", due="2022-09-30")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return following.path_of(tmp_path / "plan.yaml")


def test_what_is_added_is_read_back(path: Path) -> None:
    evidence = Evidence(file="a.pdf", sha256="0" * 64, size=1)
    entries = (
        report("2022-03-01", "进行中", percent=37.5, words="完成招标：#1 标段", evidence=(evidence,)),
        adjusted("2022-05-01", due="2023-06-30"),
        FEEDBACK,
        report("2022-08-01", "已完成", project="new_school", finished=date(2022, 7, 30)),
    )
    assert following.add(path, PLAN, entries) == entries
    assert following.load(path, PLAN).entries == entries


def test_the_file_can_be_read_by_any_yaml_reader(path: Path) -> None:
    following.add(path, PLAN, [report("2022-03-01", "进行中")])
    (entry,) = yaml.safe_load(path.read_text("utf-8"))["entries"]
    assert entry == {"task": "7", "year": 2022, "day": date(2022, 3, 1), "by": "区教育局", "state": "进行中"}


def test_what_was_said_already_is_not_written_again(path: Path) -> None:
    first = report("2022-03-01", "进行中", recorded_on=date(2022, 3, 2))
    again = report("2022-03-01", "进行中", recorded_on=date(2022, 4, 2), source="a.xlsx")
    following.add(path, PLAN, [first])
    before = path.read_bytes()
    assert following.add(path, PLAN, [again, again]) == ()
    assert path.read_bytes() == before


def test_comments_stay(path: Path) -> None:
    path.write_text(
        "# ours\nentries:\n- {task: '7', year: 2022, day: 2022-03-01, by: 区教育局, state: 进行中} # so\n"
    )
    following.add(path, PLAN, [report("2022-04-01", "已完成")])
    assert "# ours" in path.read_text("utf-8")
    assert "# so" in path.read_text("utf-8")
    assert len(following.load(path, PLAN).entries) == 2


def test_one_entry_that_does_not_fit_and_none_is_written(path: Path) -> None:
    following.add(path, PLAN, [report("2022-03-01", "进行中")])
    before = path.read_bytes()
    with pytest.raises(ProgressFileError, match="复查之前没有整改"):
        following.add(
            path, PLAN, [report("2022-04-01", "已完成"), FEEDBACK, step("2022-08-01", "复查", passed=True)]
        )
    assert path.read_bytes() == before


@pytest.mark.parametrize("fault", ["before", "while"])
def test_a_disk_that_refuses_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    following.add(path, PLAN, [report("2022-03-01", "进行中")])
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError("full")

    target = (journal.os, "fsync") if fault == "before" else (journal.os, "replace")
    monkeypatch.setattr(*target, refuse)
    with pytest.raises(OSError, match="full"):
        following.add(path, PLAN, [report("2022-04-01", "已完成")])
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == [".lock", path.name]


def test_every_fault_is_told_with_its_line(path: Path) -> None:
    path.write_text(
        "entries:\n"
        "  - {task: '7', year: 2022, day: 2022-03-01, by: 区教育局, state: 滞后}\n"
        "  - {task: '7', year: 2022, day: 2022-03-01, by: 区教育局, step: 约见, to: [区教育局]}\n"
        "  - {day: 2022-03-01, by: 区教育局, state: 进行中}\n",
        encoding="utf-8",
    )
    with pytest.raises(ProgressFileError) as refused:
        following.load(path, PLAN)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]
    assert "不能填写" in lines[0]
    assert "没有“约见”这一步" in lines[1]
    assert "哪项任务 task 或哪个项目 project" in lines[2]


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ("task: '77', year: 2022", "没有序号为“77”的任务。是不是「7」"),
        ("task: '7'", "任务7分年度（2021、2022、2023）。请写明是哪一年"),
        ("task: '7', year: 2024", "任务7分年度"),
        ("task: '8', year: 2022", "任务8不分年度"),
        ("project: new_scool", "没有编号为“new_scool”的项目。是不是「new_school」"),
    ],
)
def test_an_entry_about_what_the_plan_does_not_have_is_told_with_its_line(
    path: Path, about: str, message: str
) -> None:
    path.write_text(
        f"entries:\n  - {{{about}, day: 2022-03-01, by: 区教育局, state: 进行中}}\n", encoding="utf-8"
    )
    with pytest.raises(ProgressFileError, match=message) as refused:
        following.load(path, PLAN)
    assert str(refused.value).startswith(f"{path}:2: ")


def test_evidence_is_kept_under_its_hash_and_its_loss_is_told(path: Path, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "照片.jpg").write_bytes(b"one")
    described = describe(sent / "照片.jpg")
    entry = report("2022-03-01", "进行中", evidence=(described[0],))
    following.add(path, PLAN, [entry], files=[described])
    kept = folder_of(path) / described[0].file
    assert kept.read_bytes() == b"one"
    assert following.losses(folder_of(path), [entry]) == ()
    kept.write_bytes(b"two")
    assert [loss.kind for loss in following.losses(folder_of(path), [entry])] == ["changed"]
    kept.unlink()
    assert [loss.kind for loss in following.losses(folder_of(path), [entry])] == ["missing"]


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    names = set()
    for place, content in enumerate((b"one", b"two")):
        folder = tmp_path / str(place)
        folder.mkdir()
        (folder / "照片.jpg").write_bytes(content)
        names.add(describe(folder / "照片.jpg")[0].file)
    assert len(names) == 2


def test_evidence_without_entries_is_not_kept(path: Path, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"one")
    described = describe(tmp_path / "照片.jpg")
    wrong = step("2022-08-01", "复查", passed=True, evidence=(described[0],))
    with pytest.raises(ProgressFileError):
        following.add(path, PLAN, [wrong], files=[described])
    assert not folder_of(path).exists()


def test_a_progress_file_is_told_by_its_name() -> None:
    assert ledger.is_progress_file(following.path_of(Path("plans/a.yaml")))
    assert not ledger.is_progress_file(Path("plans/a.yaml"))
