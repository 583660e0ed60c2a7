"""The register of school changes keeps what people confirm: readable, proved, never half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from jiaoheng.census import changes
from jiaoheng.census.changes import Change, Party, RegisterError

A, B, C = "2144000001", "2144000002", "3144000003"
SAID = "year: 2025, confirmed_by: 张敏, confirmed_on: 2025-10-08"


def entry(kind: str, old: list[str], new: list[str], *, year: int = 2025, **more: object) -> Change:
    return Change.model_validate(
        {
            "year": year,
            "kind": kind,
            "from": [{"code": code} for code in old],
            "to": [{"code": code} for code in new],
            "confirmed_by": "张敏",
            "confirmed_on": date(2025, 10, 8),
            **more,
        }
    )


def write(folder: Path, text: str) -> Path:
    path = folder / "register" / "changes.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_workspace_without_changes_has_an_empty_register(tmp_path: Path) -> None:
    assert changes.load(tmp_path).changes == ()


def test_what_is_added_is_read_back_also_by_any_reader_of_yaml(tmp_path: Path) -> None:
    new = entry("recoded", [A], [C], note="升格为九年一贯制", evidence="四教〔2025〕12号")
    changes.add(tmp_path, [new])
    assert changes.load(tmp_path).changes == (new,)
    (plain,) = yaml.safe_load((tmp_path / "register" / "changes.yaml").read_text("utf-8"))["changes"]
    assert plain["from"] == [{"code": A}]
    assert plain["confirmed_on"] == date(2025, 10, 8)


def test_entries_of_one_day_are_written_out_each(tmp_path: Path) -> None:
    day = date(2025, 10, 8)
    changes.add(tmp_path, [entry("closed", [code], [], confirmed_on=day) for code in (A, B)])
    text = (tmp_path / "register" / "changes.yaml").read_text("utf-8")
    assert text.count("confirmed_on: 2025-10-08") == 2


def test_a_code_of_digits_alone_stays_text_with_its_leading_zero(tmp_path: Path) -> None:
    changes.add(tmp_path, [entry("closed", ["0144000001"], [])])
    text = (tmp_path / "register" / "changes.yaml").read_text("utf-8")
    assert yaml.safe_load(text)["changes"][0]["from"][0]["code"] == "0144000001"


def test_entries_are_added_behind_what_a_person_has_written(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "# 我的说明\nchanges:\n- year: 2024   # 那年合并\n  kind: closed\n"
        f"  from:\n  - code: '{B}'\n  confirmed_by: 李\n  confirmed_on: 2024-10-01\n",
    )
    changes.add(tmp_path, [entry("closed", [A], [])])
    text = path.read_text("utf-8")
    assert "# 我的说明" in text
    assert "# 那年合并" in text
    assert [change.codes_before for change in changes.load(tmp_path).changes] == [(B,), (A,)]


@pytest.mark.parametrize("text", ["changes: []\n", "changes:\n", "changes: null\n", "", "# 空\n"])
def test_an_empty_register_takes_its_first_entry(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    changes.add(tmp_path, [entry("closed", [A], [])])
    assert len(changes.load(tmp_path).changes) == 1


def test_the_same_said_twice_stands_once(tmp_path: Path) -> None:
    changes.add(tmp_path, [entry("recoded", [A], [C])])
    register, new = changes.add(tmp_path, [entry("recoded", [A], [C], confirmed_by="王强")])
    assert (len(register.changes), new) == (1, 0)


def test_what_contradicts_an_entry_is_refused_with_its_line_and_changes_nothing(tmp_path: Path) -> None:
    register, _ = changes.add(tmp_path, [entry("recoded", [A], [C])])
    before = register.path.read_bytes()
    with pytest.raises(RegisterError, match=rf"changes\.yaml:6: {A} 在 2025 年的去向，这里已有不同的记录"):
        changes.add(tmp_path, [entry("closed", [B], []), entry("merged", [A, B], [B])])
    assert register.path.read_bytes() == before


def test_a_pair_that_was_rejected_cannot_be_confirmed_unawares(tmp_path: Path) -> None:
    changes.add(tmp_path, [entry("distinct", [A], [C])])
    with pytest.raises(RegisterError, match="是不是同一所"):
        changes.add(tmp_path, [entry("recoded", [A], [C])])


def test_a_school_may_be_renamed_and_split_in_one_year(tmp_path: Path) -> None:
    renamed = entry("renamed", [A], [A], to=[{"code": A, "name": "城中学校"}])
    changes.add(tmp_path, [renamed, entry("split", [A], [A, B])])
    assert len(changes.load(tmp_path).changes) == 2


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("recoded", [A], [A], "一个旧标识码和一个新标识码"),
        ("merged", [A], [B], "两个以上的旧标识码"),
        ("split", [A], [B], "两个以上的新标识码"),
        ("opened", [A], [B], "没有旧标识码"),
        ("closed", [A], [B], "没有新标识码"),
        ("renamed", [A], [A], "旧名和新名"),
        ("merged", [A, A], [B], "重复"),
    ],
)
def test_each_kind_has_its_shape(kind: str, old: list[str], new: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        entry(kind, old, new)


def test_shares_of_a_split_are_all_there_and_add_up() -> None:
    for shares in ([0.5, 0.6], [0.5, None]):
        parties = [Party(code=code, share=share) for code, share in zip([B, C], shares, strict=True)]
        with pytest.raises(ValueError, match="share"):
            entry("split", [A], [], to=parties)


def test_faults_of_a_file_are_told_by_their_lines(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"changes:\n  - {{kind: closed, from: [{{code: '{A}'}}], {SAID}}}\n"
        f"  - {{kind: gone, from: [{{code: '{B}'}}], {SAID}}}\n",
    )
    with pytest.raises(RegisterError, match=rf"{path}:3: .*gone"):
        changes.load(tmp_path)


def test_two_entries_of_a_file_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"changes:\n  - {{kind: closed, from: [{{code: '{A}'}}], {SAID}}}\n"
        f"  - {{kind: recoded, from: [{{code: '{A}'}}], to: [{{code: '{C}'}}], {SAID}}}\n",
    )
    with pytest.raises(RegisterError, match=r"changes\.yaml:3: 2144000001 .*第 2 行"):
        changes.load(tmp_path)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, _ = changes.add(tmp_path, [entry("closed", [A], [])])
    before = register.path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        changes.add(tmp_path, [entry("closed", [B], [])])
    assert register.path.read_bytes() == before
    assert [each.name for each in register.path.parent.iterdir() if each.name.startswith(".changes")] == []


_ADDER = """
import sys
from datetime import date
from pathlib import Path
from jiaoheng.census import changes
from jiaoheng.census.changes import Change, Party
for number in range(10_000):
    closed = Change(year=2025, kind="closed", before=(Party(code=f"21440{number:05d}"),),
                    confirmed_by="张敏", confirmed_on=date(2025, 10, 8))
    changes.add(Path(sys.argv[1]), [closed])
    print(number, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11])
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, delay: float) -> None:
    run = subprocess.Popen([sys.executable, "-c", _ADDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    run.stdout.readline()
    time.sleep(delay)
    run.send_signal(signal.SIGKILL)
    acknowledged = 1 + len(run.stdout.read().splitlines())
    run.wait()
    kept = len(changes.load(tmp_path).changes)
    assert acknowledged <= kept <= acknowledged + 1
    changes.add(tmp_path, [entry("closed", [A], [], year=2026)])
