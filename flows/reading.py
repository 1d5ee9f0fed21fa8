"""One document to readings.

Input: a `Document`. Output: `ReadResult`. Grain: one document.
Raises: whatever the readers raise, with the document's name in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from errors import AdmissionsError
from flows.documents import PDF, Document, refuse_damaged
from flows.extracting import extracted_cells
from transform.read import ReadDocument, read_cells
from transform.readings import Reading, Reject


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
        refuse_damaged(document)
        if document.media_type == PDF:
            cells, extracted = extracted_cells(document, cache_folder)
            return _result(
                document, read_cells(cells, document.sha256), len(cells.pages), extracted
            )
        from flows.pages import read_web_page  # pulls in an HTML parser that PDFs don't need

        return _result(document, read_web_page(document), None, False)
    except AdmissionsError as error:
        raise error.at(document=document.name) from error.__cause__


def _result(
    document: Document, read: ReadDocument, pages: int | None, extracted: bool
) -> ReadResult:
    return ReadResult(
        document, read.kind, read.title, read.year, pages, read.readings, read.rejects, extracted
    )
