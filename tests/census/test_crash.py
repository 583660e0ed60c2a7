"""Whatever happens during an import, the snapshot is the old one or the new one."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from census_kill import import_and_die, import_for_ever
from census_samples import REGION, county, reading, stage

from jiaoheng.census import files
from jiaoheng.census.snapshot import Census
from jiaoheng.census.store import DiskError, Store

A = "2144000000"
OLD, NEW = 100, 777
KILLS = 12


def _pupils(census: Census) -> int:
    census.verify()
    value: int = census.table("school_stages")["pupils"].to_pylist()[0]
    return value


needs_sigkill = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


@pytest.fixture
def processes() -> Any:
    """Starts processes from a server that has imported everything, so that each takes little time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["jiaoheng.census"])
    return context


@needs_sigkill
def test_an_import_that_is_killed_in_any_call_to_the_system_leaves_a_whole_snapshot(
    tmp_path: Path, processes: Any
) -> None:
    store = Store(tmp_path / "census")
    first = store.commit(2025, county(), region=REGION)
    given_rows = reading("school_stages", [stage(A, pupils=NEW)])
    seen = set()
    for fatal in itertools.count():
        process = processes.Process(target=import_and_die, args=(tmp_path, given_rows, REGION, fatal))
        process.start()
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        current = store.snapshot(2025)
        assert _pupils(current) == (OLD if current.version == 1 else NEW)
        seen.add(current.version > 1)
        _forget(store)
    assert fatal > 15
    assert seen == {False, True}, "some kills came before the rename, some after"
    assert store.snapshot(2025, 1).hash == first.hash
    assert _pupils(store.snapshot(2025)) == NEW
    assert not _leftovers(store)


@needs_sigkill
def test_an_import_that_is_killed_at_any_moment_leaves_a_whole_snapshot(
    tmp_path: Path, processes: Any
) -> None:
    store, elsewhere = Store(tmp_path / "census"), Store(tmp_path / "elsewhere")
    first = store.commit(2025, county(), region=REGION)
    elsewhere.commit(2025, county(), region=REGION)
    given_rows = reading("school_stages", [stage(A, pupils=NEW)])
    started = time.perf_counter()
    elsewhere.commit(2025, given_rows, region=REGION)
    one_import = time.perf_counter() - started
    for number in range(KILLS):
        ready = processes.Event()
        process = processes.Process(target=import_for_ever, args=(tmp_path, given_rows, REGION, ready))
        process.start()
        assert ready.wait(60)
        time.sleep(one_import * 2 * ((number * 7) % KILLS) / KILLS)
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        current = store.snapshot(2025)
        assert _pupils(current) == (OLD if current.version == 1 else NEW)
        for version in store.versions(2025):
            store.snapshot(2025, version).verify()
    assert store.snapshot(2025, 1).hash == first.hash
    assert store.snapshot(2025).version > 1, "no import was done before it was killed"
    store.commit(2025, reading("school_stages", [stage(A, pupils=5)]), region=REGION)
    assert not _leftovers(store)
    assert _pupils(store.snapshot(2025)) == 5


def _pupils(census: Census) -> int:
    """The value that an import changes, read from a snapshot that is whole."""
    census.verify()
    value: int = census.table("school_stages")["pupils"].to_pylist()[0]
    return value


def _leftovers(store: Store) -> list[Path]:
    return list((store.folder / "2025").glob(f"{files.TEMPORARY}*"))


def _forget(store: Store) -> None:
    """Take away all versions but the first."""
    for version in store.versions(2025)[1:]:
        shutil.rmtree(store.snapshot(2025, version).folder)


def _failing(real: Callable[..., Any], count: int, error: int) -> tuple[Callable[..., Any], list[int]]:
    """The call, but the ``count``-th (from 0) raises; and how often it was called."""
    calls: list[int] = []

    def call(*args: Any, **options: Any) -> Any:
        calls.append(len(calls))
        if len(calls) == count + 1:
            raise OSError(error, os.strerror(error))
        return real(*args, **options)

    return call, calls


@pytest.mark.parametrize("name", ["write", "fsync", "rename", "chmod", "open", "mkdir"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_leaves_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: int
) -> None:
    store = Store(tmp_path / "census")
    first = store.commit(2025, county(), region=REGION)
    real = getattr(os, name)
    failed = 0
    while True:
        call, calls = _failing(real, failed, error)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, call)
            fault = _import(store)
        if fault is None:
            break
        failed += 1
        assert isinstance(fault, DiskError)
        assert "原有快照没有变化" in str(fault)
        assert os.strerror(error) in str(fault)
        assert store.versions(2025) == (1,)
        assert store.snapshot(2025).hash == first.hash
        assert _pupils(store.snapshot(2025)) == OLD
        assert not _leftovers(store)
    assert failed == len(calls) > 0, "every call must have failed once"
    assert _pupils(store.snapshot(2025)) == NEW


def test_the_first_import_leaves_no_snapshot_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "census")
    call, _ = _failing(os.write, 2, errno.ENOSPC)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", call)
        with pytest.raises(DiskError, match="磁盘空间"):
            store.commit(2025, county(), region=REGION)
    assert store.years() == ()
    assert store.commit(2025, county(), region=REGION).version == 1


def test_a_write_that_is_cut_short_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:100]))
    census = Store(tmp_path).commit(2025, county(), region=REGION)
    census.verify()
    assert census.table("schools").num_rows == 3


def _import(store: Store) -> BaseException | None:
    try:
        store.commit(2025, reading("school_stages", [stage(A, pupils=NEW)]), region=REGION)
    except Exception as fault:
        return fault
    return None
