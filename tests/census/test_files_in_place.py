"""A file is put in place whole or not at all, and what a killed program left beside it goes."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from jiaoheng import workspace
from jiaoheng.census import files, identity


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "replace", "open"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a.toml"
    files.replace(path, b"old")

    def fail(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match="space"):
            files.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    files.replace(path, b"new")
    assert path.read_bytes() == b"new"


def test_what_a_killed_program_left_of_the_same_file_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".a.toml.tmp").write_bytes(b"half")
    files.replace(tmp_path / "a.toml", b"whole")
    assert [each.name for each in tmp_path.iterdir()] == ["a.toml"]


def test_a_key_that_was_half_made_goes_once_it_is_old(tmp_path: Path) -> None:
    key = identity.load_or_create_key(tmp_path)
    fresh, old = tmp_path / ".secret.key-fresh", tmp_path / ".secret.key-old"
    for path in (fresh, old):
        path.write_text("00", "ascii")
    age(old, 7200)
    assert identity.load_or_create_key(tmp_path) == key
    assert fresh.exists(), "another program may be writing it at this moment"
    assert not old.exists()


def test_settings_that_could_not_be_written_leave_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        with pytest.raises(OSError, match="space"):
            workspace.init(tmp_path / "ws", region="441284")
    assert not (tmp_path / "ws" / "jiaoheng.toml").exists()
    assert workspace.init(tmp_path / "ws", region="441284").settings.region.code == "441284"
