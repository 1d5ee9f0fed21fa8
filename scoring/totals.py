"""Best totals of many applicants at once: a dynamic programme over slot capacities.

Input: a `FormulaPlan` and the applicants' results as codes. Output: total and best 5 of each, as
integers in the plan's unit. Grain: one number an applicant. Raises nothing.

State: how much of every capacity may be used; value: the best encoded sum under it. Each result in
turn is skipped or used in one of the ways that `SidePlan` lists, so after the last one the state of
full capacities holds the maximum over all assignments of results to slots and bonus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scoring.plan import FormulaPlan, Plan, SidePlan

Indices = NDArray[np.intp]
State = tuple[int, ...]
CHUNK_APPLICANTS = 16384  # the states of a chunk stay in the processor's cache


@dataclass(frozen=True)
class Results:
    """Results of n applicants as codes; 0 is none. Electives, languages: (positions, n), best first
    for languages; applied: the best Category B score; six: whether six scored subjects exist."""

    dedicated: dict[str, Indices]
    electives: Indices
    languages: Indices
    applied: Indices
    six: NDArray[np.bool_]
    citizenship: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.six)

    def part(self, rows: Indices | NDArray[np.bool_]) -> Results:
        """The results of some of the applicants."""
        return Results(
            {name: codes[rows] for name, codes in self.dedicated.items()},
            self.electives[:, rows],
            self.languages[:, rows],
            self.applied[rows],
            self.six[rows],
            self.citizenship[rows],
        )


def best_scores(plan: Plan, results: Results) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Total and best 5 of every applicant under every distinct formula. Shapes: (formulas, n)."""
    totals = np.empty((len(plan.formulas), len(results)))
    best5 = np.empty_like(totals)
    alike = _order_by_extent(results)
    for start in range(0, len(results), CHUNK_APPLICANTS):
        rows = alike[start : start + CHUNK_APPLICANTS]
        part = results.part(rows)
        for row, formula in enumerate(plan.formulas):
            encoded = encoded_totals(formula, part)
            totals[row, rows] = (encoded >> formula.shift) / formula.unit
            best5[row, rows] = (encoded & ((1 << formula.shift) - 1)) / formula.unit
    return totals, best5


def _order_by_extent(results: Results) -> Indices:
    """Applicants with equally many results next to each other: their chunks have no empty steps."""
    electives = (results.electives != 0).sum(axis=0)
    languages = (results.languages != 0).sum(axis=0)
    return np.lexsort((electives, results.applied != 0, languages))


def encoded_totals(formula: FormulaPlan, results: Results) -> NDArray[np.signedinteger]:
    """total << shift | best 5 of every applicant: the better of the alternatives."""
    sides = [_side_totals(side, formula, results) for side in formula.sides]
    best = sides[0]
    for other in sides[1:]:
        np.maximum(best, other, out=best)
    return best


def _side_totals(
    side: SidePlan, formula: FormulaPlan, results: Results
) -> NDArray[np.signedinteger]:
    count = len(results)
    full = _reachable(side.capacities)
    turns = list(_steps_of_results(side, results))
    uses_of_turns = tuple(tuple(uses for uses, _ in steps) for steps in turns)
    values: defaultdict[State, NDArray[np.signedinteger]] = defaultdict(
        lambda: np.zeros(count, dtype=formula.dtype)
    )
    spare = np.empty(count, dtype=formula.dtype)
    for steps, states in zip(turns, _needed_states(full, uses_of_turns), strict=True):
        for state in states:  # from full to empty: those below still lack this result
            for uses, points in steps:
                below = _below(state, uses)
                if below is not None:
                    np.add(values[below], points, out=spare)
                    np.maximum(values[state], spare, out=values[state])
    best = values[full]
    for subject, points in side.fixed.items():
        best += points.take(results.dedicated[subject])
    return best


@cache
def _needed_states(
    full: State, uses_of_turns: tuple[tuple[State, ...], ...]
) -> tuple[tuple[State, ...], ...]:
    """By turn, the states that a later turn or the answer looks at; fullest first."""
    needed = {full}
    turns = []
    for uses in reversed(uses_of_turns):
        turns.append(tuple(sorted(needed, reverse=True)))
        below = (_below(state, used) for state in needed for used in uses)
        needed = needed | {state for state in below if state is not None}
    return tuple(reversed(turns))


def _reachable(state: State) -> State:
    """The same state without capacity that can't be used: each weighted elective needs a slot."""
    *slots, weighted, language, bonus = state
    return (*slots, min(weighted, sum(slots)), min(language, sum(slots)), bonus)


@cache
def _below(state: State, uses: State) -> State | None:
    """The state left after a use, None where a capacity doesn't suffice."""
    left = tuple(have - use for have, use in zip(state, uses, strict=True))
    return None if min(left) < 0 else _reachable(left)


def _steps_of_results(
    side: SidePlan, results: Results
) -> Iterator[list[tuple[State, NDArray[np.signedinteger]]]]:
    """For each result of the applicants in turn: what it may be used for, and its points there."""
    free = [codes for name, codes in results.dedicated.items() if name not in side.fixed]
    for codes in (*free, *(codes for codes in results.electives if codes.any())):
        yield _taken(side, "A", codes, results.six)
    for codes in results.languages[: 2 if side.steps["C"] else 1]:
        if codes.any():
            yield _taken(side, "C", codes, results.six)
    if results.applied.any():
        yield _taken(side, "B", results.applied, results.six)


def _taken(
    side: SidePlan, category: str, codes: Indices, six: NDArray[np.bool_]
) -> list[tuple[State, NDArray[np.signedinteger]]]:
    taken = [(uses, table.take(codes)) for uses, table in side.steps[category]]
    if category in side.bonus:
        uses, table = side.bonus[category]
        taken.append((uses, table.take(codes) * six))
    return taken
