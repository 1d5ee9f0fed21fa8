"""Documents from the web: URLs given on the command line, and the registry of sources.

Input: URLs or the registry, the archive's history. Output: staged `Document`s and findings.
Grain: one document a URL.
Raises: `SourceUnavailable`, `DocumentRefused` for a URL that the user gave. For the registry's
sources these are findings: the last good capture stays in use.
"""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from errors import DocumentRefused, SourceUnavailable
from extract.archive import Archive
from extract.signatures import is_pdf
from extract.web.addresses import address
from extract.web.download import Downloader, Fetched
from extract.web.fetch_history import Origin
from extract.web.links import linked_documents
from extract.web.page_text import stated_charset
from extract.web.sources import Source, load_sources
from flows.documents import PDF, Document, archived_document

log = logging.getLogger("admissions")

REGISTRY = Path(__file__).resolve().parent.parent / "sources.toml"
CONTACT = "ADMISSIONS_CONTACT"


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetches through `downloader`, only what is newer than in `archive`, into `staging`."""

    downloader: Downloader
    archive: Archive
    staging: Path

    def given(self, url: str) -> Document:
        """The document at a URL that the user gave."""
        host = address(url).hostname or ""
        return self._document(Source("given", "page", url, "", (host,)), url, "url")

    def of_registry(self) -> tuple[list[Document], list[str]]:
        """Documents of all sources of the registry that could be had, and why others could not."""
        documents: list[Document] = []
        findings: list[str] = []
        for source in load_sources(REGISTRY, os.environ):
            try:
                if source.kind == "page":
                    documents.append(self._document(source, source.url, "registry"))
                else:
                    documents += self._linked(source, findings)
            except (SourceUnavailable, DocumentRefused) as error:
                kept = self.archive.last_fetch(source.url) is not None
                stays = "; the last good capture stays in use" if kept else ""
                log.warning("%s: %s%s", source.name, error, stays)
                findings.append(f"{source.name}: {error}")
        return documents, findings

    def _linked(self, source: Source, findings: list[str]) -> list[Document]:
        """The documents that an index links to."""
        index = self.downloader.fetch(source)
        charset = stated_charset(index.headers)
        documents = []
        for url in linked_documents(index.body, charset, index.final_url, source):
            try:
                documents.append(self._document(source, url, "registry"))
            except (SourceUnavailable, DocumentRefused) as error:
                findings.append(f"{source.name}: {error}")
        return documents

    def _document(self, source: Source, url: str, origin: Origin) -> Document:
        """What is at a URL: staged, or archived and unchanged since."""
        last = self.archive.last_fetch(url)
        headers = last.headers if last is not None else {}
        fetched = self.downloader.fetch(
            source, url, etag=headers.get("etag"), last_modified=headers.get("last-modified")
        )
        if fetched.not_modified:
            entry = self.archive.note_unchanged(url, fetched.fetched_at, fetched.headers)
            return archived_document(entry, self.archive)
        self.staging.mkdir(parents=True, exist_ok=True)
        sha256 = hashlib.sha256(fetched.body).hexdigest()
        path = self.staging.resolve() / sha256
        path.write_bytes(fetched.body)
        return Document(
            sha256=sha256,
            name=PurePosixPath(urlsplit(url).path).name or urlsplit(url).hostname or "page",
            path=path,
            origin=origin,
            media_type=_media_type(fetched),
            first_seen=fetched.fetched_at,
            last_seen=fetched.fetched_at,
            bytes=len(fetched.body),
            url=url,
            headers=tuple(sorted(fetched.headers.items())),
        )


def _media_type(fetched: Fetched) -> str:
    """A PDF's by its bytes, else 'text/html' or 'text/plain' by the server's word: what came is a
    PDF or a page, or the downloader would have refused it."""
    if is_pdf(fetched.body):
        return PDF
    stated = fetched.headers.get("content-type", "").partition(";")[0].strip().casefold()
    return "text/plain" if stated == "text/plain" else "text/html"
