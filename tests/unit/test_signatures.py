"""What a file is by its bytes, and what is said of one that is no document."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest

from errors import DocumentRefused, SourceUnavailable
from extract.signatures import file_look, is_pdf
from flows.documents import local_document

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def zipped(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "anything")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "look"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\n" * 1000 + b"%PDF-1.7", "a PDF"),
        (b"\x00" * 1024 + b"%PDF-1.7", "binary data of no kind we know"),
        (zipped("brochure.pdf"), "a zip archive"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "an HTML page"),
        ("入學要求".encode(), "plain text"),
        ("入學要求".encode("big5"), "binary data of no kind we know"),
        (b" \n", "an empty file"),
    ],
)
def test_the_look_of_a_file(content: bytes, look: str) -> None:
    assert file_look(content) == look
    assert is_pdf(content) == (look == "a PDF")


@pytest.mark.parametrize("name", ["brochure.pdf", "page.html", "page"])
def test_a_file_of_another_kind_is_refused_whatever_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(zipped("brochure.pdf"))
    with pytest.raises(DocumentRefused) as refused:
        local_document(tmp_path / name, NOW)
    assert str(refused.value) == (
        f"{name}: is neither a PDF nor an HTML or text page, but looks like a zip archive. "
        "Unpack it and give the PDF or page inside"
    )


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_refused_unread(kind: str, tmp_path: Path) -> None:
    """Nobody writes to the pipe: reading it would never end."""
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / "pipe" if kind == "pipe" else Path("/dev/zero")
    with pytest.raises(SourceUnavailable) as refused:
        local_document(path, NOW)
    assert str(refused.value) == (
        f"{path}: cannot be read (it is a {kind}, not a file). "
        "Download the document to a file first and give that"
    )


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<html><p>One</html>")
    (tmp_path / "link.html").symlink_to(tmp_path / "page.html")
    assert local_document(tmp_path / "link.html", NOW).media_type == "text/html"
