"""Tables hard to find whole: overleaf, over the gutter, cut off, without a header."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.cells import DocumentCells, Table
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn

COLUMNS = {
    40: "JUPAS Code",
    100: "Programme",
    260: "Highest Attainable",
    350: "Median",
    420: "Lower Quartile",
}
EDGES = (36, 96, 250, 340, 410, 480)
FIRST = {
    40: "JS5101",
    100: "International Research Enrichment",
    270: "44.63",
    355: "31.5",
    430: "30.25",
}
SECOND = {40: "JS5102", 100: "Science (Group A)", 270: "66.94", 355: "45.5", 430: "40"}
THIRD = {40: "JS5300", 100: "Business and Management", 270: "62.48", 355: "44.1", 430: "41"}

Read = Callable[..., DocumentCells]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reader(*leaves: Leaf) -> DocumentCells:
        path = drawn(tmp_path / "drawn.pdf", *leaves)
        return document_cells(path, VOCABULARY, "drawn.pdf")

    return reader


def table(
    leaf: Leaf, top: float, rows: list[dict[int, str]], *, header: bool = True, shift: float = 0
) -> Leaf:
    """A ruled score table from `top` on, 20 points a row, its columns moved by `shift`."""
    lines = [COLUMNS, *rows] if header else rows
    leaf.rule(top, EDGES[0] + shift, EDGES[-1] + shift)
    for i, cells in enumerate(lines):
        leaf.row(top + 7 + 20 * i, {x + shift: text for x, text in cells.items()})
        for x0, x1 in pairwise(EDGES):
            leaf.rule(top + 20 * (i + 1), x0 + shift, x1 + shift)
    return leaf


def figures(found: Table) -> dict[str, tuple[str, str, str]]:
    """Highest, median, lower quartile by JUPAS code."""
    names = ("highest_attainable", "median", "lower_quartile")
    rows = {}
    for row in found.rows:
        (code,) = row.cells["programme"]
        rows[code.text] = tuple(" ".join(c.text for c in row.cells[name]) for name in names)
    return rows  # type: ignore[return-value]


def test_a_table_goes_on_overleaf_without_its_header(read: Read) -> None:
    first = table(Leaf(), 60, [FIRST, SECOND])
    second = table(Leaf(), 40, [THIRD], header=False).text(250, 380, "2")
    pages = read(first, second).pages
    assert figures(pages[0].tables[0]) == {
        "JS5101": ("44.63", "31.5", "30.25"),
        "JS5102": ("66.94", "45.5", "40"),
    }
    assert figures(pages[1].tables[0]) == {"JS5300": ("62.48", "44.1", "41")}
    assert pages[1].tables[0].page == 2
    assert [line.text for line in pages[1].lines] == ["2"]


def test_a_table_goes_on_over_three_pages(read: Read) -> None:
    leaves = [table(Leaf(), 60, [FIRST])] + [
        table(Leaf(), 40, [row], header=False) for row in (SECOND, THIRD)
    ]
    assert [figures(page.tables[0]) for page in read(*leaves).pages] == [
        {"JS5101": ("44.63", "31.5", "30.25")},
        {"JS5102": ("66.94", "45.5", "40")},
        {"JS5300": ("62.48", "44.1", "41")},
    ]


def test_rows_overleaf_in_other_columns_are_refused(read: Read) -> None:
    second = table(Leaf(), 40, [THIRD], header=False, shift=15)
    with pytest.raises(LayoutChanged, match=r"page 2: 1 rows stand in no table.*JS5300"):
        read(table(Leaf(), 60, [FIRST]), second)


def test_rows_without_any_table_are_refused(read: Read) -> None:
    with pytest.raises(LayoutChanged, match="rows stand in no table"):
        read(table(Leaf(), 60, [FIRST]).row(300, {40: "JS5102", 120: "Science", 200: "45.5"}))


def test_codes_stacked_outside_tables_are_refused(read: Read) -> None:
    leaf = (
        table(Leaf(), 60, [FIRST]).text(40, 300, "JS5102 Science").text(40, 312, "JS5103 Science")
    )
    with pytest.raises(LayoutChanged, match="2 rows stand in no table"):
        read(leaf)


def test_a_row_that_stands_apart_is_refused(read: Read) -> None:
    """At any distance from its figures, and in the key column without any."""
    for row in ({40: "JS5102", 400: "45.5"}, {40: "JS5102"}):
        leaf = table(Leaf(), 60, [FIRST]).row(300, row)
        with pytest.raises(LayoutChanged, match="1 rows stand in no table"):
            read(leaf)


def test_a_key_without_a_row_is_refused(read: Read) -> None:
    with pytest.raises(LayoutChanged, match=r"has a row in no table.*JS5102 Science"):
        read(table(Leaf(), 60, [FIRST]).text(300, 300, "JS5102 Science"))
    assert read(table(Leaf(), 60, [FIRST]).text(300, 300, "JS5101 Science")).pages


def test_a_single_row_overleaf_without_drawing_moved_aside_is_refused(read: Read) -> None:
    first = Leaf().row(60, COLUMNS).row(80, FIRST).row(100, SECOND)
    second = Leaf().row(40, {x + 15: text for x, text in THIRD.items()})
    with pytest.raises(LayoutChanged, match=r"page 2: 1 rows stand in no table.*JS5300"):
        read(first, second)


def test_a_code_in_running_text_is_no_row(read: Read) -> None:
    leaf = table(Leaf(), 60, [FIRST]).text(
        40, 300, "JS5102 and two more programmes were not offered in this year, see page 12."
    )
    assert list(figures(read(leaf).pages[0].tables[0])) == ["JS5101"]


def half(left: bool, rows: list[dict[int, str]]) -> Leaf:
    """One of two facing pages over whose gutter a table runs, at x = 345 of the spread."""
    leaf, shift = (Leaf(345), 0.0) if left else (Leaf(155), -345.0)
    for i, cells in enumerate([COLUMNS, *rows]):
        for x, text in cells.items():
            if (x < 345) is left:
                leaf.text(x + shift, 67 + 20 * i, text)
    for i in range(len(rows) + 2):
        for x0, x1 in pairwise(EDGES):
            start, end = max(x0 + shift, 0), min(x1 + shift, leaf.width)
            if start < end:
                leaf.rule(60 + 20 * i, start, end)
    return leaf


def test_a_table_runs_on_over_the_gutter(read: Read) -> None:
    """The left half alone would be a whole table without median and lower quartile."""
    (page,) = read(half(True, [FIRST, SECOND]), half(False, [FIRST, SECOND])).pages
    (found,) = page.tables
    assert figures(found) == {
        "JS5101": ("44.63", "31.5", "30.25"),
        "JS5102": ("66.94", "45.5", "40"),
    }
    median = found.rows[0].cells["median"][0]
    assert page.seam is not None
    home = page.seam.home(median.place)
    assert home.page == 2
    assert home.x0 is not None
    assert home.x0 < 20


def test_half_a_table_with_the_rest_hidden_is_refused(read: Read) -> None:
    leaf = table(Leaf(visible=(0, 345)), 60, [FIRST])
    for top in (60, 80, 100):
        leaf.rule(top, 36, 480)
    with pytest.raises(LayoutChanged, match="runs on over the edge of the page"):
        read(leaf)


@pytest.mark.parametrize("drawn_down", [True, False])
def test_a_row_cut_in_two_at_the_foot_of_the_page_is_refused(drawn_down: bool, read: Read) -> None:
    """Its last row is cut where the text is, or above it with rules that run on."""
    leaf = table(Leaf(seen_to=104 if drawn_down else 109), 60, [FIRST, SECOND])
    if drawn_down:
        for x in EDGES:
            leaf.operators.append(f"0.5 w {x} 300 m {x} 280 l S")
    with pytest.raises(LayoutChanged, match="runs on over the edge of the page"):
        read(leaf)


def banded(top: float, rows: list[dict[int, str] | str], *, header: bool = True) -> Leaf:
    """A table without drawing; a row that is a string is a section band."""
    leaf = Leaf()
    lines = [COLUMNS, *rows] if header else rows
    for i, cells in enumerate(lines):
        leaf.row(top + 20 * i, {40: cells} if isinstance(cells, str) else cells)
    return leaf


def schools(cells: DocumentCells) -> dict[str, str | None]:
    return {
        row.cells["programme"][0].text: row.section.text if row.section else None
        for page in cells.pages
        for found in page.tables
        for row in found.rows
    }


@pytest.mark.parametrize("header", [True, False])
def test_a_school_goes_on_overleaf(header: bool, read: Read) -> None:
    first = banded(60, ["School of Science", FIRST, "School of Engineering", SECOND])
    pages = read(first, banded(40, [THIRD], header=header))
    assert schools(pages) == {
        "JS5101": "School of Science",
        "JS5102": "School of Engineering",
        "JS5300": "School of Engineering",
    }
    own = banded(40, ["School of Business", THIRD], header=header)
    assert schools(read(first, own))["JS5300"] == "School of Business"


def test_a_table_under_a_heading_of_its_own_has_no_school_of_the_page_before(read: Read) -> None:
    first = banded(60, ["School of Science", FIRST])
    second = banded(60, [THIRD]).text(40, 20, "Programmes of all schools", 9)
    assert schools(read(first, second))["JS5300"] is None


def test_two_tables_two_points_apart(read: Read) -> None:
    """The right table's columns begin where the left one's end, but for a slit."""
    leaf = Leaf(1000)
    table(leaf, 60, [FIRST, SECOND])
    table(leaf, 60, [THIRD], shift=EDGES[-1] - EDGES[0] + 2)
    left, right = read(leaf).pages[0].tables
    assert list(figures(left)) == ["JS5101", "JS5102"]
    assert figures(right) == {"JS5300": ("62.48", "44.1", "41")}


@pytest.mark.parametrize("place", [100, 270, 350, 420])
def test_an_unknown_header_is_refused_wherever_it_stands(read: Read, place: int) -> None:
    leaf = Leaf()
    renamed = dict(COLUMNS)
    renamed.pop(place, None)
    renamed.pop(260, None) if place == 270 else None
    renamed[place] = "Midpoint"
    for i, cells in enumerate([renamed, FIRST]):
        leaf.row(67 + 20 * i, cells)
        leaf.rule(80 + 20 * i, EDGES[0], EDGES[-1])
    with pytest.raises(LayoutChanged, match="Midpoint"):
        read(leaf)


def test_unknown_words_above_the_headers_on_their_ground_are_refused(read: Read) -> None:
    leaf = Leaf().fill(EDGES[0], 40, EDGES[-1], 80)
    table(leaf, 60, [FIRST]).text(350, 45, "Mock figures")
    with pytest.raises(LayoutChanged, match="Mock figures"):
        read(leaf)


def test_a_title_whose_table_has_unknown_headers_is_refused(read: Read) -> None:
    leaf = table(Leaf(), 160, [FIRST]).text(40, 20, "Extra Bonus for the Best 6th Subject")
    leaf.row(40, {40: "Kind", 120: "Points", 240: "Share"}).row(
        60, {40: "A", 120: "8.5", 240: "5%"}
    )
    with pytest.raises(LayoutChanged, match="a title of a bonus table, but no table"):
        read(leaf)


def test_a_conversion_table_under_an_unknown_title_is_refused(read: Read) -> None:
    leaf = Leaf().text(40, 20, "Points for other certificates", 9)
    leaf.row(40, {40: "Category", 200: "Level/Grade"}).row(60, {40: "Score", 200: "8.5"})
    with pytest.raises(LayoutChanged, match="lacks a title such as"):
        read(leaf)


def test_a_value_over_two_columns_is_one_cell(read: Read) -> None:
    leaf = Leaf()
    withheld = {40: "JS5102", 100: "Science (Group A)", 270: "66.94", 397: "small intake"}
    for i, cells in enumerate([COLUMNS, FIRST, withheld]):
        leaf.row(67 + 20 * i, cells)
    for i in range(4):
        for x0, x1 in pairwise(EDGES):
            leaf.rule(60 + 20 * i, x0, x1)
    leaf.rule(120, 340, 480)
    _, row = read(leaf).pages[0].tables[0].rows
    assert row.cells["median"] == row.cells["lower_quartile"]
    assert row.cells["median"][0].text == "small intake"


def test_names_and_codes_stacked_in_one_cell(read: Read) -> None:
    leaf = Leaf().row(67, COLUMNS)
    for i, cells in enumerate([FIRST, SECOND, THIRD]):
        leaf.row(84 + 10 * i, cells)
    for top in (60, 80, 115):
        leaf.rule(top, EDGES[0], EDGES[-1])
    assert figures(read(leaf).pages[0].tables[0]) == {
        "JS5101": ("44.63", "31.5", "30.25"),
        "JS5102": ("66.94", "45.5", "40"),
        "JS5300": ("62.48", "44.1", "41"),
    }


def stacked(values: dict[int, str], codes: int = 3, pitch: int = 20) -> Leaf:
    """Codes in one ruled cell, and beside them texts of the third column by their top."""
    leaf = Leaf().row(67, COLUMNS)
    for top, text in values.items():
        leaf.text(270, top, text)
    for i, cells in enumerate([FIRST, SECOND, THIRD][:codes]):
        leaf.row(84 + pitch * i, {x: text for x, text in cells.items() if x != 270})
    for top in (60, 80, 95 + pitch * (codes - 1)):
        leaf.rule(top, EDGES[0], EDGES[-1])
    below = 95 + pitch * (codes - 1)
    return leaf.row(below + 5, {**THIRD, 40: "JS5999"}).rule(below + 18, EDGES[0], EDGES[-1])


def test_one_value_for_stacked_codes_stays_one(read: Read) -> None:
    """A value over two lines in the middle of the cell belongs to all three codes."""
    leaf = stacked({100: "66.94", 108: "(best 5)"})
    first, second, third, _ = read(leaf).pages[0].tables[0].rows
    assert first.cells["highest_attainable"] == second.cells["highest_attainable"]
    assert first.cells["highest_attainable"] == third.cells["highest_attainable"]
    assert first.cells["highest_attainable"][0].text == "66.94 (best 5)"
    assert second.cells["median"][0].text == "45.5"


@pytest.mark.parametrize("tops", [(90, 98), (84, 96, 110)])
def test_as_many_lines_as_stacked_codes_are_no_merged_value(
    tops: tuple[int, ...], read: Read
) -> None:
    leaf = stacked({top: f"{top}.5" for top in tops}, len(tops))
    with pytest.raises(LayoutChanged, match="which of several stacked rows"):
        read(leaf)


@pytest.mark.parametrize(
    "tops",
    [(84, 92, 104, 124), (84, 96, 104, 124), (84, 100, 108, 124)],
    ids=["first", "last", "middle"],
)
def test_lines_shared_out_to_stacked_codes(tops: tuple[int, ...], read: Read) -> None:
    leaf = stacked({top: f"{top}.5" for top in tops})
    rows = read(leaf).pages[0].tables[0].rows[:3]
    texts = [row.cells["highest_attainable"][0].text for row in rows]
    assert " ".join(texts) == " ".join(f"{top}.5" for top in tops)
    assert [len(text.split()) for text in texts] == ([2, 1, 1] if tops[1] == 92 else [1, 2, 1])


def test_texts_under_no_header_are_refused(read: Read) -> None:
    """A column between title and highest whose header is blank, on a ground of its own."""
    edges = (36, 96, 200, 250, 340, 410, 480)
    leaf = Leaf()
    for x0, x1 in pairwise(edges):
        leaf.fill(x0, 60, x1, 80)
    leaf.row(67, COLUMNS).row(87, {**FIRST, 222: "renamed"}).row(107, SECOND)
    for top in (60, 80, 100, 120):
        for x0, x1 in pairwise(edges):
            leaf.rule(top, x0, x1)
    with pytest.raises(LayoutChanged, match=r"stand in none of its columns.*renamed"):
        read(leaf)


def test_a_title_that_runs_into_the_gap_before_the_next_column_is_whole(read: Read) -> None:
    leaf = Leaf()
    for x0, x1 in ((36, 96), (96, 180), (250, 340), (340, 410), (410, 480)):
        leaf.fill(x0, 60, x1, 80)
    leaf.row(67, COLUMNS).row(87, {**FIRST, 100: "International Research Enrichment Abroad"})
    row = read(leaf.row(107, SECOND)).pages[0].tables[0].rows[0]
    assert row.cells["title"][0].text == "International Research Enrichment Abroad"


def test_labels_left_of_the_codes_are_no_bands(read: Read) -> None:
    leaf = Leaf(560)
    for i, cells in enumerate([COLUMNS, FIRST, SECOND, THIRD]):
        leaf.row(60 + 40 * i, {x + 60: text for x, text in cells.items()})
    leaf.text(40, 120, "Science").text(40, 160, "Business")
    with pytest.raises(LayoutChanged, match=r"left of the codes.*Science"):
        read(leaf)


def test_a_table_without_any_drawing(read: Read) -> None:
    leaf = Leaf()
    for i, cells in enumerate([COLUMNS, FIRST, SECOND]):
        leaf.row(60 + 20 * i, cells)
    leaf.text(40, 118, "* Scores are for reference only.", 6)
    assert figures(read(leaf).pages[0].tables[0]) == {
        "JS5101": ("44.63", "31.5", "30.25"),
        "JS5102": ("66.94", "45.5", "40"),
    }


def bonus_leaf(categories: dict[int, str]) -> Leaf:
    """A bonus table without any drawing: five rows, and categories by the top of their line."""
    leaf = Leaf().text(40, 20, "Extra Bonus for the Best 6th Subject", 9)
    leaf.row(50, {40: "Category", 160: "2026 Converted Score", 260: "Extra Bonus (%)"})
    for i, (score, percent) in enumerate(
        [("8.5", "5.00%"), ("7", "4.12%"), ("4", "2.35%"), ("3", "1.76%"), ("5.5", "3.24%")]
    ):
        leaf.row(70 + 12 * i, {160: score, 260: percent})
    for top, text in categories.items():
        leaf.text(40, top, text)
    return leaf


def test_texts_in_the_middle_of_rows_that_nothing_parts(read: Read) -> None:
    """'Cat. A' stands between the first two rows, 'Cat. B' beside the middle one of three."""
    (found,) = read(bonus_leaf({76: "Cat. A Subjects", 106: "Cat. B Subjects"})).pages[0].tables
    assert [row.cells["category"][0].text for row in found.rows] == (
        ["Cat. A Subjects"] * 2 + ["Cat. B Subjects"] * 3
    )
    assert [row.cells["converted_score"][0].text for row in found.rows] == [
        "8.5", "7", "4", "3", "5.5",
    ]  # fmt: skip


@pytest.mark.parametrize("tops", [(76, 94), (82, 118), (76,)])
def test_texts_in_the_middle_of_nothing_are_not_shared_out(
    tops: tuple[int, ...], read: Read
) -> None:
    (found,) = read(bonus_leaf(dict.fromkeys(tops, "Cat. A Subjects"))).pages[0].tables
    assert any(not row.cells["category"] for row in found.rows)
