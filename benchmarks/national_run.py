"""One engine's run over the nation, in a process of its own: see ``python -m benchmarks.national``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.memory import peak_megabytes
from benchmarks.national import BY
from benchmarks.province import YEAR
from benchmarks.run import of_schools
from jiaoheng import engine, measures
from jiaoheng.census.store import Store
from jiaoheng.measures.records import counted_from
from jiaoheng.measures.rules import in_force


def main(name: str, folder: Path) -> None:
    """Print as JSON seconds, CPU seconds, and the peak memory of this process and of those it started."""
    census = Store(folder / "census").snapshot(YEAR)
    catalogue = in_force(measures.catalogue(), YEAR)
    facts = {
        id_: node
        for id_, fact in catalogue.facts.items()
        if fact.records and fact.records.table == "pupils" and (node := catalogue.records_node(fact))
    }
    taken = {"verify": _timed(census.verify)}
    with engine.open(name) as opened:
        # Start the engine and prove the file before the clock runs.
        opened_rows = census.scan("pupils", opened)
        counted = counted_from(opened_rows, "pupils", facts, ["school_code", "stage"])
        taken["count"] = _timed(lambda: counted.collect("pyarrow"))
    found = {}

    def work() -> None:
        ids = [measure.id for measure in of_schools(catalogue)]
        found.update(measures.tables(census, ids, by=BY, engine=name))

    taken["measures"] = _timed(work)
    for by, frame in found.items():
        frame.write_parquet(folder / f"{name}-{by}.parquet")
    seconds, peak = _java()
    taken["cpu"] = time.process_time() + seconds
    taken["gigabytes"] = peak_megabytes() / 1024 + peak
    print(json.dumps(taken))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _java() -> tuple[float, float]:
    """CPU seconds and peak GB of the Java that this process started; zeros where there is none."""
    ticks, seconds, peak = os.sysconf("SC_CLK_TCK"), 0.0, 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if lines["Name"].strip() != "java" or not _is_ours(int(lines["PPid"])):
                continue
            fields = (status.parent / "stat").read_text().rpartition(")")[2].split()
        except (OSError, KeyError, ValueError):
            continue
        seconds += (int(fields[11]) + int(fields[12])) / ticks
        peak += int(lines["VmHWM"].split()[0]) / 1024**2
    return seconds, peak


def _is_ours(pid: int) -> bool:
    """Whether a process is this one, or was started by it."""
    while pid > 1:
        if pid == os.getpid():
            return True
        status = Path(f"/proc/{pid}/status").read_text()
        pid = int(status.split("PPid:")[1].split()[0])
    return False


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
