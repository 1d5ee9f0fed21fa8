"""Which documents a run reads: given, fetched, archived, or the bundled samples.

Input: SOURCE arguments, the data folder. Output: `Gathered`. Grain: one run.
Raises: `SourceUnavailable` for a given source that cannot be had, or where --live had nothing at
all; `DocumentRefused` for what is no document.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import SourceUnavailable
from extract.archive import Archive
from flows.documents import (
    Document,
    archived_documents,
    documents_of_run,
    local_document,
    sample_documents,
)

STAGING = "incoming"  # what was downloaded, until it has been read to the end


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents of a run, and why some of the registry's could not be had."""

    documents: list[Document]
    findings: list[str]


def gathered_documents(sources: Sequence[str], data: Path, *, live: bool) -> Gathered:
    """Documents by sha256. Without sources and with nothing archived: the samples."""
    now = dt.datetime.now(dt.UTC)
    archive = Archive(data / "archive")
    given = [local_document(Path(source), now) for source in sources if "://" not in source]
    urls = [source for source in sources if "://" in source]
    findings: list[str] = []
    if urls or live:
        from extract.download import Downloader  # httpx is slow to import
        from flows import fetching

        downloader = Downloader(contact=os.environ.get(fetching.CONTACT))
        staging = data / STAGING
        given += [fetching.given_document(url, staging, archive, downloader) for url in urls]
        if live:
            fetched, findings = fetching.registry_documents(staging, archive, downloader)
            if not fetched:
                raise SourceUnavailable(
                    "none of the registry's sources could be had",
                    text="; ".join(findings) or None,
                    todo="Check the network and the URLs in sources.toml",
                )
            given += fetched
    archived = archived_documents(archive)
    if not given and not live and all(document.origin == "sample" for document in archived):
        known = {document.sha256 for document in archived}
        given = [d for d in sample_documents(now) if d.sha256 not in known]
    return Gathered(documents_of_run(given, archived), findings)
