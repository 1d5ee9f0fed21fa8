"""Which documents a run reads: given, fetched, archived, or the bundled samples.

Input: SOURCE arguments, the data folder. Output: `Gathered`. Grain: one run.
Raises: `SourceUnavailable` for a given source that cannot be had, or where --live had nothing at
all; `DocumentRefused` for what is no document, and for an archive that has lost one.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import AdmissionsError, DocumentRefused, SourceUnavailable
from extract.archive import Archive
from flows.documents import (
    Document,
    archived_documents,
    documents_of_run,
    local_document,
    sample_documents,
)
from warehouse.current import released_documents

STAGING = "incoming"  # what was downloaded, until it has been read to the end


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents of a run, and why some of the registry's could not be had."""

    documents: list[Document]
    findings: list[str]


def gathered_documents(sources: Sequence[str], data: Path, *, live: bool) -> Gathered:
    """Documents by sha256. Without sources and with nothing archived: the samples."""
    archive = Archive(data / "archive")
    given = _local_documents(sources)
    urls = [source for source in sources if "://" in source]
    findings: list[str] = []
    if urls or live:
        from extract.web.download import Downloader  # httpx is slow to import
        from flows.fetching import CONTACT, Fetching

        downloader = Downloader(contact=os.environ.get(CONTACT))
        fetching = Fetching(downloader, archive, data / STAGING)
        given += map(fetching.given, urls)
        if live:
            fetched, findings = fetching.of_registry()
            if not fetched:
                raise SourceUnavailable(
                    "none of the registry's sources could be had",
                    text="; ".join(findings) or None,
                    todo="Check the network and the URLs in sources.toml",
                )
            given += fetched
    documents = _chosen(given, archive, with_samples=not sources and not live)
    _refuse_lost(data, archive, given)
    return Gathered(documents, findings)


def _refuse_lost(data: Path, archive: Archive, given: Sequence[Document]) -> None:
    """Raises `DocumentRefused` where a document of the current release is neither archived nor
    given again: a release without it would lose its editions, one without any be of the samples."""
    at_hand = {entry.sha256 for entry in archive.entries()} | {one.sha256 for one in given}
    for row in released_documents(data):
        if row["origin"] != "sample" and row["sha256"] not in at_hand:
            raise DocumentRefused(
                "a document of the current release is not in the archive any more",
                document=str(row["name"]),
                text=str(archive.path(row["sha256"])),
                todo="Restore the archive, or refresh with the original document",
            )


def documents_at_hand(sources: Sequence[str], data: Path, *, live: bool) -> list[Document]:
    """Those of a run's documents that need no download. None where one of them cannot be had: the
    run will say so."""
    try:
        return _chosen(
            _local_documents(sources),
            Archive(data / "archive"),
            with_samples=not sources and not live,
        )
    except (AdmissionsError, OSError):
        return []


def _local_documents(sources: Sequence[str]) -> list[Document]:
    now = dt.datetime.now(dt.UTC)
    return [local_document(Path(source), now) for source in sources if "://" not in source]


def _chosen(given: Sequence[Document], archive: Archive, *, with_samples: bool) -> list[Document]:
    archived = archived_documents(archive)
    restored = {document.sha256 for document in given}
    for sha256, location in archive.lost().items():
        if sha256 not in restored:
            raise DocumentRefused(
                "the archive has lost what it knew of a document",
                document=location,
                text=str(archive.path(sha256)),
                todo="Refresh with the original document to restore it",
            )
    if with_samples and all(document.origin == "sample" for document in archived):
        known = {document.sha256 for document in archived}
        samples = sample_documents(dt.datetime.now(dt.UTC))
        given = [sample for sample in samples if sample.sha256 not in known]
    return documents_of_run(given, archived)
