"""Big figures with their labels on the brochure's pages of facts, and short lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.cells import Line
from tests.unit.cells import line
from transform.brochure.facts import read_facts
from transform.readings import Ledger


def read(*lines: Line) -> Ledger:
    ledger = Ledger("0" * 64)
    read_facts(lines, 1, ledger)
    return ledger


def facts(*lines: Line) -> list[tuple[object, object, object]]:
    """Label, value and unit of every fact."""
    readings = [r for r in read(*lines).readings if r.table == "facts"]
    return [
        (dict(r.key)["label"], r.value, unit.value)
        for r, unit in zip(readings[::4], readings[2::4], strict=True)
    ]


def items(*lines: Line) -> list[object]:
    return [r.value for r in read(*lines).readings if r.table == "listings"]


def bold(text: str, top: float, x0: float, size: float) -> Line:
    printed = line(text, top, x0, size)
    return Line(tuple(replace(run, bold=True) for run in printed.runs))


MAJORS = ("majors", 45, None)


@pytest.mark.parametrize(
    "lines",
    [
        [line("45 +", 40, 100, 22), line("majors", 64, 100)],  # under it, flush left
        [line("45 +", 40, 100, 22), line("majors", 64, 96)],  # centred: 100..116, 96..120
        [line("45 +", 40, 100, 22), line("majors", 64, 92)],  # flush right
        [line("majors", 30, 100), line("45 +", 40, 100, 22)],  # over it
        [line("45 +", 40, 100, 22), line("majors", 48, 140)],  # right of it
        [line("45", 40, 100, 22), line("+", 46, 110, 12), line("majors", 64, 100)],  # in two pieces
        [line("45 +", 40, 100, 22), line("majors", 64, 100), line("as of 2025", 73, 100, 5)],
        [line("45 +", 40, 100, 22), line("majors", 64, 100), line("^ Planned", 73, 100)],
    ],
)
def test_a_label_stands_under_over_or_beside_its_figure(lines: Sequence[Line]) -> None:
    assert facts(*lines) == [MAJORS]


def test_a_heading_of_facts_is_no_label() -> None:
    lines = [line("Facts and Figures", 26, 100, 11), line("45 +", 40, 100, 22)]
    lines += [line("majors", 64, 100), line("22", 90, 100, 22), line("minors", 98, 140)]
    assert facts(*lines) == [MAJORS, ("minors", 22, None)]


def test_a_figure_over_the_name_of_a_ranking_counts_nothing() -> None:
    young = [line("3", 40, 100, 22), line("World's Young University", 64, 100, 8)]
    young += [line("THE Young University Rankings 2024", 74, 100, 6)]
    assert facts(*young) == []
    subjects = [line("22", 40, 300, 22), line("subjects in the top 50", 64, 300, 8)]
    subjects += [line("QS World University Rankings by Subject 2025", 74, 300, 6)]
    assert facts(*subjects) == [("subjects in the top 50", 22, None)]


@pytest.mark.parametrize(
    ("figure", "label"),
    [
        ("1", "in Hong Kong"),  # a rank
        ("50", "Top"),
        ("1", "out of 3 students"),  # the rest of the figure
        ("5", "to 10 weeks"),
        ("15", "November 2026"),
        ("23586622", "Admissions hotline"),
        ("9.000", "students"),  # nine, or nine thousand
    ],
)
def test_a_label_that_does_not_say_what_is_counted_is_none(figure: str, label: str) -> None:
    assert facts(line(figure, 40, 100, 22), line(label, 64, 100)) == []


def test_words_behind_a_big_figure_are_its_label() -> None:
    both = Line((*line("45 +", 40, 100, 22).runs, *line("majors", 52, 120).runs))
    assert facts(both) == [MAJORS]


def test_units_of_another_size_belong_to_the_figure() -> None:
    money = [line("US$ 8.3 +", 40, 100, 22), line("million", 64, 100, 12)]
    rate = [line("Nearly 100", 40, 300, 22), line("%", 64, 300, 12)]
    found = facts(*money, line("distributed", 80, 100), *rate, line("employment rate", 80, 300))
    assert found == [("distributed", 8.3, "US$ million"), ("employment rate", 100, "%")]


def test_labels_over_two_rows_of_figures_are_not_those_of_the_row_above() -> None:
    found = facts(
        line("majors", 30, 100), line("45 +", 40, 100, 22),
        line("minors", 72, 100), line("22", 82, 100, 22),
    )  # fmt: skip
    assert found == [MAJORS, ("minors", 22, None)]


def test_a_label_midway_between_two_figures_is_neither_ones() -> None:
    assert not facts(line("45", 40, 100, 22), line("majors", 70, 100), line("22", 85, 100, 22))


def test_figures_that_run_together_are_none() -> None:
    """'US$ 8.3 + Nearly' over 'million' and '100 %': two figures set too close to be told apart."""
    ledger = read(
        line("US$ 8.3 + Nearly", 40, 100, 22),
        line("million", 64, 100, 22), line("100 %", 64, 140, 22),
        line("distributed", 90, 100), line("employment rate", 90, 140),
    )  # fmt: skip
    assert not ledger.readings


@pytest.mark.parametrize(
    ("heading", "figures"),
    [
        ("How to apply", ["1", "2", "3"]),
        ("Inside", ["04", "08", "12"]),
        ("Contents", ["4", "8", "12"]),
        ("HKUST", ["2027"]),
    ],
)
def test_numbers_of_steps_and_pages_and_years_count_nothing(
    heading: str, figures: list[str]
) -> None:
    tiles = [
        part
        for i, figure in enumerate(figures)
        for part in (line(figure, 40, 100 + 150 * i, 22), line("Scores", 64, 100 + 150 * i))
    ]
    assert not read(line(heading, 10, 100, 15), *tiles).readings


def test_a_line_under_a_rank_names_its_region() -> None:
    tile = [line("1st", 40, 100, 22), line("in Hong Kong", 64, 100)]
    (rank, _) = read(*tile, line("THE Impact Rankings 2025", 74, 100)).readings
    assert (rank.value, dict(rank.key)["region"]) == (1, "Hong Kong")


def test_items_of_a_list_lose_their_bullets_and_end_at_the_next_heading() -> None:
    heading = bold("Extended majors", 10, 40, 10)
    listed = [line("• Artificial Intelligence", 24, 50), line("2. Sustainability", 34, 50)]
    after = [bold("Other things", 48, 40, 10), line("More", 62, 50)]
    intro = line("Students may add one to their study.", 17, 50, 6)
    assert items(heading, intro, *listed, *after) == ["Artificial Intelligence", "Sustainability"]


@pytest.mark.parametrize("between", [" | ", ", ", " • "])
def test_items_in_a_row(between: str) -> None:
    names = ["HSBC", "J.P. Morgan", "Procter & Gamble"]
    heading = bold("Global Recruiters and Employers", 10, 40, 10)
    assert items(heading, line(between.join(names), 24, 40)) == names


def test_the_list_right_of_a_list_is_another() -> None:
    lines = [bold("Extended majors", 10, 40, 10), bold("Minors", 10, 200, 10)]
    assert items(*lines, line("Sustainability", 24, 40), line("Music", 24, 200)) == [
        "Sustainability"
    ]


def test_descriptions_under_bold_items_are_left_out() -> None:
    lines = [bold("Extended majors", 10, 40, 10), bold("Sustainability", 24, 40, 7)]
    assert items(*lines, line("Study of the planet", 33, 40)) == ["Sustainability"]


def test_a_figure_without_a_label_where_the_others_have_theirs_takes_none() -> None:
    tiles = [line("minors", 72, 100), line("22", 82, 100, 22)]
    tiles += [line("schools", 72, 200), line("5", 82, 200, 22)]
    assert facts(line("100%", 40, 100, 22), *tiles) == [("minors", 22, None), ("schools", 5, None)]


def test_texts_run_into_a_big_figure_of_the_next_tile() -> None:
    label, figure = line("projects", 52, 20), line("45 +", 40, 100, 22)
    both = Line((*label.runs, *figure.runs))
    assert facts(both, line("majors", 64, 100)) == [MAJORS]


def test_two_figures_that_run_together_are_none() -> None:
    assert facts(line("Nearly US$ 8.3 +", 40, 100, 22), line("distributed", 64, 100)) == []


def test_a_label_over_two_lines_that_reaches_into_its_figure_is_not_cut() -> None:
    figure, label = line("9,000", 40, 100, 22), line("Competition", 38, 104, 7)
    both = Line((*figure.runs, *label.runs, *line("+", 40, 122, 22).runs))
    assert facts(line("projects in the", 30, 100), both) == []


@pytest.mark.parametrize(
    "after",
    [
        line("2021 Admissions Jupas", 60, 10, 5),  # smaller: the foot of the page
        line("Rankings", 60, 10, 12),  # set as the heading of the list is
    ],
)
def test_what_follows_a_list_is_no_item_of_it(after: Line) -> None:
    lines = [line("Global Recruiters and Employers", 20, 10, 12), line("HSBC", 40, 10)]
    lines += [line("IBM, Accenture, and more", 49, 10)]
    assert items(*lines, after) == ["HSBC", "IBM", "Accenture"]


def test_a_rank_without_its_sign_and_a_figure_of_the_column_before_are_no_facts() -> None:
    ranked = [line("24", 40, 100, 22), line("Law", 64, 100, 8)]
    ranked += [line("QS World University Rankings by Subject 2026", 74, 100, 6)]
    assert facts(*ranked) == []
    assert facts(line("120", 40, 100, 22), line("Exchange partners 300", 64, 100)) == []
    assert facts(line("120", 40, 100, 22), line("partners in 2026", 64, 100)) == [
        ("partners in 2026", 120, None)
    ]
