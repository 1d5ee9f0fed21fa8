"""Web pages to readings: which page it is, its blocks, its rows over all captures.

Input: archived HTML or text. Output: `PageResult`s, and the readings of all captures together.
Grain: one capture of one page.
Raises: `DocumentRefused` for an error page, a consent wall, a shell, or a page that is not known.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errors import DocumentRefused
from extract.blocks import text_blocks
from flows.documents import Document
from transform.pages.page import read_page
from transform.pages.recognition import detect_page, refuse_document, refuse_shell
from transform.pages.seen import merge_seen
from transform.readings import Reading, Reject

if TYPE_CHECKING:
    from flows.reading import ReadResult


@dataclass(frozen=True, slots=True)
class PageResult:
    """What one capture of a page gave. `kind` is the page's source: 'home', 'press', ..."""

    kind: str
    title: str
    readings: list[Reading]
    rejects: list[Reject]


def read_web_page(document: Document) -> PageResult:
    """Readings of one capture, dated by when it was last seen."""
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
    return PageResult(source, title, ledger.readings, ledger.rejects)


def readings_of_pages(results: Iterable[ReadResult]) -> list[Reading]:
    """Readings of all captures of all pages: each row as the newest capture of its page has it."""
    captures: dict[str, list[tuple[dt.datetime, list[Reading]]]] = defaultdict(list)
    for result in results:
        document = result.document
        captures[result.kind].append((document.last_seen, result.readings))
        if document.first_seen != document.last_seen:
            captures[result.kind].append(
                (document.first_seen, _as_of(result.readings, document.first_seen))
            )
    return [reading for source in sorted(captures) for reading in merge_seen(captures[source])]


def _as_of(readings: Iterable[Reading], moment: dt.datetime) -> list[Reading]:
    """The same capture when it was first had: only the times of seeing it differ."""
    from dataclasses import replace

    return [
        replace(reading, value=moment) if reading.column in ("first_seen", "last_seen") else reading
        for reading in readings
    ]
