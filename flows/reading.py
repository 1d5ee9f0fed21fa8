"""One document to readings: a PDF, or one capture of a web page.

Input: a `Document`. Output: `ReadResult`. Grain: one document.
Raises: whatever the readers raise, with the document's name in it; `DocumentRefused` for an error
page, a consent wall, a shell, or a page that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from errors import AdmissionsError, DocumentRefused
from flows.documents import PDF, Document, refuse_damaged
from flows.extracting import extracted_cells
from transform.read import ReadDocument, read_cells


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one document gave. `pages`: None for a web page."""

    document: Document
    read: ReadDocument
    pages: int | None = None
    extracted: bool = False  # cells were taken from a PDF: not cached, and no web page


def read_document(document: Document, cache_folder: Path) -> ReadResult:
    """Cells from the cache or a child process, then readings; a web page's blocks here and now."""
    try:
        refuse_damaged(document)
        if document.media_type != PDF:
            return ReadResult(document, read_web_page(document))
        cells, extracted = extracted_cells(document, cache_folder)
        read = read_cells(cells, document.sha256)
        return ReadResult(document, read, len(cells.pages), extracted)
    except AdmissionsError as error:
        raise error.at(document=document.name) from error.__cause__


def read_web_page(document: Document) -> ReadDocument:
    """Readings of one capture, dated by when it was last seen. Its kind is the page's source."""
    from extract.web.blocks import text_blocks  # an HTML parser that PDFs don't need
    from transform.pages.page import read_page
    from transform.pages.recognition import detect_page, refuse_document, refuse_shell

    blocks = text_blocks(
        document.path.read_bytes(), document.media_type, document.charset, document.url
    )
    source = detect_page(blocks)
    if source is None:
        refuse_document(blocks)
        raise DocumentRefused(
            "is no page that is known",
            text=blocks[0].text if blocks else None,
            todo="Known are the home page, the Provost's news, press releases and AIS "
            "announcements; others can be declared in transform/pages/pages.toml",
        )
    refuse_shell(blocks, is_known=True)
    ledger = read_page(
        blocks,
        source,
        document.sha256,
        document.last_seen,
        captured_for_certain=document.url is not None,
    )
    title = next((block.text for block in blocks if block.kind == "heading"), blocks[0].text)
    return ReadDocument(document.sha256, source, title, None, ledger.readings, ledger.rejects)
