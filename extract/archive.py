"""The archive: every document ever given or fetched, byte for byte, named by its sha256.

Input: bytes with what is known of them: where from, when, under which name and headers.
Output: `Entry`s and, by sha256, the bytes again. Grain: one entry per distinct bytes.
Raises: `DocumentRefused` for a document the archive has not, `ReleaseBlocked` where it cannot be
written. Whoever reads the bytes holds them against their name.

    archive/blobs/1a/1a2b...        the bytes, never changed
    archive/blobs/1a/1a2b....json   what they were when first added, never changed
    archive/fetches.jsonl           one line per time anything was added or found unchanged

A document is in the archive once its .json is there, which is written after its bytes. Both are
written aside, synced and renamed, so a process killed at any moment leaves only whole files.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import DocumentRefused, unwritable
from extract.web.fetch_history import Fetch, FetchHistory, Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the archive, with the span of time it was seen in."""

    sha256: str
    origin: Origin
    name: str
    url: str | None
    media_type: str
    bytes: int
    first_seen: dt.datetime
    last_seen: dt.datetime
    headers: Mapping[str, str]


class Archive:
    """The archive in `folder`, which is made when something is first added.

    Callers that write hold the lock on DATA; readers need none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._blobs = folder / "blobs"
        self._history = FetchHistory(folder / "fetches.jsonl")

    def add(
        self,
        content: bytes,
        *,
        origin: Origin,
        name: str,
        media_type: str,
        fetched_at: dt.datetime,
        url: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Entry:
        """Add bytes; the same bytes again only lengthen the time they were seen in.

        Raises
        ------
        ReleaseBlocked : the archive cannot be written.
        """
        if fetched_at.tzinfo is None:
            raise ValueError("fetched_at needs a time zone")
        sha256 = hashlib.sha256(content).hexdigest()
        about = {
            "sha256": sha256,
            "origin": origin,
            "name": name,
            "url": url,
            "media_type": media_type,
            "bytes": len(content),
            "fetched_at": fetched_at.isoformat(),
            "headers": dict(headers or {}),
        }
        with _refusing_unwritable(self.folder):
            blob, sidecar = self.path(sha256), self._sidecar(sha256)
            # A damaged copy is replaced: these bytes are the right ones, by their hash.
            if not holds(blob, sha256):
                _write_whole(blob, content)
            if not sidecar.exists():
                _write_whole(sidecar, json.dumps(about, ensure_ascii=False, indent=2).encode())
        self._note(Fetch(url or name, sha256, fetched_at, origin, True, dict(headers or {})))
        return self.entry(sha256)

    def note_unchanged(
        self, location: str, fetched_at: dt.datetime, headers: Mapping[str, str] | None = None
    ) -> Entry:
        """Note that `location` was asked again and still holds what it held last.

        Raises
        ------
        DocumentRefused : nothing was ever archived from there.
        """
        last = self.last_fetch(location)
        if last is None:
            raise DocumentRefused("said to be unchanged, but was never archived", document=location)
        self._note(
            Fetch(location, last.sha256, fetched_at, last.origin, False, dict(headers or {}))
        )
        return self.entry(last.sha256)

    def entries(self) -> list[Entry]:
        """Every document, by sha256: the order says nothing about when it was added."""
        fetches = self.fetches()
        return [self._entry(path, fetches) for path in sorted(self._blobs.glob("*/*.json"))]

    def lost(self) -> dict[str, str]:
        """What was archived and is no more there: where it was from, by sha256."""
        return {
            fetch.sha256: fetch.location
            for fetch in self.fetches()
            if not self._sidecar(fetch.sha256).exists()
        }

    def entry(self, sha256: str) -> Entry:
        """One document.

        Raises
        ------
        DocumentRefused : the archive has none of that sha256.
        """
        sidecar = self._sidecar(sha256)
        if not sidecar.exists():
            raise DocumentRefused("not in the archive", document=sha256)
        return self._entry(sidecar, self.fetches())

    def path(self, sha256: str) -> Path:
        """The file of the bytes."""
        return self._blobs / sha256[:2] / sha256

    def fetches(self) -> list[Fetch]:
        """Every time anything was added or found unchanged, oldest first."""
        return self._history.all()

    def last_fetch(self, location: str) -> Fetch | None:
        """The last time a location was read; its headers allow a conditional request."""
        return self._history.last(location)

    def _sidecar(self, sha256: str) -> Path:
        return self.path(sha256).with_suffix(".json")

    def _entry(self, sidecar: Path, fetches: list[Fetch]) -> Entry:
        try:
            about: dict[str, Any] = json.loads(sidecar.read_text(encoding="utf-8"))
            first = dt.datetime.fromisoformat(about["fetched_at"])
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentRefused(
                "the archive's note on a document is damaged",
                document=sidecar.stem,
                text=str(sidecar),
                todo="Delete that file and refresh with the original document",
            ) from error
        seen = [fetch for fetch in fetches if fetch.sha256 == about["sha256"]]
        times = [first, *(fetch.fetched_at for fetch in seen)]
        # Bytes that came as a sample and from a user too are the user's document.
        given = [fetch for fetch in seen if fetch.origin != "sample"]
        return Entry(
            sha256=about["sha256"],
            origin=given[0].origin if given else about["origin"],
            name=about["name"],
            url=about["url"],
            media_type=about["media_type"],
            bytes=about["bytes"],
            first_seen=min(times),
            last_seen=max(times),
            headers=about["headers"],
        )

    def _note(self, fetch: Fetch) -> None:
        with _refusing_unwritable(self.folder):
            self._history.add(fetch)


def holds(path: Path, sha256: str) -> bool:
    """Whether a file is there and has the bytes of that hash."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def damaged_copy(path: Path, name: str) -> DocumentRefused:
    """What is said of an archived file that `holds` is false of, whoever finds it so."""
    return DocumentRefused(
        "the archived copy is damaged or gone",
        document=name,
        text=str(path),
        todo="Refresh with the original document to replace it",
    )


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def _refusing_unwritable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable("the archive", folder, error.strerror) from error
