"""The rules of one edition as values: slots, formulae, minimums, bonus.

Input: nothing; `scoring.rules` makes them from a release. Output: frozen, picklable dataclasses.
Grain: one `Programme` a JUPAS code. Raises `UnknownValue` for a programme that isn't there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from errors import UnknownValue
from schemas.subjects import ANY_OTHER
from scoring.levels import LevelTable


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the sum that takes `take` subjects. Weights by subject; `*` is any other."""

    role: str
    take: int
    weights: tuple[tuple[str, Fraction], ...]

    def weight(self, subject: str) -> Fraction | None:
        """Weight of a subject in this slot, None where it can't stand here."""
        by_subject = dict(self.weights)
        if subject in by_subject:
            return by_subject[subject]
        return by_subject[ANY_OTHER] if self.role == "other" else None


@dataclass(frozen=True, slots=True)
class Formula:
    """All that decides a score. Programmes with equal formulae score alike."""

    alternatives: tuple[tuple[Slot, ...], ...]
    weighted_elective_cap: int | None
    category_c_once: bool
    bonus_categories: str
    highest_attainable: Fraction


@dataclass(frozen=True, slots=True)
class BonusRule:
    """Bonus = score x rate x highest attainable, for scores from `minimum` of the category on."""

    rate: Fraction
    minimum: Mapping[str, Fraction]

    def earns(self, category: str, score: Fraction) -> bool:
        """Whether a sixth subject of this category and score gets a bonus."""
        return category in self.minimum and score >= self.minimum[category]


NO_BONUS = BonusRule(Fraction(0), {})


@dataclass(frozen=True, slots=True)
class Minimums:
    """Minimum levels, as scores of the Category A scale; `printed` keeps the levels' own words."""

    english: Fraction
    chinese: Fraction
    mathematics: Fraction
    elective_1: Fraction
    elective_2: Fraction
    category_c_accepted: bool
    printed: tuple[tuple[str, str], ...]
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """One choice: its formula, the same in canonical form, its minimum levels."""

    jupas_code: str
    formula: Formula
    canonical: str
    minimums: Minimums


@dataclass(frozen=True)
class Rules:
    """One edition. `unscorable`: programmes whose rules aren't printed in full, and why."""

    edition: int
    levels: LevelTable
    bonus: BonusRule
    programmes: tuple[Programme, ...]
    unscorable: Mapping[str, str] = field(default_factory=dict)

    def programme(self, jupas_code: str) -> Programme:
        """One programme. Raises `UnknownValue` for one that is not there or cannot be scored."""
        for programme in self.programmes:
            if programme.jupas_code == jupas_code:
                return programme
        if jupas_code in self.unscorable:
            raise UnknownValue(self.unscorable[jupas_code], text=jupas_code)
        raise UnknownValue(f"no such programme in {self.edition}", text=jupas_code)
