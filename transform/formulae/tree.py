"""The formula of one programme as data: alternatives -> slots -> subjects with their weights.

Input: what the parser read. Output: frozen, hashable values, equal exactly when they score alike
slot by slot: subjects stand in declared order, remarks without meaning for the score don't count.
Grain: one `Formula` a programme and edition. Raises `UnknownValue` for a tree that no rule covers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from errors import UnknownValue
from schemas.subjects import ANY_OTHER, declared_positions

Role = Literal["fixed", "best_from", "other"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the sum: `take` subjects out of those weighted here.

    fixed: one subject that always counts. best_from: subjects of the list only.
    other: any Category A subject; `*` is the weight of those without one of their own.
    """

    role: Role
    take: int
    weights: tuple[tuple[str, Fraction], ...]

    def __post_init__(self) -> None:
        position = declared_positions()
        ordered = tuple(sorted(self.weights, key=lambda entry: position[entry[0]]))
        object.__setattr__(self, "weights", ordered)
        names = self.subjects
        if len(set(names)) < len(names):
            raise UnknownValue("a subject is weighted twice in one slot", text=" / ".join(names))
        if any(weight <= 0 for _, weight in self.weights):
            raise UnknownValue("a weight must be above 0", text=" / ".join(names))
        if (ANY_OTHER in names) != (self.role == "other"):
            raise UnknownValue("only an 'other subjects' slot takes any subject", text=self.role)
        if self.role == "fixed" and (self.take, len(names)) != (1, 1):
            raise UnknownValue("a fixed slot takes one subject", text=" / ".join(names))
        if self.take < 1 or (self.role == "best_from" and self.take > len(names)):
            raise UnknownValue(f"a slot can't take {self.take} of these", text=" / ".join(names))

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.weights)


@dataclass(frozen=True, slots=True)
class Formula:
    """A programme's best-5 formula. The alternatives are the sides of 'Better of ... OR ...'.

    weighted_elective_cap : how many electives may count with a weight above 1, None for any number.
    category_c_once : whether one Category C subject may stand among the best five.
    notes : remarks printed with the formula that don't bear on the score, as printed.
    """

    alternatives: tuple[tuple[Slot, ...], ...]
    weighted_elective_cap: int | None = None
    category_c_once: bool = False
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        for slots in self.alternatives:
            fixed = [slot.subjects[0] for slot in slots if slot.role == "fixed"]
            if len(set(fixed)) < len(fixed):
                raise UnknownValue("a fixed subject is counted twice", text=" + ".join(fixed))
        if not self.alternatives or not all(self.alternatives):
            raise UnknownValue("a formula without subjects")
