"""Steps of a scholarship scheme, in the words that HKUST's booklets have for them."""

from __future__ import annotations

from pathlib import Path

import pytest

import transform
from errors import UnknownValue
from extract.document import document_cells
from extract.headers.vocabulary import load_vocabulary
from tests.unit.drawn import Leaf, drawn
from transform.read import read_cells

VOCABULARY = load_vocabulary(Path(transform.__file__).parent / "vocabulary.toml")
LIVING = "Full tuition plus living allowance of"


def steps(tmp_path: Path, *rows: tuple[str, str]) -> dict[object, dict[str, object]]:
    """Columns by the least number of stars."""
    leaf = Leaf(width=600).text(40, 4, "2025 Admissions JUPAS", 6)  # the year of the brochure
    leaf.text(40, 20, "Admissions Scholarship for HKDSE Holders", 10)
    amount = "Scholarship Amount for Students Admitted in the 2024 / 25 Academic Year"
    leaf.row(40, {40: "Total number of * attained", 240: amount}).rule(50, 36, 560)
    for i, (stars, award) in enumerate(rows):
        leaf.row(54 + 14 * i, {40: stars, 240: award}).rule(64 + 14 * i, 36, 560)
    cells = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf")
    found: dict[object, dict[str, object]] = {}
    for reading in read_cells(cells, "0" * 64).readings:
        key = dict(reading.key)
        assert key["edition"] == 2024
        found.setdefault(key["stars_min"], {})[reading.column] = reading.value
    return found


def test_the_steps_of_2024_25(tmp_path: Path) -> None:
    found = steps(
        tmp_path,
        ("12 or above", f'"{LIVING} HKD60,000" p.a., renewable for normative duration of study'),
        ("8", "Full tuition, renewable for first two years of study"),
        ("6 - 7", f"{LIVING} HKD20,000, one-off"),
        ("2", "HK$15,000 (one-off)"),
    )
    columns = ("stars_max", "tuition", "allowance_hkd", "cash_hkd", "renewable")
    assert {low: tuple(row[name] for name in columns) for low, row in found.items()} == {
        12: (None, "full", 60000, None, True),
        8: (8, "full", None, None, True),
        6: (7, "full", 20000, None, False),
        2: (2, None, None, 15000, False),
    }


@pytest.mark.parametrize("award", ["HK$15,000 (one-off", "Full tuition", "HKD15,000, at most"])
def test_an_award_that_is_not_known_is_refused(award: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownValue, match="not a scholarship that is known"):
        steps(tmp_path, ("2", award))
