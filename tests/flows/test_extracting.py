"""Cells extracted ahead: the same cells, the same refusals, each extracted once."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from errors import DocumentRefused, ReleaseBlocked
from flows.documents import Document, local_document, sample_documents
from flows.extracting import extract_ahead, extracted_cells
from flows.gathering import documents_at_hand

pytestmark = pytest.mark.slow  # children that read

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_what_was_begun_ahead_is_what_is_asked_for(leaflet: Document, tmp_path: Path) -> None:
    asked, was_extracted = extracted_cells(leaflet, tmp_path / "one")
    extract_ahead([leaflet], tmp_path / "two")
    ahead, was_extracted_ahead = extracted_cells(leaflet, tmp_path / "two")
    assert ahead == asked and was_extracted and was_extracted_ahead
    again, extracted_again = extracted_cells(leaflet, tmp_path / "two")
    assert again == asked and not extracted_again


def test_cells_that_are_kept_are_not_extracted_ahead(leaflet: Document, tmp_path: Path) -> None:
    extracted_cells(leaflet, tmp_path)
    extract_ahead([leaflet], tmp_path)
    _, was_extracted = extracted_cells(leaflet, tmp_path)
    assert not was_extracted


def test_a_refusal_reaches_the_one_who_asks(leaflet: Document, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(leaflet.path.read_bytes()[: leaflet.bytes // 2])
    document = local_document(cut, NOW)
    extract_ahead([document, leaflet], tmp_path / "cache")
    with pytest.raises(DocumentRefused, match=r"cut\.pdf"):
        extracted_cells(document, tmp_path / "cache")
    cells, _ = extracted_cells(leaflet, tmp_path / "cache")
    assert cells.pages


def test_a_folder_that_cannot_be_written_is_said_when_asked(
    leaflet: Document, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file")
    extract_ahead([leaflet], tmp_path / "cache")
    with pytest.raises(ReleaseBlocked, match="cache cannot be written"):
        extracted_cells(leaflet, tmp_path / "cache")


def test_nothing_at_hand_where_a_source_is_missing(tmp_path: Path) -> None:
    assert documents_at_hand([str(tmp_path / "none.pdf")], tmp_path, live=False) == []
    assert documents_at_hand(["https://example.org/a.pdf"], tmp_path, live=False) == []
    assert documents_at_hand([], tmp_path, live=True) == []
    assert len(documents_at_hand([], tmp_path, live=False)) == len(sample_documents(NOW))


def test_preloading_leaves_out_a_test_library_and_nobody_else_misses_it() -> None:
    program = """
import sys
from flows.preloading import preload
preload()
assert "flows.tables" in sys.modules and "pandera" in sys.modules
assert "hypothesis" not in sys.modules
import hypothesis
"""
    subprocess.run([sys.executable, "-c", program], check=True)
