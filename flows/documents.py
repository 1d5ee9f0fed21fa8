"""Which documents a refresh reads: those given now, and those the archive has.

Input: SOURCE arguments (paths, URLs) and the archive. Output: `Document`s.
Grain: one document by sha256.
Raises: `SourceUnavailable` for what cannot be had, `DocumentRefused` for what is no document.

Given documents are staged, not archived: only what was read to the end without error enters the
archive, so that a wrong file never stands in the way of later refreshes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from errors import DocumentRefused, SourceUnavailable
from extract.archive import Archive, Entry, damaged_copy, holds
from extract.signatures import file_look, is_markup, is_pdf, look_todo, packed_look
from extract.web.fetch_history import Origin
from extract.web.page_text import stated_charset

if TYPE_CHECKING:
    from transform.read import ReadDocument

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PDF = "application/pdf"
PAGES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
TEXT_TODO = "Give the PDF or page that HKUST published; the text of a page is named .txt"
NO_FILES = {  # reading them may never end
    stat.S_ISFIFO: "a pipe",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a run. `archived` is False while it is only staged."""

    sha256: str
    name: str
    path: Path
    origin: Origin
    media_type: str
    first_seen: dt.datetime
    last_seen: dt.datetime
    bytes: int
    url: str | None = None
    archived: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def identity(self) -> str:
        """What of it tells in a release: for the release's fingerprint."""
        return f"{self.sha256} {self.origin} {self.name}"

    @property
    def is_whole(self) -> bool:
        """Whether its file still has the bytes that it is known by."""
        return holds(self.path, self.sha256)

    @property
    def charset(self) -> str | None:
        """The encoding that the server named."""
        return stated_charset(dict(self.headers))


def sample_documents(now: dt.datetime, folder: Path = SAMPLES) -> list[Document]:
    """The documents bundled with the project. Raises `SourceUnavailable` where there are none."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".pdf", *PAGES})
    if not paths:
        raise SourceUnavailable(
            "holds no samples", document=str(folder), todo="Name a document to read"
        )
    return [local_document(path, now, origin="sample") for path in paths]


def local_document(path: Path, now: dt.datetime, origin: Origin = "file") -> Document:
    """A file on this machine. Raises `SourceUnavailable`, `DocumentRefused`."""
    try:
        _refuse_no_file(path)
        content = path.read_bytes()
    except OSError as error:
        raise SourceUnavailable(
            f"cannot be read ({error.strerror})", document=str(path), todo="Check the path"
        ) from error
    return Document(
        sha256=hashlib.sha256(content).hexdigest(),
        name=path.name,
        path=path.resolve(),
        origin=origin,
        media_type=_media_type(path.name, content),
        first_seen=now,
        last_seen=now,
        bytes=len(content),
    )


def _refuse_no_file(path: Path) -> None:
    """Raises `SourceUnavailable` for a pipe or the like, `OSError` where there is nothing."""
    mode = path.stat().st_mode
    for is_kind, kind in NO_FILES.items():
        if is_kind(mode):
            raise SourceUnavailable(
                f"cannot be read (it is {kind}, not a file)",
                document=str(path),
                todo="Download the document to a file first and give that",
            )


def _media_type(name: str, content: bytes) -> str:
    if not content.strip():
        raise DocumentRefused("is empty", document=name, todo="Get the file again")
    if is_pdf(content):
        return PDF
    suffix = Path(name).suffix.lower()
    if packed_look(content) is None:
        if suffix in PAGES:
            return PAGES[suffix]
        if is_markup(content):
            return "text/html"
    look = file_look(content)
    raise DocumentRefused(
        f"is neither a PDF nor an HTML or text page, but looks like {look}",
        document=name,
        todo=TEXT_TODO if look == "plain text" else look_todo(look),
    )


def archived_documents(archive: Archive) -> list[Document]:
    """Every document of the archive, by sha256."""
    return [archived_document(entry, archive) for entry in archive.entries()]


def archived_document(entry: Entry, archive: Archive) -> Document:
    """One document of the archive."""
    return Document(
        sha256=entry.sha256,
        name=entry.name,
        path=archive.path(entry.sha256),
        origin=entry.origin,
        media_type=entry.media_type,
        first_seen=entry.first_seen,
        last_seen=entry.last_seen,
        bytes=entry.bytes,
        url=entry.url,
        archived=True,
        headers=tuple(sorted(entry.headers.items())),
    )


def documents_of_run(given: Sequence[Document], archived: Iterable[Document]) -> list[Document]:
    """Given and archived documents by sha256; samples only as long as there is nothing else.

    A given one stands in for an archived copy that is damaged: storing it heals the archive.
    """
    chosen = {document.sha256: document for document in archived}
    for document in given:
        known = chosen.get(document.sha256)
        if (
            known is None
            or (known.origin == "sample" and document.origin != "sample")
            or (known.archived and not known.is_whole)
        ):
            chosen[document.sha256] = document
    documents = sorted(chosen.values(), key=lambda document: document.sha256)
    real = [document for document in documents if document.origin != "sample"]
    return real or documents


def store(documents: Iterable[Document], archive: Archive) -> None:
    """Put staged documents into the archive."""
    for document in documents:
        if not document.archived:
            archive.add(
                document.path.read_bytes(),
                origin=document.origin,
                name=document.name,
                media_type=document.media_type,
                fetched_at=document.last_seen,
                url=document.url,
                headers=dict(document.headers),
            )


def refuse_damaged(document: Document) -> None:
    """Raises `DocumentRefused` for a file whose bytes are no longer those it is known by."""
    if document.is_whole:
        return
    if document.archived:
        raise damaged_copy(document.path, document.name)
    raise DocumentRefused(
        "changed while it was read",
        document=document.name,
        text=str(document.path),
        todo="Refresh with the original document",
    )


def document_row(document: Document, read: ReadDocument, pages: int | None) -> dict[str, object]:
    """The row of `audit.documents`."""
    return {
        "sha256": document.sha256,
        "origin": document.origin,
        "kind": read.kind,
        "title": " ".join(read.title.split()) or None,
        "year": read.year,
        "name": document.name,
        "url": document.url,
        "fetched_at": document.first_seen,
        "bytes": document.bytes,
        "pages": pages,
        "media_type": document.media_type,
    }
