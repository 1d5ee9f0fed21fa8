"""Pictures of pages: drawn once, kept; a document that cannot be drawn stops nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from errors import ReleaseBlocked
from flows import drawing
from flows.documents import Document, local_document
from flows.drawing import drawing_version, extents_of, page_pictures
from tests.flows.steps import refreshed

pytestmark = pytest.mark.slow  # children that draw

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_extents_hold_all_places_of_a_page() -> None:
    places = [("a", 1, 20.4, 31.6), ("a", 1, 10.9, 25.0), ("a", 2, 5.0, 6.0), ("b", 1, 7.0, 8.0)]
    assert extents_of(places) == {"a": {1: (10, 32), 2: (5, 6)}, "b": {1: (7, 8)}}


def test_pages_are_drawn_once(
    leaflet: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extents = {leaflet.sha256: {1: (143, 377), 3: (80, 307)}}
    pictures = page_pictures([leaflet], extents, tmp_path)
    assert pictures.without == {}
    assert sorted(pictures.drawn) == [(leaflet.sha256, 1), (leaflet.sha256, 3)]
    (kept,) = tmp_path.iterdir()
    assert kept.name.endswith(f"-{drawing_version()}.json")
    assert page_pictures([leaflet], extents, tmp_path / "elsewhere") == pictures
    monkeypatch.setattr(drawing, "DRAWER", "tests.hostile.readers:no_such")
    assert page_pictures([leaflet], extents, tmp_path) == pictures
    assert page_pictures([], extents, tmp_path).drawn == {}


def test_other_places_are_drawn_anew(leaflet: Document, tmp_path: Path) -> None:
    first = page_pictures([leaflet], {leaflet.sha256: {1: (143, 200)}}, tmp_path)
    second = page_pictures([leaflet], {leaflet.sha256: {1: (143, 377)}}, tmp_path)
    page = leaflet.sha256, 1
    assert first.drawn[page].box[3] < 260 < second.drawn[page].box[3]


def test_pictures_cut_off_on_the_disk_are_drawn_again(leaflet: Document, tmp_path: Path) -> None:
    extents = {leaflet.sha256: {1: (143, 377)}}
    pictures = page_pictures([leaflet], extents, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert page_pictures([leaflet], extents, tmp_path) == pictures


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        ("killed_drawing", "brought the reader down (SIGSEGV)"),
        ("spinning_drawing", "needs more than 1 s of computing"),
    ],
)
def test_what_cannot_be_drawn_has_no_pictures_and_the_reason(
    reader: str,
    why: str,
    leaflet: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "DRAWER", f"tests.hostile.readers:{reader}")
    monkeypatch.setattr(drawing, "MOST_CPU_SECONDS", 1)
    extents = {leaflet.sha256: {1: (143, 377), 2: (80, 300)}}
    pictures = page_pictures([leaflet], extents, tmp_path)
    assert pictures.drawn == {}
    assert pictures.without == {(leaflet.sha256, 1): why, (leaflet.sha256, 2): why}
    assert list(tmp_path.iterdir()) == []


def test_a_release_is_made_without_the_pictures_that_cannot_be_drawn(
    leaflet: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "DRAWER", "tests.hostile.readers:killed_drawing")
    release = refreshed(tmp_path, [leaflet.path], report=True)
    assert release is not None
    report = (release.folder / "report" / "index.html").read_text(encoding="utf-8")
    assert f"{leaflet.name}, page 1, 2, 3, 4: brought the reader down (SIGSEGV)" in report


def test_a_damaged_document_takes_no_other_with_it(leaflet: Document, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(leaflet.path.read_bytes()[: leaflet.bytes // 2])
    damaged = local_document(cut, NOW)
    extents = {document.sha256: {1: (143, 377)} for document in (leaflet, damaged)}
    pictures = page_pictures([damaged, leaflet], extents, tmp_path / "cache")
    assert list(pictures.drawn) == [(leaflet.sha256, 1)]
    assert list(pictures.without) == [(damaged.sha256, 1)]


def test_a_folder_that_cannot_be_written_is_said(leaflet: Document, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ReleaseBlocked, match="cache cannot be written"):
        page_pictures([leaflet], {leaflet.sha256: {1: (143, 377)}}, tmp_path / "cache")
