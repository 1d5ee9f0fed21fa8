"""Pages whose content is drawn lying or upside down, without /Rotate."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import document_cells
from extract.page.objects import open_pages
from extract.page.turned import set_upright
from extract.serial import cells_from_json, cells_json
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells

# Where a point (x, top) of the upright page is painted: the whole page is 400 points square.
TURNS = {
    90: ("0 1 -1 0 400 0 cm", lambda x, top: (top, 400 - x)),
    270: ("0 -1 1 0 0 400 cm", lambda x, top: (400 - top, x)),
    180: ("-1 0 0 -1 400 400 cm", lambda x, top: (400 - x, 400 - top)),
}


@pytest.mark.parametrize("angle", TURNS)
def test_a_lying_page_is_read_and_its_values_are_placed_where_they_are_printed(
    angle: int, tmp_path: Path
) -> None:
    matrix, painted = TURNS[angle]
    leaf = Leaf(400)
    leaf.operators.append(matrix)
    leaf.text(20, 20, "2025 HKUST JUPAS Admissions Scores", 12)
    leaf.text(20, 40, "All scores are on the 8.5-point scale.")
    leaf.row(60, {20: "JUPAS Code", 80: "Programme", 250: "Median", 310: "Lower Quartile"})
    leaf.row(80, {20: "JS5101", 80: "International Research Enrichment", 250: "31.5", 310: "30.25"})
    leaf.row(100, {20: "JS5102", 80: "Science (Group A)", 250: "45.5", 310: "40"})
    for top in (55, 75, 95, 115):
        leaf.rule(top, 16, 380)
    cells = document_cells(drawn(tmp_path / "lying.pdf", leaf), VOCABULARY, "lying.pdf")
    cells = cells_from_json(cells_json(cells))
    scores = {
        (dict(reading.key)["jupas_code"], reading.column): reading
        for reading in read_cells(cells, "0" * 64).readings
        if reading.table == "scores"
    }
    assert {key: reading.value for key, reading in scores.items()} == {
        ("JS5101", "median"): 31.5,
        ("JS5101", "lower_quartile"): 30.25,
        ("JS5102", "median"): 45.5,
        ("JS5102", "lower_quartile"): 40.0,
    }
    place = scores["JS5102", "median"].place
    x, top = painted(257, 104)  # the middle of '45.5'
    assert place.page == 1
    assert None not in place[1:5]
    assert place.x0 < x < place.x1 and place.top < top < place.bottom  # type: ignore[operator]
    assert max(place.x1 - place.x0, place.bottom - place.top) < 80  # type: ignore[operator]


def test_a_page_with_some_rotated_words_is_not_turned(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 60, "International Research Enrichment")
    leaf.operators.append("q 0 1 -1 0 30 300 cm BT /F 7 Tf 0 0 Td (School of Science) Tj ET Q")
    (page,) = open_pages(drawn(tmp_path / "upright.pdf", leaf))
    assert set_upright(page) == (page, None)
