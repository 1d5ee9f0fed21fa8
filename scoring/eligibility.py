"""Whether an applicant meets a programme's minimum requirements, and what is missing.

Input: `Minimums` and the applicant's `Result`s. Output: the unmet requirements, as text.
Grain: one text per unmet requirement, in the order of `CHECKS`. Raises nothing.

The texts don't depend on the applicant's levels, so that `score-batch` gives the very same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from schemas.names import MODULES
from scoring.levels import Result
from scoring.ruleset import Minimums

CORE = {"english": "English Language", "chinese": "Chinese Language", "mathematics": "Mathematics"}
CITIZENSHIP = "Citizenship and Social Development"
NO_ELECTIVES = (*CORE.values(), *MODULES)
CHECKS = (*CORE, "citizenship", "electives", "one_of")


def unmet_requirements(minimums: Minimums, results: Sequence[Result]) -> list[str]:
    """Texts of the requirements not met; empty for an eligible applicant."""
    met = {
        **{
            name: _score(results, subject) >= getattr(minimums, name)
            for name, subject in CORE.items()
        },
        "citizenship": any(r.subject == CITIZENSHIP and r.attained for r in results),
        "electives": _electives_met(minimums, results),
        "one_of": not minimums.one_of
        or any(
            r.category == "A" and r.subject in minimums.one_of and r.score >= minimums.elective_1
            for r in results
        ),
    }
    texts = requirement_texts(minimums)
    return [texts[check] for check in CHECKS if not met[check]]


def requirement_texts(minimums: Minimums) -> dict[str, str]:
    """What each of `CHECKS` asks, as said to one who doesn't meet it."""
    level = dict(minimums.printed)
    first, second = level["elective_1"], level["elective_2"]
    levels = f"level {first}" if first == second else f"levels {first} and {second}"
    accepted = "the second may be M1, M2 or a Category C subject with the same score"
    if not minimums.category_c_accepted:
        accepted = "one may be M1 or M2"
    return {
        **{name: f"needs {subject} at level {level[name]}" for name, subject in CORE.items()},
        "citizenship": f"needs {CITIZENSHIP} attained",
        "electives": f"needs two electives at {levels} ({accepted})",
        "one_of": f"needs one of {' / '.join(minimums.one_of)} at level {first}",
    }


def _electives_met(minimums: Minimums, results: Sequence[Result]) -> bool:
    first, second = minimums.elective_1, minimums.elective_2
    electives = [
        r.score for r in results if r.category == "A" and r.subject not in NO_ELECTIVES and r.score
    ]
    stand_ins = [
        r.score
        for r in results
        if (r.category == "A" and r.subject in MODULES)
        or (r.category == "C" and minimums.category_c_accepted)
    ]
    if not any(score >= first for score in electives):
        return False
    two = sum(score >= min(first, second) for score in electives) > 1
    return any(score >= second for score in stand_ins) or (
        two and any(score >= max(first, second) for score in electives)
    )


def _score(results: Sequence[Result], subject: str) -> Fraction:
    return next(
        (r.score for r in results if r.category == "A" and r.subject == subject), Fraction(0)
    )
