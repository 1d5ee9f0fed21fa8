"""Minimum requirements compiled into look-up tables by code.

Input: the distinct `Minimums` of an edition. Output: `RequirementTables`, picklable. Raises
nothing.

Questions of the kind 'at least this score in one of these subjects' get one bit each, up to 64 in
one table: the union of an applicant's entries answers them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.names import MODULES
from scoring.codes import Codes
from scoring.eligibility import CHECKS, CORE, NO_ELECTIVES, requirement_texts
from scoring.ruleset import Minimums


class Wanted(NamedTuple):
    """At least `score` in one of the Category A `subjects`."""

    subjects: tuple[str, ...]
    score: Fraction


@dataclass(frozen=True)
class RequirementTables:
    """wanted : position of each question; questions : tables of their bits, 64 to a table.
    electives : by score, whether a code can stand as '1X'; languages : whether a score suffices.
    reasons : by minimums, the text for every set of unmet checks, None for none unmet.
    """

    minimums: tuple[Minimums, ...]
    wanted: dict[Wanted, int]
    questions: tuple[NDArray[np.uint64], ...]
    electives: dict[Fraction, NDArray[np.uint8]]
    languages: dict[Fraction, NDArray[np.bool_]]
    reasons: tuple[tuple[str | None, ...], ...]


def requirement_tables(minimums: Sequence[Minimums], codes: Codes) -> RequirementTables:
    """The tables for these distinct minimums."""
    wanted = list(dict.fromkeys(question for one in minimums for question in _questions(one)))
    levels = {level for one in minimums for level in (one.elective_1, one.elective_2)}
    return RequirementTables(
        tuple(minimums),
        {question: position for position, question in enumerate(wanted)},
        tuple(_bits(wanted[start : start + 64], codes) for start in range(0, len(wanted), 64)),
        {
            level: np.array(
                [subject not in NO_ELECTIVES and 0 < s >= level for subject, s in codes.all()],
                dtype=np.uint8,
            )
            for level in levels
        },
        {level: np.array([0 < score >= level for score in codes.scores]) for level in levels},
        tuple(_reasons(one) for one in minimums),
    )


def core(minimums: Minimums, name: str) -> Wanted:
    """What `CORE[name]` asks."""
    return Wanted((CORE[name],), getattr(minimums, name))


def one_of(minimums: Minimums) -> Wanted:
    """What the list of required subjects asks."""
    return Wanted(minimums.one_of, minimums.elective_1)


def module(minimums: Minimums) -> Wanted:
    """What M1 or M2 must have to stand for an elective."""
    return Wanted(MODULES, minimums.elective_2)


def _questions(minimums: Minimums) -> list[Wanted]:
    return [*(core(minimums, name) for name in CORE), one_of(minimums), module(minimums)]


def _bits(questions: list[Wanted], codes: Codes) -> NDArray[np.uint64]:
    return np.array(
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


def _reasons(minimums: Minimums) -> tuple[str | None, ...]:
    texts = requirement_texts(minimums)
    return tuple(
        "; ".join(texts[check] for bit, check in enumerate(CHECKS) if value >> bit & 1) or None
        for value in range(1 << len(CHECKS))
    )
