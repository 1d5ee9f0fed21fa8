"""One capture of a web page to readings: which page it is, its blocks, its rows.

Input: archived HTML or text. Output: a `ReadDocument`. Grain: one capture of one page.
Raises: `DocumentRefused` for an error page, a consent wall, a shell, or a page that is not known.
"""

from __future__ import annotations

from errors import DocumentRefused
from extract.web.blocks import text_blocks
from flows.documents import Document
from transform.pages.page import read_page
from transform.pages.recognition import detect_page, refuse_document, refuse_shell
from transform.read import ReadDocument


def read_web_page(document: Document) -> ReadDocument:
    """Readings of one capture, dated by when it was last seen. Its kind is the page's source."""
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
