"""One refresh at a time: an exclusive lock on DATA that the kernel frees when its holder dies.

Input: the DATA folder. Output: the lock, held for a `with` block.
Raises: `ReleaseBlocked` where DATA cannot be written.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from errors import unwritable

log = logging.getLogger(__name__)

LOCK_FILE = ".lock"


@contextmanager
def release_lock(data: Path) -> Iterator[None]:
    """Hold the lock on DATA, once its holder has finished."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        file = (data / LOCK_FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable("the data folder", data, error.strerror) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            log.info("another refresh is running (process %s): waiting for it", holder)
            fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
