"""Eligibility of many applicants at once, with the same reasons as `eligibility.py`.

Input: `Plan`, `Results`. Output: the requirements that each applicant doesn't meet, as bits in the
order of `CHECKS`. Grain: one number an applicant and programme. Raises nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.eligibility import CHECKS, CORE, MODULES, requirement_texts
from scoring.plan import Codes, Plan
from scoring.rules import Minimums
from scoring.totals import Results


def unmet_bits(plan: Plan, results: Results) -> NDArray[np.uint8]:
    """Bit i set: `CHECKS[i]` isn't met. Shape: (distinct minimums, applicants)."""
    distinct = distinct_minimums(plan)
    asked = dict.fromkeys(wanted for minimums in distinct for wanted in _asked(minimums))
    present = _present(list(asked), plan.codes, results)
    levels = {
        level for minimums in distinct for level in (minimums.elective_1, minimums.elective_2)
    }
    electives = {level: _elective_counts(level, plan.codes, results) for level in levels}
    bits = np.zeros((len(distinct), len(results)), dtype=np.uint8)
    for row, minimums in enumerate(distinct):
        met = {name: present[_core(minimums, name)] for name in CORE}
        met["citizenship"] = results.citizenship
        met["electives"] = _electives_met(minimums, plan.codes, results, present, electives)
        if minimums.one_of:
            met["one_of"] = present[_one_of(minimums)]
        for bit, check in enumerate(CHECKS):
            if check in met:
                bits[row] |= (~met[check]).view(np.uint8) << bit
    return bits


def distinct_minimums(plan: Plan) -> list[Minimums]:
    """The different sets of minimum requirements, in order of first appearance."""
    return list(dict.fromkeys(programme.minimums for programme in plan.rules.programmes))


def reason_texts(minimums: Minimums) -> list[str | None]:
    """The reason for every value that `unmet_bits` can have; None for 0."""
    texts = requirement_texts(minimums)
    return [
        "; ".join(texts[check] for bit, check in enumerate(CHECKS) if value >> bit & 1) or None
        for value in range(1 << len(CHECKS))
    ]


class Wanted(NamedTuple):
    """At least `score` in one of the Category A `subjects`."""

    subjects: tuple[str, ...]
    score: Fraction


def _core(minimums: Minimums, name: str) -> Wanted:
    return Wanted((CORE[name],), getattr(minimums, name))


def _one_of(minimums: Minimums) -> Wanted:
    return Wanted(minimums.one_of, minimums.elective_1)


def _module(minimums: Minimums) -> Wanted:
    return Wanted(MODULES, minimums.elective_2)


def _asked(minimums: Minimums) -> list[Wanted]:
    return [*(_core(minimums, name) for name in CORE), _one_of(minimums), _module(minimums)]


def _present(
    asked: list[Wanted], codes: Codes, results: Results
) -> dict[Wanted, NDArray[np.bool_]]:
    """Who has what is asked. One look-up a result answers 64 questions: one bit each."""
    answers = {}
    for start in range(0, len(asked), 64):
        questions = asked[start : start + 64]
        table = np.array(
            [
                sum(
                    1 << bit
                    for bit, wanted in enumerate(questions)
                    if subject in wanted.subjects and 0 < score >= wanted.score
                )
                for subject, score in codes.all()
            ],
            dtype=np.uint64,
        )
        bits = np.zeros(len(results), dtype=np.uint64)
        for column in (*results.dedicated.values(), *results.electives):
            bits |= table.take(column)
        for bit, wanted in enumerate(questions):
            answers[wanted] = (bits & np.uint64(1 << bit)) != 0
    return answers


def _elective_counts(level: Fraction, codes: Codes, results: Results) -> NDArray[np.uint8]:
    """How many subjects of each applicant can stand as '1X' at this level."""
    others = (*CORE.values(), *MODULES)
    table = np.array(
        [subject not in others and 0 < score >= level for subject, score in codes.all()],
        dtype=np.uint8,
    )
    counts = np.zeros(len(results), dtype=np.uint8)
    for column in (*results.dedicated.values(), *results.electives):
        counts += table.take(column)
    return counts


def _electives_met(
    minimums: Minimums,
    codes: Codes,
    results: Results,
    present: dict[Wanted, NDArray[np.bool_]],
    electives: dict[Fraction, NDArray[np.uint8]],
) -> NDArray[np.bool_]:
    first, second = minimums.elective_1, minimums.elective_2
    stand_in = present[_module(minimums)]
    if minimums.category_c_accepted:
        enough = np.array([0 < score >= second for score in codes.scores])
        for best_language in results.languages[:1]:
            stand_in = stand_in | enough.take(best_language)
    two = (electives[min(first, second)] > 1) & (electives[max(first, second)] > 0)
    return (electives[first] > 0) & (stand_in | two)
