"""Eligibility of many applicants at once, with the same reasons as `eligibility.py`.

Input: `RequirementTables`, `Results`. Output: the requirements that each applicant doesn't meet, as
bits in the order of `CHECKS`. Grain: one number an applicant and distinct minimums. Raises nothing.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.eligibility import CHECKS, CORE
from scoring.requirement_tables import RequirementTables, Wanted, core, module, one_of
from scoring.ruleset import Minimums
from scoring.totals import Results


def unmet_bits(tables: RequirementTables, results: Results) -> NDArray[np.uint8]:
    """Bit i set: `CHECKS[i]` isn't met. Shape: (distinct minimums, applicants)."""
    present = _present(tables, results)
    electives = {level: _counts(table, results) for level, table in tables.electives.items()}
    bits = np.zeros((len(tables.minimums), len(results)), dtype=np.uint8)
    for row, minimums in enumerate(tables.minimums):
        met = {name: present[core(minimums, name)] for name in CORE}
        met["citizenship"] = results.citizenship
        stand_in = present[module(minimums)]
        if minimums.category_c_accepted:
            for best_language in results.languages[:1]:
                stand_in = stand_in | tables.languages[minimums.elective_2].take(best_language)
        met["electives"] = _electives_met(minimums, stand_in, electives)
        if minimums.one_of:
            met["one_of"] = present[one_of(minimums)]
        for bit, check in enumerate(CHECKS):
            if check in met:
                bits[row] |= (~met[check]).view(np.uint8) << bit
    return bits


def _present(tables: RequirementTables, results: Results) -> dict[Wanted, NDArray[np.bool_]]:
    """Who has what is asked for."""
    columns = (*results.dedicated.values(), *results.electives)
    answers = []
    for table in tables.questions:
        bits = np.zeros(len(results), dtype=np.uint64)
        for column in columns:
            bits |= table.take(column)
        answers.append(bits)
    return {
        wanted: (answers[position // 64] & np.uint64(1 << position % 64)) != 0
        for wanted, position in tables.wanted.items()
    }


def _counts(table: NDArray[np.uint8], results: Results) -> NDArray[np.uint8]:
    """How many results of each applicant the table holds to suffice."""
    counts = np.zeros(len(results), dtype=np.uint8)
    for column in (*results.dedicated.values(), *results.electives):
        counts += table.take(column)
    return counts


def _electives_met(
    minimums: Minimums, stand_in: NDArray[np.bool_], electives: dict[Fraction, NDArray[np.uint8]]
) -> NDArray[np.bool_]:
    first, second = minimums.elective_1, minimums.elective_2
    two = (electives[min(first, second)] > 1) & (electives[max(first, second)] > 0)
    return (electives[first] > 0) & (stand_in | two)
