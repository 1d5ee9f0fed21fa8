"""The score by its rules and nothing else: every assignment is tried, nothing is clever.

Written from the scoring rules alone, without a look at `scoring/`, to judge it. A formula comes as
plain values: (alternatives, cap, category_c_once, bonus_categories, highest attainable); an
alternative is a list of (role, take, {subject: weight}); results are (category, subject, score).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

FULL_MARK = Fraction("8.5")
FIVE_PERCENT = Fraction(5, 100)


def brute_force(formula, results):
    """(total, best 5): the highest total, of those the highest best 5."""
    alternatives, _, category_c_once, _, _ = formula
    scored = [result for result in results if result[2] > 0]
    best = (Fraction(0), Fraction(0))
    for slots in alternatives:
        fixed = {subject for role, _, weights in slots if role == "fixed" for subject in weights}
        places = [(role, weights) for role, take, weights in slots for _ in range(take)]
        may_stand = [
            [None, *(r for r in scored if may_fill(role, weights, fixed, category_c_once, r))]
            for role, weights in places
        ]
        for chosen in product(*may_stand):
            filled = [result for result in chosen if result is not None]
            if len({subject for _, subject, _ in filled}) < len(filled):
                continue  # a subject in two places
            if sum(category == "C" for category, _, _ in filled) > 1:
                continue
            best = max(best, total_and_best5(formula, places, chosen, scored, fixed))
    return best


def may_fill(role, weights, fixed, category_c_once, result):
    category, subject, _ = result
    if role == "fixed":
        return category == "A" and subject in weights
    if category == "A" and subject in fixed:
        return False
    if category == "A":
        return role == "other" or subject in weights
    return category == "C" and role == "other" and category_c_once


def total_and_best5(formula, places, chosen, scored, fixed):
    _, cap, _, bonus_categories, highest = formula
    best5 = Fraction(0)
    extras = []  # what the weights of electives add to their scores
    for (role, weights), result in zip(places, chosen, strict=True):
        if result is None:
            continue
        _, subject, score = result
        weight = weights[subject] if subject in weights else weights["*"]
        if role == "fixed" or weight <= 1:
            best5 += weight * score
        else:
            best5 += score
            extras.append((weight - 1) * score)
    best5 += sum(sorted(extras, reverse=True)[: len(extras) if cap is None else cap])
    bonus = Fraction(0)
    if len(scored) >= 6:
        for result in scored:
            category, subject, score = result
            counted = result in chosen or (category == "A" and subject in fixed)
            if not counted and category in bonus_categories and score >= 3:
                bonus = max(bonus, score / FULL_MARK * FIVE_PERCENT * highest)
    return best5 + bonus, best5
