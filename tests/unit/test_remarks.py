"""Remarks: each mark with its own text."""

from __future__ import annotations

import pytest

from errors import UnknownValue
from tests.unit.cells import cell, line, page
from transform.programmes.remarks import remarks_of
from transform.programmes.requirements import remarks_meant


def test_remark_in_one_run() -> None:
    leaf = page(1, (), line("REMARKS", 10), line("# Students may choose.", 20))
    assert remarks_of(leaf)["#"].text == "Students may choose."


def test_plus_that_starts_a_line_of_a_remark_is_no_mark() -> None:
    texts = [line("BSc RMBI", 20, x0=20), line("+ MSc Fintech.", 30, x0=20)]
    leaf = page(1, (), line("REMARKS", 5), line("#", 20), *texts, line("+ New in 2026.", 40))
    assert {mark: remark.text for mark, remark in remarks_of(leaf).items()} == {
        "#": "BSc RMBI + MSc Fintech.", "+": "New in 2026.",
    }  # fmt: skip


def test_line_under_a_remark_whose_mark_is_glued_on_belongs_to_it() -> None:
    texts = [line("@ A fee for local", 20, x0=10), line("students in 2027.", 29, x0=24)]
    leaf = page(1, (), line("REMARKS", 5), *texts)
    assert remarks_of(leaf)["@"].text == "A fee for local students in 2027."


def test_a_remark_printed_twice_is_one_and_two_under_one_mark_are_refused() -> None:
    first = [line("REMARKS", 5), line("# Interview needed.", 20), line("REMARKS", 5, x0=300)]
    again = line("# Interview needed.", 20, x0=300)
    found = remarks_of(page(1, (), *first, again))
    assert {mark: remark.text for mark, remark in found.items()} == {"#": "Interview needed."}
    with pytest.raises(UnknownValue, match="two remarks"):
        remarks_of(page(1, (), *first, line("# Interview by invitation.", 20, x0=300)))


def test_a_mark_that_the_file_does_not_tell_is_refused() -> None:
    leaf = page(1, (), line("REMARKS", 5), line("# Students may.", 20), line("\ufffd A score.", 29))
    with pytest.raises(UnknownValue, match="does not tell"):
        remarks_of(leaf)


def test_a_mark_printed_twice_behind_a_name_is_refused() -> None:
    """'**' may mean another remark than '*'."""
    remarks = remarks_of(page(1, (), line("REMARKS", 5), line("* Students may opt.", 20)))
    assert [x.text for x in remarks_meant(["*"], remarks, cell("BSc *"))] == ["Students may opt."]
    with pytest.raises(UnknownValue, match="more than once"):
        remarks_meant(["*", "*"], remarks, cell("BSc **"))
