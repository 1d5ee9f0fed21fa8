"""Plausibility: each check passes what documents print and finds one thing out of place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import schemas
from extract.cells import Place
from schemas.names import MAJORS
from transform.checks.plausibility import plausibility_rows
from transform.checks.plausible_grades import grade_rank
from transform.merge import merge
from transform.readings import Reading, Reject
from transform.unkept import BESIDE, OUTSIDE

Row = dict[str, object]
DOCUMENT = "c0ffee00" * 8
HERE = Place(1, 0, 100, 50, 120)


# What a row says unless a test says otherwise: JS5311 as the brochure of 2026 prints it.
EVERYWHERE: Row = {
    "edition": 2026, "jupas_code": "JS5311", "scores_year": 2025, "entry_year": 2025, "position": 1,
    "source": "brochure",
}  # fmt: skip
USUAL: dict[str, Row] = {
    "programmes": {"title": "BBA in Economics", "choice_type": "program-based", "remarks": None},
    "programme_names": {"title": "BBA in Economics"},
    "study_options": {
        "title": "BBA in Economics", **dict.fromkeys(MAJORS, True), "note_marks": None
    },
    "minimum_requirements": {"category_c_accepted": False},
    "remarks": {"mark": "^", "text": "Interview is compulsory.", "meaning": "interview_compulsory"},
    "scores": {
        "basis": "admitted", "formula_year": 2025, "point_scale": 8.5, "highest_attainable": 62.48,
        "median": 36.55, "lower_quartile": 35.4, "lower_quartile_per_subject": 4.83,
    },
    "expected_scores": {"basis": "expected", "low": 31.0, "high": 31.0},
    "preferred_levels": {"level": "5"},
    "rankings": {"ranking": "QS", "year": 2025, "subject": "Data Science"},
    "scholarships": {"tuition": None, "allowance_hkd": None, "cash_hkd": None, "renewable": False},
}  # fmt: skip


def read(table: str, place: Place = HERE, **printed: object) -> list[Reading]:
    """Readings of one row, all at one place."""
    names = schemas.key_of(schemas.TABLES[table])
    row = EVERYWHERE | USUAL.get(table, {}) | printed
    key = tuple((name, row[name]) for name in names)
    return [
        Reading(table, key, column, value, str(value), "test", place, DOCUMENT)
        for column, value in row.items()
        if column not in {*EVERYWHERE, *names}
    ]


def failed(*readings: list[Reading], rejects: Sequence[Reject] = ()) -> set[str]:
    """Names of the checks that fail."""
    flat = [reading for some in readings for reading in some]
    rows = plausibility_rows(merge(flat), flat, list(rejects), {DOCUMENT: "brochure.pdf"})
    keys = [(row["check_name"], row["subject"]) for row in rows]
    assert len(set(keys)) == len(keys), "audit.checks has one row a check and subject"
    return {str(row["check_name"]) for row in rows if row["status"] == "failed"}


def conversions(scale: str, **score_of: float) -> list[Reading]:
    readings = [read("conversions", scale=scale, level=k, score=v) for k, v in score_of.items()]
    return [reading for row in readings for reading in row]


SCHOOL_BASED = read(
    "programmes",
    jupas_code="JS5300",
    title="Business and Management",
    choice_type="school-based",
)


def test_a_degree_that_offers_itself_passes() -> None:
    assert failed(read("programmes"), SCHOOL_BASED, read("study_options")) == set()


@pytest.mark.parametrize(
    ("table", "printed", "check"),
    [
        (
            "programmes",
            {"choice_type": "school-based"},
            "a choice named as a degree is program-based",
        ),
        ("programmes", {"title": "BBA in Finance"}, "a choice named as a degree offers it"),
        ("study_options", {"title": "in Economics"}, "a name has the shape of a name"),
        ("study_options", {"title": "BBA Economics"}, "a name has the shape of a name"),
        ("study_options", {"title": "Economics BBA in"}, "a name has the shape of a name"),
        ("study_options", {"title": "BBA in in Economics"}, "no word stands twice in a row"),
        ("study_options", {"title": "BBA in Economics (with"}, "brackets close"),
    ],
)
def test_one_thing_out_of_place(table: str, printed: Row, check: str) -> None:
    rows: dict[str, Row] = {"programmes": {}, "study_options": {}, table: printed}
    found = failed(SCHOOL_BASED, *(read(name, **one) for name, one in rows.items()))
    assert check in found


def test_an_option_in_two_choices_has_the_same_majors() -> None:
    def ocean(code: str, **printed: object) -> list[Reading]:
        title = "BSc in Ocean Science and Technology"
        return read("study_options", jupas_code=code, title=title, **printed)

    check = "an option has the same extended majors in every choice"
    assert check not in failed(ocean("JS5102"), ocean("JS5103"))
    assert check in failed(ocean("JS5102"), ocean("JS5103", ai_major=False))


def test_an_option_is_listed_once() -> None:
    twice = read("study_options") + read("study_options", position=2)
    assert "a programme lists an option once" in failed(twice)


@pytest.mark.parametrize(
    ("level", "requirement", "reached"),
    [
        ("3", "english", True),
        ("2", "english", False),
        ("2", "mathematics", True),
        ("5*", "english", True),
        ("Attained", "citizenship", True),
        ("3", "citizenship", False),
    ],
)
def test_no_minimum_is_below_332a33(level: str, requirement: str, reached: bool) -> None:
    found = failed(read("minimum_requirements", requirement=requirement, level=level))
    assert ("minimum level reaches the general requirement" not in found) is reached


@pytest.mark.parametrize(("level", "reached"), [("2", True), ("3", True), ("Attained", False)])
def test_liberal_studies_was_graded(level: str, reached: bool) -> None:
    row = read("minimum_requirements", edition=2023, requirement="citizenship", level=level)
    assert ("minimum level reaches the general requirement" not in failed(row)) is reached


def test_a_remark_is_used_and_reads_the_same_on_every_page() -> None:
    used = read("programmes", remarks="Interview is compulsory.")
    options = read("study_options")
    assert failed(used, SCHOOL_BASED, options, read("remarks")) == set()
    found = failed(read("programmes"), options, read("remarks"))
    assert "a remark's mark is used" in found
    other = read("remarks", Place(2, 0, 0, 9, 9), text="Interview is.")
    assert "a remark reads the same on every page" in failed(read("remarks"), other)


def test_marks_stand_where_their_like_stand() -> None:
    found = failed(read("study_options", note_marks="^"), read("remarks"))
    assert "a study option's marks are about options" in found


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"lower_quartile": 25.4}, "lower quartile near the median"),
        ({"lower_quartile_per_subject": 4.13}, "lower quartile fits its per-subject average"),
        ({"lower_quartile": 33.4}, "lower quartile fits its per-subject average"),
    ],
)
def test_scores_fit_each_other(change: Row, check: str) -> None:
    assert failed(read("scores")) == set()
    assert check in failed(read("scores", **change))


def test_simulated_scores_are_near_admitted_ones() -> None:
    def of_js5260(
        basis: str, year: int, highest: float, median: float, low: float
    ) -> list[Reading]:
        return read(
            "scores",
            jupas_code="JS5260", basis=basis, formula_year=year, highest_attainable=highest,
            median=median, lower_quartile=low, lower_quartile_per_subject=None,
        )  # fmt: skip

    admitted = of_js5260("admitted", 2025, 75.86, 36.28, 35.1)
    assert failed(admitted, of_js5260("simulated", 2026, 80.33, 37.0, 36.0)) == set()
    assert failed(admitted, of_js5260("simulated", 2026, 80.33, 37.0, 31.0)) == {
        "simulated lower quartile near the admitted one"
    }


def test_expected_scores_are_near_last_years_and_complete() -> None:
    last = read("scores", scores_year=2024, formula_year=2024)
    name = read("programme_names", edition=2025, printed_in="expected scores")
    assert failed(last, name, read("expected_scores")) == set()
    assert failed(last, name) == {"an expected score for every programme"}
    misread = read("expected_scores", low=21.0, high=21.0)
    assert failed(last, name, misread) == {"expected score near last year's"}


def test_preferred_subjects_are_subjects() -> None:
    def pair(subjects: str) -> list[Reading]:
        return read("preferred_levels", jupas_code="JS5212", subjects=subjects)

    assert failed(pair("Eng/Math/ Best Elective")) == failed(pair("Science subjects/ICT")) == set()
    assert failed(pair("Phy/ICT Math/M1/M2 Level 5")) == {"preferred subjects are known"}
    assert failed(pair("Math/M2/M2")) == {"preferred subjects are known"}


def test_grades() -> None:
    assert failed(conversions("French", C2=8.5, C1=7.0, B2=5.5, B1=4.0, A2=3.0)) == set()
    urdu = {"A++": 8.5, "A+": 7.0, "A": 7.0, "B++": 5.5, "B+": 4.0, "B": 3.0, "C": 3.0}
    assert failed(conversions("Urdu", **urdu)) == set()
    assert failed(conversions("French", C2=7.0, C1=8.5)) == {"a better grade converts to no less"}
    assert failed(conversions("French", C2=8.5, B2=5.5)) == {
        "a scale has every grade between its ends"
    }
    assert failed(conversions("Japanese Korean", **{"5": 8.5, "4": 5.5})) == {
        "a conversion scale is known"
    }
    apart = conversions("French", C2=8.5, C1=7.0), conversions("German", C2=8.5, C1=5.5)
    assert failed(*apart) == {"languages with CEFR levels convert alike"}


def test_a_grade_of_another_family_is_found() -> None:
    mixed = conversions("Korean", **{"6": 8.5, "5": 5.5, "N1": 8.5})
    assert "a better grade converts to no less" in failed(mixed)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("5**", "5*"), ("5*", "5"), ("A*", "A"), ("A", "B"), ("A++", "A+"), ("B++", "B"),
        ("C1", "B2"), ("N1", "N2"), ("9", "8"),
        ("Attained with Distinction (II)", "Attained with Distinction (I)"),
    ],
)  # fmt: skip
def test_grades_are_ordered(better: str, worse: str) -> None:
    first, second = grade_rank(better), grade_rank(worse)
    assert first is not None and second is not None
    assert first[0] == second[0] and first[1] < second[1]


def test_no_grade() -> None:
    assert grade_rank("Z") is None and grade_rank("3A") is None


def test_bonuses_are_those_of_the_scale() -> None:
    japanese = conversions("Japanese", N1=8.5, N2=5.5)
    bonuses = [
        read("bonuses", category="C", converted_score=score, bonus_percent=1.0)
        for score in (8.5, 5.5)
    ]
    assert failed(japanese, *bonuses) == set()
    assert failed(japanese, bonuses[0]) == {
        "a bonus for every score from 3 up that a category converts to"
    }


def test_a_part_of_the_world_ranks_no_worse() -> None:
    def rank(region: str, figure: int) -> list[Reading]:
        return read("rankings", region=region, rank=figure)

    assert failed(rank("World", 17), rank("Hong Kong", 1)) == set()
    assert failed(rank("World", 1), rank("Hong Kong", 17)) == {
        "a rank in a region is no worse than a wider one"
    }


def test_more_stars_earn_no_less() -> None:
    def step(stars: int, **award: object) -> list[Reading]:
        return read("scholarships", stars_min=stars, **award)

    rising = step(1, cash_hkd=5000), step(4, cash_hkd=10000), step(6, tuition="half")
    assert failed(*rising) == set()
    assert failed(*rising, step(8, cash_hkd=20000)) == {"more stars earn no less"}


def listed(*items: str) -> list[Reading]:
    rows = [
        read("listings", list="recruiters", position=i, item=item) for i, item in enumerate(items)
    ]
    return [reading for row in rows for reading in row]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("School of Enginzering", "a word is spelt as elsewhere"),
        ("School of Engineerin", "a word is spelt as elsewhere"),
        ("Schoolof Engineering", "words are parted"),
        ("School of Engineer�ng", "every character is readable"),
    ],
)
def test_words_are_held_against_the_documents_other_words(text: str, check: str) -> None:
    others = "Dean of the School", "School of Engineering", "Engineering in Hong Kong"
    assert failed(listed(*others)) == set()
    assert failed(listed(*others, text)) == {check}


def test_plurals_and_compounds_are_words() -> None:
    words = listed("Economic Policy", "Economics", "Economic History", "within", "with", "in")
    assert failed(words) <= {"a name has the shape of a name"}


def _name(code: str, top: float, bottom: float) -> list[Reading]:
    return read(
        "programme_names",
        Place(1, 0, top, 50, bottom),
        edition=2025, printed_in="admitted scores", jupas_code=code, title=f"Science {code}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("top", "bottom", "odd"),
    [(100, 120, False), (100, 140, False), (100, 130, True), (90, 120, True)],
)
def test_cells_begin_and_end_where_rows_do(top: float, bottom: float, odd: bool) -> None:
    rows = _name("JS5101", 100, 120), _name("JS5102", 120, 140)
    figures = read("scores", Place(1, 60, top, 90, bottom), jupas_code="JS5101")
    assert ("cells begin and end where rows do" in failed(*rows, figures)) is odd


def test_a_value_of_another_row_is_found() -> None:
    rows = _name("JS5101", 100, 120), _name("JS5102", 120, 140)
    figures = read("scores", Place(1, 60, 120, 90, 140), jupas_code="JS5101")
    assert "cells begin and end where rows do" in failed(*rows, figures)


def test_options_fill_their_row() -> None:
    def option(top: float, bottom: float, title: str, position: int = 1) -> list[Reading]:
        place = Place(1, 60, top, 90, bottom)
        return read("study_options", place, jupas_code="JS5102", title=title, position=position)

    name = read(
        "programme_names",
        Place(1, 0, 100, 50, 140),
        printed_in="requirements", jupas_code="JS5102", title="Science (Group A)",
    )  # fmt: skip
    physics = option(100, 120, "BSc in Physics")
    check = "study options fill their programme's row"
    assert check not in failed(name, physics, option(120, 140, "BSc in Chemistry", 2))
    assert check in failed(name, physics, option(120, 132, "BSc in Chemistry", 2))


def test_a_brochure_has_every_kind_of_table() -> None:
    minimum = read("minimum_requirements", requirement="english", level="4")
    check = "a brochure has every kind of table"
    assert check in failed(minimum, read("scores"))
    assert check not in failed(read("scores"))


def test_no_rank_is_left_over() -> None:
    left = Reject(DOCUMENT, "17th", "text outside tables", HERE)
    prose = Reject(DOCUMENT, "Top 50", "text outside tables", HERE)
    page = Reject(DOCUMENT, "No. 1 in Hong Kong", "a claim", Place(None, None, None, None, None, 4))
    assert failed(rejects=[prose, page]) == set()
    assert failed(rejects=[left]) == {"every rank belongs to a ranking"}
    named = Reject(DOCUMENT, "THE Impact Rankings 2025", "text outside tables", HERE)
    assert failed(rejects=[named]) == {"every rank belongs to a ranking"}
    stated = Reject(DOCUMENT, "Marketing: 29th", "text outside tables", HERE)
    assert failed(rejects=[stated]) == {"every rank belongs to a ranking"}


@pytest.mark.parametrize(
    "text", ["45 + majors", "1,800", "HK$480", "2.35%", "majors 45+", "8.5", "5 Nearly 100%"]
)
def test_no_figure_is_left_over(text: str) -> None:
    reject = Reject(DOCUMENT, text, OUTSIDE, HERE)
    assert failed(rejects=[reject]) == {"every figure outside tables is a fact"}
    contents = Reject(DOCUMENT, "Contents", OUTSIDE, HERE)
    assert failed(rejects=[reject, contents]) == set()


def test_page_numbers_years_and_prose_are_no_figures_left_over() -> None:
    texts = ["12", "13", "2026", "About 2025", "2026 Admissions", "Over 45 majors are offered."]
    assert failed(rejects=[Reject(DOCUMENT, text, BESIDE, HERE) for text in texts]) == set()
    numbers = [Reject(DOCUMENT, str(n), OUTSIDE, HERE) for n in (12, 13, 45, 22, 3)]
    assert failed(rejects=numbers) == {"every figure outside tables is a fact"}
    grades = [Reject(DOCUMENT, text, BESIDE, HERE) for text in ("A+", "B")]
    assert failed(rejects=grades) == {"every figure outside tables is a fact"}
    assert failed(rejects=grades[:1]) == set()


def test_no_qualification_is_left_over_beside_those_tabled() -> None:
    left = Reject(DOCUMENT, "IB Diploma", OUTSIDE, HERE)
    tabled = read("chinese_alternatives", qualification="GCE A Level", minimum_level="E")
    assert failed(rejects=[left]) == set()
    assert "every figure outside tables is a fact" in failed(tabled, rejects=[left])


@pytest.mark.parametrize(
    ("meaning", "text", "is_declared"),
    [
        ("interview_compulsory", "Interview is compulsory for Non-JUPAS applicants only.", False),
        ("interview_compulsory", "No interview is compulsory.", False),
        ("interview_compulsory", "Interview is compulsory. The program runs four years.", False),
        (
            "ai_major",
            "They may opt for an Extended Major in AI or an Extended Major in Arts.",
            False,
        ),
        ("ai_major", "They may opt for an Extended Major in AI, except those of JS5311.", False),
        ("ai_major", "From 2028 on students may opt for an Extended Major in AI.", False),
        ("note", "Shortlisted applicants must attend an interview.", False),
        ("note", "An Extended Major in AI is available.", False),
        ("note", "Subject to approval.", True),
        ("renamed", "Renamed; interviews are not held.", True),
        ("ai_major", "Students of these programs may opt for an Extended Major in AI.", True),
    ],
)
def test_a_remark_says_what_its_meaning_says(meaning: str, text: str, is_declared: bool) -> None:
    found = failed(read("remarks", text=text, meaning=meaning))
    assert ("a remark means what is declared" not in found) == is_declared
