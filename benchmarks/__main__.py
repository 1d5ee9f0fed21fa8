"""Runs the benchmarks and writes their tables into docs/performance.md.

    python -m benchmarks [SECTION ...] [--times 3] [--print-only]

Sections: peers, published, growth, sandbox, run, scoring; none given: all.

Input: the samples and, where there, HKUST's own PDFs. Output: tables on stdout and, between their
markers, in docs/performance.md with machine, versions, date and load. Raises ValueError for a
marker that is missing there. Peers that are not installed are listed so: `pip install '.[bench]'`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def main() -> None:
    """All sections, or those named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="rounds; the best counts")
    parser.add_argument("--applicants", type=int, default=1_000_000)
    parser.add_argument("--print-only", action="store_true", help="leave the page as it is")
    parser.add_argument("sections", nargs="*", metavar="section")
    options = parser.parse_args()
    sections = _sections(options.times, options.applicants)
    if unknown := set(options.sections) - set(sections):
        parser.error(f"no such section: {', '.join(unknown)}; there are {', '.join(sections)}")
    for name in options.sections or sections:
        before = os.getloadavg()[0]
        table = sections[name]()
        text = f"{_circumstances(before)}\n\n{table}"
        sys.stdout.write(f"\n{name}\n\n{text}\n")
        sys.stdout.flush()
        if not options.print_only:
            PAGE.write_text(_with_section(PAGE.read_text("utf-8"), name, text), "utf-8")


def _sections(times: int, applicants: int) -> dict[str, Callable[[], str]]:
    """The tables by name. Imported late: worker processes import this module too."""
    from benchmarks.bench_sandbox import sandbox_table
    from benchmarks.bench_scoring import scoring_table
    from benchmarks.peers import growth, peers_on_published, peers_on_samples
    from benchmarks.whole_run import whole_runs

    return {
        "peers": lambda: peers_on_samples(times),
        "published": lambda: peers_on_published(1),
        "growth": lambda: growth(1),
        "sandbox": lambda: sandbox_table(times),
        "run": lambda: whole_runs(times),
        "scoring": lambda: scoring_table(applicants),
    }


def _with_section(page: str, name: str, text: str) -> str:
    """The page with what stands between a section's markers replaced."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if page.count(begin) != 1 or page.count(end) != 1:
        raise ValueError(f"{PAGE.name} lacks {begin} or {end}")
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    return re.sub(pattern, lambda _: f"{begin}\n{text}\n{end}", page, flags=re.DOTALL)


def _circumstances(load_before: float) -> str:
    """Machine, versions, date, load; and how long a fixed loop takes, to compare machines by."""
    start = time.process_time()
    sum(number * number for number in range(5_000_000))
    loop = time.process_time() - start
    return (
        f"{dt.date.today():%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; load {load_before:.1f} before, "
        f"{os.getloadavg()[0]:.1f} after; five million squares summed in {loop:.2f} CPU s."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE)
        if found:
            return found[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
