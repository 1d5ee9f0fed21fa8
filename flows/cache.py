"""What was made of a document, kept in DATA/cache under a name that tells of what and by what code.

Input: a file's path and bytes of JSON. Output: what was kept, under a line with its hash.
Grain: one file.
Raises: `ReleaseBlocked` where the cache cannot be written. A damaged file is as good as none.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from errors import unwritable

log = logging.getLogger(__name__)
T = TypeVar("T")


def read_kept(kept: Path, parsed: Callable[[bytes], T]) -> T | None:
    """What was kept of a document; None where nothing was, or a crash left half of it."""
    if not kept.exists():
        return None
    try:
        digest, _, content = kept.read_bytes().partition(b"\n")
        if digest == _digest(content):
            return parsed(content)
    except (ValueError, KeyError, TypeError):
        log.debug("%s is whole, but of another form", kept.name)
    log.warning("%s is damaged: reading the document again", kept.name)
    return None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def write_whole(path: Path, content: bytes) -> None:
    """Keep what was made of a document. Raises `ReleaseBlocked` where the disk refuses.

    Written aside and renamed, so that no other run reads half of it. Not synced, as the archive
    is: what a power cut spoils is known by its hash, and is made again from the archived document.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + b"\n" + content)
            Path(aside).replace(path)
        except OSError:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable("the cache", path.parent, error.strerror) from error


def prune_cache(cache_folder: Path, versions: Iterable[str]) -> None:
    """Remove what nothing asks for again: what another version of the program made, and what a
    killed run left half written."""
    wanted = tuple(f"-{one}.json" for one in versions)
    if cache_folder.is_dir():
        for kept in cache_folder.iterdir():
            if not kept.name.endswith(wanted):
                kept.unlink(missing_ok=True)
