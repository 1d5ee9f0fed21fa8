"""The scale of a document's scores: 8.5 points for the highest level, or 7 before that.

Input: figures of 'highest attainable'. Output: the scale. Grain: one document. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

BONUS_FACTOR = Decimal("1.05")
CENT = Decimal("0.01")


def point_scale_of(highest: Iterable[float]) -> float | None:
    """The scale on which figures of 'highest attainable' can arise: 8.5 or 7, None if unclear.

    With bonus each is 1.05 x the scale's top x a sum of weights in quarters, rounded half up.
    """
    figures = [Decimal(str(value)) for value in highest]
    fitting = [
        scale
        for scale in ("8.5", "7")
        if figures and all(_fits(value, Fraction(scale)) for value in figures)
    ]
    return float(fitting[0]) if len(fitting) == 1 else None


def _fits(value: Decimal, top: Fraction) -> bool:
    quarters = Fraction(value) / (top * Fraction("1.05")) * 4
    nearest = round(quarters)
    return with_bonus(top * nearest / 4) == value.quantize(CENT)


def with_bonus(best5: Fraction) -> Decimal:
    """1.05 x the best-5 score, rounded half up to two decimals as score tables print it."""
    exact = Decimal(best5.numerator) / Decimal(best5.denominator) * BONUS_FACTOR
    return exact.quantize(CENT, ROUND_HALF_UP)
