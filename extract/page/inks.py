"""A PDF's colours, in whatever space, as '#rrggbb'.

Input: colour values and colour spaces as pdfminer holds them. Output: `Color`.
Raises: nothing; a colour that one value can't tell (pattern, palette, sampled ink) is PATTERN.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.psparser import literal_name

from extract.page.marks import PATTERN, WHITE, Color


class SpotInk(PDFColorSpace):
    """A Separation or one-ink DeviceN space, with the two ends of its linear tint function."""

    def __init__(self, ink: str, bare: Color, full: Color) -> None:
        super().__init__("Spot", 1)
        self.ink, self.bare, self.full = ink, bare, full


def spot_ink(spec: Sequence[Any]) -> SpotInk | None:
    """The spot ink of `[/Separation name alternate function]`; None for any other space."""
    if len(spec) < 4 or literal_name(resolve1(spec[0])) != "Separation":
        return None
    ink = literal_name(resolve1(spec[1]))
    function = resolve1(spec[3])
    if isinstance(function, dict) and resolve1(function.get("FunctionType")) == 2:
        ends = [
            color_of(tuple(float(resolve1(v)) for v in list_value(function.get(key, [default]))))
            for key, default in (("C0", 0), ("C1", 1))
        ]
        return SpotInk(ink, ends[0], ends[1])
    return SpotInk(ink, WHITE, "#000000" if ink in ("Black", "All") else PATTERN)


@lru_cache(maxsize=4096)
def color_of(value: Any, space: PDFColorSpace | None = None) -> Color:
    """'#rrggbb' of a grey level, RGB or CMYK tuple or spot tint; PATTERN for anything else."""
    if isinstance(value, (int, float)):
        value = (value,)
    if not isinstance(value, tuple) or not all(isinstance(v, (int, float)) for v in value):
        return PATTERN
    parts = [min(1.0, max(0.0, v)) for v in value]
    if isinstance(space, SpotInk):
        return _tint(space, parts[0])
    if space is not None and space.name in ("Separation", "DeviceN", "Indexed", "Lab", "Pattern"):
        return PATTERN
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    elif len(parts) == 1:
        parts *= 3
    elif len(parts) != 3:
        return PATTERN
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def channels(color: Color) -> tuple[int, int, int] | None:
    """Red, green, blue from 0 to 255; None for PATTERN."""
    if color == PATTERN:
        return None
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=4096)
def alike(one: Color, other: Color, tolerance: int) -> bool:
    """Whether an eye can't tell the two apart. PATTERN is like nothing."""
    if one == other:
        return one != PATTERN
    a, b = channels(one), channels(other)
    if a is None or b is None:
        return False
    return max(abs(p - q) for p, q in zip(a, b, strict=True)) <= tolerance


def _tint(ink: SpotInk, tint: float) -> Color:
    bare, full = channels(ink.bare), channels(ink.full)
    if bare is None or full is None:
        return ink.bare if tint == 0 else PATTERN
    mixed = (round(p + tint * (q - p)) for p, q in zip(bare, full, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
