"""One refresh at a time: an exclusive lock on DATA that the kernel frees when its holder dies.

Input: the DATA folder. Output: the lock, held for a `with` block.
Raises: `ReleaseBlocked` where another run holds it and the caller won't wait, or DATA cannot be
written.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from errors import ReleaseBlocked, unwritable

log = logging.getLogger(__name__)

LOCK_FILE = ".lock"


@contextmanager
def release_lock(data: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock on DATA; wait for another holder to finish, or refuse.

    Raises
    ------
    ReleaseBlocked : another run holds the lock and `wait` is False; or DATA cannot be written.
    """
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
            if not wait:
                raise ReleaseBlocked(
                    f"another refresh is running (process {holder})",
                    document=str(data),
                    todo="Wait until it has finished",
                ) from None
            log.info("another refresh is running (process %s): waiting for it", holder)
            fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
