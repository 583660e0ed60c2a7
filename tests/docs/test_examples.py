"""Every example in the documents is run, in a folder where ``make demo`` was run before.

A block that is set in by four spaces or fenced, and of which a line begins with ``jiaoheng``, is run line by
line; one that imports from ``jiaoheng`` is run as Python; one before which a line ends with a file's name and
a colon (… `taiwan.csv`:) is written to that file. All blocks of a page share a folder, as they do for the
reader who tries them one after another.
"""

from __future__ import annotations

import glob
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from jiaoheng.cli.app import application
from jiaoheng.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
# The reference is made from the code, decisions show no examples, the Chinese README has the same commands.
PAGES = [
    page
    for page in sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    if not {"reference", "decisions"} & set(page.parts)
]
NOT_OURS = ("make", "source", "pip", "cd")
FILE = re.compile(r"`([\w.-]+\.\w+)`:$")
FENCED = re.compile(r"```\w*\n(.*?)\n```", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block set off from the prose, and the name of the file that it is, where the page says one."""

    text: str
    file: str

    @property
    def is_shell(self) -> bool:
        return any(line.startswith("jiaoheng ") for line in self.text.splitlines())

    @property
    def is_python(self) -> bool:
        return bool(re.search(r"^(import|from) jiaoheng", self.text, re.MULTILINE))


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page: paragraphs all of whose lines are set in, and fenced ones."""
    before = ""
    text = page.read_text("utf-8")
    for part in re.split(r"(```\w*\n.*?\n```)", text, flags=re.DOTALL):
        fenced = FENCED.fullmatch(part)
        paragraphs = [part] if fenced else part.split("\n\n")
        for paragraph in filter(str.strip, paragraphs):
            lines = paragraph.strip("\n").splitlines()
            if fenced or all(line.startswith("    ") for line in lines):
                named = FILE.search(before)
                yield Block(fenced[1] if fenced else dedent("\n".join(lines)), named[1] if named else "")
                before = ""
            else:
                before = paragraph.rstrip()


def is_run(page: Path) -> bool:
    return any(block.is_shell or block.is_python for block in blocks(page))


WITH_EXAMPLES = [page for page in PAGES if is_run(page)]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_examples_of_a_page_run_one_after_another(
    page: Path, sihui: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay_out(sihui.folder, tmp_path / "sihui")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.is_python:
            exec(compile(block.text, str(page), "exec"), names)
        elif block.is_shell:
            for line in block.text.replace("\\\n", " ").splitlines():
                _run(line)
        elif block.file:
            Path(block.file).write_text(block.text + "\n", encoding="utf-8")


def test_there_are_examples() -> None:
    assert ROOT / "README.md" in WITH_EXAMPLES
    assert len(WITH_EXAMPLES) > 2


def _run(line: str) -> None:
    words = shlex.split(line, comments=True)
    if not words or words[0] in NOT_OURS:
        return
    assert words[0] == "jiaoheng", f"not a command of ours: {line}"
    spread = [name for word in words[1:] for name in (sorted(glob.glob(word)) if "*" in word else [word])]
    done = CliRunner().invoke(application(), spread)
    # 1 says that what was checked falls short: an honest answer, and no fault of the example.
    assert done.exception is None or isinstance(done.exception, SystemExit), f"{line}\n{done.exception!r}"
    assert done.exit_code in (0, 1), f"{line}\n{done.output}"


def _lay_out(county: Path, target: Path) -> None:
    """The example county as the demo leaves it; nobody writes to its snapshots and files: links will do."""
    for part in county.iterdir():
        if part.name in ("census", "files"):
            shutil.copytree(part, target / part.name, copy_function=os.link)
        elif part.is_dir():
            shutil.copytree(part, target / part.name)
    for part in county.iterdir():
        if part.is_file():
            shutil.copy2(part, target / part.name)
