"""Figures that are not given: drawn cells without text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from errors import LayoutChanged
from extract.document import document_cells
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.read import ReadDocument, read_cells

EDGES = (36, 96, 190, 290, 370, 450)


def read(path: Path, parted: Sequence[int], gap: float = 0.0, upright: bool = True) -> ReadDocument:
    """JS5102 has no lower quartile. `parted`: the edges at which its row is parted."""
    leaf = Leaf().text(40, 5, "2025 HKUST JUPAS Admissions Scores, on the 8.5-point scale", 9)
    leaf.row(40, {40: "JUPAS Code", 100: "Programme", 200: "Highest Attainable"})
    leaf.row(40, {300: "Median", 375: "Lower Quartile"})
    leaf.row(60, {40: "JS5101", 100: "Research", 210: "44.63", 310: "31.50", 390: "30.25"})
    leaf.row(80, {40: "JS5102", 100: "Science", 210: "66.94", 310: "45.50"})
    for top in (35, 55, 75, 95):
        edges = [x for x in EDGES if top < 75 or x in parted or x in (36, 450)]
        for x0, x1 in pairwise(edges):
            leaf.rule(top, x0 + gap, x1 - gap)
    for x in EDGES if upright else ():
        leaf.fill(x - 0.25, 35, x + 0.25, 95 if x in (*parted, 36, 450) else 75, "0 0 0")
    return read_cells(document_cells(drawn(path, leaf), VOCABULARY, path.name), "0" * 64)


@pytest.mark.parametrize(("gap", "upright"), [(0.0, True), (2.0, False)])
def test_a_blank_cell_with_a_box_of_its_own_is_a_figure_not_given(
    tmp_path: Path, gap: float, upright: bool
) -> None:
    document = read(tmp_path / "a.pdf", EDGES, gap, upright)
    figures = {
        (dict(reading.key)["jupas_code"], reading.column): reading.value
        for reading in document.readings
        if reading.table == "scores"
    }
    assert figures == {
        ("JS5101", "highest_attainable"): 44.63, ("JS5101", "median"): 31.5,
        ("JS5101", "lower_quartile"): 30.25,
        ("JS5102", "highest_attainable"): 66.94, ("JS5102", "median"): 45.5,
    }  # fmt: skip
    (blank,) = [reject for reject in document.rejects if reject.reason.startswith("blank")]
    assert blank.reason == "blank: no lower_quartile is given for JS5102"
    assert (blank.place.x0, blank.place.top) == (
        pytest.approx(370, abs=2),
        pytest.approx(75, abs=1),
    )


@pytest.mark.parametrize(("gap", "upright"), [(0.0, True), (2.0, False), (0.0, False)])
def test_no_figure_beside_a_cell_of_two_columns(tmp_path: Path, gap: float, upright: bool) -> None:
    parted = [x for x in EDGES if x != 370] if gap or upright else EDGES
    with pytest.raises(LayoutChanged, match="no cells where column lower_quartile has one"):
        read(tmp_path / "a.pdf", parted, gap, upright)
