"""The exact score of one applicant in one programme: the joint maximum of best five and bonus.

Input: a `Formula`, a `BonusRule`, the applicant's `Result`s. Output: one `Score` with every
subject's place. All sums are fractions; nothing is rounded. Raises nothing: results come checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from schemas.subjects import declared_positions
from scoring.levels import Result
from scoring.ruleset import BonusRule, Formula, Slot

BEST = 5  # the bonus is for a sixth subject: it exists only beside five others


@dataclass(frozen=True, slots=True)
class Placement:
    """A subject in a slot. `weight` is what it counts with, `own_weight` what the slot gives it."""

    result: Result
    slot: int
    role: str
    own_weight: Fraction
    weight: Fraction
    points: Fraction = field(init=False, compare=False)  # counted in many assignments

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", self.weight * self.result.score)


@dataclass(frozen=True, slots=True)
class Score:
    """Of all assignments with the highest total, one with the highest best-5 part."""

    alternative: int
    placements: tuple[Placement, ...]
    bonus_result: Result | None
    best5: Fraction
    bonus: Fraction
    side_totals: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        return self.best5 + self.bonus


def exact_score(formula: Formula, bonus: BonusRule, results: Sequence[Result]) -> Score:
    """The best any assignment of the results to the slots and the bonus can reach."""
    scored = sorted(
        (result for result in results if result.score > 0),
        key=lambda result: (-result.score, _position(result)),
    )
    sides = [
        _best_of_side(number, slots, formula, bonus, scored)
        for number, slots in enumerate(formula.alternatives, 1)
    ]
    best = max(sides, key=lambda side: (side.total, side.best5))
    return replace(best, side_totals=tuple(side.total for side in sides))


def _position(result: Result) -> int:
    positions = declared_positions()
    return positions[result.subject] if result.subject in positions else len(positions)


def _best_of_side(
    number: int, slots: tuple[Slot, ...], formula: Formula, bonus: BonusRule, scored: list[Result]
) -> Score:
    own = {result.subject: result for result in scored if result.category == "A"}
    fixed = [
        Placement(own[subject], position, slot.role, weight, weight)
        for position, slot in enumerate(slots, 1)
        if slot.role == "fixed"
        for subject, weight in slot.weights
        if subject in own
    ]
    fixed_subjects = {slot.weights[0][0] for slot in slots if slot.role == "fixed"}
    electives = [
        result
        for result in scored
        if (result.category == "A" and result.subject not in fixed_subjects)
        or (result.category == "C" and formula.category_c_once)
    ]
    unit = bonus.rate * formula.highest_attainable if len(scored) > BEST else Fraction(0)
    bonus_results = [
        result
        for result in scored
        if unit
        and result.category in formula.bonus_categories
        and bonus.earns(result.category, result.score)
        and not (result.category == "A" and result.subject in fixed_subjects)
    ]
    open_slots = [(place, slot) for place, slot in enumerate(slots, 1) if slot.role != "fixed"]
    fixed_points = sum((placement.points for placement in fixed), Fraction(0))

    def score_of(chosen: tuple[Placement, ...]) -> Score:
        counted = _capped(chosen, formula.weighted_elective_cap)
        taken = {placement.result for placement in counted}
        sixth = next((result for result in bonus_results if result not in taken), None)
        best5 = fixed_points + sum((placement.points for placement in counted), Fraction(0))
        extra = unit * sixth.score if sixth else Fraction(0)
        return Score(number, (*fixed, *counted), sixth, best5, extra, ())

    scores = map(score_of, _assignments(open_slots, electives))
    best = max(scores, key=lambda score: (score.total, score.best5))
    return replace(best, placements=tuple(sorted(best.placements, key=lambda p: p.slot)))


def _assignments(
    slots: list[tuple[int, Slot]], electives: list[Result]
) -> Iterator[tuple[Placement, ...]]:
    """Every way to fill the slots, fuller ones first. A Category C subject stands at most once."""
    if not slots:
        yield ()
        return
    (position, slot), *rest = slots
    fitting = [
        Placement(result, position, slot.role, weight, weight)
        for result in electives
        if (weight := slot.weight(result.subject)) is not None
        and (result.category == "A" or slot.role == "other")
    ]
    for taken in range(min(slot.take, len(fitting)), -1, -1):
        for picked in combinations(fitting, taken):
            languages = sum(placement.result.category == "C" for placement in picked)
            if languages > 1:
                continue
            used = {placement.result for placement in picked}
            left = [
                result
                for result in electives
                if result not in used and not (languages and result.category == "C")
            ]
            for more in _assignments(rest, left):
                yield (*picked, *more)


def _capped(placements: tuple[Placement, ...], cap: int | None) -> tuple[Placement, ...]:
    """The placements with at most `cap` weighted ones: those that lose least count x1."""
    weighted = [placement for placement in placements if placement.own_weight > 1]
    if cap is None or len(weighted) <= cap:
        return placements
    weighted.sort(key=lambda p: (p.own_weight - 1) * p.result.score, reverse=True)
    plain = set(weighted[cap:])
    return tuple(
        Placement(p.result, p.slot, p.role, p.own_weight, Fraction(1)) if p in plain else p
        for p in placements
    )
