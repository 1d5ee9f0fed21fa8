"""JUPAS codes printed with a blank or a dash in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import read_cells


@pytest.mark.parametrize("printed", ["JS {}", "JS-{}", "JS{}"])
def test_a_code_is_read_with_a_blank_or_a_dash_in_it(tmp_path: Path, printed: str) -> None:
    leaf = Leaf().text(40, 5, "2025 HKUST JUPAS Admissions Scores, on the 8.5-point scale", 9)
    leaf.row(40, {40: "JUPAS Code", 100: "Programme", 200: "Highest Attainable", 300: "Median"})
    leaf.row(60, {40: printed.format(5101), 100: "Research", 210: "44.63", 305: "31.50"})
    leaf.row(75, {40: printed.format(5102), 100: "Science", 210: "66.94", 305: "45.50"})
    cells = document_cells(drawn(tmp_path / "a.pdf", leaf), VOCABULARY, "a.pdf")
    medians = {
        dict(reading.key)["jupas_code"]: reading.value
        for reading in read_cells(cells, "0" * 64).readings
        if reading.table == "scores" and reading.column == "median"
    }
    assert medians == {"JS5101": 31.5, "JS5102": 45.5}
