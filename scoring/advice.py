"""What would help most: the level rise that adds most, the fewest rises to last year's quartile.

Input: an applicant's results, one programme. Output: `Rise`s and the score after them. Exact: every
combination of the fewest rises is scored (by `totals.py`), and the best one told. A target that no
rises reach is told as such. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from scoring.encoding import Held, coded_results
from scoring.exact import exact_score
from scoring.levels import Result
from scoring.plan import Plan
from scoring.ruleset import Programme, Rules
from scoring.totals import Results, encoded_totals

MOST_COMBINATIONS = 200_000  # about a second; beyond it the answer is 'more than so many rises'


@dataclass(frozen=True, slots=True)
class Rise:
    """One subject from one level to a higher one, `steps` levels up."""

    subject: str
    level_from: str
    level_to: str
    steps: int


@dataclass(frozen=True, slots=True)
class Advice:
    """The rises, and the total before and after them. No rises: nothing helps, or need be.

    reachable : False where even the highest level in every subject stays below the target; `after`
        is then what those levels give.
    more_than : the target takes more rises than so many, and trying them would take too long;
        `after` as above.
    """

    rises: tuple[Rise, ...]
    before: Fraction
    after: Fraction
    reachable: bool = True
    more_than: int | None = None


def best_single_rise(rules: Rules, programme: Programme, results: Sequence[Result]) -> Advice:
    """The rise of one subject by one level that adds most; of equals the first in the profile."""
    before = exact_score(programme.formula, rules.bonus, results).total
    best = Advice((), before, before)
    for index, result in enumerate(results):
        for higher in _rungs_above(rules, result)[:1]:  # none above the highest
            changed = [*results[:index], higher, *results[index + 1 :]]
            after = exact_score(programme.formula, rules.bonus, changed).total
            if after > best.after:
                best = Advice((_rise(result, higher, 1),), before, after)
    return best


def fewest_rises(
    plan: Plan, programme: Programme, results: Sequence[Result], target: Fraction
) -> Advice:
    """The fewest level rises that reach `target`, of those the ones that reach highest.

    No rises if it is reached already, if none reach it (`reachable`), or if too many would have to
    be tried (`more_than`).
    """
    rules = plan.rules
    before = exact_score(programme.formula, rules.bonus, results).total
    if before >= target:
        return Advice((), before, before)
    ladders = [[result, *_rungs_above(rules, result)] for result in results]
    movable = [index for index, ladder in enumerate(ladders) if len(ladder) > 1]
    top = [ladder[-1] for ladder in ladders]
    highest = exact_score(programme.formula, rules.bonus, top).total
    if highest < target:
        return Advice((), before, highest, reachable=False)
    formula = plan.formulas[plan.formula_of[rules.programmes.index(programme)]]
    count = 0
    while True:  # the highest levels reach it
        count += 1
        steps = np.array(list(_step_vectors(movable, ladders, count)), dtype=np.intp)
        if len(steps) > MOST_COMBINATIONS:
            return Advice((), before, highest, more_than=count - 1)
        encoded = encoded_totals(formula, _results(plan, ladders, steps))
        best = int(encoded.argmax())
        total = Fraction(int(encoded[best]) >> formula.shift, formula.unit)
        if total >= target:
            rises = tuple(
                _rise(ladder[0], ladder[step], int(step))
                for ladder, step in zip(ladders, steps[best], strict=True)
                if step
            )
            return Advice(rises, before, total)


def _step_vectors(
    movable: list[int], ladders: list[list[Result]], count: int
) -> Iterator[tuple[int, ...]]:
    """Every way to share `count` steps among the subjects."""
    for chosen in combinations_with_replacement(movable, count):
        steps = tuple(chosen.count(index) for index in range(len(ladders)))
        if all(step < len(ladder) for step, ladder in zip(steps, ladders, strict=True)):
            yield steps


def _results(plan: Plan, ladders: list[list[Result]], steps: NDArray[np.intp]) -> Results:
    """One made-up applicant per row of `steps`, as codes."""
    rungs = [rung for ladder in ladders for rung in ladder]
    lowest = np.cumsum([0, *map(len, ladders[:-1])])  # of each ladder among the rungs
    count, subjects = steps.shape
    starts = np.arange(count) * subjects
    applicants = np.repeat(np.arange(count), subjects)
    return coded_results(Held(rungs, (lowest + steps).ravel(), applicants, starts), plan)


def _rungs_above(rules: Rules, result: Result) -> list[Result]:
    """The results one, two, ... levels above. None for a subject that never scores."""
    ladder = rules.levels.ladder(result)
    above = [rules.levels.result(result.category, result.subject, level) for level in ladder]
    return [rung for rung in above if rung.score > result.score]


def _rise(lower: Result, higher: Result, steps: int) -> Rise:
    return Rise(lower.subject, lower.level, higher.level, steps)
