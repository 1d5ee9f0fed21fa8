"""Facts in rows: labels and figures of one size, in columns and in texts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.cells import Line
from tests.unit.cells import line
from transform.brochure.facts import read_facts
from transform.readings import Ledger

THREE = [("majors", "45+"), ("startups incubated", "1,800+"), ("employment rate", "Nearly 100%")]
READ = [("majors", 45), ("startups incubated", 1800), ("employment rate", 100)]
HEAD = line("Facts and Figures", 20, size=12)


def facts(*lines: Line) -> list[tuple[object, object]]:
    ledger = Ledger("0" * 64)
    read_facts(lines, 1, ledger)
    return [
        (dict(r.key)["label"], r.value)
        for r in ledger.readings
        if r.table == "facts" and r.column == "value"
    ]


def rows(
    pairs: Sequence[tuple[str, str]], label: float = 10.0, figure: float = 200.0
) -> list[Line]:
    """Two columns of texts, 12 points from row to row."""
    return [
        printed
        for i, (name, text) in enumerate(pairs)
        for printed in (line(name, 40 + 12 * i, label), line(text, 40 + 12 * i, figure))
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [HEAD, *rows(THREE)],
        [HEAD, *rows(THREE, label=200, figure=10)],  # figures first
        [HEAD, line("Item", 28), line("Figure", 28, 200), *rows(THREE)],
        [HEAD, *(line(f"{label}: {text}", 40 + 12 * i) for i, (label, text) in enumerate(THREE))],
        [HEAD, *(line(f"{x} ........ {y}", 40 + 12 * i) for i, (x, y) in enumerate(THREE))],
        [HEAD, *(line(f"• {text} {label}", 40 + 12 * i) for i, (label, text) in enumerate(THREE))],
        [HEAD, line(" | ".join(f"{text} {label}" for label, text in THREE), 40)],
    ],
)
def test_labels_and_figures_of_one_size(lines: Sequence[Line]) -> None:
    assert facts(*lines) == READ


@pytest.mark.parametrize(
    "lines",
    [
        rows(THREE),  # under no heading: fees, places and pages look so too
        [line("Key facts: School of Science", 20, size=12), *rows(THREE)],
        [HEAD, line("Contact us", 33, size=8), *rows(THREE)],
        [HEAD, line("Tuition fees", 20, 150, size=12), *rows(THREE, label=150, figure=250)],
        [HEAD, line("91 MTR bus", 40), line("1 Clear Water Bay Road", 52), line("24 hours", 64)],
        [HEAD, line("Room: 1381", 40), line("Tel: 2358", 52)],
        [HEAD, line("HK$200,000 for 10 stars", 40), line("HK$100,000 for 8 stars", 52)],
        [HEAD, line("students", 40), line("17,000", 40, 200), line("campus", 52),
         line("Clear Water Bay", 52, 200)],
    ],
)  # fmt: skip
def test_what_counts_nothing_of_the_university_is_no_fact(lines: Sequence[Line]) -> None:
    assert facts(*lines) == []


@pytest.mark.parametrize("size", [7.0, 9.5])
def test_labels_of_two_sizes_are_no_column(size: float) -> None:
    labels = [line("majors", 40), line("minors", 52, size=size), line("schools", 64)]
    figures = [line(x, 40 + 12 * i, 200) for i, x in enumerate(("45+", "22", "5"))]
    assert len(facts(HEAD, *labels, *figures)) == (3 if size == labels[0].size else 0)


def test_two_rows_of_figures_over_their_labels_under_a_heading() -> None:
    pairs = [("45+", "majors", 10), ("22", "minors", 100)]
    lines = [x for text, name, x0 in pairs for x in (line(text, 40, x0), line(name, 49, x0))]
    assert facts(HEAD, *lines) == [("majors", 45), ("minors", 22)]
    assert facts(*lines) == []


@pytest.mark.parametrize("level", [0, 1, 2])  # the line of the label that its figure stands beside
def test_a_label_runs_on_over_three_lines(level: int) -> None:
    label = [line("students from 80", 40), line("countries and", 49), line("regions", 58)]
    figure = line("17,000+", 40 + 9 * level, 200)
    more = [line("majors", 71), line("45", 71, 200), line("minors", 84), line("22", 84, 200)]
    whole = ("students from 80 countries and regions", 17000)
    assert facts(HEAD, *label, figure, *more) == [whole, ("majors", 45), ("minors", 22)]


@pytest.mark.parametrize(
    "lines",
    [
        rows([("BSc in Physics", "45"), ("BBA", "120"), ("BEng", "30")]),  # places?
        [line("Program", 28), line("Places", 28, 200), *rows(THREE)],  # the head is not declared
        rows([("Why HKUST", "2"), ("Facts", "4"), ("Scores", "12")]),  # pages of a brochure
        [HEAD, *rows([("Admissions", "23586622"), ("Library", "23586760")])],  # telephones
        [HEAD, *rows([("founded", "1991"), ("opened", "2001")])],  # years
        [*rows(THREE), *(line(f"{i}5+", 40 + 12 * i, 300) for i in range(3))],  # two figures a row
    ],
)
def test_figures_that_may_be_no_facts(lines: Sequence[Line]) -> None:
    assert facts(*lines) == []


def test_the_label_of_a_figure_heads_no_list() -> None:
    ledger = Ledger("0" * 64)
    lines = rows([("extended majors", "3"), ("minimum credits", "120"), ("Deans", "5")])
    read_facts([*lines, line("About these", 28, 200)], 1, ledger)
    assert ledger.readings == []


def test_another_heading_ends_the_facts() -> None:
    other = [line("Our rankings", 60, size=12), line("Rank", 80, 10), line("17", 89, 10)]
    facts_of = [line("45+", 40, 10), line("majors", 49, 10)]
    assert facts(HEAD, *facts_of, *other) == [("majors", 45)]
    contents = [line("Contents", 10, size=12), *rows([("Dean", "4"), ("Facts", "7")])]
    assert facts(*contents, HEAD, *facts_of) == []


def test_a_label_between_two_figures_is_not_that_of_the_left_one() -> None:
    lines = [line("offers", 40, 10), line("2+", 40, 100), line("majors", 40, 140)]
    lines += [line("45+", 40, 240), line("US$8+", 56, 100), line("million", 64, 100)]
    lines += [line("prizes", 60, 10), line("projects in the", 56, 140), line("contest", 64, 140)]
    lines += [line("9,000+", 60, 240), line("halls", 80, 10), line("3+", 80, 100)]
    lines += [line("startups", 80, 140), line("1,800+", 80, 240)]
    wrong = {("majors", 2.0), ("startups", 3.0), ("projects in the contest", 8.0)}
    assert not wrong & set(facts(HEAD, *lines))
