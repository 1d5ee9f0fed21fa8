"""Type: runs of text in one style, the faces they are set in, their widths.

Input: text and style. Output: faced segments and widths. Grain: one run. Raises nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import reportlab
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.typeset.layout import RGB

BLACK: RGB = (0.1, 0.1, 0.1)
WHITE: RGB = (1.0, 1.0, 1.0)
BOX: RGB = (0.0, 0.355, 0.654)
FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}
# marks.ttf: five polygons of our own (1 KB, built with fontTools), for signs no base font has.
MARKS_FACE = "FootnoteMarks"
MARKS = "▲△◆∆◊"
LEADING = 1.22
ASCENT = 0.74


@dataclass(frozen=True)
class Run:
    """A piece of text in one style. '\\n' breaks the line. `raised` is a footnote mark,
    `disc` a white digit in a black disc, `boxed` white on a coloured box."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    disc: bool = False
    boxed: bool = False
    scale: float = 1.0
    color: RGB = BLACK


@dataclass(frozen=True)
class Piece:
    """A part of a run that stands on one line, with its width; `run` is its style."""

    run: Run
    text: str
    width: float


@cache
def register_faces() -> None:
    rl_config.useA85 = 0  # plain Flate streams, as InDesign writes them
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in FACES["Vera"]:
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFont(TTFont(MARKS_FACE, Path(__file__).with_name("marks.ttf")))


@cache
def faced(text: str, face: str) -> list[tuple[str, str]]:
    """(face, text) segments: signs that the text face lacks come from the marks' own."""
    segments = [segment for segment in re.split(f"([{MARKS}]+)", text) if segment]
    return [(MARKS_FACE if s[0] in MARKS else face, s) for s in segments]


@cache
def width_at_1(text: str, face: str) -> float:
    return float(sum(pdfmetrics.stringWidth(s, name, 1) for name, s in faced(text, face)))
