"""Workspaces to crash in, real files to import, and the processes that import them."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from jiaoheng import workspace
from jiaoheng.census import identity
from mutation.books import draw
from mutation.county import REGION, YEAR
from mutation.writing import write

from . import victim

OLD, NEW = ("wide primary", "wide junior", "mapped"), ("template", "wide primary", "pupils")
_LONG_AGO = 10_000.0


@dataclass(frozen=True)
class Scene:
    """A folder with a workspace before the import, the files to import, and what may stand after it.

    Attributes
    ----------
    before : the workspace as it was; copied for every crash.
    files : the files of the import.
    old, new : the hash of what the snapshot holds before and after; "" where there is none yet.
    calls, written : how many calls change the disk during the import, how many bytes they write.
    seconds : how long the import takes.
    """

    before: Path
    files: tuple[Path, ...]
    old: str
    new: str
    calls: int
    written: int
    seconds: float

    def words(self, folder: Path) -> list[str]:
        """The command that imports the files into a workspace."""
        return ["import", str(folder), *map(str, self.files), "--year", str(YEAR)]

    def fresh(self, folder: Path) -> Path:
        """A copy of the workspace, in place of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.before, folder)
        return folder


def processes() -> Any:
    """Starts processes from a server that has imported everything, so that each takes little time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["jiaoheng.cli"])
    return context


def start(context: Any, run: Callable[..., None], *args: object) -> Any:
    """A process that runs one of the victims."""
    process = context.Process(target=run, args=args)
    process.start()
    return process


def scenes(root: Path, context: Any) -> tuple[Scene, Scene]:
    """A workspace that has a snapshot, and one that has nothing yet, each with files to import."""
    books = root / "files"
    books.mkdir()
    rng = Random(3)
    files = {
        kind: write(draw(kind, rng), books)
        for kind in ("wide primary", "wide junior", "wide senior", "classes")
    }
    empty = root / "empty"
    workspace.init(empty, region=REGION)
    some = root / "some"
    workspace.init(some, region=REGION)
    workspace.open(some).import_files([files["wide primary"]], year=YEAR)
    wide = tuple(path for kind, path in files.items() if kind.startswith("wide"))
    return (
        _scene(root / "a", context, some, tuple(files.values())),
        _scene(root / "b", context, empty, wide),
    )


def _scene(folder: Path, context: Any, before: Path, files: tuple[Path, ...]) -> Scene:
    """Import once to see what comes of it."""
    blank = Scene(before, files, held(before), "", 0, 0, 0.0)
    said = folder.with_suffix(".txt")
    words = blank.words(blank.fresh(folder))
    started = time.perf_counter()
    process = start(context, victim.import_and_count, words, said)
    process.join()
    seconds = time.perf_counter() - started
    assert process.exitcode == 0, said.read_text("utf-8")
    calls, written = map(int, said.with_suffix(".count").read_text().split())
    return Scene(before, files, held(before), held(folder), calls, written, seconds)


def held(folder: Path) -> str:
    """What the year's snapshot holds, by its hash, every file and every version of it proved; "" for none.

    Opening the workspace reads its settings, and its key where there is one.
    """
    ws = workspace.open(folder)
    if (folder / identity.KEY_FILE).exists():
        identity.load_or_create_key(folder)
    for version in ws.store.versions(YEAR):
        ws.census(YEAR, version=version).verify()
    return ws.census(YEAR).manifest.content if YEAR in ws.years else ""


def leftovers(folder: Path) -> list[Path]:
    """What a crash has left: hidden folders and files beside others."""
    return [path for path in folder.rglob(".*") if path.name != ".lock"]


def age(paths: Sequence[Path]) -> None:
    """Make files as old as those that nobody writes on any more."""
    for path in paths:
        os.utime(path, (time.time() - _LONG_AGO,) * 2)
