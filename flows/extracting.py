"""A PDF's cells: extracted in a limited child, once by content and code, ahead of being asked for.

Input: `Document`s and the cache folder. Output: `DocumentCells`. Grain: one PDF.
Raises: what the readers raise; `ReleaseBlocked` where the cache cannot be written.

Importing Prefect and booting its server takes seconds that a core spends waiting: what is at hand
is extracted meanwhile, all by one warm child. Whoever asks for a document's cells later hears of
its errors then.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from functools import cache
from importlib.metadata import version
from pathlib import Path

import extract
import transform
from extract.cells import DocumentCells
from extract.sandbox.jobs import Job, run_limited, run_many
from extract.serial import cells_from_json
from flows.cache import read_kept, write_whole
from flows.documents import PDF, Document

VOCABULARY = Path(transform.__file__).with_name("vocabulary.toml")

_ahead: dict[Path, Future[None]] = {}  # extractions begun, by the file that will hold the cells


def extracted_cells(document: Document, cache_folder: Path) -> tuple[DocumentCells, bool]:
    """A PDF's cells, and whether this run extracted them."""
    kept = _kept(document, cache_folder)
    ahead = _ahead.pop(kept, None)
    if ahead is not None:
        ahead.result()
    cells = read_kept(kept, cells_from_json)
    if cells is not None:
        return cells, ahead is not None
    job = _job(document)
    content = run_limited(job.target, job.path, document=job.document, **job.arguments)
    write_whole(kept, content)
    return cells_from_json(content), True


def extract_ahead(documents: Iterable[Document], cache_folder: Path) -> None:
    """Begin to extract the PDFs whose cells are not kept, once. Returns at once."""
    jobs: list[Job] = []
    ends: dict[Path, tuple[Path, Future[None]]] = {}  # by the document's own file
    for document in documents:
        kept = _kept(document, cache_folder)
        if document.media_type != PDF or kept in _ahead or kept.exists():
            continue
        if document.is_whole:  # else whoever reads it hears of it
            jobs.append(_job(document))
            _ahead[kept] = Future()
            ends[document.path] = kept, _ahead[kept]
    if jobs:
        threading.Thread(target=_extract, args=[jobs, ends], daemon=True).start()


@cache
def extraction_version() -> str:
    """A short hash over what cells depend on: the extract package, the vocabulary, pdfminer."""
    digest = hashlib.sha256(version("pdfminer.six").encode())
    folder = Path(next(iter(extract.__path__)))
    for path in [*sorted(folder.glob("*.py")), VOCABULARY]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _kept(document: Document, cache_folder: Path) -> Path:
    return cache_folder / f"{document.sha256}-{extraction_version()}.json"


def _job(document: Document) -> Job:
    words = {"vocabulary": str(VOCABULARY)}
    return Job("extract.document:document_json", document.path, document.name, words)


def _extract(jobs: Sequence[Job], ends: dict[Path, tuple[Path, Future[None]]]) -> None:
    try:
        for outcome in run_many(jobs):
            kept, future = ends[outcome.job.path]
            if outcome.error is not None:
                future.set_exception(outcome.error)
            else:
                write_whole(kept, outcome.output)
                future.set_result(None)
    except Exception as error:
        for _, future in ends.values():
            if not future.done():
                future.set_exception(error)
