"""Last year's scores beside this year's formula: which compare, and by what otherwise.

Input: a programme's newest scores, its simulated ones, its formulae by year, the edition's point
scale. Output: a `Comparable`. Grain: one a programme. Raises nothing.

Scores that stand under another formula don't compare with the edition's highest attainable score.
Where the university printed what they would have been under the edition's formula, that is shown
first; the scores themselves stand beneath, with the year of their formula.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.score_history import Cell
from scoring.standing import same_formula


@dataclass(frozen=True, slots=True)
class Comparable:
    """The newest scores of a programme, and the simulated ones by the edition's formula. `like`:
    the printed ones stand under the edition's own formula (None: not known, for the formula they
    stand under is not in the release)."""

    printed: Cell
    simulated: Cell | None
    like: bool | None


def comparable_scores(
    code: str,
    printed: Cell | None,
    simulated: Cell | None,
    edition: int | None,
    formulas: dict[tuple[int, str], str],
    point_scale: float | None = None,
) -> Comparable | None:
    """Scores of one programme as they compare with its formula of `edition`; None for no scores.

    point_scale : of the edition's own conversion table; None where no document prints one.
    """
    if printed is None:
        return None
    if simulated is not None and simulated.formula_year != edition:
        simulated = None
    if point_scale is not None and printed.point_scale != point_scale:
        return Comparable(printed, simulated, False)
    if edition is None:
        return Comparable(printed, simulated, True)
    like = same_formula(formulas, code, printed.formula_year, edition)
    if (
        like is None
        and simulated is not None
        and simulated.point_scale == printed.point_scale
        and printed.has_other_highest(simulated)
    ):
        like = False
    return Comparable(printed, simulated, like)
