"""The scorer in the browser against the exact one: the calculator's applicants, 1,000 at random.

Both get the same results by category, subject and level; the browser converts them with the data
of its page. Equal is: within 1e-9, and the very same reasons for not being eligible.
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from schemas.subjects import subjects
from scoring.eligibility import unmet_requirements
from scoring.exact import exact_score
from scoring.rules import rules_of
from scoring.ruleset import Rules
from tests.browser.chromium import Page

pytestmark = pytest.mark.slow  # a real browser

SHARED = Path(os.environ.get("SHARED") or Path(__file__).parents[3] / "shared")
SEED = 20260302
CORE = ("English Language", "Chinese Language", "Mathematics")
NAMED = ("Biology", "Chemistry", "Physics", "Economics", "Combined Science",
         "Design and Applied Technology", "Information and Communication Technology")  # fmt: skip
LANGUAGES = {
    "French": ("A2", "B1", "B2", "C1", "C2", "E", "D"),
    "Urdu": ("E", "C", "B+", "A++"),
    "Japanese": ("N3", "N2", "N1", "A"),
}
Profile = list[tuple[str, str, str]]

# What an applicant typed is looked up in the page's data, as the explorer does.
IN_BROWSER = """(profiles => profiles.map(profile => {
    const scores = scoresOf(scoring, resultsOf(profile));
    return Object.fromEntries(Object.entries(scores).map(
        ([code, one]) => [code, [one.total, one.best5, one.bonus, one.unmet]]));
}))(%s)"""


def random_profile(chance: random.Random) -> Profile:
    """Results one applicant may have: few or many, in all categories, often with gaps."""
    levels = ("U", "1", "2", "3", "4", "5", "5*", "5**")
    others = [
        subject.name
        for subject in subjects().values()
        if subject.category == "A" and subject.scored
        and subject.name not in (*CORE, *NAMED, "M1", "M2")
    ]  # fmt: skip
    names = [name for name in CORE if chance.random() < 0.95]
    names += chance.sample((*NAMED, *NAMED[:3]), chance.choice((0, 1, 2, 2, 3, 3, 4)))
    names += chance.sample(others, chance.choice((0, 0, 0, 1, 1, 2)))
    names += chance.choice(([], ["M1"], ["M2"]))
    floor = chance.choice((0, 1, 3))
    profile = [("A", name, chance.choice(levels[floor:])) for name in dict.fromkeys(names)]
    citizenship = "Attained" if chance.random() < 0.95 else "Unattained"
    profile.append(("A", "Citizenship and Social Development", citizenship))
    languages = chance.sample(sorted(LANGUAGES), chance.choice((0, 0, 1, 1, 2)))
    profile += [("C", language, chance.choice(LANGUAGES[language])) for language in languages]
    if chance.random() < 0.3:
        applied = ("Attained", "Attained with Distinction (I)", "Attained with Distinction (II)")
        profile.append(("B", "Applied Learning", chance.choice(applied)))
    return profile


def scores_in_browser(page: Page, profiles: list[Profile]) -> list[dict[str, Any]]:
    scores: list[dict[str, Any]] = page.evaluate(IN_BROWSER % json.dumps(profiles))
    return scores


@pytest.fixture(scope="module")
def rules(release: Path) -> Rules:
    """The rules the page was made with, as the exact scorer reads them."""
    return rules_of(release)


def assert_equal_scores(page: Page, rules: Rules, profiles: list[Profile]) -> int:
    compared = 0
    for profile, theirs in zip(profiles, scores_in_browser(page, profiles), strict=True):
        results = [rules.levels.result(*row) for row in profile]
        exact = {}
        for programme in rules.programmes:
            if programme.formula not in exact:
                exact[programme.formula] = exact_score(programme.formula, rules.bonus, results)
            score = exact[programme.formula]
            total, best5, bonus, unmet = theirs[programme.jupas_code]
            where = (programme.jupas_code, profile)
            assert abs(total - float(score.total)) < 1e-9, where
            assert abs(best5 - float(score.best5)) < 1e-9, where
            assert abs(bonus - float(score.bonus)) < 1e-9, where
            assert unmet == unmet_requirements(programme.minimums, results), where
            compared += 1
    return compared


@pytest.mark.parametrize("applicants", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_applicants_score_as_by_the_exact_scorer(page: Page, rules: Rules, applicants: int):
    chance = random.Random(SEED + applicants)
    profiles = [random_profile(chance) for _ in range(applicants)]
    assert assert_equal_scores(page, rules, profiles) == 33 * applicants


@pytest.mark.skipif(
    not (SHARED / "oracle").is_dir(), reason="the calculator's figures are not on this machine"
)
def test_the_calculators_applicants_score_as_by_the_exact_scorer_and_the_calculator(
    page: Page, rules: Rules
):
    profiles: dict[str, Profile] = defaultdict(list)
    for row in rows_of("applicants.csv"):
        profiles[row["applicant_id"]].append((row["category"], row["subject"], row["level"]))
    # the page offers one name for the open names of Category B
    named = [
        [(c, "Applied Learning" if c == "B" else subject, level) for c, subject, level in profile]
        for profile in profiles.values()
    ]
    assert assert_equal_scores(page, rules, named) == 594
    scores = dict(zip(profiles, scores_in_browser(page, named), strict=True))
    right = rows_of("scores-2026.csv")
    assert len(right) == 594
    for row in right:
        total, _, _, unmet = scores[row["applicant_id"]][row["jupas_code"]]
        assert abs(total - float(row["score"])) < 0.011, row  # the calculator rounds each term
        assert (not unmet) == (row["eligible"] == "true"), row


def rows_of(name: str) -> list[dict[str, str]]:
    with (SHARED / "oracle" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- worked by hand ------------------------------------------------------------------------


def total_of(page: Page, code: str, *profile: tuple[str, str, str]) -> float:
    (scores,) = scores_in_browser(page, [list(profile)])
    total: float = scores[code][0]
    return total


def test_the_bonus_subject_is_chosen_together_with_the_five(page: Page):
    # best five first and then the sixth gives 26.00: History in the five, Economics the bonus
    levels = {"English Language": "4", "Chinese Language": "3", "Mathematics": "4",
              "Physics": "4", "Economics": "3", "History": "2"}  # fmt: skip
    total = total_of(page, "JS5300", *(("A", name, level) for name, level in levels.items()))
    assert total == pytest.approx(8 + 8 + 4 + 3 + 2 + 3 / 8.5 * 0.05 * 59.5, abs=1e-9)
    assert page.evaluate(f"shown({total})") == "26.05"


def test_a_third_weighted_elective_counts_once(page: Page):
    # JS5102: English x1.5, Mathematics x1, Physics and M1 x2, the third elective x1; no sixth
    levels = {"English Language": "4", "Mathematics": "4", "Physics": "5", "M1": "5",
              "Biology": "5"}  # fmt: skip
    total = total_of(page, "JS5102", *(("A", name, level) for name, level in levels.items()))
    assert total == pytest.approx(6 + 4 + 11 + 11 + 5.5, abs=1e-9)


def test_a_category_c_subject_counts_once_where_the_formula_says_so(page: Page):
    profile = [("A", "English Language", "4"), ("A", "Chinese Language", "4"),
               ("A", "Mathematics", "3"), ("C", "French", "C2"), ("C", "German", "C2")]  # fmt: skip
    # JS5411: English x2, Chinese x1.5, then Mathematics and one of the two languages
    assert total_of(page, "JS5411", *profile) == pytest.approx(8 + 6 + 3 + 8.5, abs=1e-9)
    # JS5300: none of them, and only five scored subjects, so no bonus either
    assert total_of(page, "JS5300", *profile) == pytest.approx(8 + 6 + 4, abs=1e-9)


def test_figures_are_rounded_half_up(page: Page):
    assert page.evaluate("[44.625, 0.005, -1.005, 66.9375, 26].map(shown)") == [
        "44.63", "0.01", "-1.01", "66.94", "26.00",
    ]  # fmt: skip


def test_m1_with_m2_and_a_subject_twice_are_told(page: Page):
    both = '[["A", "M1", "5"], ["A", "M2", "5"]]'
    twice = '[["A", "Physics", "5"], ["A", "Physics", "4"]]'
    assert page.evaluate(f"conflictOf(scoring, resultsOf({both}))") == "M1 with M2"
    assert page.evaluate(f"conflictOf(scoring, resultsOf({twice}))") == "Physics twice"
    assert page.evaluate('conflictOf(scoring, resultsOf([["A", "M1", "5"]]))') is None
