"""An import that is killed, anywhere, leaves the old snapshot or the new one, and the next import cleans up.

20 kills are part of every run; JIAOHENG_KILLS=300 asks for more.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from . import victim
from .scene import Scene, age, held, leftovers, start

KILLS = int(os.environ.get("JIAOHENG_KILLS", "20"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


def test_an_import_killed_anywhere_leaves_the_old_snapshot_or_the_new_one(
    tmp_path: Path, context: Any, both: tuple[Scene, Scene]
) -> None:
    seen: Counter[str] = Counter()
    for seed in range(KILLS):
        rng = Random(seed)
        scene = rng.choice(both)
        folder = scene.fresh(tmp_path / "ws")
        if rng.random() < 0.5:
            what = _kill_in_a_call(context, scene, folder, rng, tmp_path / "said.txt")
        else:
            what = _kill_at_a_moment(context, scene, folder, rng, tmp_path / "said.txt")
        state = held(folder)
        assert state in (scene.old, scene.new), f"seed {seed}, {what}: neither old nor new"
        seen["old" if state == scene.old else "new"] += 1
        if seed % 5 == 0:
            _import_again(context, scene, folder, tmp_path / "again.txt")
    print(f"\n{KILLS} kills: {dict(seen)}; {both[0].calls} and {both[1].calls} calls in an import")
    assert seen["old"] > KILLS / 10
    if KILLS >= 100:
        assert seen["new"] > 0, "no kill came after the snapshot was in its place"


def _kill_in_a_call(context: Any, scene: Scene, folder: Path, rng: Random, said: Path) -> str:
    fatal = rng.randrange(scene.calls)
    process = start(context, victim.import_and_die, scene.words(folder), said, fatal)
    process.join()
    assert process.exitcode == -signal.SIGKILL, said.read_text("utf-8")
    return f"killed in call {fatal} of {scene.calls}"


def _kill_at_a_moment(context: Any, scene: Scene, folder: Path, rng: Random, said: Path) -> str:
    moment = rng.uniform(0, scene.seconds)
    while True:
        process = start(context, victim.import_files, scene.words(folder), said)
        time.sleep(moment)
        process.kill()
        process.join()
        if process.exitcode == -signal.SIGKILL:
            return f"killed after {moment:.3f} s of {scene.seconds:.3f}"
        # It was done before its moment came: once more, and sooner.
        assert process.exitcode == 0, said.read_text("utf-8")
        scene.fresh(folder)
        moment *= 0.8


def _import_again(context: Any, scene: Scene, folder: Path, said: Path) -> None:
    """The import that comes after the crash works, and leaves nothing of it."""
    age(leftovers(folder))
    process = start(context, victim.import_files, scene.words(folder), said)
    process.join()
    assert process.exitcode == 0, said.read_text("utf-8")
    assert held(folder) == scene.new
    assert leftovers(folder) == []
