"""One document to readings: extraction in a limited child, its cells cached by content and code.

Input: a `Document`. Output: `ReadResult`. Grain: one document.
Raises: whatever the readers raise, with the document's name in it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import extract
import transform
from errors import AdmissionsError, ReleaseBlocked
from extract.cells import DocumentCells
from extract.sandbox import run_limited
from extract.serial import cells_from_json
from flows.documents import PDF, Document
from transform.read import read_cells
from transform.readings import Reading, Reject

log = logging.getLogger(__name__)

VOCABULARY = Path(transform.__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one document gave."""

    document: Document
    kind: str
    title: str
    year: int | None
    pages: int | None
    readings: list[Reading]
    rejects: list[Reject]
    extracted: bool  # cells were taken from a PDF: not cached, and no web page


def read_document(document: Document, cache_folder: Path) -> ReadResult:
    """Cells from the cache or a child process, then readings."""
    try:
        if document.media_type == PDF:
            return _read_pdf(document, cache_folder)
        return _read_page(document)
    except AdmissionsError as error:
        raise error.at(document=document.name) from error.__cause__


def _read_pdf(document: Document, cache_folder: Path) -> ReadResult:
    cached = cache_folder / f"{document.sha256}-{extraction_version()}.json"
    cells = _cached_cells(cached)
    extracted = cells is None
    if cells is None:
        content = run_limited(
            "extract.document:document_json",
            document.path,
            document=document.name,
            vocabulary=str(VOCABULARY),
        )
        _write_whole(cached, content)
        cells = cells_from_json(content)
    read = read_cells(cells, document.sha256)
    return ReadResult(
        document, read.kind, read.title, read.year, len(cells.pages), read.readings, read.rejects,
        extracted,
    )  # fmt: skip


def _read_page(document: Document) -> ReadResult:
    from flows.pages import read_web_page  # pulls in an HTML parser that PDFs don't need

    page = read_web_page(document)
    return ReadResult(
        document, page.kind, page.title, None, None, page.readings, page.rejects, False
    )


def prune_cache(cache_folder: Path) -> None:
    """Remove what nothing asks for again: cells read by another version of the program, and what
    a killed run left half written."""
    if cache_folder.is_dir():
        for kept in cache_folder.iterdir():
            if not kept.name.endswith(f"-{extraction_version()}.json"):
                kept.unlink(missing_ok=True)


def _cached_cells(cached: Path) -> DocumentCells | None:
    """Cells as they were kept; None where there are none, or a crash left half of them."""
    if not cached.exists():
        return None
    try:
        return cells_from_json(cached.read_bytes())
    except (ValueError, KeyError, TypeError):
        log.warning("%s is damaged: reading the document again", cached.name)
        return None


@cache
def extraction_version() -> str:
    """A short hash over what cells depend on: the extract package, the vocabulary, pdfminer."""
    digest = hashlib.sha256(version("pdfminer.six").encode())
    folder = Path(next(iter(extract.__path__)))
    for path in [*sorted(folder.glob("*.py")), VOCABULARY]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _write_whole(path: Path, content: bytes) -> None:
    """Keep cells. Raises `ReleaseBlocked` where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(aside).replace(path)
        except OSError:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReleaseBlocked(
            f"nothing was released: the cache cannot be written ({error.strerror})",
            text=str(path.parent),
            todo="Free disk space or give a folder that can be written with --data",
        ) from error
