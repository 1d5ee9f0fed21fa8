"""How the vectorised scorer numbers results: one code for a subject of Category A and its score.

Input: nothing. Output: `Codes`. Raises `ValueError` for a subject or score it was not made for.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product


@dataclass(frozen=True)
class Codes:
    """How results are numbered. `scores[0]` is 0: nothing there."""

    subjects: tuple[str, ...]
    scores: tuple[Fraction, ...]

    def code(self, subject: str, score: Fraction) -> int:
        """The code of a Category A result: from 0, subject by subject."""
        return self.subjects.index(subject) * len(self.scores) + self.scores.index(score)

    def all(self) -> list[tuple[str, Fraction]]:
        """(subject, score) of every code in order."""
        return list(product(self.subjects, self.scores))
