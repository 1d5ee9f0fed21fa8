"""Letters as footnote marks, flags beside names, lists of subjects: what is said, not named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from errors import UnknownValue
from extract.cells import Line, Run
from tests.unit.cells import cell, line, page
from transform.lookups import is_withheld
from transform.programmes.choice_types import choice_type_of
from transform.programmes.listed import bonus_categories_named, required_subjects
from transform.programmes.remarks import legend_of, remarks_of
from transform.values import code_and_rest, level, title_of


def raised(name: str, mark: str) -> Line:
    """A name with something small above its end."""
    body = line(name).runs[0]
    small = Run(mark, body.x1, -1.0, body.x1 + 4, 3.0, 4.0, False, "#000000", True)
    return Line((body, small))


@pytest.mark.parametrize(
    ("mark", "marks"),
    [("a", ("a",)), ("a, c", ("a", "c")), ("(b)", ("b",)), ("1,2", ("1", "2")), ("#A", ("#", "A"))],
)
def test_raised_letters_are_marks(mark: str, marks: tuple[str, ...]) -> None:
    title = title_of((raised("BSc in Physics", mark),))
    assert (title.text, title.marks) == ("BSc in Physics", marks)


def test_the_raised_letters_of_a_number_and_small_letters_on_the_line_are_text() -> None:
    assert title_of((raised("Bonus for the 6", "th"),)).text == "Bonus for the 6th"
    body, small = raised("BSc in Physics", "a").runs
    level_with_it = replace(small, top=3.0, bottom=7.0)
    assert title_of((Line((body, level_with_it)),)).text == "BSc in Physicsa"


def test_marks_of_body_size_are_no_part_of_a_name() -> None:
    for text, marks in (("Physics¹²", ("1", "2")), ("Management^+", ("^", "+")), ("Arts+#", "+#")):
        title = title_of((line(text),))
        assert (title.text, title.marks) == (text.rstrip("¹²^+#"), tuple(marks))
    assert title_of((line("Programming in C++"),)).text == "Programming in C++"


FLAGGED = (
    "BBA in Finance (New)", "BBA in Finance NEW", "BBA in Finance New!", "[New] BBA in Finance",
    "NEW BBA in Finance", "BBA in Finance (new programme)", "BBA in Finance (New in 2027)",
)  # fmt: skip


@pytest.mark.parametrize("text", FLAGGED)
def test_a_flag_is_no_part_of_a_name(text: str) -> None:
    title = title_of((line(text),))
    assert (title.text, title.is_new) == ("BBA in Finance", True)


def test_new_within_a_name_is_a_part_of_it() -> None:
    for text in ("New Media Arts", "NEW MEDIA ARTS", "BSc in New Energy", "Renewable Energy"):
        title = title_of((line(text),))
        assert (title.text, title.is_new) == (text, False)


def test_remarks_under_letters_and_other_headings() -> None:
    heading = line("NOTES", 5)
    bold = Run("a", 10.0, 20.0, 14.0, 27.0, 7.0, True, "#000000", False)
    text = replace(line("Interview is compulsory.", 20, x0=16).runs[0], text=" Interview needed.")
    plain = line("a minimum of two years", 40)
    found = remarks_of(page(1, (), heading, Line((bold, text)), plain))
    assert {mark: remark.text for mark, remark in found.items()} == {"a": "Interview needed."}


def test_without_a_legend_an_unpainted_choice_is_of_no_kind() -> None:
    choice = replace(cell("Science"), fill=None)
    assert choice_type_of(choice, {}) is None
    for painted, legend in (("#f4f9c5", {}), (None, {"#f4f9c5": "program-based"})):
        with pytest.raises(UnknownValue, match="the legend explains no fill"):
            choice_type_of(replace(choice, fill=painted), legend)
    words = page(1, (), line("School-based application choices"))
    with pytest.raises(UnknownValue, match="the legend explains no fill"):
        choice_type_of(choice, legend_of([words]))


def test_the_nearest_colour_of_the_legend_counts_and_one_for_both_is_refused() -> None:
    choice = replace(cell("Science"), fill="#f4f9c5")
    legend = {"#f4f9c4": "school-based", "#f4f9c5": "program-based"}
    assert choice_type_of(choice, legend) == "program-based"
    with pytest.raises(UnknownValue, match="both kinds"):
        choice_type_of(choice, {"#f4f9c5": "both"})


def test_lists_of_subjects_by_slash_or_comma() -> None:
    whole = "Business, Accounting and Financial Studies"
    for text in (
        f"One of: Biology / {whole} / M1", f"Any one of: Biology, {whole}, or M1",
        f"One of the following: Biology or {whole} or M1",
    ):  # fmt: skip
        assert [name for name, _ in required_subjects(cell(text))] == ["Biology", whole, "M1"]
    for text in ("Nil", "-", "No specific requirement"):
        assert required_subjects(cell(text)) == []
    for text in ("Two of: Biology / M1", "One of: Biology and M1", ""):
        with pytest.raises(UnknownValue):
            required_subjects(cell(text))


def test_categories_of_a_bonus_in_other_words() -> None:
    for text, letters in (
        ("Category A & C Subjects Applies", "AC"), ("Cat. A, B & C subjects", "ABC"),
        ("Categories A and C", "AC"), ("Cat. A, Cat. B or Cat. C", "ABC"), ("Category A only", "A"),
    ):  # fmt: skip
        assert bonus_categories_named(cell(text)) == letters
    with pytest.raises(UnknownValue):
        bonus_categories_named(cell("Category A except B"))


@pytest.mark.parametrize("text", ["JS51011", "JS5101/5102", "JS5101-5103", "JS5101 5102"])
def test_a_code_of_five_digits_or_two_codes_are_none(text: str) -> None:
    with pytest.raises(UnknownValue, match="not one JUPAS code"):
        whole = cell(text)
        code_and_rest(whole.lines, whole)


def test_words_beside_levels_and_withheld_figures() -> None:
    assert level(cell("Level 5*")) == ("5*", [])
    assert is_withheld("small intake ∆")
    assert not is_withheld("36.5 ∆")
