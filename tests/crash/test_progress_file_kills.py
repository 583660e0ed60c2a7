"""A program that is killed while it records progress: what it acknowledged is in the file, which is whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jiaoheng import plans
from jiaoheng.plans import following

NAME = "sihui-2021-2025"
VICTIM = """
import sys
from datetime import date, timedelta
from pathlib import Path
from jiaoheng import plans
from jiaoheng.plans import following
from jiaoheng.plans.following import Report

plan_path = Path(sys.argv[1])
plan, path = plans.load(plan_path), following.path_of(plan_path)
start = int(sys.argv[2])
for number in range(start, start + 10_000):
    day = date(2021, 1, 1) + timedelta(days=number % 1500)
    entry = Report(task="2", day=day, by="市教育局", state="进行中", words=f"第{number}条")
    following.add(path, plan, [entry])
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, seed: int) -> None:
    plan_path = Path(shutil.copy(plans.shipped()[NAME], tmp_path))
    chance, acknowledged = random.Random(seed), 0
    for _ in range(3):
        words = [sys.executable, "-c", VICTIM, str(plan_path), str(acknowledged)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as victim:
            assert victim.stdout is not None
            # The first line says that it has begun; then it is killed at any moment.
            said = victim.stdout.readline()
            time.sleep(chance.uniform(0.02, 0.25))
            victim.kill()
            lines = [said, *victim.stdout.read().split()]
        acknowledged = int(lines[-1]) + 1
        found = following.load(following.path_of(plan_path), plans.load(plan_path)).entries
        assert len(found) in (acknowledged, acknowledged + 1)
        assert [entry.words for entry in found] == [f"第{number}条" for number in range(len(found))]
        acknowledged = len(found)
    assert acknowledged > 3
