"""A formula as rows of the table `weightings`, and the most it can yield.

Input: a `Formula`. Output: rows as dicts, a Fraction. Grain of the rows: one subject of one slot
of one alternative. Raises nothing.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from schemas.names import MODULES
from schemas.subjects import ANY_OTHER
from transform.formulae.tree import Formula, Slot

FULL_MARK_SCORE = Fraction("8.5")  # what 5** converts to


def weighting_rows(formula: Formula, edition: int, jupas_code: str) -> list[dict[str, object]]:
    """Rows of `weightings`: edition, jupas_code, alternative, slot, subject, role, take, weight."""
    return [
        {
            "edition": edition,
            "jupas_code": jupas_code,
            "alternative": alternative,
            "slot": position,
            "subject": subject,
            "role": slot.role,
            "take": slot.take,
            "weight": float(weight),
        }
        for alternative, slots in enumerate(formula.alternatives, 1)
        for position, slot in enumerate(slots, 1)
        for subject, weight in slot.weights
    ]


def highest_attainable(formula: Formula, full_mark_score: Fraction = FULL_MARK_SCORE) -> Fraction:
    """Best-5 score, without bonus, of one who has every subject at full marks but only M1 or M2."""
    cap = formula.weighted_elective_cap
    return full_mark_score * max(_best_weights(slots, cap) for slots in formula.alternatives)


def _best_weights(slots: tuple[Slot, ...], cap: int | None) -> Fraction:
    fixed = [slot for slot in slots if slot.role == "fixed"]
    chosen = [slot for slot in slots if slot.role != "fixed"]
    used = frozenset(slot.subjects[0] for slot in fixed)
    electives = max(_capped(weights, cap) for weights in _choices(chosen, used))
    return sum((slot.weights[0][1] for slot in fixed), Fraction(0)) + electives


def _choices(slots: list[Slot], used: frozenset[str]) -> list[tuple[Fraction, ...]]:
    """Weights of every way to fill the slots. The subjects that `*` stands for never run out."""
    if not slots:
        return [()]
    slot, *rest = slots
    weights = dict(slot.weights)
    named = [name for name in slot.subjects if name != ANY_OTHER and name not in used]
    any_other = (weights[ANY_OTHER],) * slot.take if slot.role == "other" else ()
    return [
        (*(weights[name] for name in picked), *any_other[len(picked) :], *more)
        for taken in range(slot.take + 1)
        for picked in combinations(named, taken)
        if not used.union(picked).issuperset(MODULES)
        for more in _choices(rest, used.union(picked))
    ]


def _capped(weights: tuple[Fraction, ...], cap: int | None) -> Fraction:
    """Sum of the weights of the chosen electives; beyond the cap a weighted one counts x1."""
    weighted = sorted((weight for weight in weights if weight > 1), reverse=True)
    plain = [weight for weight in weights if weight <= 1]
    kept = len(weighted) if cap is None else min(cap, len(weighted))
    return sum(weighted[:kept] + plain, Fraction(len(weighted) - kept))
