"""What comes from a URL as a document: its name, its type, and that it is asked for once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extract.archive import Archive
from extract.web.download import Downloader
from extract.web.exchange import FetchLimits
from flows.documents import Document, store
from flows.fetching import Fetching
from tests.flows.site import Site, served_site


def had(site: Site, path: str, folder: Path) -> Document:
    downloader = Downloader(FetchLimits(pause_s=0))
    archive = Archive(folder / "archive")
    return Fetching(downloader, archive, folder / "incoming").given(f"{site.url}{path}")


@pytest.mark.parametrize(
    ("stated", "body", "media_type"),
    [
        ("text/plain; charset=utf-8", b"Press Releases\n", "text/plain"),
        ("text/html", b"<!-- cached --><html><p>Press Releases</html>", "text/html"),
        ("application/octet-stream", b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_a_document_is_what_the_server_and_its_bytes_say(
    stated: str, body: bytes, media_type: str, tmp_path: Path
) -> None:
    with served_site() as site:
        site.answers["/news/page"] = (stated, body)
        document = had(site, "/news/page", tmp_path)
    assert (document.name, document.media_type) == ("page", media_type)
    assert (document.sha256, document.bytes) == (hashlib.sha256(body).hexdigest(), len(body))
    assert document.path.read_bytes() == body


def test_an_unchanged_document_is_the_archived_one(tmp_path: Path) -> None:
    with served_site() as site:
        site.answers["/page"] = ("text/html", b"<html><p>One</html>")
        first = had(site, "/page", tmp_path)
        store([first], Archive(tmp_path / "archive"))
        again = had(site, "/page", tmp_path)
    assert site.requests[-1] == ("/page", 304)
    assert again.archived and again.is_whole
    assert (again.sha256, again.name, again.url) == (first.sha256, first.name, first.url)
    assert again.first_seen < again.last_seen
