"""A refresh in a child process that dies by SIGKILL: at a random time, or at a chosen change of the
data folder.

Input: a data folder, SOURCEs. Output: how the child ended, and where it was. Grain: one run.
Raises nothing.

Children are forked from a server that has imported everything: each costs what its work costs.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from tests.flows.steps import refreshed

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.preloaded"])
# What Python tells its audit hooks of when the file system is changed.
CHANGES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
LIMIT_S = 120.0


class Killed:
    """How one run ended: `signal` is 9 where it was killed, 0 where it came to its end."""

    def __init__(self, code: int | None, heard: list[object], seconds: float) -> None:
        self.signal = -code if code is not None and code < 0 else 0
        self.step = [item for item in heard if isinstance(item, str)][-1:] or ["start"]
        self.changes = max((item for item in heard if isinstance(item, int)), default=0)
        self.seconds = seconds


def run(
    data: Path,
    sources: Sequence[Path],
    *,
    after_s: float | None = None,
    at_change: int | None = None,
    report: bool = False,
) -> Killed:
    """Refresh in a child and kill it; neither: let it come to its end and count its changes."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=_child, args=(data, sources, at_change, report, theirs))
    child.start()
    theirs.close()
    heard: list[object] = [_heard(ours)]  # it is about to begin
    began = time.monotonic()
    child.join(LIMIT_S if after_s is None else after_s)
    if child.is_alive():
        child.kill()
        child.join()
    seconds = time.monotonic() - began
    while (item := _heard(ours)) is not None:
        heard.append(item)
    return Killed(child.exitcode, heard, seconds)


def _heard(connection: Connection) -> object:
    try:
        return connection.recv()
    except (EOFError, ConnectionResetError):
        return None


def _child(
    data: Path, sources: Sequence[Path], at_change: int | None, report: bool, told: Connection
) -> None:
    folder = str(data)
    changes = 0

    def on_audit(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        if event not in CHANGES or not str(arguments[0]).startswith(folder):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITING):
            return
        changes += 1
        if changes == at_change:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(on_audit)
    told.send("begin")
    refreshed(data, sources, report=report, step=told.send)
    told.send(changes)
