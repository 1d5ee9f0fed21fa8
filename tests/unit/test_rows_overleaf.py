"""Tables without codes that go on at the head of the next page without their header."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells

X = (40, 160, 280)
EDGES = (36, 400)
Row = tuple[str, str, str]
BONUS_A = [("Category A", "8.5", "5.00%"), ("", "7", "4.12%"), ("", "5.5", "3.24%")]
BONUS_B = [("Category B", "4", "2.35%"), ("", "3", "1.76%")]
HEADS = ("Category", "2026 Converted Score", "Extra Bonus (%)")


def ruled(leaf: Leaf, top: float, rows: list[Row]) -> Leaf:
    """Rows 14 points high, ruled; a label stands in the first of its rows, which no rule parts."""
    for i, row in enumerate(rows):
        y = top + 14 * i
        leaf.rule(y - 3, EDGES[0] if row[0] else X[1] - 4, EDGES[1])
        leaf.row(y, {x: text for x, text in zip(X, row, strict=True) if text})
    return leaf.rule(top + 14 * len(rows) - 3, *EDGES)


def first_page() -> Leaf:
    leaf = Leaf().text(40, 30, "EXTRA BONUS FOR THE BEST 6TH SUBJECT", 9)
    leaf.row(60, dict(zip(X, HEADS, strict=True)))
    return ruled(leaf, 76, BONUS_A)


def bonuses(tmp_path: Path, *leaves: Leaf) -> list[tuple[object, object, object, object]]:
    cells = document_cells(drawn(tmp_path / "drawn.pdf", *leaves), VOCABULARY, "drawn.pdf")
    return [
        (dict(r.key)["category"], dict(r.key)["converted_score"], r.value, r.place.page)
        for r in read_cells(cells, "0" * 64).readings
        if r.column == "bonus_percent"
    ]


HERE = [("A", 8.5, 5.0, 1), ("A", 7.0, 4.12, 1), ("A", 5.5, 3.24, 1)]
OVERLEAF = [("B", 4.0, 2.35, 2), ("B", 3.0, 1.76, 2)]


def test_rows_under_those_of_the_page_before_are_its_table_s(tmp_path: Path) -> None:
    assert bonuses(tmp_path, first_page(), ruled(Leaf(), 30, BONUS_B)) == HERE + OVERLEAF


def test_three_pages_with_running_heads_and_page_numbers(tmp_path: Path) -> None:
    leaves = [
        first_page(), ruled(Leaf(), 30, BONUS_B), ruled(Leaf(), 30, [("Category C", "3", "1.76%")])
    ]  # fmt: skip
    for i, leaf in enumerate(leaves):
        leaf.text(40, 8, "HKUST").text(240, 385, str(12 + i))
    assert bonuses(tmp_path, *leaves) == [*HERE, *OVERLEAF, ("C", 3.0, 1.76, 3)]


@pytest.mark.parametrize("case", ["a note above", "a note below", "shifted", "no rules"])
def test_what_may_be_another_table_is_not_joined(tmp_path: Path, case: str) -> None:
    first, second = first_page(), Leaf()
    if case == "a note above":
        second.text(40, 12, "Bonuses of the year before")
    if case == "a note below":
        first.text(40, 140, "Rounded to two decimals")
    if case == "no rules":
        second.row(30, dict(zip(X, BONUS_B[0], strict=True)))
    elif case == "shifted":
        second.rule(27, *EDGES).row(30, {40: "Category B", 170: "4", 280: "2.35%"}).rule(41, *EDGES)
    else:
        ruled(second, 30, BONUS_B)
    assert bonuses(tmp_path, first, second) == HERE


def test_a_repeated_header_needs_no_title_and_parts_no_category(tmp_path: Path) -> None:
    second = Leaf().row(30, dict(zip(X, HEADS, strict=True)))
    ruled(second, 46, [("", "4", "2.35%"), ("", "3", "1.76%")])
    found = bonuses(tmp_path, first_page(), second)
    assert found == [*HERE, ("A", 4.0, 2.35, 2), ("A", 3.0, 1.76, 2)]


def test_a_heading_of_what_follows_ends_a_table(tmp_path: Path) -> None:
    leaf = first_page().text(40, 122, "Our facts", 12)
    leaf.rule(150, *EDGES).row(153, {40: "majors", 280: "45+"}).rule(164, *EDGES)
    assert bonuses(tmp_path, leaf) == HERE
