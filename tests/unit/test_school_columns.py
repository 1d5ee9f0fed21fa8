"""Columns that a new year's score table may bring: schools beside the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import AdmissionsError
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import ReadDocument, read_cells

TITLE = "2025 HKUST JUPAS Admissions Scores"
SCALE = "All scores are on the 8.5-point scale."
HEADERS = {100: "JUPAS Code", 170: "Programme", 260: "Highest Attainable", 350: "Median"}
SCIENCE = {100: "JS5101", 170: "Research", 280: "44.63", 355: "31.5"}
BIOLOGY = {100: "JS5102", 170: "Science", 280: "66.94", 355: "45.5"}
BUSINESS = {100: "JS5300", 170: "Business", 280: "62.48", 355: "44.1"}


def read(leaf: Leaf, path: Path) -> ReadDocument:
    return read_cells(document_cells(drawn(path, leaf), VOCABULARY, path.name), "0" * 64)


def schools(document: ReadDocument) -> dict[object, object]:
    """School by JUPAS code."""
    return {
        dict(reading.key)["jupas_code"]: reading.value
        for reading in document.readings
        if reading.table == "programme_names" and reading.column == "school"
    }


def ruled(headers: dict[float, str]) -> Leaf:
    """Three rows, parted by rules from x 100 on; the schools by rules from x 40 on."""
    leaf = Leaf().text(40, 5, TITLE, 12).text(40, 20, SCALE)
    leaf.row(40, headers)
    leaf.row(70, SCIENCE).row(100, BIOLOGY).row(130, BUSINESS)
    for top in (60, 120, 150):
        leaf.rule(top, 40, 420)
    return leaf.rule(90, 98, 420)


def test_school_in_a_column_of_its_own(tmp_path: Path) -> None:
    leaf = ruled({40: "School", **HEADERS})
    leaf.text(40, 85, "School of Science").text(40, 130, "Joint Programs")
    assert schools(read(leaf, tmp_path / "a.pdf")) == {
        "JS5101": "School of Science", "JS5102": "School of Science", "JS5300": "Joint Programs",
    }  # fmt: skip


def test_school_in_a_column_and_in_a_band(tmp_path: Path) -> None:
    for band, column in (("School of Science", "Science"), ("Joint Programs", "Science")):
        leaf = Leaf().text(40, 5, TITLE, 12).text(40, 20, SCALE).row(40, {40: "School", **HEADERS})
        leaf.text(40, 62, band).row(80, SCIENCE).text(40, 80, f"School of {column}", 6.0)
        for top in (55, 73, 95):
            leaf.rule(top, 36, 420)
        if band == "Joint Programs":
            with pytest.raises(AdmissionsError, match="another school beside the row"):
                read(leaf, tmp_path / "a.pdf")
        else:
            assert schools(read(leaf, tmp_path / "a.pdf")) == {"JS5101": "School of Science"}


def test_turned_schools_left_of_all_headers(tmp_path: Path) -> None:
    leaf = ruled(HEADERS)
    leaf.turned(60, 118, "School of Science", 6.0).turned(60, 149, "Joint", 6.0)
    leaf.turned(68, 149, "Programs", 6.0)
    assert schools(read(leaf, tmp_path / "a.pdf")) == {
        "JS5101": "School of Science", "JS5102": "School of Science", "JS5300": "Joint Programs",
    }  # fmt: skip


def test_box_left_of_a_table_is_no_column(tmp_path: Path) -> None:
    leaf = ruled(HEADERS).text(2, 85, "JUPAS 2025", 5.0)
    assert schools(read(leaf, tmp_path / "a.pdf")) == {}


def test_row_without_a_school_in_that_column_is_refused(tmp_path: Path) -> None:
    leaf = ruled({40: "School", **HEADERS}).text(40, 85, "School of Science")
    with pytest.raises(AdmissionsError, match="school"):
        read(leaf, tmp_path / "a.pdf")


def test_narrow_letters_drawn_backwards_stand_in_reading_order(tmp_path: Path) -> None:
    leaf = Leaf().backwards(40, 20, "ilil")
    (page,) = document_cells(drawn(tmp_path / "a.pdf", leaf), VOCABULARY, "a.pdf").pages
    assert [line.text for line in page.lines] == ["ilil"]


def test_rows_overleaf_over_a_wider_table(tmp_path: Path) -> None:
    headers = {40: "JUPAS Code", 100: "Programme", 200: "Highest Attainable", 300: "Median"}
    first = Leaf().text(40, 5, TITLE, 12).text(40, 20, SCALE).row(40, headers)
    first.row(60, {40: "JS5101", 100: "Research", 210: "44.63", 305: "31.5"})
    second = Leaf().row(40, {40: "JS5102", 100: "Science", 210: "66.94", 305: "45.5"})
    second.row(60, {40: "JS5103", 100: "Arts", 210: "66.94", 305: "44"})
    second.row(110, {40: "JUPAS Code", 100: "JUPAS Choice", 300: "Competitive Score Range"})
    second.row(130, {40: "JS5212", 100: "Computing", 320: "43-47"})
    for leaf in (first, second):
        for top in (35, 55, 75):
            leaf.rule(top, 36, 360)
    for top in (105, 125, 145):
        second.rule(top, 36, 400)
    path = drawn(tmp_path / "a.pdf", first, second)
    document = read_cells(document_cells(path, VOCABULARY, path.name), "0" * 64)
    medians = {
        dict(reading.key)["jupas_code"]: reading.value
        for reading in document.readings
        if reading.column == "median"
    }
    assert medians == {"JS5101": 31.5, "JS5102": 45.5, "JS5103": 44.0}
