"""The scale of a document's scores: 8.5 points for the highest level, or 7 before that.

Input: figures of 'highest attainable', the scales that words name. Output: the scale.
Grain: one table. Raises: `LayoutChanged` where words and figures disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from errors import LayoutChanged

SCALES = (8.5, 7.0)
BONUS_FACTOR = Decimal("1.05")
CENT = Decimal("0.01")


def point_scale_of(highest: Iterable[float]) -> float | None:
    """The scale on which figures of 'highest attainable' can arise: 8.5 or 7, None if unclear.

    With bonus each is 1.05 x the scale's top x a sum of weights in quarters, rounded half up.
    """
    figures = list(highest)
    fitting = [scale for scale in SCALES if figures and fitting_share(figures, scale) == 1]
    return fitting[0] if len(fitting) == 1 else None


def fitting_share(highest: Iterable[float], scale: float) -> float:
    """The share of figures of 'highest attainable' that can arise on a scale; 1 where none is."""
    fits = [_fits(Decimal(str(value)), Fraction(str(scale))) for value in highest]
    return sum(fits) / len(fits) if fits else 1.0


def point_scale_by(
    named: Mapping[float, bool], own: Sequence[float], near: Sequence[float], page: int
) -> float | None:
    """The scale by the words of a page and by the highest scores of a table and those near it.

    `named`: False for a scale that only a sentence on a change names. Words and figures are held
    against each other; where the words name two scales, or only a change, the figures decide.
    """
    shown = point_scale_of(own) or point_scale_of(near)
    if not named:
        return shown
    if len(named) == 1 and (scale := min(named)) in SCALES:
        other = max(fitting_share(own, x) for x in SCALES if x != scale)
        if fitting_share(own, scale) >= other and (named[scale] or shown == scale):
            return scale
    elif shown in named:
        return shown
    said = " and ".join(f"{scale:g} points" for scale in sorted(named))
    raise LayoutChanged(
        "cannot tell the scale of a score table",
        page=page,
        text=f"the words name {said}; the highest attainable scores "
        + (f"fit {shown:g} points" if shown else "show neither scale"),
        todo="Look at the page: which scale are its scores on? Words that say it plainly go to "
        "`point_scales` in transform/lookups.toml, those that speak of a change to `changes`",
    )


def _fits(value: Decimal, top: Fraction) -> bool:
    quarters = Fraction(value) / (top * Fraction("1.05")) * 4
    nearest = round(quarters)
    return with_bonus(top * nearest / 4) == value.quantize(CENT)


def with_bonus(best5: Fraction) -> Decimal:
    """1.05 x the best-5 score, rounded half up to two decimals as score tables print it."""
    exact = Decimal(best5.numerator) / Decimal(best5.denominator) * BONUS_FACTOR
    return exact.quantize(CENT, ROUND_HALF_UP)
