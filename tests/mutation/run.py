"""Damages books, reads them, judges what came of it; many of them in a process of their own, under limits."""

from __future__ import annotations

import faulthandler
import json
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from jiaoheng import census
from jiaoheng.census.laying import ImportRefusedError, lay
from jiaoheng.census.snapshot import Census
from jiaoheng.errors import JiaohengError

from . import county
from .books import KINDS, MAPPING, draw
from .damages import DAMAGES, apply, damage
from .draft import Draft
from .judge import judge
from .messages import Outcome
from .writing import write

MEMORY = 1 << 30
"""What a process may take, all libraries and the harness included."""

_SPACE = 16 << 30
"""Addresses that a process may ask for: what would take gigabytes fails there and harms no other process."""

_PATIENCE = 300.0
"""A book that takes so many seconds hangs, on whatever machine."""

_BATCH = 500


@dataclass
class Tally:
    """What came of many books."""

    kinds: Counter[str] = field(default_factory=Counter)
    by_book: Counter[tuple[str, str]] = field(default_factory=Counter)
    damages: Counter[str] = field(default_factory=Counter)
    faults: dict[int, list[str]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    peak: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    seconds: float = 0.0

    @property
    def count(self) -> int:
        """How many books."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Bench:
    """What reading needs beside the book: a folder, last year's snapshot, the mapping file."""

    folder: Path
    base: Census
    mapping: Path

    @classmethod
    def set_up(cls, folder: Path) -> Bench:
        """Build it in an empty folder."""
        mapping = folder / "学校一览.yaml"
        mapping.write_text(MAPPING, "utf-8")
        return cls(folder, county.census(folder / "census"), mapping)


def book(seed: int, only: Sequence[str] = ()) -> Draft:
    """The damaged book of a seed; ``only`` names damages of which it gets one, and no other."""
    rng = Random(seed)
    draft = draw(rng.choice(KINDS), rng)
    if not only:
        damage(draft, rng)
        return draft
    (chosen,) = [each for each in DAMAGES if each.name == only[seed % len(only)]]
    while not apply(draft, chosen, rng):
        draft = draw(rng.choice(KINDS), rng)
    return draft


def read(draft: Draft, bench: Bench) -> Outcome:
    """Write a draft, read it as an import does, and work out what would be stored."""
    path = write(draft, bench.folder)
    reading = None
    try:
        reading = census.read(
            [path],
            key=county.KEY,
            year=county.YEAR,
            census=bench.base,
            mapping=bench.mapping if draft.mapping else None,
        )
        stored, laid = lay(bench.base, reading, accept_partial=True, replace=False)
        return Outcome(laid, stored)
    except ImportRefusedError as error:
        return Outcome(error.reading)
    except census.store.NothingToImportError:
        return Outcome(reading)
    except JiaohengError as error:
        return Outcome(message=str(error))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Outcome(crash=traceback.format_exc())
    finally:
        path.unlink(missing_ok=True)


def run(
    seeds: Iterable[int],
    *,
    only: Sequence[str] = (),
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Judge the books of these seeds, in child processes that may crash without harm to this one."""
    tally, waiting = Tally(), list(seeds)
    started = time.perf_counter()
    while waiting:
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        done = _child(batch, only, tally, progress)
        waiting = [seed for seed in batch if seed not in done] + waiting
    tally.seconds = time.perf_counter() - started
    return tally


def _child(
    seeds: list[int], only: Sequence[str], tally: Tally, progress: Callable[[Tally], None]
) -> set[int]:
    """Judge a batch; the seeds that are done, the one among them that ended the process."""
    words = [*map(str, seeds), *(word for name in only for word in ("--only", name))]
    command = [sys.executable, "-m", __package__, "--child", *words]
    folder = Path(__file__).parents[len(__package__.split("."))]
    done: set[int] = set()
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        current = seeds[0]
        for text in process.stdout:
            line = json.loads(text)
            current = line["seed"]
            if "kind" in line:
                done.add(current)
                _count(tally, line)
                progress(tally)
        code = process.wait()
        if code != 0:
            errors.seek(0)
            tally.kinds["crash"] += 1
            tally.faults[current] = [f"the process ended with {code}: {errors.read()[-2000:]}"]
            done.add(current)
    return done


def _count(tally: Tally, line: dict[str, object]) -> None:
    seed, kind = int(str(line["seed"])), str(line["kind"])
    tally.kinds[kind] += 1
    tally.by_book[str(line["book"]), kind] += 1
    tally.damages.update(line["damages"])  # type: ignore[call-overload]
    tally.rows.update(line["rows"])  # type: ignore[call-overload]
    tally.peak = max(tally.peak, int(str(line["peak"])))
    tally.slowest = max(tally.slowest, (float(str(line["seconds"])), seed))
    if line["faults"]:
        tally.faults[seed] = list(line["faults"])  # type: ignore[call-overload]
        print(f"seed {seed}: {tally.faults[seed][0]}", file=sys.stderr)


def report(tally: Tally) -> str:
    """The figures of a run, and each fault with the seed that repeats it."""
    lines = [
        f"{tally.count} books in {tally.seconds:.0f} s, peak {tally.peak / 2**20:.0f} MB,"
        f" slowest {tally.slowest[0]:.1f} s (seed {tally.slowest[1]})",
        *(f"  {count:6} {kind}" for kind, count in tally.kinds.most_common()),
        f"  rows: {dict(tally.rows)}",
        f"  {sum(tally.damages.values())} damages of {len(tally.damages)} kinds",
        f"{len(tally.faults)} books with faults",
    ]
    for seed, faults in sorted(tally.faults.items()):
        lines += [f"  seed {seed}: {fault}" for fault in faults[:3]]
    return "\n".join(lines)


def child(seeds: Iterable[int], only: Sequence[str]) -> None:
    """Judge these books and say of each, on a line of its own, what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.set_up(Path(folder))
        for seed in seeds:
            print(json.dumps({"seed": seed}), flush=True)
            # Ends the process with a traceback, wherever it hangs.
            faulthandler.dump_traceback_later(_PATIENCE, exit=True)
            print(json.dumps(one(seed, bench, only), ensure_ascii=False), flush=True)
            faulthandler.cancel_dump_traceback_later()


def one(seed: int, bench: Bench, only: Sequence[str] = ()) -> dict[str, object]:
    """Judge the book of a seed."""
    draft = book(seed, only)
    before, started = _peak(), time.perf_counter()
    outcome = read(draft, bench)
    seconds = time.perf_counter() - started
    faults = judge(draft, outcome)
    if _peak() > MEMORY and before <= MEMORY:
        faults.append(f"took the process from {before >> 20} to {_peak() >> 20} MB")
    reading = outcome.reading
    return {
        "seed": seed,
        "book": draft.kind,
        "damages": draft.damages,
        "kind": outcome.kind,
        "faults": faults,
        "rows": {
            "read": reading.rows_read,
            "accepted": reading.rows_accepted,
            "refused": reading.rows_rejected,
            "messages": len(reading.rejections),
        }
        if reading
        else {},
        "peak": _peak(),
        "seconds": seconds,
    }


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` begins with the size of the process that forked this one: a test worker of 1 GB, say.
        return int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


__all__ = ["Bench", "Tally", "book", "child", "one", "read", "report", "run"]
