"""The commands as a user starts them: `admissions refresh` cold, with nothing new, under a server.

Input: the bundled samples. Output: a Markdown table: wall and CPU seconds, Prefect's temporary
server included. Grain: the best of a few runs. Raises CalledProcessError for a command that fails.

Cold: a new data folder, after set-up; Prefect's migrated database is in the user's cache, as it is
from the second run on a machine on. Below Prefect: the same steps called one after the other.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.contenders import ROOT

COMMAND = (sys.executable, "-m", "flows.cli")
# In the order of the command: PDFs at hand are extracted while the rest is imported.
STEPS = """
import sys
from pathlib import Path
from flows.extracting import extract_ahead
from flows.gathering import documents_at_hand
data = Path(sys.argv[1])
extract_ahead(documents_at_hand([], data, live=False), data / "cache")
from flows.steps import Threads, refreshed
refreshed([], data, Threads())
"""
# What Prefect takes for a flow of one task that does nothing, as Prefect itself runs it.
EMPTY_FLOW = """
from prefect import flow, task
@task
def nothing(): pass
@flow
def empty(): nothing()
empty()
"""
PROFILE = "English=5, Chinese=4, Math=5*, Physics=5, Chemistry=4, M2=4, CSD=Attained"
Seconds = tuple[float, float]  # wall, CPU


def whole_runs(times: int) -> str:
    """All commands, each `times` times."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        taken: dict[str, list[Seconds]] = {}
        for number in range(times + 1):
            shutil.rmtree(data, ignore_errors=True)
            runs = _one_round(data)
            if number:  # the first one fills caches
                for what, seconds in runs.items():
                    taken.setdefault(what, []).append(seconds)
    lines = ["| run | wall s | CPU s | at most, wall s |", "|---|---|---|---|"]
    for what, rounds in taken.items():
        wall, cpu = min(one[0] for one in rounds), min(one[1] for one in rounds)
        lines.append(f"| {what} | {wall:.2f} | {cpu:.2f} | {_TARGETS.get(what, '')} |")
    return "\n".join(lines)


_TARGETS = {
    "`admissions refresh`, cold": "10",
    "`admissions refresh`, nothing new": "8",
    "`admissions refresh`, cold, PREFECT_API_URL set": "5",
    "`admissions refresh`, nothing new, PREFECT_API_URL set": "5",
    "the same steps below Prefect, cold": "3",
    "the same steps below Prefect, nothing new": "3",
    "`admissions --help`": "0.3",
    "`admissions score`": "1",
}


def _one_round(data: Path) -> dict[str, Seconds]:
    refresh = [*COMMAND, "refresh", "--data", str(data)]
    runs = {"`admissions refresh`, cold": _seconds(refresh)}
    runs["`admissions refresh`, nothing new"] = _seconds(refresh)
    runs["`admissions --help`"] = _seconds([*COMMAND, "--help"])
    runs["`admissions score`"] = _seconds(
        [*COMMAND, "score", "--data", str(data), "--profile", PROFILE]
    )
    shutil.rmtree(data)
    data.mkdir()
    steps = [sys.executable, "-c", STEPS, str(data)]
    runs["the same steps below Prefect, cold"] = _seconds(steps)
    runs["the same steps below Prefect, nothing new"] = _seconds(steps)
    shutil.rmtree(data)
    empty = [sys.executable, "-c", EMPTY_FLOW]
    prefect = {
        "PREFECT_HOME": str(data.with_name("prefect")),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # its first run migrates
    }
    runs["an empty flow, as Prefect runs it"] = _seconds(empty, **prefect)
    with _prefect_server(data.with_name("server")) as url:
        for when in ("cold", "nothing new"):
            what = f"`admissions refresh`, {when}, PREFECT_API_URL set"
            runs[what] = _seconds(refresh, PREFECT_API_URL=url)
        what = "an empty flow, PREFECT_API_URL set"
        runs[what] = _seconds(empty, **prefect, PREFECT_API_URL=url)
    return runs


def _seconds(command: Sequence[str], **environment: str) -> Seconds:
    """Wall and CPU seconds of a command and of all processes it waits for."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True
    )
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user - before.children_user
    return wall, used + after.children_system - before.children_system


@contextmanager
def _prefect_server(home: Path) -> Iterator[str]:
    """A server that is up, as where PREFECT_API_URL points to one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
            "--port", str(port), "--log-level", "critical",
        ],
        env={**os.environ, "PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"},
    )  # fmt: skip
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health"):
                    break
            except OSError:
                if server.poll() is not None:
                    raise
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.terminate()
        server.wait()
