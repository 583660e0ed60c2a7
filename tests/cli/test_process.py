"""The command as a process of its own: what a shell sees is what the tests in one process see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_process_prints_and_returns_the_same(sihui, jiaoheng, tmp_path: Path) -> None:
    runs = (
        ("status", sihui.folder, "--json"),
        ("check", sihui.folder, "--year", "2025"),
        ("measures", tmp_path / "none"),
    )
    for words in runs:
        done = subprocess.run(
            [sys.executable, "-c", "from jiaoheng.cli import main; main()", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        here = jiaoheng(*words)
        assert (done.returncode, done.stdout, done.stderr) == (here.code, here.out, here.err)
