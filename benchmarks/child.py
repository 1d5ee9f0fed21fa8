"""One contender on one document, in a process of its own: `python -m benchmarks.child NAME PDF`.

Output: a JSON `Figures` on stdout; exit 3 where the contender is not installed. Only the reading is
timed, not the import. Grain: one process. Raises what the contender raises.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.contenders import contender

NOT_INSTALLED = 3


@dataclass(frozen=True)
class Figures:
    """What one reading took. CPU and memory are those of the processes it started, too."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    rows: list[list[str]]


def main(name: str, path: Path) -> int:
    """Read once and print the figures."""
    chosen = contender(name)
    try:
        chosen.load()
    except ImportError:
        return NOT_INSTALLED
    cpu, wall = _cpu_seconds(), time.perf_counter()
    rows = list(chosen.rows(path))
    figures = Figures(time.perf_counter() - wall, _cpu_seconds() - cpu, _peak_mb(), rows)
    sys.__stdout__.write(json.dumps(asdict(figures)))  # type: ignore[union-attr]
    return 0


def _cpu_seconds() -> float:
    """Of this process and those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peak_mb() -> float:
    """The largest of this process and those it has waited for."""
    unit = 1 if sys.platform == "darwin" else 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands ru_maxrss down to a new program from the one that started it; this it doesn't.
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return max(int(peak.split()[1]) / 1024, children)
    return max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20, children)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
