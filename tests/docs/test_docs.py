"""The documents say what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


def test_every_command_that_the_documents_show_exists() -> None:
    from typer.main import get_command

    from jiaoheng.cli.app import application

    root = get_command(application())
    known = set(root.commands)  # type: ignore[attr-defined]
    words = re.compile(r"^(?:    |\$ |)jiaoheng ([a-z]+)", re.MULTILINE)
    shown = {word for page in PAGES for word in words.findall(page.read_text(encoding="utf-8"))}
    assert shown
    assert shown <= known


def test_both_readmes_show_the_same_commands() -> None:
    found = [
        re.findall(r"^    ((?:make|jiaoheng) \w+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("README.md", "README.zh.md")
    ]
    assert found[0] == found[1]


def test_layers_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout
