"""An import on a disk that fills up changes nothing and says so; with room again, it works.

12 full disks are part of every run; JIAOHENG_KILLS=300 asks for as many as kills.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from . import victim
from .scene import Scene, held, leftovers, start

DISKS = int(os.environ.get("JIAOHENG_KILLS", "12"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")


def test_a_disk_that_fills_up_at_any_byte_leaves_the_snapshot_as_it_was(
    tmp_path: Path, context: Any, both: tuple[Scene, Scene]
) -> None:
    for seed in range(DISKS):
        rng = Random(seed)
        scene = rng.choice(both)
        folder = scene.fresh(tmp_path / "ws")
        said = tmp_path / "said.txt"
        if rng.random() < 0.7:
            room = rng.randrange(scene.written)
            process = start(context, victim.import_on_a_full_disk, scene.words(folder), said, room)
        else:
            # The largest file of a snapshot is larger than this, and so is what the command says.
            room = rng.choice((0, 1, 40, 70, 2000, 4000))
            process = start(context, victim.import_with_small_files, scene.words(folder), said, room)
        process.join()
        _refused(scene, folder, process, said, f"seed {seed}, room for {room} bytes")
        if seed % 4 == 0:
            _works_with_room(context, scene, folder, said)


def test_a_disk_that_is_really_full_leaves_the_snapshot_as_it_was(
    tmp_path: Path, both: tuple[Scene, Scene]
) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, to mount a small disk")
    scene, _ = both
    disk = tmp_path / "disk"
    disk.mkdir()
    refused = 0
    for room in (0, 8, 40, 4000) if DISKS < 100 else range(0, 400, 8):
        # The disk is filled up, and then given back so many kilobytes.
        script = (
            f"mount -t tmpfs -o size=8m tmpfs {disk} && cp -r {scene.before} {disk}/ws && "
            f"cat /dev/zero > {disk}/filler 2>/dev/null; truncate -s -{room}K {disk}/filler; "
            f"{sys.executable} -c 'from jiaoheng.cli import main; main()' \"$@\"; code=$?; "
            f"rm -rf {tmp_path}/after; cp -r {disk}/ws {tmp_path}/after; exit $code"
        )
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
        done = subprocess.run(
            [*command, *scene.words(disk / "ws")], capture_output=True, text=True, check=False
        )
        if "unshare" in done.stderr or "mount" in done.stderr:
            pytest.skip(f"no small disk here: {done.stderr.strip()}")
        if done.returncode == 0:
            assert held(tmp_path / "after") == scene.new
            continue
        refused += 1
        assert done.returncode == 2, done.stderr
        assert "磁盘" in done.stderr, done.stderr
        assert held(tmp_path / "after") == scene.old
        assert leftovers(tmp_path / "after") == []
    assert refused > 0


def _refused(scene: Scene, folder: Path, process: Any, said: Path, what: str) -> None:
    words = said.read_text("utf-8", "replace")
    assert process.exitcode not in (0, None), f"{what}: {words}"
    assert process.exitcode > 0, f"{what}: the process died of {process.exitcode}"
    assert "Traceback" not in words, f"{what}: {words}"
    assert held(folder) == scene.old, what
    assert leftovers(folder) == [], what


def _works_with_room(context: Any, scene: Scene, folder: Path, said: Path) -> None:
    process = start(context, victim.import_files, scene.words(folder), said)
    process.join()
    assert process.exitcode == 0, said.read_text("utf-8")
    assert held(folder) == scene.new
