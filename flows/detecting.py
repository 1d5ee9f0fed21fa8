"""`admissions detect`: what a document is and what of its headers is known, before it is loaded.

Input: a PDF. Output: text or JSON on stdout, with drafts of vocabulary entries for a person.
Raises: `AdmissionsError` for what cannot be opened; exit 1 where the document would be refused.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from errors import AdmissionsError, WrongUsage
from extract.headers.vocabulary import NOT_KEPT, Column, load_vocabulary
from extract.sandbox.jobs import run_limited
from flows.documents import PDF, local_document
from flows.extracting import VOCABULARY
from flows.plain_text import plain
from flows.reading import read_document
from transform.read import ReadDocument

ALIKE = 0.6  # of 1: 'Lower Quartile' and 'Upper Quartile' are 0.79 alike


def detect(path: Path) -> dict[str, Any]:
    """What is known of a document: 'kind', 'year', 'refused' (or None), 'pages', 'drafts'."""
    import datetime as dt

    if str(path).startswith(("http:/", "https:/")):
        url = re.sub("^(https?):/+", r"\1://", str(path))  # a path keeps one slash of two
        raise WrongUsage("detect looks at a file", text=url, todo="Download it first")
    document = local_document(path, dt.datetime.now(dt.UTC))
    pages: list[dict[str, Any]] = []
    if document.media_type == PDF:
        content = run_limited(
            "extract.detection:detection_json",
            document.path,
            document=document.name,
            vocabulary=str(VOCABULARY),
        )
        pages = json.loads(content)["pages"]
    read: ReadDocument | None = None
    refused: str | None = None
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = read_document(document, Path(folder)).read
        except AdmissionsError as error:
            refused = str(error)
    return {
        "document": document.name,
        "kind": read and read.kind,
        "year": read and read.year,
        "refused": refused,
        "pages": pages,
        "drafts": drafts(pages),
    }


def drafts(pages: list[dict[str, Any]]) -> list[str]:
    """Lines for transform/vocabulary.toml that a person would have to confirm."""
    vocabulary = load_vocabulary(VOCABULARY)
    lines = []
    for page in pages:
        for table in page["tables"]:
            columns = vocabulary.kind(table["kind"]).columns
            missing = [column for column in columns if column.name in table["missing"]]
            free = [column for column in columns if column.name not in table["headers"]]
            for unknown in table["unknown"]:
                entry = _entry(unknown, missing, free)
                lines.append(f"[tables.{table['kind']}] page {page['number']}: {entry}")
    return list(dict.fromkeys(lines))


def _entry(unknown: str, missing: Sequence[Column], free: Sequence[Column]) -> str:
    """The missing column whose words are most alike; else one that is not there, if they are
    alike at all; else a column that is not kept."""
    column = max(missing or free, key=lambda column: _likeness(column, unknown), default=None)
    if column is None or (not missing and _likeness(column, unknown) < ALIKE):
        word = re.sub(r"\W+", "_", unknown.casefold()).strip("_")
        return _toml(f"{NOT_KEPT}_{word}", [unknown])
    return _toml(column.name, [*(phrase.text for phrase in column.phrases), unknown])


def _likeness(column: Column, unknown: str) -> float:
    return max(
        SequenceMatcher(None, unknown.casefold(), phrase.text.casefold()).ratio()
        for phrase in column.phrases
    )


def _toml(name: str, headers: Sequence[str]) -> str:
    texts = ", ".join(json.dumps(text, ensure_ascii=False) for text in headers)
    return f'{{ name = "{name}", headers = [{texts}] }}'


def show_detection(path: Path, as_json: bool) -> bool:
    """Print what `detect` finds. Returns whether the document would load."""
    found = plain(detect(path))
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return found["refused"] is None
    write = sys.stdout.write
    write(f"{found['document']}: {found['kind'] or 'not readable'}"
          + (f", latest year {found['year']}" if found["year"] else "") + "\n")  # fmt: skip
    for page in found["pages"]:
        write(f"page {page['number']}: {'; '.join(page['titles']) or 'no titles'}\n")
        for table in page["tables"]:
            years = ", ".join(f"{name} {year}" for name, year in table["years"].items())
            write(f"  table {table['kind']}" + (f" ({years})" if years else "") + "\n")
            for name, text in table["headers"].items():
                write(f"    {name:<28} {text}\n")
            for name in table["missing"]:
                write(f"    {name:<28} MISSING\n")
            for text in table["unknown"]:
                write(f"    {'UNKNOWN':<28} {text}\n")
    if found["refused"]:
        write(f"\nIt would be refused: {found['refused']}\n")
    else:
        write("\nIt would load.\n")
    if found["drafts"] and found["refused"]:
        write("\nDrafts for transform/vocabulary.toml, to be confirmed by eye:\n")
        for line in found["drafts"]:
            write(f"  {line}\n")
    return found["refused"] is None
