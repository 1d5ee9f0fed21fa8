"""Tables whose rows no rule parts: by their lines, by dots, by zebra fills that skip a band."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.cells import Line, Run, Table
from extract.document import document_cells
from extract.tables.rows import _shares
from tests.unit.drawn import VOCABULARY, Leaf, drawn

HEADERS = {40: "JUPAS Code", 150: "Programme", 260: "Highest Attainable", 350: "Median"}
GREEN = "0 0.5 0.4"

Read = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reader(leaf: Leaf) -> Table:
        path = drawn(tmp_path / "drawn.pdf", leaf)
        (table,) = document_cells(path, VOCABULARY, "drawn.pdf").tables("scores")
        return table

    return reader


def rows(table: Table) -> dict[str, tuple[str, str, str]]:
    """Title, median and section by JUPAS code."""
    return {
        row.cells["programme"][0].text: (
            " ".join(cell.text for cell in row.cells["title"]),
            " ".join(cell.text for cell in row.cells["median"]),
            row.section.text if row.section else "",
        )
        for row in table.rows
    }


WRAPPED = {
    "JS5101": ("International Research Enrichment", "31.5", "School of Science"),
    "JS5102": ("Science (Group A) with an Extended Major", "45.5", "School of Science"),
    "JS5300": ("Business and Management", "44.1", "Joint Programs"),
}


def first_lines_level(top: float) -> Leaf:
    """Lines 8 points apart, rows 10; names start left of their header."""
    leaf = Leaf().row(20, HEADERS)
    leaf.text(40, top, "School of Science", rgb=GREEN)
    leaf.row(top + 10, {40: "JS5101", 90: "International Research", 280: "44.63", 355: "31.5"})
    leaf.text(90, top + 18, "Enrichment")
    leaf.row(top + 28, {40: "JS5102", 90: "Science (Group A) with", 280: "66.94", 355: "45.5"})
    leaf.text(90, top + 36, "an Extended Major")
    leaf.text(40, top + 46, "Joint Programs", rgb=GREEN)
    leaf.row(top + 56, {40: "JS5300", 90: "Business and Management", 280: "62.48", 355: "44.1"})
    return leaf


def middles_level(top: float) -> Leaf:
    leaf = Leaf().row(20, HEADERS)
    leaf.text(40, top, "School of Science", rgb=GREEN)
    leaf.row(top + 14, {40: "JS5101", 280: "44.63", 355: "31.5"})
    leaf.text(90, top + 10, "International Research").text(90, top + 18, "Enrichment")
    leaf.row(top + 32, {40: "JS5102", 280: "66.94", 355: "45.5"})
    leaf.text(90, top + 28, "Science (Group A) with").text(90, top + 36, "an Extended Major")
    leaf.text(40, top + 46, "Joint Programs", rgb=GREEN)
    leaf.row(top + 56, {40: "JS5300", 90: "Business and Management", 280: "62.48", 355: "44.1"})
    return leaf


def test_lines_go_to_the_key_beside_their_first_line(read: Read) -> None:
    assert rows(read(first_lines_level(40))) == WRAPPED


def test_lines_go_to_the_key_beside_their_middle(read: Read) -> None:
    assert rows(read(middles_level(40))) == WRAPPED


def test_a_watermark_is_in_no_cell(read: Read) -> None:
    assert rows(read(first_lines_level(40).aslant(120, 200, "SPECIMEN", 40))) == WRAPPED


def test_the_ground_of_a_page_is_no_part_of_a_table(read: Read) -> None:
    leaf = Leaf().fill(0, 0, 500, 390, "0.97 0.98 1")
    leaf.operators += first_lines_level(40).operators
    assert rows(read(leaf)) == WRAPPED


def test_a_band_without_fill_over_a_row_without_fill_is_no_part_of_it(read: Read) -> None:
    leaf = Leaf().row(20, HEADERS)
    leaf.text(40, 42, "School of Science", rgb=GREEN)
    leaf.fill(30, 52, 400, 66)
    leaf.row(56, {40: "JS5101", 90: "Research", 280: "44.63", 355: "31.5"})
    leaf.row(70, {40: "JS5102", 90: "Science (Group A)", 280: "66.94", 355: "45.5"})
    leaf.text(40, 84, "Joint Programs", rgb=GREEN)
    leaf.fill(30, 94, 400, 108)
    leaf.row(98, {40: "JS5300", 90: "Business and Management", 280: "62.48", 355: "44.1"})
    assert rows(read(leaf)) == {
        "JS5101": ("Research", "31.5", "School of Science"),
        "JS5102": ("Science (Group A)", "45.5", "School of Science"),
        "JS5300": ("Business and Management", "44.1", "Joint Programs"),
    }


def test_dotted_rules_part_rows(read: Read) -> None:
    leaf = Leaf().row(20, HEADERS)
    for top in (32, 64, 80):
        leaf.dotted(top, 30, 400)
    # One of two lines, the other's first line level with it: only the dots tell them apart.
    leaf.row(36, {40: "JS5101", 90: "International Research", 280: "44.63", 355: "31.5"})
    leaf.text(90, 45, "Enrichment").text(90, 54, "(with a thesis)")
    leaf.row(68, {40: "JS5102", 90: "Science (Group A)", 280: "66.94", 355: "45.5"})
    assert rows(read(leaf)) == {
        "JS5101": ("International Research Enrichment (with a thesis)", "31.5", ""),
        "JS5102": ("Science (Group A)", "45.5", ""),
    }


def test_figures_set_right_under_headers_set_left(read: Read) -> None:
    leaf = Leaf().row(20, HEADERS)
    for i, code in enumerate(("JS5101", "JS5102")):
        leaf.row(40 + 12 * i, {40: code, 152: "Research", 328: "44.63", 405: f"3{i}.5"})
    assert {code: row[1] for code, row in rows(read(leaf)).items()} == {
        "JS5101": "30.5",
        "JS5102": "31.5",
    }


def test_digits_on_small_discs_are_seen(read: Read) -> None:
    """Discs of 2.5 points under white digits: too small for a fill, but a ground."""
    leaf = Leaf().row(20, HEADERS)
    leaf.row(40, {40: "JS5101", 90: "Research", 280: "44.63", 355: "31.5"})
    leaf.fill(118.6, 40, 121.1, 42.5, "0 0 0").text(119, 40, "2", 2.5, "1 1 1")
    (row,) = read(leaf).rows
    assert row.cells["title"][0].marks == ["2"]


def test_a_band_at_the_foot_heads_the_rows_overleaf(tmp_path: Path) -> None:
    first = Leaf().row(20, HEADERS).text(40, 36, "School of Science", rgb=GREEN)
    first.row(48, {40: "JS5101", 90: "Research", 280: "44.63", 355: "31.5"})
    first.text(40, 60, "Joint Programs", rgb=GREEN)
    second = Leaf().row(20, HEADERS)
    second.row(36, {40: "JS5300", 90: "Business", 280: "62.48", 355: "44.1"})
    path = drawn(tmp_path / "drawn.pdf", first, second)
    tables = document_cells(path, VOCABULARY, "drawn.pdf").tables("scores")
    assert [rows(table) for table in tables] == [
        {"JS5101": ("Research", "31.5", "School of Science")},
        {"JS5300": ("Business", "44.1", "Joint Programs")},
    ]
    assert not tables[0].loose


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    path = drawn(tmp_path / "drawn.pdf", Leaf().row(20, HEADERS))
    with pytest.raises(LayoutChanged, match="no row under it"):
        document_cells(path, VOCABULARY, "drawn.pdf")


def test_rows_without_codes_as_close_as_lines_are_refused(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 10, "Alternative Qualification in Chinese Language", 9)
    leaf.row(24, {40: "Qualification", 200: "Level/Grade"})
    leaf.row(36, {40: "GCE Chinese Language", 200: "Grade E"})
    leaf.row(44, {40: "HKDSE Category C", 200: "Grade D"})
    with pytest.raises(LayoutChanged, match="no farther apart"):
        document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")


def test_rows_that_fills_part_in_some_columns_only(read: Read) -> None:
    """Fills of single rows under the figures; names wrap around the height of their code."""
    leaf = middles_level(40)
    for top, bottom in ((48, 66), (66, 84), (92, 106)):
        leaf.operators.insert(0, Leaf().fill(260, top, 400, bottom).operators[0])
    assert rows(read(leaf)) == WRAPPED


def test_nearest_share_of_lines_counts_not_the_shortest() -> None:
    """Codes at 10, 24 and 45; the third name is set on two lines around its code."""
    texts = [(10.0, "JS5711 A"), (24.0, "JS5812 B"), (41.4, "C and"), (45.0, "JS5901"), (48.6, "D")]
    lines = [
        Line((Run(text, 0, middle - 3, 40, middle + 3, 6.0, False, "#000000", False),))
        for middle, text in texts
    ]
    shares = _shares(lines, [10.0, 24.0, 45.0])
    assert shares is not None
    assert [[line.text for line in share] for share in shares] == [
        ["JS5711 A"], ["JS5812 B"], ["C and", "JS5901", "D"],
    ]  # fmt: skip


def test_lines_farther_apart_than_the_shares_are_shared_out_in_no_way() -> None:
    lines = [
        Line((Run("x", 0, middle - 3, 40, middle + 3, 6.0, False, "#000000", False),))
        for middle in (10.0, 24.0, 38.0, 41.0, 52.0)
    ]
    assert _shares(lines, [10.0, 24.0, 41.0]) is None
