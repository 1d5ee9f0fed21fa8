"""The year of a table: from the nearest words, never a guess between two."""

from __future__ import annotations

import pytest

from errors import LayoutChanged
from extract.cells import DocumentCells, PageCells, Table
from tests.unit.cells import line, page, table
from transform.dated import DatedWords
from transform.phrases import years_in

TITLE = "{} HKUST JUPAS Admissions Scores"


def scores_year(asked: Table, *pages: PageCells) -> int | None:
    return DatedWords(DocumentCells(pages)).year("scores_year", asked)


def test_nearest_dated_line_above_wins() -> None:
    first, second = table(40, ("Median", {})), table(200, ("Median", {}))
    leaf = page(1, (first, second), line(TITLE.format(2024), 20), line(TITLE.format(2023), 180))
    assert (scores_year(first, leaf), scores_year(second, leaf)) == (2024, 2023)


def test_continued_table_inherits_its_year() -> None:
    first, other = table(40, ("Median", {})), table(40, ("Median ", {}), page=2)
    goes_on = Table("scores", 3, 0, 20, 300, 60, first.headers, (), ())
    pages = (
        page(1, (first,), line(TITLE.format(2024), 20)),
        page(2, (other,), line(TITLE.format(2023), 20)),
        page(3, (goes_on,)),
    )
    assert scores_year(goes_on, *pages) == 2024


def test_two_years_are_refused() -> None:
    mixed = table(40, ("2024 Median", {"scores_year": "2024"}), ("", {"scores_year": "2023"}))
    titled = table(40, ("2023 Median", {"scores_year": "2023"}))
    plain = table(40, ("Median", {}))
    both = (line(TITLE.format(2024), 10), line(TITLE.format(2023), 20))
    for leaf, asked in (
        (page(1, (mixed,)), mixed),
        (page(1, (titled,), both[0]), titled),
        (page(1, (plain,), *both), plain),
    ):
        with pytest.raises(LayoutChanged, match="two years"):
            scores_year(asked, leaf)


def test_pointer_to_another_document_dates_nothing() -> None:
    asked = table(40, ("Median", {}))
    pointer = "Scores are final. See the brochure for the 2024 program-specific formulae."
    said = "Weighted scores follow the 2025 program-specific formulae."
    for text, year in ((pointer, None), (said, 2025)):
        dated = DatedWords(DocumentCells((page(1, (asked,), line(text, 20)),)))
        assert dated.year("formula_year", asked) == year
    assert dated.on_scores("formula_year", 2025)


def test_every_phrase_with_a_year_is_seen() -> None:
    found = years_in("scores_year", f"{TITLE.format(2024)} and {TITLE.format(2023)}")
    assert {mention.years["scores_year"] for mention in found} == {2023, 2024}


@pytest.mark.parametrize(
    "title", ["2024 and 2023 HKUST JUPAS Admissions Scores", "JUPAS Admissions Scores 2023/2024"]
)
def test_a_title_of_two_years_dates_no_table(title: str) -> None:
    only = table(40, ("Median", {}))
    with pytest.raises(LayoutChanged, match="two years"):
        scores_year(only, page(1, (only,), line(title, 20)))


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("JUPAS Scores 2025", 2025),
        ("Admissions Scores | 2025/26 JUPAS", 2025),
        ("2025 年度 JUPAS 收生分數 Admissions Scores", 2025),
        ("Scores of Students Admitted in 2025", 2025),
        ("2025 Expected Scores", None),
        ("Past Scores for 2026 JUPAS Applicants", None),
        ("JUPAS Admissions 2026", None),
        ("The scores below are for 2026 Entry.", None),
    ],
)
def test_a_title_on_scores_dates_them_in_other_words(title: str, year: int | None) -> None:
    asked = table(40, ("Median", {}))
    assert scores_year(asked, page(1, (asked,), line(title, 20))) == year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Expected Scores (2026 Entry)", 2026),
        ("2026 JUPAS Admissions: Expected Scores", None),
        ("2026 JUPAS Admissions | Expected Scores", 2026),
        ("Scores of Students Admitted in 2025", None),
        ("2026 JUPAS Admissions", None),
    ],
)
def test_a_title_on_expected_scores_dates_them(title: str, year: int | None) -> None:
    asked = table(40, ("Expected Score", {}))
    dated = DatedWords(DocumentCells((page(1, (asked,), line(title, 20)),)))
    assert dated.year("entry_year", asked) == year


def test_a_sentence_or_a_note_on_the_scores_of_a_year_dates_none() -> None:
    asked = table(40, ("Median", {}))
    for text in (
        "2026 JUPAS Admissions Scores will be released in August.",
        "The 2024 JUPAS Admissions Scores were lower than these.",
    ):
        assert scores_year(asked, page(1, (asked,), line(text, 20))) is None
        assert scores_year(asked, page(1, (asked,), line(text, 300))) is None
    for text in ("2026 JUPAS Admissions Scores overleaf", "* 2024 JUPAS Admissions Scores"):
        assert scores_year(asked, page(1, (asked,), line(text, 300))) is None


def test_a_title_dates_a_table_rather_than_words_beside_or_under_it() -> None:
    asked, title = table(40, ("Median", {})), line("JUPAS Scores 2025", 10)
    below = line("2026 JUPAS Admissions Scores overleaf", 300)
    assert scores_year(asked, page(1, (asked,), title, below)) == 2025
    above = line("Compare with the 2024 JUPAS Admissions Scores", 20)
    with pytest.raises(LayoutChanged, match="two years"):
        scores_year(asked, page(1, (asked,), title, above))
