"""Printed formulae as data: reading, canonical text, weights, highest attainable, refusals."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import UnknownValue
from schemas.subjects import ANY_OTHER, subject_name, subjects
from tests.unit.rules_2026 import REMARKS, golden_tables
from transform.formulae import (
    Formula,
    FormulaUnreadable,
    Slot,
    canonical,
    highest_attainable,
    parse_canonical,
    parse_formula,
    weighting_rows,
)

ENGINEERING_2025 = """English x 2 + Math x 2 + Best from Biology / Chemistry / Physics / ICT#˜
+ Best 2 other subjects ^
# Weighting: Biology / Chemistry / Physics (x2) / ICT (x1)
^ Weighting: M1 / M2 (x 1.5), other subjects (x 1)
˜ Combined Science can also be counted as a science subject which
carries a weighting of x2.
Notes: Weightings of specific departments might change after the 2025 intake."""
SCIENCE_2025 = """English x 1.5 + Math + Best from Biology / Chemistry / Physics / M1 / M2#
+ Best 2 other subjects#
# Weighting: {first} (x2), {second} (x 1.5)
Remarks: The highest score of at most TWO weighted electives will be
taken in the Best 5 score calculation."""
FINANCE = """English x 2 + Math x 2 + Better of Best 3 other subjects OR
Best of Chemistry / Economics / Physics / M1 /
M2 x 1.5 + Best 2 other subjects"""
# (formula as the 2025 leaflet prints it, its highest attainable with bonus)
LEAFLET_2025 = [
    (
        "English + Math + Best 2 from Biology / Chemistry / Physics / M1 / M2\n"
        "+ Best 1 other subject",
        "44.63",
    ),
    (SCIENCE_2025.format(first="Physics / M1 / M2", second="Biology / Chemistry"), "66.94"),
    (SCIENCE_2025.format(first="Biology / Chemistry", second="Physics / M1 / M2"), "66.94"),
    (ENGINEERING_2025, "75.86"),
    ("English x 2 + Math x 2 + Best 3 other subjects", "62.48"),
    (FINANCE, "66.94"),
    (
        "English x 2 + Chinese x 1.5 + Best 3 other subjects\n"
        "Cat. C subjects may be used once in the score calculation.",
        "58.01",
    ),
    (
        "English x 2 + Math x 2 + Best 3 other subjects^\n"
        "^ Weighting: M1 / M2 (x 1.5), other subjects (x 1)",
        "66.94",
    ),
    (
        "English x 2 + Math x 2 + Best from Biology / Chemistry / Physics /\n"
        "Combined Science / Design and Applied Technology / ICT#\n+ Best 2 other subjects^\n"
        "# Weighting: Biology / Chemistry / Physics / Combined Science /\n"
        "Design and Applied Technology (x 2), ICT (x 1)\n"
        "^ Weighting: M1 / M2 (x 1.5), other subjects (x 1)",
        "75.86",
    ),
    (
        "English x 2 + Math x 2 + Best of Biology / Chemistry x 1.5\n+ Best 2 other subjects",
        "66.94",
    ),
    (
        "English x 2 + Math x 2 + Best from Biology / Chemistry / Physics /\n"
        "Economics / M1 / M2#\n+ Best 2 other subjects\n"
        "# Weighting: M1 / M2 (x 2), Biology / Chemistry / Physics / Economics (x 1.5)",
        "71.40",
    ),
]


@cache
def every_printed_formula() -> dict[str, Formula]:
    texts = [row["formula_text"] for row in golden_tables()["formulas"]]
    texts += [text for text, _ in LEAFLET_2025]
    return {text: parse_formula(text, REMARKS) for text in texts}


@pytest.mark.parametrize("row", golden_tables()["formulas"], ids=lambda row: row["jupas_code"])
def test_formulae_of_2026(row):
    formula = parse_formula(row["formula_text"], REMARKS)
    assert canonical(formula) == row["formula"]
    assert highest_attainable(formula) == Fraction(str(row["highest_attainable"]))
    assert formula.weighted_elective_cap == row["weighted_elective_cap"]
    assert formula.category_c_once == row["category_c_once"]


@pytest.mark.parametrize(("text", "with_bonus"), LEAFLET_2025)
def test_formulae_of_2025_reach_the_printed_highest(text, with_bonus):
    highest = highest_attainable(parse_formula(text)) * Fraction("1.05")
    # printed rounded half up: 44.625 as 44.63
    assert (
        0
        <= Fraction(with_bonus) + Fraction("0.005") - highest
        < Fraction("0.01") + Fraction(1, 10**9)
    )


def test_the_engineering_formula_of_2025_slot_by_slot():
    formula = parse_formula(ENGINEERING_2025)
    two, half, one = Fraction(2), Fraction("1.5"), Fraction(1)
    assert formula == Formula(
        (
            (
                Slot("fixed", 1, (("English Language", two),)),
                Slot("fixed", 1, (("Mathematics", two),)),
                Slot(
                    "best_from",
                    1,
                    (
                        ("Biology", two),
                        ("Chemistry", two),
                        ("Physics", two),
                        ("Combined Science", two),
                        ("Information and Communication Technology", one),
                    ),
                ),
                Slot("other", 2, (("M1", half), ("M2", half), (ANY_OTHER, one))),
            ),
        )
    )
    assert formula.notes == (
        "Notes: Weightings of specific departments might change after the 2025 intake.",
    )


def test_better_of_gives_two_whole_alternatives():
    formula = parse_formula(FINANCE)
    assert canonical(formula) == (
        "English Language x2 + Mathematics x2 + best 3 other (* x1) OR "
        "English Language x2 + Mathematics x2 + best 1 of (Chemistry x1.5 / Physics x1.5 / "
        "M1 x1.5 / M2 x1.5 / Economics x1.5) + best 2 other (* x1)"
    )


@pytest.mark.parametrize(
    "reprint",
    [
        lambda text: "".join(text.split()),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("x", " × "),
        lambda text: text.replace("/", "∕").replace("*", "∗").replace("~", "∼").replace("^", "ˆ"),
        lambda text: text.replace("fi", "ﬁ").replace(" ", "\u00a0"),
        lambda text: text.upper().replace("X ", "x "),
        lambda text: text.replace("*", "†").replace("#", "‡").replace("~", "¤"),
    ],
    ids=["no spaces", "line breaks", "times sign", "lookalikes", "ligatures", "case", "marks"],
)
def test_how_it_is_set_does_not_matter(reprint):
    for text, formula in every_printed_formula().items():
        assert parse_formula(reprint(text), REMARKS) == formula, text


def test_a_mark_may_be_explained_by_the_documents_remarks_in_words_or_by_key():
    text = "English x 2 + Chinese x 1.5 + Best 3 other subjects ▲"
    words = {
        "▲": "Category C subjects may be used once in the score calculation.",
        "^": "Interview",
    }
    assert parse_formula(text, words) == parse_formula(text, REMARKS)
    assert parse_formula(text, REMARKS).category_c_once


@pytest.mark.parametrize(
    ("text", "what", "under_caret"),
    [
        ("English x 2 + Alchemy + Best 3 other subjects", "not a subject", "Alchemy"),
        ("English x 2 + Math x 2 +", "ends too early", ""),
        ("English x 2 + Best 3 other subjects ◊", "no note", "◊"),
        ("English + Best 3 other subjects ~", "no note", "~"),  # ~ is explained, but not for this
        (
            "English + Best 3 other subjects\n* Weighting: M1 (x 2), other subjects (x1)",
            "no term carries the mark",
            "* Weighting",
        ),
        (
            "English + Best from Biology / ICT * + Best 2 other subjects\n"
            "* Weighting: Biology (x2)",
            "no weight for Information",
            "* Weighting",
        ),
        (
            "English + Best from Biology / ICT *\n* Weighting: Biology / ICT (x2), History (x1)",
            "no marked term can take",
            "* Weighting",
        ),
        (
            "English + Best from Biology / ICT x 2 *\n* Weighting: Biology / ICT (x2)",
            "printed twice",
            "Best from",
        ),
        (
            "English + Best 3 other subjects *\n* Weighting: M1 (x2)\n* Weighting: M2 (x2)",
            "explained twice",
            "* Weighting: M2",
        ),
        ("English + Best 3 other subjects *\n* Weighting: M1 (x2", "ends too early", ""),
        ("English x 2 + Best 3 other subjects (small intake)", "can't be read", "small"),
        ("English + English + Best 3 other subjects", "counted twice", "English"),
        ("English + Best 3 from Biology / ICT", "can't take 3", "English"),
        ("", "ends too early", ""),
    ],
)
def test_what_cannot_be_read_is_an_error_with_text_caret_and_page(text, what, under_caret):
    remarks = {"~": "Students may opt for an Extended Major in Sustainability."}
    with pytest.raises(FormulaUnreadable, match=what) as raised:
        parse_formula(text, remarks, document="leaflet.pdf", page=3)
    error = raised.value
    assert isinstance(error, UnknownValue)
    message = str(error)
    assert message.startswith("leaflet.pdf, page 3: ")
    line, caret = error.caret.split("\n")
    assert message.endswith(error.caret)
    assert line[len(caret) - 1 :].startswith(under_caret)
    assert str(pickle.loads(pickle.dumps(error))) == message


def test_an_error_learns_its_place_later():
    with pytest.raises(FormulaUnreadable) as raised:
        parse_formula("Best guess")
    assert str(raised.value.at(document="a.pdf", page=9)).startswith("a.pdf, page 9: ")


def test_rows_of_weightings():
    formula = parse_formula(
        "English x 2 + Best of Biology / Chemistry x 1.5 + Best 2 other subjects *\n"
        "* Weighting: M1 / M2 (x2), other subjects (x1)"
    )
    rows = weighting_rows(formula, 2026, "JS5999")
    assert {(row["edition"], row["jupas_code"], row["alternative"]) for row in rows} == {
        (2026, "JS5999", 1)
    }
    columns = ("slot", "role", "take", "subject", "weight")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        (1, "fixed", 1, "English Language", 2.0),
        (2, "best_from", 1, "Biology", 1.5),
        (2, "best_from", 1, "Chemistry", 1.5),
        (3, "other", 2, "M1", 2.0),
        (3, "other", 2, "M2", 2.0),
        (3, "other", 2, "*", 1.0),
    ]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ICT", "Information and Communication Technology"),
        ("DAT", "Design and Applied Technology"),
        ("Phy", "Physics"),
        ("math", "Mathematics"),
        ("Design and  Applied\nTechnology", "Design and Applied Technology"),
        ("M2", "M2"),
        ("THS", "Tourism and Hospitality Studies"),
        ("Tourism", "Tourism and Hospitality Studies"),
        ("Ethics", "Ethics and Religious Studies"),
        ("Lit in Eng", "Literature in English"),
        ("Chi Hist", "Chinese History"),
        ("Chi Lit", "Chinese Literature"),
    ],
)
def test_short_forms_of_subjects(printed, name):
    assert subject_name(printed) == name


def test_an_unknown_subject_names_the_nearest():
    with pytest.raises(UnknownValue, match="Did you mean Physics"):
        subject_name("Physiks")


SUBJECTS = [s.name for s in subjects().values() if s.category == "A" and s.scored]
WEIGHTS = st.integers(1, 12).map(lambda quarters: Fraction(quarters, 4))


@st.composite
def formulae(draw):
    def slots():
        fixed = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=3, unique=True))
        listed = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=6, unique=True))
        own = draw(st.lists(st.sampled_from(SUBJECTS), max_size=4, unique=True))
        return (
            *(Slot("fixed", 1, ((name, draw(WEIGHTS)),)) for name in fixed),
            Slot(
                "best_from",
                draw(st.integers(1, len(listed))),
                tuple((name, draw(WEIGHTS)) for name in listed),
            ),
            Slot(
                "other",
                draw(st.integers(1, 3)),
                tuple((name, draw(WEIGHTS)) for name in (*own, ANY_OTHER)),
            ),
        )

    return Formula(
        tuple(slots() for _ in range(draw(st.integers(1, 3)))),
        draw(st.none() | st.integers(1, 5)),
        draw(st.booleans()),
    )


@given(formulae())
def test_canonical_text_and_tree_are_one(formula):
    assert parse_canonical(canonical(formula)) == formula


@pytest.mark.parametrize(
    "printed",
    [
        "English (x2) + 2 x Math + Best from Physics (x2) / ICT (x1.5) + Best 2 other subjects",
        "English x2 + Math x2 + Best from Physics (x2), ICT (x1.5) + Best 2 other subjects + "
        "6th subject bonus",
        "English (2) + Math 2x + Best from Physics (200%), ICT (1.5x) + "
        "Best 2 of any other subjects",
        "English (200%) + Math (x 2) + Best from Physics and ICT * + Best 2 remaining subjects\n"
        "* Subject weightings: Physics = 2 and ICT 1.5x",
        "2 x English + 2 x Math + Best from Physics (x2) / ICT (x1.5) + Best 2 subjects",
        "English x2 + Math x2 + Best of Physics (x2) / ICT (x1.5) + Best 2 others",
    ],
)
def test_weights_before_behind_and_beside_each_subject(printed: str) -> None:
    assert canonical(parse_formula(printed)) == (
        "English Language x2 + Mathematics x2 + best 1 of (Physics x2 / "
        "Information and Communication Technology x1.5) + best 2 other (* x1)"
    )


def test_a_weight_behind_the_other_subjects_and_six_that_count() -> None:
    printed = (
        "English Lang. x2 + Math. (compulsory module) x2 + Better of Best 4 other subjects x1 OR "
        "Best of M1 / M2 / Econ x 1.5 + Best 3 other subjects (x1)"
    )
    sides = printed.replace("of Best 4", "of (Best 4").replace(" OR ", ") OR (") + ")"
    assert parse_formula(sides) == parse_formula(printed)
    fixed = "English Language x2 + Mathematics x2"
    assert canonical(parse_formula(printed)) == (
        f"{fixed} + best 4 other (* x1) OR {fixed} + "
        "best 1 of (M1 x1.5 / M2 x1.5 / Economics x1.5) + best 3 other (* x1)"
    )


@pytest.mark.parametrize(
    "note",
    [
        "Notes: The highest score of at most TWO weighted electives will be taken in the Best 5 "
        "score calculation.",
        "Note: The highest scores of at most TWO weighted science electives will be taken in the "
        "admissions score calculation.",
        "At most two weighted electives may be counted.",
    ],
)
def test_a_cap_in_other_words(note: str) -> None:
    printed = "English + Best 2 from Physics / M2 * + Best 2 other subjects"
    formula = parse_formula(f"{printed}\n* Weighting: Physics / M2 (x2)\n{note}")
    assert formula.weighted_elective_cap == 2


def test_weights_of_some_of_a_list_or_twice_are_refused() -> None:
    for printed in (
        "English + Best from Physics (x2) / Biology + Best 3 other subjects",
        "English + Best from Physics / Biology (x2) + Best 3 other subjects",
        "English + Best from Physics (x2) / Biology (x2) x 1.5 + Best 3 other subjects",
        "English + Best from Physics (x2) / Physics (x1.5) + Best 3 other subjects",
        "English + Best from Physics (x2) / Biology (x1) * + Best 3 other subjects\n"
        "* Weighting: Physics (x2), Biology (x1)",
        "2 x English x 2 + Best 4 other subjects",
        "English + Best 4 other subjects x1 *\n* Weighting: M2 (x2), other subjects (x1)",
    ):
        with pytest.raises(FormulaUnreadable):
            parse_formula(printed)
