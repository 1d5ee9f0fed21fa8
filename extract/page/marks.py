"""What stands on one page: characters, rules, fills and images, as plain light objects.

Input: nothing; these are the types that `extract.page.objects` fills and the table engine reads.
Output: `Char`, `Rule`, `Fill`, `Image` and the `PageObjects` that holds a page's.
Grain: one object per painted mark.
Raises: nothing.

Units: PDF points (1/72 inch), origin at the page's top left corner as a viewer turns it, `top` and
`bottom` grow downwards. Coordinates count from the MediaBox, as pdfplumber's do, not the CropBox.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# '#rrggbb', or PATTERN where a pattern, shading or palette makes one colour unknowable.
Color = str
PATTERN: Color = "pattern"
WHITE: Color = "#ffffff"


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point stands in the box, its edges included."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def overlap(self, other: Box) -> Box:
        """The common part; where there is none, a box with x1 < x0 or bottom < top."""
        return Box(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )


@dataclass(slots=True)
class Char:
    """One glyph. `text` has one character, or several for an expanded ligature (ﬁ -> fi)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float  # of the font, matrix applied
    font: str
    bold: bool
    color: Color
    angle: int  # degrees the text is turned counter-clockwise: 0, 90 (reads upwards), 180, 270
    baseline: float  # y of the baseline for angles 0 and 180, its x for 90 and 270
    order: int  # place in the page's painting order
    unreadable: str = ""  # why `text` can't be trusted: no Unicode, overprinted, mirrored
    hidden: str = ""  # why a reader of the page doesn't see it

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Rule:
    """A horizontal or vertical segment, whatever it was drawn with."""

    horizontal: bool
    position: float  # y of a horizontal rule, x of a vertical one: its centre line
    start: float
    end: float
    thickness: float
    color: Color
    drawn: str  # 'line', 'edge' (of a stroked rectangle), 'fill' (a thin filled rectangle)
    order: int
    hidden: str = ""

    @property
    def box(self) -> Box:
        half = self.thickness / 2
        if self.horizontal:
            return Box(self.start, self.position - half, self.end, self.position + half)
        return Box(self.position - half, self.start, self.position + half, self.end)


@dataclass(slots=True)
class Fill:
    """A filled area bigger than a rule; `rectangular` is False where the box is only its bound."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: Color
    order: int
    rectangular: bool = True
    opaque: bool = True
    hidden: str = ""

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Image:
    """A picture; `opaque` unless a mask lets through what was painted before it."""

    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    opaque: bool

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class PageObjects:
    """One page. Lists are in painting order and hold what a reader of the page sees.

    `hidden` holds what was filtered out, each with its reason in `.hidden`; `clutter` counts the
    tiny filled squares (QR codes) that are neither rules nor fills.
    """

    number: int  # from 1
    width: float
    height: float
    visible: Box  # CropBox within MediaBox: what a viewer shows
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    hidden: list[Char | Rule | Fill] = field(default_factory=list)
    clutter: int = 0
