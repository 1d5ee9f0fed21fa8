"""Layouts of invented years, once read wrong: tables that go on overleaf, shadows, years."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.cells import DocumentCells, Line, PageCells, Run
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.dated import DatedWords


def cells(path: Path, *leaves: Leaf) -> DocumentCells:
    return document_cells(drawn(path, *leaves), VOCABULARY, path.name)


def side_by_side(left_rows: int, right_rows: int) -> Leaf:
    """Two tables of the same columns, and of so many rows, 30 points high each."""
    leaf = Leaf(width=900.0)
    for x, rows in ((40.0, left_rows), (480.0, right_rows)):
        leaf.row(30, {x: "JUPAS Code", x + 110: "Programme", x + 220: "Median"})
        leaf.rule(45, x, x + 300)
        for i in range(rows):
            leaf.row(55 + 30 * i, {x: f"JS5{x:03.0f}"[:5] + f"{i:02d}", x + 110: "Physics"})
            leaf.text(x + 220, 55 + 30 * i, "31.5").rule(75 + 30 * i, x, x + 300)
    return leaf


def overleaf(x: float) -> Leaf:
    leaf = Leaf(width=900.0).rule(25, x, x + 300).rule(45, x, x + 300)
    return leaf.row(30, {x: "JS5999", x + 110: "Chemistry", x + 220: "32.5"})


def test_rows_overleaf_are_not_the_left_tables_where_the_right_one_reaches_the_foot(
    tmp_path: Path,
) -> None:
    with pytest.raises(LayoutChanged, match="JS5999"):
        cells(tmp_path / "a.pdf", side_by_side(5, 11), overleaf(40))


def test_rows_overleaf_go_on_with_the_table_that_reaches_the_foot(tmp_path: Path) -> None:
    document = cells(tmp_path / "a.pdf", side_by_side(11, 5), overleaf(40))
    (further,) = document.pages[1].tables
    assert further.rows[0].cells["median"][0].text == "32.5"


def test_shadow_under_a_text_is_no_text(tmp_path: Path) -> None:
    leaf = Leaf().fill(30, 10, 200, 40, "0 0.2 0.3")
    leaf.text(41, 21, "All filler", 8.0, "0.4 0.4 0.4").text(40, 20, "All filler", 8.0, "1 1 1")
    (page,) = cells(tmp_path / "a.pdf", leaf).pages
    assert [line.text for line in page.lines] == ["All filler"]


def test_year_in_brackets_behind_a_header_is_its_year(tmp_path: Path) -> None:
    leaf = Leaf().row(30, {40: "JUPAS Code", 120: "Programme", 200: "Expected Score", 265: "2024"})
    leaf.text(265, 39, "Median").text(200, 39, "(2025)").rule(52, 40, 300)
    leaf.row(60, {40: "JS5101", 120: "Research", 200: "33", 265: "32.5"}).rule(75, 40, 300)
    (table,) = cells(tmp_path / "a.pdf", leaf).tables("scores")
    assert table.words() == {"entry_year": "2025", "scores_year": "2024"}


def test_codes_right_of_their_names_make_the_rows(tmp_path: Path) -> None:
    leaf = Leaf().row(30, {40: "Programme", 180: "Median", 260: "JUPAS Code"}).rule(42, 40, 300)
    leaf.row(50, {40: "School of Science"}).rule(62, 40, 300)
    leaf.row(70, {40: "Physics", 180: "31.5", 260: "JS5101"}).rule(82, 40, 300)
    leaf.row(90, {40: "Chemistry", 180: "32.5", 260: "JS5102"}).rule(102, 40, 300)
    (table,) = cells(tmp_path / "a.pdf", leaf).tables("scores")
    assert [
        (row.section and row.section.text, *(c.text for held in row.cells.values() for c in held))
        for row in table.rows
    ] == [
        ("School of Science", "Physics", "31.5", "JS5101"),
        ("School of Science", "Chemistry", "32.5", "JS5102"),
    ]


def test_digits_raised_behind_a_header_are_no_words_of_it(tmp_path: Path) -> None:
    leaf = Leaf().row(30, {40: "JUPAS Code", 120: "Programme", 200: "Median"})
    leaf.text(225, 28, "1", 4.0).rule(42, 40, 300)
    leaf.row(50, {40: "JS5101", 120: "Physics", 200: "31.5"}).rule(62, 40, 300)
    (table,) = cells(tmp_path / "a.pdf", leaf).tables("scores")
    assert [header.text for header in table.headers] == ["JUPAS Code", "Programme", "Median"]


def test_a_school_under_two_headers_at_the_foot_of_a_page_heads_the_rows_overleaf(
    tmp_path: Path,
) -> None:
    name = "Academy of Interdisciplinary Studies"
    pages = []
    for band, code, end in (("School of Science", "JS5101", name), ("", "JS5711", "")):
        leaf = Leaf(width=300.0).row(30, {40: "JUPAS", 80: "PROGRAMME", 200: "MEDIAN"})
        leaf.text(40, 38, "CODE").rule(25, 35, 250).rule(50, 35, 250)
        if band:
            leaf.fill(35, 50, 250, 65).text(40, 54, band, 7.0, "0 0 0.4").rule(65, 35, 250)
        leaf.row(70, {40: code, 80: "Physics", 200: "31.5"})
        if end:
            leaf.fill(35, 80, 250, 95).text(40, 84, end, 7.0, "0 0 0.4").rule(95, 35, 250)
        leaf.rule(80, 35, 250)
        pages.append(leaf)
    _, overleaf_table = cells(tmp_path / "a.pdf", *pages).tables("scores")
    (row,) = overleaf_table.rows
    assert row.section is not None
    assert row.section.text == name


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(
        Line((Run(text, 10, 20.0 * i, 200, 20.0 * i + 9, 9.0, False, "#000000", False),))
        for i, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("HKUST JUPAS Admissions Scores 2023",), {2023}),
        (("2023 HKUST JUPAS Admissions Scores", "2024 programmes are new"), {2023}),
    ],
)
def test_year_behind_a_title_stands_on_its_line(texts: tuple[str, ...], year: set[int]) -> None:
    page = PageCells(1, 500, 400, (), lines(*texts), ())
    found = DatedWords(DocumentCells((page,)))._lines("scores_year", 1)
    assert {line.year for line in found} == year
