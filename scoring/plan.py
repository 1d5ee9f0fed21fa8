"""Rules compiled into integer tables for the vectorised scorer.

Input: `Rules`. Output: a `Plan`, picklable, without any applicant in it. Raises nothing.

A result of Category A becomes one code, subject index x scores + score index; of Category B and C
only the score index counts. A formula becomes lookup tables by code and a small dynamic programme
over slot capacities (see `totals.py`). Points are integers in units of 1/`unit`, so that sums are
exact; one number carries (total, best 5): total << shift | best 5. Its maximum is the highest total
and among equal totals the highest best 5, as in `exact.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from schemas.subjects import ANY_OTHER, subjects
from scoring.codes import Codes
from scoring.eligibility import CORE
from scoring.requirement_tables import RequirementTables, requirement_tables
from scoring.ruleset import BonusRule, Formula, Rules, Slot

Table = NDArray[np.signedinteger]  # int32, or int64 where sums need it
Step = tuple[tuple[int, ...], Table]  # capacities a choice uses up, its value by code
WEIGHTED, LANGUAGE, BONUS = -3, -2, -1  # places among the capacities, behind the open slots


@dataclass(frozen=True)
class SidePlan:
    """One alternative. `capacities`: of the open slots, weighted electives, Category C, the bonus.

    fixed : value tables by subject. steps : by category, what a result may be used for besides the
    bonus. bonus : the step of the bonus by category, of those that the programme accepts.
    """

    fixed: dict[str, Table]
    capacities: tuple[int, ...]
    steps: dict[str, list[Step]]
    bonus: dict[str, Step]


@dataclass(frozen=True)
class FormulaPlan:
    """One formula. Points are integers in 1/`unit`; `shift`: bits of the best 5 below the total."""

    unit: int
    shift: int
    dtype: type[np.int32] | type[np.int64]
    sides: tuple[SidePlan, ...]


@dataclass(frozen=True)
class Plan:
    """All an edition's programmes. `formula_of` and `minimums_of`: each one's index into the
    distinct formulas and the distinct minimum requirements."""

    rules: Rules
    codes: Codes
    dedicated: tuple[str, ...]
    formulas: tuple[FormulaPlan, ...]
    formula_of: tuple[int, ...]
    requirements: RequirementTables
    minimums_of: tuple[int, ...]


def plan_of(rules: Rules) -> Plan:
    """The plan of an edition: one computation per distinct formula."""
    names = tuple(s.name for s in subjects().values() if s.category == "A" and s.scored)
    scores = {score for levels in rules.levels.scales.values() for score in levels.values()}
    codes = Codes(names, tuple(sorted(scores | {Fraction(0)})))
    distinct = list(dict.fromkeys(programme.formula for programme in rules.programmes))
    sides = [side for formula in distinct for side in formula.alternatives]
    fixed = {slot.weights[0][0] for side in sides for slot in side if slot.role == "fixed"}
    minimums = list(dict.fromkeys(programme.minimums for programme in rules.programmes))
    return Plan(
        rules,
        codes,
        tuple(name for name in names if name in fixed | set(CORE.values())),
        tuple(_formula_plan(formula, rules, codes) for formula in distinct),
        tuple(distinct.index(programme.formula) for programme in rules.programmes),
        requirement_tables(minimums, codes),
        tuple(minimums.index(programme.minimums) for programme in rules.programmes),
    )


def _formula_plan(formula: Formula, rules: Rules, codes: Codes) -> FormulaPlan:
    weights = {w for side in formula.alternatives for slot in side for _, w in slot.weights}
    rate = rules.bonus.rate * formula.highest_attainable
    factors = (*weights, rate, Fraction(1))
    unit = lcm(*(f.denominator for f in factors)) * lcm(*(s.denominator for s in codes.scores))
    most = max(
        sum(slot.take * max(w for _, w in slot.weights) for slot in side)
        for side in formula.alternatives
    )
    highest = int((most + rate) * codes.scores[-1] * unit) + 1
    shift = highest.bit_length()
    dtype = np.int32 if (highest << shift) + highest < 2**31 else np.int64
    builder = _SideBuilder(formula, rules.bonus, codes, unit, shift, dtype)
    return FormulaPlan(unit, shift, dtype, tuple(map(builder.side, formula.alternatives)))


@dataclass(frozen=True)
class _SideBuilder:
    formula: Formula
    bonus: BonusRule
    codes: Codes
    unit: int
    shift: int
    dtype: type[np.int32] | type[np.int64]

    def side(self, slots: tuple[Slot, ...]) -> SidePlan:
        fixed = {
            slot.weights[0][0]: self._points([slot.weights[0][1]] * len(self.codes.subjects))
            for slot in slots
            if slot.role == "fixed"
        }
        open_slots = [slot for slot in slots if slot.role != "fixed"]
        cap, language_once = self.formula.weighted_elective_cap, self.formula.category_c_once
        capacities = (*(slot.take for slot in open_slots), cap or 0, int(language_once), 1)

        def uses(*places: int) -> tuple[int, ...]:
            used = [0] * len(capacities)
            for place in places:
                used[place] = 1
            return tuple(used)

        steps: dict[str, list[Step]] = {"A": [], "B": [], "C": []}
        for place, slot in enumerate(open_slots):
            weights = [slot.weight(subject) or Fraction(0) for subject in self.codes.subjects]
            if cap is None:
                steps["A"].append((uses(place), self._points(weights)))
            else:
                plain = [min(weight, Fraction(1)) for weight in weights]
                steps["A"].append((uses(place), self._points(plain)))
                steps["A"].append((uses(place, WEIGHTED), self._points(weights)))
            if slot.role == "other" and language_once:
                weight = slot.weight(ANY_OTHER) or Fraction(0)
                steps["C"].append((uses(place, LANGUAGE), self._points([min(weight, Fraction(1))])))
                if weight > 1:
                    places = (place, LANGUAGE) if cap is None else (place, LANGUAGE, WEIGHTED)
                    steps["C"].append((uses(*places), self._points([weight])))
        bonus = {
            category: (uses(BONUS), self._bonus_points(category))
            for category in self.formula.bonus_categories
        }
        return SidePlan(fixed, capacities, steps, bonus)

    def _bonus_points(self, category: str) -> Table:
        """Encoded bonus of every code of a category: it counts in the total alone."""
        rate = self.bonus.rate * self.formula.highest_attainable
        earned = [
            rate * score if self.bonus.earns(category, score) else Fraction(0)
            for score in self.codes.scores
        ]
        units = np.array([int(points * self.unit) << self.shift for points in earned], self.dtype)
        return np.tile(units, len(self.codes.subjects) if category == "A" else 1)

    def _points(self, weights: list[Fraction]) -> Table:
        """Encoded points of every code, for subjects with these weights: total and best 5 alike."""
        by_weight = {
            weight: [int(weight * score * self.unit) for score in self.codes.scores]
            for weight in set(weights)
        }
        both = [(unit << self.shift) + unit for weight in weights for unit in by_weight[weight]]
        return np.array(both, dtype=self.dtype)
