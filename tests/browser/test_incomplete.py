"""Releases that lack much: the report says what is missing and still works; and is repeatable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reports.pictures import TOO_MUCH, PagePicture, PagePictures
from reports.report import MOST_BYTES, write_report
from tests.browser.chromium import Page
from tests.browser.conftest import DOCUMENT, Rows, release_rows, release_with_report

pytestmark = pytest.mark.slow  # a real browser

RULES = ("minimum_requirements", "subject_requirements", "weightings", "conversions", "bonuses")
CUTS: dict[str, Callable[[Rows], Rows]] = {
    "nothing at all": lambda rows: {},
    "score tables alone": lambda rows: {"scores": rows["scores"]},
    "news pages alone": lambda rows: {"rankings": rows["rankings"], "documents": rows["documents"]},
    "a leaflet without requirements": lambda rows: {
        name: held for name, held in rows.items() if name not in RULES[:2]
    },
    "no bonus table": lambda rows: rows | {"bonuses": []},
    "no formulae": lambda rows: rows | {"formulas": [], "weightings": []},
    "no scores": lambda rows: rows | {"scores": []},
    "scores without medians": lambda rows: (
        rows
        | {
            "scores": [
                row | {"median": None, "lower_quartile": None, "withheld": "small intake"}
                for row in rows["scores"]
            ]
        }
    ),
    "scores of one year": lambda rows: rows | {"scores": rows["scores"][1:2]},
    "programmes without school": lambda rows: (
        rows | {"programmes": [row | {"school": None} for row in rows["programmes"]]}
    ),
}


TOLD = {
    "nothing at all": "This release holds no programmes.",
    "no bonus table": "Results cannot be scored: no bonus table for this edition",
    "a leaflet without requirements": "Results cannot be scored",
    "no scores": "This release holds no scores of admitted students.",
    "scores without medians": "small intake",
}


@pytest.mark.parametrize("what", CUTS)
def test_a_release_that_lacks_something_has_a_report_that_says_so(
    what: str, tmp_path: Path, opened: Callable[..., Page]
):
    folder = release_with_report(CUTS[what](release_rows()), tmp_path / "release")
    page = opened(folder, "#results=A:Mathematics:5&q=js")
    assert page.console == []
    text = page.evaluate("document.body.innerText")
    assert "None" not in text.replace("None: every check holds.", "").replace("None.", "")
    assert "undefined" not in text
    if what in TOLD:
        assert TOLD[what] in opened(folder).evaluate("document.body.innerText")


def test_the_same_release_gives_the_same_bytes(release: Path):
    page = release / "report" / "index.html"
    before = page.read_bytes()
    write_report(release)
    assert page.read_bytes() == before


def test_the_report_is_light(release: Path):
    assert len((release / "report" / "index.html").read_bytes()) < 1_500_000


def test_the_report_stays_light_however_many_pages_there_are(tmp_path: Path):
    picture = PagePicture((0, 0, 595, 842), (0, 0, 595, 842), "A" * 100_000)
    pictures = PagePictures({(DOCUMENT, page): picture for page in range(1, 41)})
    folder = release_with_report(release_rows(), tmp_path / "release", pictures)
    page = (folder / "report" / "index.html").read_text(encoding="utf-8")
    assert 1_200_000 < len(page.encode()) <= MOST_BYTES
    # what most was read on has its picture; of the others the report tells
    assert '"0/6":[0,0,595,842' in page
    assert f"40: {TOO_MUCH}" in page
