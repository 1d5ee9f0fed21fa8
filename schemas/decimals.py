"""How exactly figures are printed.

Input: a figure as the warehouse holds it. Output: its decimals. Grain: one figure. Raises nothing.
"""

from __future__ import annotations

from decimal import Decimal


def decimals_of(figure: float) -> int:
    """How many decimals a printed figure has: 2 for 4.12, none for 5.0."""
    return max(0, -int(Decimal(str(figure)).normalize().as_tuple().exponent))
