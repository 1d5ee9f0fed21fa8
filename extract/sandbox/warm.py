"""The warm process that reads documents, seen from the program that started it.

Input: jobs, as JSON (`extract.sandbox.child` is the other end). Output: how each ended, as JSON.
Grain: one process, for many jobs; idle ones are kept for the next caller and end with the program.
Raises nothing: a process that died or fell silent is None to `receive`.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

log = logging.getLogger(__name__)


class Warm:
    """The process that forks a child per document (`extract.sandbox.child`)."""

    def __init__(self) -> None:
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
        self._process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", "extract.sandbox.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
            start_new_session=True,
        )
        self._heard = b""

    @property
    def alive(self) -> bool:
        """Whether it still runs. One that doesn't is left for `stop` to reap: until then its id,
        which its children have as their group, is nobody else's."""
        state = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, state) is None

    def send(self, message: Mapping[str, Any]) -> None:
        """Ask for a job."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
        except BrokenPipeError:
            log.debug("the warm process is gone; receive() will say so")

    def receive(self, timeout_seconds: float) -> dict[str, Any] | None:
        """How a job ended; None where the warm process died or fell silent."""
        assert self._process.stdout is not None
        until = time.monotonic() + timeout_seconds
        while b"\n" not in self._heard:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return None
            heard = os.read(self._process.stdout.fileno(), 65536)
            if not heard:
                return None
            self._heard += heard
        line, _, self._heard = self._heard.partition(b"\n")
        ended: dict[str, Any] = json.loads(line)
        return ended

    def stop(self) -> None:
        """End it and every child it has, once."""
        if self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


_idle: list[Warm] = []
_idle_lock = threading.Lock()


def taken() -> Warm:
    """One that is idle, or a new one."""
    with _idle_lock:
        while _idle:
            warm = _idle.pop()
            if warm.alive:
                return warm
            warm.stop()
    return Warm()


def give_back(warm: Warm) -> None:
    """Keep it for the next caller."""
    with _idle_lock:
        _idle.append(warm)


# A forked copy of this process must not talk to its parent's warm process.
os.register_at_fork(after_in_child=_idle.clear)


@atexit.register
def _stop_idle() -> None:
    with _idle_lock:
        while _idle:
            _idle.pop().stop()
