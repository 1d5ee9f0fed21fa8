"""The history of the archive: one line per time that anything was added or found unchanged.

Input: `Fetch`es, in the order they happen. Output: the same, oldest first.
Grain: one line of `fetches.jsonl` a fetch. Raises: `OSError` where the file cannot be written.

Lines are only ever added. A process killed in mid-line costs that line and no other.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Origin = Literal["sample", "file", "url", "registry"]


@dataclass(frozen=True, slots=True)
class Fetch:
    """One time that a location was read: a line of `fetches.jsonl`."""

    location: str  # the URL, or the file name where there is none
    sha256: str
    fetched_at: dt.datetime
    origin: Origin
    changed: bool  # False: the server or the file said that nothing had changed
    headers: Mapping[str, str] = field(default_factory=dict)


class FetchHistory:
    """The history kept in one file, which is made when something is first added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[int, list[Fetch]] = 0, []  # the file's size when read, what it held

    def add(self, fetch: Fetch) -> None:
        """Write a fetch to the end of the history, and to the disk."""
        about = dataclasses.asdict(fetch) | {"fetched_at": fetch.fetched_at.isoformat()}
        line = json.dumps(about, ensure_ascii=False).encode() + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            # A kill in mid-write left half a line: it must not swallow this one.
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def all(self) -> list[Fetch]:
        """The whole history, oldest first. A line cut short by a kill is passed over.

        It only grows: a file of the same size needs no second reading.
        """
        if not self.path.exists():
            return []
        if self.path.stat().st_size != self._read[0]:
            content = self.path.read_bytes()
            found = [_fetch_of(line) for line in content.split(b"\n")]
            self._read = len(content), [fetch for fetch in found if fetch is not None]
        return list(self._read[1])

    def last(self, location: str) -> Fetch | None:
        """The last time a location was read; None if it never was."""
        found = [fetch for fetch in self.all() if fetch.location == location]
        return found[-1] if found else None


def _fetch_of(line: bytes) -> Fetch | None:
    """The fetch on a line; None for the empty last one and for one cut short."""
    try:
        fields: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    fields["fetched_at"] = dt.datetime.fromisoformat(fields["fetched_at"])
    return Fetch(**fields)
