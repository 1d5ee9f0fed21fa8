"""Releases of the small warehouse, and other processes that make one, hold the lock or wait for it.

Input: a data folder. Output: a `Release`; the processes tell what they did, or die.
Grain: one run. Raises what `publish` raises.
"""

from __future__ import annotations

import importlib
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.data.warehouse_rows import NOW, audit_frames, main_frames
from warehouse.lock import release_lock
from warehouse.release import Release, publish


def released(data: Path, letter: str = "a", **options: Any) -> Release:
    return publish(
        data,
        main_frames(),
        options.pop("audit", None) or audit_frames(),
        fingerprint=letter * 64,
        code_version="c" * 64,
        started_at=NOW,
        finished_at=NOW,
        **options,
    )


def dying_at(moment: str, data: Path) -> None:
    """A release that is killed where it would call the function."""
    module, name = moment.rsplit(".", 1)
    setattr(importlib.import_module(module), name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with release_lock(data):
        released(data, "b")


def holding(data: Path, told: Connection) -> None:
    with release_lock(data):
        told.send("held")
        signal.pause()


def waiting(data: Path, told: Connection) -> None:
    with release_lock(data):
        told.send("mine")
