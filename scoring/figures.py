"""Figures as exact numbers, and shown as the documents show them.

Input: figures as the warehouse holds them. Output: fractions; decimals for show. Grain: one figure.
Raises nothing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def exact(number: float) -> Fraction:
    """A number as printed, not as binary: 4.12 is 412/100."""
    return Fraction(str(number))


def inexact(number: Fraction | None) -> float | None:
    """A number to double precision, for JSON; None stays None."""
    return None if number is None else float(number)


def rounded(number: Fraction, decimals: int = 2) -> Decimal:
    """For show only: two decimals, rounded half up, as the documents do (44.625 is 44.63)."""
    exact_decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return exact_decimal.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def counted(number: int, noun: str) -> str:
    """'1 applicant', '28,000 applicants'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
