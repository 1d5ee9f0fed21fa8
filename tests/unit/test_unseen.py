"""Texts over a table that nobody sees or that lie aslant: told of, never lost in silence."""

from __future__ import annotations

from pathlib import Path

from extract.document import document_cells
from extract.serial import cells_from_json, cells_json
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells


def leaflet() -> Leaf:
    leaf = Leaf().text(40, 10, "2023 JUPAS Admissions Scores on the 8.5-point scale", size=10)
    leaf.row(40, {40: "JUPAS Code", 120: "Programme", 330: "Median"})
    leaf.row(60, {40: "JS5101", 120: "Research", 330: "44.1"})
    leaf.row(80, {40: "JS5102", 120: "Science", 330: "38.2"})
    for top in (36, 54, 74, 94):
        leaf.rule(top, 36, 380)
    return leaf


def test_white_text_and_stamps_over_a_table_are_listed_with_their_boxes(tmp_path: Path) -> None:
    leaf = leaflet().text(350, 60, "12", rgb="1 1 1").aslant(200, 90, "VOID", 9)
    leaf.text(40, 200, "painted white under the table", rgb="1 1 1")
    path = drawn(tmp_path / "leaflet.pdf", leaf)
    cells = cells_from_json(cells_json(document_cells(path, VOCABULARY, path.name)))
    read = read_cells(cells, "0" * 64)
    told = [(r.text, r.reason) for r in read.rejects if r.reason.startswith("text over a table")]
    assert told == [
        ("12", "text over a table that is not read: same colour as its ground"),
        ("VOID", "text over a table that is not read: set aslant, as watermarks and stamps are"),
    ]
    (digits, _) = cells.pages[0].unseen
    assert (round(digits.x0), round(digits.top)) == (350, 60)
    medians = [r.value for r in read.readings if r.column == "median"]
    assert medians == [44.1, 38.2]


def test_nothing_is_told_where_nothing_is_hidden(tmp_path: Path) -> None:
    path = drawn(tmp_path / "leaflet.pdf", leaflet())
    assert document_cells(path, VOCABULARY, path.name).pages[0].unseen == ()


def test_a_note_that_a_viewer_draws_over_a_figure_is_told_of(tmp_path: Path) -> None:
    path = drawn(tmp_path / "leaflet.pdf", leaflet())
    notes = b"/Annots[%s]/CropBox" % b"".join(
        b"<</Type/Annot/Subtype/%s/Rect[330 %d 350 %d]/F %d/Contents(39.9)>>" % (kind, y, y + 10, f)
        for kind, y, f in ((b"FreeText", 330, 4), (b"Link", 330, 4), (b"Stamp", 330, 2))
    )
    data = path.read_bytes().replace(b"/Contents", notes + b"[0 0 500 400]/Contents", 1)
    path.write_bytes(_indexed(data))
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    told = [(r.text, r.reason) for r in read.rejects if r.reason.startswith("text over a table")]
    reason = "text over a table that is not read: in an annotation that viewers draw over the page"
    assert told == [("39.9", reason)]


def _indexed(data: bytes) -> bytes:
    """The file with the places of its objects counted anew."""
    body = data[: data.rindex(b"xref\n0")]
    count = body.count(b" 0 obj\n")
    table = b"".join(
        b"%010d 00000 n \n" % (body.index(b"\n%d 0 obj\n" % n) + 1) for n in range(1, count + 1)
    )
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count + 1, len(body))
    return body + head + table + end
