"""The peak memory of a process."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_megabytes() -> float:
    """The most that this process has held.

    What `getrusage` says begins with the size of the process that forked this one, so Linux is asked first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
