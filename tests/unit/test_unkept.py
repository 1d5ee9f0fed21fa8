"""Columns that the warehouse has no place for: known, listed, and no other column's."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.document import document_cells
from flows.detecting import detect
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells


def leaflet(path: Path, fourth: str) -> Path:
    leaf = Leaf().text(40, 10, "2023 JUPAS Admissions Scores on the 8.5-point scale", size=10)
    heads = {40: "JUPAS Code", 120: "Programme", 260: fourth, 330: "Median", 400: "Intake"}
    leaf.row(40, heads)
    leaf.row(60, {40: "JS5101", 120: "Research", 260: "45.5", 330: "44.1", 400: "29"})
    leaf.row(80, {40: "JS5102", 120: "Science", 260: "40.1", 330: "38.2", 400: "90"})
    for top in (36, 54, 74, 94):
        leaf.rule(top, 36, 450)
    return drawn(path, leaf)


@pytest.mark.parametrize("header", ["Upper Quartile", "Maximum Score"])  # whose, is not said
def test_their_texts_are_listed_and_become_no_value(tmp_path: Path, header: str) -> None:
    path = leaflet(tmp_path / "leaflet.pdf", header)
    read = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    figures = {(dict(r.key)["jupas_code"], r.column, r.value) for r in read.readings}
    assert {("JS5101", "median", 44.1), ("JS5102", "median", 38.2)} <= figures
    assert not {45.5, 40.1, 29.0, 90.0} & {value for _, _, value in figures}
    listed = {(r.text, r.reason) for r in read.rejects if r.reason.startswith("column")}
    place = "column that the warehouse has no place for"
    assert listed == {
        ("45.5", f"{place}: {header}"), ("40.1", f"{place}: {header}"),
        ("29", f"{place}: Intake"), ("90", f"{place}: Intake"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "drafted"),
    [
        ("Enquiry Hotline", '{ name = "not_kept_enquiry_hotline", headers = ["Enquiry Hotline"] }'),
        ("Lowest Quartile", '{ name = "lower_quartile", headers = ["Lower Quartile", '),
    ],
)
def test_detect_drafts_a_column_by_what_its_words_are_like(
    tmp_path: Path, printed: str, drafted: str
) -> None:
    path = leaflet(tmp_path / "leaflet.pdf", printed)
    with pytest.raises(LayoutChanged, match=f"unknown words .*'{printed}'"):
        document_cells(path, VOCABULARY, path.name)
    (draft,) = detect(path)["drafts"]
    assert draft.startswith(f"[tables.scores] page 1: {drafted}")


def test_the_end_of_another_headers_words_is_no_column_of_its_own(tmp_path: Path) -> None:
    """'Lower Quartile Average Score' is not 'Lower Quartile' and a column 'Average Score'."""
    leaf = Leaf().text(40, 10, "2023 JUPAS Admissions Scores on the 8.5-point scale", size=10)
    leaf.row(36, {40: "JUPAS Code", 120: "Programme", 260: "Median", 330: "Lower Quartile"})
    leaf.text(330, 44, "Average Score")
    leaf.row(60, {40: "JS5101", 120: "Research", 260: "44.1", 330: "6.27"})
    for top in (32, 54, 74):
        leaf.rule(top, 36, 450)
    path = drawn(tmp_path / "leaflet.pdf", leaf)
    with pytest.raises(LayoutChanged, match="which is not kept, holds nothing"):
        read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
