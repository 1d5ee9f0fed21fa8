"""Pictures of the pages that were read, for the report: drawn in a limited child, once by content,
code and what was read.

Input: `Document`s, and where on their pages something was read. Output: `PagePictures`.
Grain: one document. Raises `ReleaseBlocked` where the cache cannot be written.

A picture is for a person to look at: a document that cannot be drawn has none, and the reason goes
into the report instead.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extract.sandbox.jobs import Job, Limits, run_many
from flows.cache import read_kept, write_whole
from flows.documents import PDF, Document
from flows.extracting import extraction_version
from reports.pictures import PagePicture, PagePictures

if TYPE_CHECKING:
    from flows.reading import ReadResult

log = logging.getLogger(__name__)

Extent = tuple[int, int]  # top and bottom, in whole points
Extents = Mapping[str, Mapping[int, Extent]]  # by sha256 and page

DRAWER = "extract.pictures:pictures_json"
MOST_CPU_SECONDS = 15  # of the limits for reading less: a page takes 50 ms


def extents_of(places: Iterable[tuple[str, int, float, float]]) -> Extents:
    """From where to where on each page something was read: (sha256, page, top, bottom) a place."""
    extents: dict[str, dict[int, Extent]] = {}
    for sha256, page, top, bottom in places:
        pages = extents.setdefault(sha256, {})
        highest, lowest = pages.get(page, (math.floor(top), math.ceil(bottom)))
        pages[page] = min(highest, math.floor(top)), max(lowest, math.ceil(bottom))
    return extents


def extents_read(results: Iterable[ReadResult]) -> Extents:
    """Where on their pages documents were read."""
    places = (
        (result.document.sha256, reading.place)
        for result in results
        for reading in result.read.readings
    )
    return extents_of(
        (sha256, place.page, place.top, place.bottom)
        for sha256, place in places
        if place.page is not None and place.top is not None and place.bottom is not None
    )


def page_pictures(
    documents: Sequence[Document], extents: Extents, cache_folder: Path
) -> PagePictures:
    """Pictures of all pages with an extent, from the cache or drawn now."""
    found: list[PagePictures] = []
    waiting: list[Job] = []
    wants: dict[Path, tuple[str, Path]] = {}  # sha256 and what is to be kept, by the job's file
    for document in documents:
        pages = extents.get(document.sha256)
        if document.media_type != PDF or not pages:
            continue
        wanted = [(page, *pages[page]) for page in sorted(pages)]
        kept = _kept(document, wanted, cache_folder)
        pictures = read_kept(kept, partial(_pictures, sha256=document.sha256))
        if pictures is not None:
            found.append(pictures)
            continue
        wants[document.path] = document.sha256, kept
        waiting.append(Job(DRAWER, document.path, document.name, {"wanted": wanted}))
    for outcome in run_many(waiting, limits=_limits()) if waiting else ():
        sha256, kept = wants[outcome.job.path]
        if outcome.error is None:
            write_whole(kept, outcome.output)
            found.append(_pictures(outcome.output, sha256))
        else:
            log.warning("no pictures: %s", outcome.error)
            why = outcome.error.what
            found.append(PagePictures({}, {(sha256, page): why for page in extents[sha256]}))
    return PagePictures(
        {page: picture for some in found for page, picture in some.drawn.items()},
        {page: why for some in found for page, why in some.without.items()},
    )


def _pictures(content: bytes, sha256: str) -> PagePictures:
    told = json.loads(content)
    return PagePictures(
        {
            (sha256, one["page"]): PagePicture(tuple(one["sheet"]), tuple(one["box"]), one["image"])
            for one in told["pictures"]
        },
        {(sha256, int(page)): why for page, why in told["without"].items()},
    )


def _kept(document: Document, wanted: Sequence[tuple[int, int, int]], cache_folder: Path) -> Path:
    asked = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:8]
    return cache_folder / f"{document.sha256}-{asked}-{drawing_version()}.json"


@cache
def drawing_version() -> str:
    """A short hash over what pictures depend on: the extract package, pdfium, Pillow."""
    parts = extraction_version(), version("pypdfium2"), version("pillow")
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]


def _limits() -> Limits:
    given = Limits.from_environment()
    return replace(given, cpu_seconds=min(given.cpu_seconds, MOST_CPU_SECONDS))
