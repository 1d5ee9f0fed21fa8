"""Lists of the brochure: what is set otherwise than the items is told, not dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.cells import Line
from tests.unit.cells import line
from transform.brochure.facts import read_facts
from transform.brochure.lists import UNLISTED
from transform.checks.plausible_left import left_rows
from transform.readings import Ledger


def bold(text: str, top: float, x0: float = 40, size: float = 7.0) -> Line:
    printed = line(text, top, x0, size)
    return Line(tuple(replace(run, bold=True) for run in printed.runs))


HEADING = bold("Global Recruiters and Employers", 10, 40, 10)


def listed(*lines: Line) -> tuple[list[object], list[str]]:
    """The items of the list, and the texts that its check names."""
    ledger = Ledger("0" * 64)
    read_facts((HEADING, *lines), 1, ledger)
    doubtful = [x.text for x in ledger.rejects if x.reason.startswith(UNLISTED)]
    checks = list(left_rows(ledger.readings, ledger.rejects))
    (row,) = (x for x in checks if x["check_name"] == "a list has all its items")
    assert row["detail"] == ("; ".join(doubtful) or None)
    return [r.value for r in ledger.readings if r.table == "listings"], doubtful


HSBC, IBM, UBS = (line(name, 24 + 10 * i, 40) for i, name in enumerate(("HSBC", "IBM", "UBS")))


def test_items_set_alike() -> None:
    assert listed(HSBC, IBM, UBS) == (["HSBC", "IBM", "UBS"], [])


@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        (bold("IBM", 34), ["HSBC"]),  # a heading? what follows it may be another list
        (line("IBM", 34, 40, 10.5), ["HSBC"]),
        (line("IBM", 35, 40, 5), ["HSBC", "UBS"]),  # a note?
        (line("IBM", 34, 52), ["HSBC", "UBS"]),  # in no column
    ],
)
def test_an_item_set_otherwise_is_told(odd: Line, kept: list[str]) -> None:
    assert listed(HSBC, odd, UBS) == (kept, ["IBM"])


def test_items_centred_under_their_heading_are_told() -> None:
    assert listed(line("HSBC", 24, 60), line("Procter & Gamble", 34, 50)) == (
        ["HSBC"],
        ["Procter & Gamble"],
    )


def test_items_under_bold_groups_are_told() -> None:
    groups = [bold("Finance", 24), line("HSBC", 33, 40), line("UBS", 42, 40)]
    groups += [bold("Technology", 54), line("IBM", 63, 40), line("Huawei", 72, 40)]
    assert listed(*groups) == (["Finance", "Technology"], ["HSBC", "UBS", "IBM", "Huawei"])


def test_words_in_brackets_are_no_item() -> None:
    assert listed(line("(in alphabetical order)", 24, 40), line("HSBC", 34, 40)) == (["HSBC"], [])


@pytest.mark.parametrize(
    ("text", "items", "certain"),
    [
        ("Bain, Johnson and Johnson, UBS", ["Bain", "Johnson and Johnson", "UBS"], True),
        ("HSBC, Tesla, Inc., UBS", ["HSBC", "Tesla, Inc.", "UBS"], True),
        ("HSBC, IBM, and UBS", ["HSBC", "IBM", "UBS"], True),
        ("HSBC, IBM and UBS", ["HSBC, IBM and UBS"], False),
        ("HSBC, IBM, Johnson and Johnson", ["HSBC", "IBM", "Johnson", "Johnson"], False),
        ("HSBC, IBM", ["HSBC, IBM"], False),
    ],
)
def test_items_between_commas(text: str, items: list[str], certain: bool) -> None:
    assert listed(line(text, 24, 40)) == (items, [] if certain else [text])


def test_a_line_close_under_an_item_may_be_the_rest_of_it() -> None:
    rest = line("(Hong Kong) Branch", 32, 40)
    items = ["HSBC", "(Hong Kong) Branch", "IBM", "UBS"]
    assert listed(HSBC, rest, line("IBM", 44, 40), line("UBS", 56, 40)) == (items, [rest.text])


def test_a_line_that_leads_to_the_items_is_none() -> None:
    leading = line("Students may join:", 24, 40)
    items = [line(name, 34 + 10 * i, 40) for i, name in enumerate(("HSBC", "IBM", "UBS"))]
    assert listed(leading, *items) == (["HSBC", "IBM", "UBS"], [])


def test_a_line_without_a_sign_among_items_with_one_is_told() -> None:
    items = [
        line(f"\u2022 {name}", 34 + 10 * i, 40) for i, name in enumerate(("HSBC", "IBM", "UBS"))
    ]
    found, doubtful = listed(line("Open to all students", 24, 40), *items)
    assert found == ["HSBC", "IBM", "UBS"]
    assert doubtful == ["Open to all students"]
