"""Ranks by subject on the brochure's pages without tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import UnknownValue
from extract.cells import Line
from extract.document import document_cells
from tests.unit.cells import line
from tests.unit.drawn import VOCABULARY, Leaf, drawn
from transform.brochure.facts import read_facts
from transform.readings import Ledger

HEADING = "QS World University Rankings by Subject 2026"


def subject_ranks(tmp_path: Path, leaf: Leaf) -> list[tuple[object, object, object]]:
    (page,) = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf").pages
    ledger = Ledger("0" * 64)
    read_facts(page.lines, page.number, ledger)
    return [
        (dict(r.key)["subject"], dict(r.key)["region"], r.value)
        for r in ledger.readings
        if r.column == "rank"
    ]


def test_subjects_stand_left_of_their_ranks(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9)
    leaf.row(60, {40: "Data Science", 150: "11th", 180: "1st in Hong Kong"})
    leaf.row(60, {260: "Marketing", 400: "17th"})
    assert subject_ranks(tmp_path, leaf) == [
        ("Data Science", "World", 11),
        ("Data Science", "Hong Kong", 1),
        ("Marketing", "World", 17),
    ]


def test_the_place_of_a_rank_holds_its_subject(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9).row(60, {260: "Marketing", 400: "17th"})
    (page,) = document_cells(drawn(tmp_path / "drawn.pdf", leaf), VOCABULARY, "drawn.pdf").pages
    ledger = Ledger("0" * 64)
    read_facts(page.lines, page.number, ledger)
    (rank,) = (r for r in ledger.readings if r.column == "rank")
    assert rank.text == "Marketing 17th"
    assert rank.place.x0 == pytest.approx(260, abs=1) and rank.place.x1 > 400


def test_a_rank_that_runs_into_the_next_subject_is_refused(tmp_path: Path) -> None:
    leaf = Leaf().text(40, 40, HEADING, 9)
    leaf.row(60, {40: "Data Science", 150: "11th 1st in Hong Kong Marketing", 400: "17th"})
    with pytest.raises(UnknownValue, match="a rank stands in the name of a subject"):
        subject_ranks(tmp_path, leaf)


def ranks(*lines: Line) -> dict[tuple[object, ...], object]:
    """Rank by ranking, year, subject and region."""
    ledger = Ledger("0" * 64)
    read_facts(lines, 1, ledger)
    return {
        tuple(dict(r.key)[name] for name in ("ranking", "year", "subject", "region")): r.value
        for r in ledger.readings
        if r.column == "rank"
    }


QS, THE = "QS World University Rankings by Subject", "THE World University Rankings by Subject"


def test_each_rank_belongs_to_the_heading_over_it() -> None:
    below = [line(f"{THE} 2026", 80, 40), line("Law", 92, 40), line("43rd", 92, 200)]
    found = ranks(
        line(f"{QS} 2025", 40, 40), line("Physics", 52, 40), line("17th", 52, 200), *below
    )
    assert found == {(QS, 2025, "Physics", "World"): 17, (THE, 2026, "Law", "World"): 43}
    beside = [line(f"{THE} 2026", 40, 300), line("Law", 52, 300), line("43rd", 52, 460)]
    found = ranks(
        line(f"{QS} 2025", 40, 40), line("Physics", 52, 40), line("17th", 52, 200), *beside
    )
    assert found == {(QS, 2025, "Physics", "World"): 17, (THE, 2026, "Law", "World"): 43}


def test_ranks_under_an_unknown_ranking_are_no_ranks_of_the_one_above() -> None:
    below = [line("Some Other Ranking 2026", 80, 40), line("Law", 92, 40), line("43rd", 92, 200)]
    found = ranks(
        line(f"{QS} 2025", 40, 40), line("Physics", 52, 40), line("17th", 52, 200), *below
    )
    assert found == {(QS, 2025, "Physics", "World"): 17}


def test_what_is_no_subject_of_hkust_is_not_read() -> None:
    heading = line(f"{QS} 2025", 40, 40, 9)
    own = [line("Data Science", 64, 40), line("17th", 64, 200)]
    others = [("EPFL", "26th"), ("Hult Prize", "2nd"), ("Student teams", "1st")]
    rows = [line(name, 76 + 12 * i, 40) for i, (name, _) in enumerate(others)]
    rows += [line(rank, 76 + 12 * i, 200) for i, (_, rank) in enumerate(others)]
    assert ranks(heading, *own, *rows) == {(QS, 2025, "Data Science", "World"): 17}
    assert ranks(heading, line("HKU", 52, 200), *own) == {}
    for head in ("HKUST", "Rank 2025", "World Ranking"):
        assert len(ranks(heading, line(head, 52, 200), *own)) == 1


def test_ranks_under_the_next_heading_are_not_those_of_the_one_above() -> None:
    heading, own = line(f"{QS} 2025", 40, 40, 9), [line("Law", 52, 40), line("17th", 52, 200)]
    below = [line("Our partner EPFL", 80, 40, 9), line("Physics", 92, 40), line("11th", 92, 200)]
    assert ranks(heading, *own, *below) == {(QS, 2025, "Law", "World"): 17}
    assert ranks(heading, *own, below[0], line("Physics: 11th", 92, 40)) == {
        (QS, 2025, "Law", "World"): 17
    }
    beside = [line("Our partner EPFL", 40, 300, 9), line("Physics", 52, 300), line("11th", 52, 400)]
    assert ranks(heading, *own, *beside) == {(QS, 2025, "Law", "World"): 17}


def test_columns_of_years_and_of_regions() -> None:
    row = [line("Physics", 62, 40), line("17th", 62, 200), line("19th", 62, 260)]
    years = [line("Subject", 50, 40), line("2025", 50, 200), line("2024", 50, 260)]
    assert ranks(line(QS, 38, 40), *years, *row) == {
        (QS, 2025, "Physics", "World"): 17, (QS, 2024, "Physics", "World"): 19,
    }  # fmt: skip
    row = [line("THE Impact Rankings 2025", 62, 40), *row[1:]]
    regions = [line("Ranking", 50, 40), line("World", 50, 200), line("Asia", 50, 260)]
    assert ranks(*regions, *row) == {
        ("THE Impact Rankings", 2025, "", "World"): 17,
        ("THE Impact Rankings", 2025, "", "Asia"): 19,
    }  # fmt: skip
    assert not ranks(*row)  # two ranks and nothing that tells them apart


def test_ranks_left_of_their_subjects() -> None:
    columns = [line("17th", 52, 40), line("Physics", 52, 80), line("43rd", 52, 200)]
    assert ranks(line(f"{QS} 2025", 40, 40), *columns, line("Law", 52, 240)) == {
        (QS, 2025, "Physics", "World"): 17, (QS, 2025, "Law", "World"): 43,
    }  # fmt: skip


def test_a_line_over_a_subject_is_no_part_of_it() -> None:
    intro = line("Published in March 2025", 50, 40)
    found = ranks(line(f"{QS} 2025", 38, 40), intro, line("Physics", 62, 40), line("17th", 62, 200))
    assert found == {(QS, 2025, "Physics", "World"): 17}


OVERALL = "QS World University Rankings"
IMPACT = "THE Impact Rankings"


@pytest.mark.parametrize(
    "text",
    [
        "# 44 QS World University Rankings 2026",
        "QS WUR 2026: 44th",
        "• Ranked 44th in the QS World University Rankings 2026",
        "No. 44 in the world (QS World University Rankings 2026)",
        "QS World University Rankings 2026 – 44th globally",
    ],
)
def test_a_rank_and_its_ranking_in_one_text(text: str) -> None:
    assert ranks(line(text, 40)) == {(OVERALL, 2026, "", "World"): 44}


@pytest.mark.parametrize(
    "text",
    [
        "Our Business School: QS World University Rankings 2026, 44th",
        "QS World University Rankings 2026: Top 50",
        "QS World University Rankings: 44th (2026), 47th (2025)",
        "44th in QS World University Rankings 2026 and 19th in THE Impact Rankings 2025",
    ],
)
def test_a_text_that_may_be_of_another_ranking_is_no_rank(text: str) -> None:
    assert ranks(line(text, 40)) == {}


@pytest.mark.parametrize(
    "texts",
    [("Physics 17th", "Law 43rd"), ("# 17 Physics", "# 43 Law"), ("Physics (17th)", "Law: No. 43")],
)
def test_subjects_and_ranks_in_one_text(texts: tuple[str, str]) -> None:
    lines = [line(text, 52 + 12 * i, 40) for i, text in enumerate(texts)]
    award = line("1st Runner-up in a contest", 80, 40)
    assert ranks(line(f"{QS} 2025", 40, 40), *lines, award) == {
        (QS, 2025, "Physics", "World"): 17, (QS, 2025, "Law", "World"): 43,
    }  # fmt: skip


def test_bare_numbers_under_the_head_of_a_column_of_ranks() -> None:
    head = [line("Ranking", 40, 40), line("Year", 40, 200), line("Rank", 40, 260)]
    rows = [line(OVERALL, 52, 40), line("2026", 52, 200), line("44", 52, 260)]
    rows += [line(IMPACT, 64, 40), line("2025", 64, 200), line("19", 64, 260)]
    both = {(OVERALL, 2026, "", "World"): 44, (IMPACT, 2025, "", "World"): 19}
    assert ranks(*head, *rows) == both
    assert ranks(*rows) == {}  # numbers of what?
    foot = [line("HKUST Admissions", 300, 40), line("12", 300, 260)]
    assert ranks(*head, *rows, *foot) == both  # a page's number
    heads = [line("Subject", 52, 40), line("World Rank", 52, 200), line("Hong Kong", 52, 260)]
    row = [line("Physics", 64, 40), line("17", 64, 200), line("1", 64, 260)]
    assert ranks(line(f"{QS} 2025", 38, 40), *heads, *row) == {
        (QS, 2025, "Physics", "World"): 17, (QS, 2025, "Physics", "Hong Kong"): 1,
    }  # fmt: skip


def test_the_first_words_of_a_ranking_are_no_region() -> None:
    found = ranks(line("Ranked 67th in THE World University Rankings 2024", 40))
    assert found == {("THE World University Rankings", 2024, "", "World"): 67}


def test_ranks_left_of_their_rankings_and_over_them_in_one_size() -> None:
    names = [f"{OVERALL} 2026", f"{IMPACT} 2025"]
    both = {(OVERALL, 2026, "", "World"): 44, (IMPACT, 2025, "", "World"): 19}
    left = [line("Rank", 40, 40), line("Ranking", 40, 80), line("#44", 52, 40), line("#19", 64, 40)]
    assert ranks(*left, *(line(name, 52 + 12 * i, 80) for i, name in enumerate(names))) == both
    over = [line("#44 globally", 40, 40), line("#19 globally", 70, 40)]
    assert ranks(*over, *(line(name, 49 + 30 * i, 40) for i, name in enumerate(names))) == both


def test_the_year_of_a_ranking_may_stand_in_a_line_of_its_own() -> None:
    tile = [line("15th", 40, 40, 20), line("QS Asia University Rankings", 62, 40)]
    found = ranks(*tile, line("2025", 70, 40))
    assert found == {("QS Asia University Rankings", 2025, "", "Asia"): 15}


def ranked(*texts: str | tuple[str, str]) -> dict[object, object]:
    """Ranks by subject of a page set in one size under `HEADING`: texts, or subject and rank."""
    lines = [line(HEADING, 40, 40, 9)]
    for i, text in enumerate(texts):
        pieces = (text,) if isinstance(text, str) else text
        lines += [line(piece, 56 + 14 * i, 40 + 140 * j) for j, piece in enumerate(pieces)]
    return {key[2]: rank for key, rank in ranks(*lines).items()}


@pytest.mark.parametrize(
    "between",
    ["Asia", "In Asia", "2025", "Our MBA (Financial Times)", "Others rank our MBA as follows."],
)
def test_ranks_below_other_words_are_not_those_of_the_heading(between: str) -> None:
    assert ranked(("Physics", "17th"), between, ("Law", "3rd")) == {"Physics": 17}
    assert ranked("Physics: 17th", between, "Management: 2nd") == {"Physics": 17}
    assert ranked(between, "Management: 2nd") == ({} if between[-1] != "." else {"Management": 2})


def test_words_on_subjects_part_no_ranks() -> None:
    rows = ("14 subjects in the top 50", ("Physics", "17th"), "Broad subject areas", ("Law", "3rd"))
    assert ranked("Published in March 2027", *rows) == {"Physics": 17, "Law": 3}


def test_a_line_alone_is_over_the_columns_right_of_it() -> None:
    lines = [line("Physics", 56, 40), line("17th", 56, 180)]
    lines += [line("Law", 56, 260), line("5th", 56, 400), line("Asia", 70, 40)]
    lines += [line("Marketing", 84, 260), line("2nd", 84, 400)]
    found = {key[2]: rank for key, rank in ranks(line(HEADING, 40, 40, 9), *lines).items()}
    assert found == {"Physics": 17, "Law": 5}


def test_a_row_of_another_year_than_the_heading_is_no_rank() -> None:
    rows = (("Subject", "Year", "Rank"), ("Physics", "2026", "17th"), ("Law", "2025", "3rd"))
    lines = [
        line(text, 56 + 14 * i, 40 + 80 * j)
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    ]
    found = ranks(line(HEADING, 40, 40, 9), *lines)
    assert found == {(QS, 2026, "Physics", "World"): 17}


def test_a_subject_over_two_lines_beside_its_rank_is_not_cut() -> None:
    first, second = "Mechanical, Aeronautical &", "Manufacturing Engineering"
    for pair in ((first, f"{second}: 42nd"), (f"{first} 42nd", second)):
        lines = [line(text, 56 + 8 * i, 40) for i, text in enumerate(pair)]
        assert ranks(line(HEADING, 40, 40, 9), *lines) == {}


@pytest.mark.parametrize(
    "words",
    ["Engineering & Technology", "HKU", "Our MBA in Asia", "SDG 9", "Employer Reputation",
     "among local universities"],
)  # fmt: skip
def test_other_words_beside_a_ranking_make_its_rank_another_one(words: str) -> None:
    name = f"{OVERALL} 2026"
    tile = [line("19th", 40, 40, 22), line(words, 64, 40), line(name, 74, 40, 6)]
    assert ranks(*tile) == {}
    assert ranks(line(name, 40, 40), line(words, 40, 250), line("19th", 40, 420)) == {}
    assert ranks(line("19th", 40, 40), line(words, 40, 70), line(name, 40, 220)) == {}
    assert ranks(line(words, 40, 40), line(name, 40, 180), line("19th", 40, 420)) == {}


@pytest.mark.parametrize("words", ["World University", "Overall", "QS", "Published in June 2025"])
def test_words_of_the_ranking_itself_do_not(words: str) -> None:
    name, found = f"{OVERALL} 2026", {(OVERALL, 2026, "", "World"): 44}
    assert ranks(line("44th", 40, 40, 22), line(words, 64, 40), line(name, 74, 40, 6)) == found
    assert ranks(line(name, 40, 40), line(words, 40, 250), line("44th", 40, 420)) == found


def test_the_rank_in_a_row_under_a_subject_is_not_the_universitys() -> None:
    row = [line(f"{OVERALL} 2026", 44, 40), line("19th", 44, 300)]
    for over in ("Engineering & Technology", "School of Science"):
        assert ranks(line(over, 30, 40, 9), *row) == {}
    assert ranks(line("Rankings", 30, 40, 9), *row) == {(OVERALL, 2026, "", "World"): 19}
