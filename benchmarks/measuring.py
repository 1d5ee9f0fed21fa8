"""Figures of a contender, each taken in a process of its own.

Input: a contender and a PDF. Output: `Figures`, or why there are none. Grain: the best of a few
runs, taken in turn with those of the others, so that a busy moment hits all alike.
Raises nothing: a contender that fails, hangs or is not installed is a line of the table.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.child import NOT_INSTALLED, Figures
from benchmarks.contenders import ROOT, Contender

MOST_SECONDS = 300


def measured(each: Contender, path: Path) -> Figures | str:
    """One run; a string says why there are no figures."""
    command = [sys.executable, "-m", "benchmarks.child", each.name, str(path)]
    try:
        run = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"more than {MOST_SECONDS} s"
    if run.returncode == NOT_INSTALLED:
        return "not installed"
    if run.returncode:
        return "fails: " + (run.stderr.strip().splitlines() or ["without a word"])[-1][:80]
    # Some libraries print on stdout; the figures come last.
    return Figures(**json.loads(run.stdout[run.stdout.rindex('{"wall_seconds"') :]))


def best_of(contenders: Sequence[Contender], path: Path, times: int) -> dict[str, Figures | str]:
    """By name, the run that took least CPU of `times` rounds."""
    best: dict[str, Figures | str] = {}
    for _ in range(times):
        for each in contenders:
            known = best.get(each.name)
            if isinstance(known, str):
                continue
            new = measured(each, path)
            if known is None or (isinstance(new, Figures) and new.cpu_seconds < known.cpu_seconds):
                best[each.name] = new
    return best
