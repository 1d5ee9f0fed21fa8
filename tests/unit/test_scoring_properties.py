"""Properties of the scorer on invented applicants: against the brute force, and by themselves."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.subjects import subjects
from scoring.exact import exact_score
from scoring.partition import score_partition
from scoring.plan import plan_of
from scoring.ruleset import Formula, Rules, Slot
from tests.unit.brute_force import brute_force
from tests.unit.rules_2026 import golden_rules

RULES = golden_rules()
PLAN = plan_of(RULES)
FORMULAS = list(dict.fromkeys(programme.formula for programme in RULES.programmes))
CORE = ["English Language", "Chinese Language", "Mathematics"]
ELECTIVES = [
    name
    for name, subject in subjects().items()
    if subject.category == "A" and subject.scored and name not in (*CORE, "M1", "M2")
]
NAMED = [
    "Biology",
    "Chemistry",
    "Physics",
    "Economics",
    "Design and Applied Technology",
    "Information and Communication Technology",
]
LEVELS = ["1", "2", "3", "4", "5", "5*", "5**"]
APPLIED_LEVELS = [
    "Attained",
    "Attained with Distinction (I)",
    "Attained with Distinction (II)",
]
LANGUAGE_LEVELS = {"French": ["A2", "B1", "B2", "C1", "C2"], "Urdu": ["E", "D", "C", "B+", "A++"]}


@st.composite
def applicants(draw):
    """Rows (category, subject, level) that one applicant may have; subjects may be missing."""
    core = draw(st.lists(st.sampled_from(CORE), unique=True, min_size=2))
    electives = draw(
        st.lists(st.sampled_from([*NAMED, *NAMED, *ELECTIVES]), unique=True, max_size=4)
    )
    module = draw(st.sampled_from([[], ["M1"], ["M2"]]))
    rows = [("A", name, draw(st.sampled_from(LEVELS))) for name in (*core, *electives, *module)]
    languages = draw(st.lists(st.sampled_from(["French", "Urdu"]), unique=True))
    applied = draw(st.lists(st.sampled_from(["Hotel Operations", "Film"]), unique=True))
    rows += [("C", name, draw(st.sampled_from(LANGUAGE_LEVELS[name]))) for name in languages]
    rows += [("B", name, draw(st.sampled_from(APPLIED_LEVELS))) for name in applied]
    rows.append(("A", "Citizenship and Social Development", "Attained"))
    return rows


def results_of(rows):
    return [RULES.levels.result(*row) for row in rows]


def plain(formula: Formula):
    alternatives = [
        [(slot.role, slot.take, dict(slot.weights)) for slot in side]
        for side in formula.alternatives
    ]
    return (
        alternatives,
        formula.weighted_elective_cap,
        formula.category_c_once,
        formula.bonus_categories,
        formula.highest_attainable,
    )


def total(formula, rows):
    return exact_score(formula, RULES.bonus, results_of(rows)).total


def batch_scores(rules: Rules, people):
    """{(person, programme): (score, best5, bonus)} through the batch."""
    rows = [
        {"applicant_id": str(number), "category": c, "subject": s, "level": level}
        for number, person in enumerate(people)
        for c, s, level in person
    ]
    scored = score_partition(pa.RecordBatch.from_pylist(rows), plan_of(rules))
    assert len(scored.rejects) == 0
    return {
        (int(row["applicant_id"]), row["jupas_code"]): (row["score"], row["best5"], row["bonus"])
        for row in scored.scores.to_pylist()
    }


@settings(
    deadline=None,
    max_examples=settings.default.max_examples * 3 // 5,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(applicants(), st.sampled_from(FORMULAS))
def test_exact_is_the_brute_force(rows, formula):
    score = exact_score(formula, RULES.bonus, results_of(rows))
    plain_results = [(r.category, r.subject, r.score) for r in results_of(rows)]
    assert (score.total, score.best5) == brute_force(plain(formula), plain_results)


@pytest.mark.slow
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(applicants(), min_size=1, max_size=4))
def test_batch_is_exact(people):
    batch = batch_scores(RULES, people)
    for number, rows in enumerate(people):
        for programme in RULES.programmes:
            score = exact_score(programme.formula, RULES.bonus, results_of(rows))
            expected = (float(score.total), float(score.best5), float(score.bonus))
            assert batch[number, programme.jupas_code] == pytest.approx(expected, abs=1e-9)


@st.composite
def invented_formulas(draw):
    """Formulae no document prints: two lists, weights below 1, caps of any size, odd bonuses."""
    weights = st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2)])

    def weighted(names):
        return tuple((name, draw(weights)) for name in names)

    def side():
        fixed = draw(st.lists(st.sampled_from(CORE), unique=True, min_size=1, max_size=2))
        lists = draw(
            st.lists(st.lists(st.sampled_from([*NAMED, "M1"]), unique=True, min_size=1), max_size=2)
        )
        own = draw(st.lists(st.sampled_from([*NAMED, "M2"]), unique=True, max_size=3))
        return (
            *(Slot("fixed", 1, weighted([name])) for name in fixed),
            *(
                Slot("best_from", draw(st.integers(1, min(2, len(names)))), weighted(names))
                for names in lists
            ),
            Slot("other", draw(st.integers(1, 2)), weighted([*own, "*"])),
        )

    return Formula(
        tuple(side() for _ in range(draw(st.integers(1, 2)))),
        draw(st.none() | st.integers(0, 3)),
        draw(st.booleans()),
        draw(st.sampled_from(["A", "AC", "ABC"])),
        Fraction(draw(st.integers(80, 170)), 2),
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(invented_formulas(), applicants())
def test_brute_force_exact_and_batch_agree_on_invented_formulas(formula, rows):
    programme = RULES.programmes[0]
    invented = type(programme)("JS5999", formula, "", programme.minimums)
    rules = Rules(2026, RULES.levels, RULES.bonus, (invented,))
    score = exact_score(formula, RULES.bonus, results_of(rows))
    plain_results = [(r.category, r.subject, r.score) for r in results_of(rows)]
    assert (score.total, score.best5) == brute_force(plain(formula), plain_results)
    assert batch_scores(rules, [rows])[0, "JS5999"][:2] == (float(score.total), float(score.best5))


@pytest.mark.slow
@settings(deadline=None)
@given(applicants(), st.sampled_from(FORMULAS), st.data())
def test_raising_a_level_never_lowers_a_score(rows, formula, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    result = RULES.levels.result(*rows[index])
    ladder = RULES.levels.ladder(result)
    higher = [lv for lv in ladder if RULES.levels.result(*rows[index][:2], lv).score > result.score]
    if not higher:
        return
    raised = [*rows]
    raised[index] = (*rows[index][:2], data.draw(st.sampled_from(higher)))
    assert total(formula, raised) >= total(formula, rows)


@pytest.mark.slow
@settings(deadline=None)
@given(applicants(), st.sampled_from(FORMULAS), st.randoms(use_true_random=False))
def test_order_of_subjects_never_matters(rows, formula, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (exact_score(formula, RULES.bonus, results_of(r)) for r in (rows, shuffled))
    assert (one.total, one.best5) == (other.total, other.best5)


@pytest.mark.slow
@settings(deadline=None)
@given(applicants(), st.sampled_from(FORMULAS))
def test_no_score_exceeds_105_percent_of_the_highest_attainable(rows, formula):
    assert total(formula, rows) <= Fraction("1.05") * formula.highest_attainable


@pytest.mark.slow
@settings(deadline=None)
@given(applicants(), st.sampled_from(FORMULAS))
def test_the_explanation_adds_up(rows, formula):
    score = exact_score(formula, RULES.bonus, results_of(rows))
    assert sum(placement.points for placement in score.placements) == score.best5
    used = [placement.result.subject for placement in score.placements]
    used += [score.bonus_result.subject] if score.bonus_result else []
    assert len(used) == len(set(used))
    side = formula.alternatives[score.alternative - 1]
    for position, slot in enumerate(side, 1):
        assert sum(p.slot == position for p in score.placements) <= slot.take
