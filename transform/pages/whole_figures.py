"""Figures that a page sets in several blocks, put together: 'HK$', '1.2', 'billion'; '27', '%'.

Input: the lines of a facts section. Output: lines. Grain: one line per figure or text.
Raises: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transform.pages.lines import Line
from transform.pages.quantities import leading_quantity

BEFORE = re.compile(r"(?:US\$|HK\$|HKD|USD|RMB|\$|€|£|>|<|≥|≤|~|≈)")
BEHIND = re.compile(
    r"\+|\+?\s*(?:%|k|mn|m|bn|b|thousand|million|billion|trillion)\s*\+?", re.IGNORECASE
)


def whole_figures(lines: Sequence[Line]) -> list[Line]:
    """The lines, each figure with the signs and units that stand in blocks of their own."""
    whole: list[Line] = []
    for line in lines:
        joined = f"{whole[-1].text} {line.text}" if whole else ""
        is_part = bool(whole) and (
            BEHIND.fullmatch(line.text) is not None or BEFORE.fullmatch(whole[-1].text) is not None
        )
        found = leading_quantity(joined) if is_part else None
        if found and not found[1]:
            whole[-1] = Line(replace(whole[-1].block, text=joined))
        else:
            whole.append(line)
    return whole
