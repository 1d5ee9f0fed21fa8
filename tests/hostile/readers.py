"""Functions that the sandbox runs in these tests: well-behaved, greedy and broken ones."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from errors import DocumentRefused, UnknownValue
from extract.page.objects import open_pages


def pages_text(path: Path, *, document: str) -> bytes:
    """Text and reasons for hidden and unreadable marks of every page, as JSON."""
    pages = [
        {
            "text": "".join(char.text for char in page.chars),
            "unreadable": sorted({c.unreadable for c in page.chars if c.unreadable}),
            "hidden": sorted({mark.hidden for mark in page.hidden}),
            "rules": len(page.rules),
        }
        for page in open_pages(path, document=document)
    ]
    return json.dumps(pages).encode()


def pages_print(path: Path, *, document: str) -> bytes:
    """Every seen mark and its place, so that two readings can be held against each other.

    Refuses unreadable characters, as the extraction does where they stand in a table.
    """
    marks = []
    for page in open_pages(path, document=document):
        for char in page.chars:
            if char.unreadable:
                raise DocumentRefused(char.unreadable, document=document, page=page.number)
        seen = map(repr, (*page.chars, *page.rules, *page.fills))
        marks.append([page.number, page.width, page.height, *seen])
    return json.dumps(marks).encode()


def echoed(path: Path, *, document: str, say: str = "") -> bytes:
    return f"{document} {path.name} {say}".encode()


def spinning(path: Path, *, document: str) -> bytes:
    while True:
        pass


def sleeping(path: Path, *, document: str) -> bytes:
    time.sleep(3600)
    return b""


def hoarding(path: Path, *, document: str) -> bytes:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def talkative(path: Path, *, document: str) -> bytes:
    return b"x" * 5_000_000


def flooding(path: Path, *, document: str) -> bytes:
    path.with_suffix(".flood").write_bytes(b"x" * 5_000_000)
    return b""


def killed(path: Path, *, document: str) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def orphaning(path: Path, *, document: str) -> bytes:
    """Brings the warm process down as well."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(3600)
    return b""


def unknown(path: Path, *, document: str) -> bytes:
    raise UnknownValue("level is none", page=3, text="5***", todo="look at the page")


def buggy(path: Path, *, document: str) -> bytes:
    return bytes({}["no such key"])


def open_files(path: Path, *, document: str) -> bytes:
    """Names of the files this process has open."""
    names = []
    for fd in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(fd.readlink()))
        except FileNotFoundError:
            continue
    return "\n".join(names).encode()


def document_cells(path: Path, *, document: str) -> bytes:
    """The whole extraction: tables and text of the document as JSON."""
    from extract.document import document_json

    vocabulary = Path(__file__).parents[2] / "transform" / "vocabulary.toml"
    return document_json(path, document=document, vocabulary=str(vocabulary))


def killed_drawing(path: Path, *, document: str, wanted: object) -> bytes:
    return killed(path, document=document)


def spinning_drawing(path: Path, *, document: str, wanted: object) -> bytes:
    return spinning(path, document=document)
