"""What a page's content stream paints, in painting order.

Input: a pdfminer page. Output: raw `Char`s, `Rule`s, `Fill`s, `Image`s (`extract.page.marks`).
Grain: one object per painted mark; a stroked rectangle gives four rules.
Raises: `DocumentRefused` for absurd counts; whatever pdfminer raises on a broken stream.

pdfminer's interpreter does the reading. Its layout device is replaced: it keeps neither the text
render mode nor clips, layers and transparency, and building its objects and pdfplumber's
dictionaries from them costs more than reading the stream. Coordinates are pdfplumber's to the last
bit (tests/unit/test_page_objects_crosscheck.py holds both against each other).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from pdfminer.pdfinterp import PDFGraphicState
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import apply_matrix_rect

from extract.page.canvas import State
from extract.page.inks import color_of
from extract.page.marks import PATTERN, Box, Color, Fill, Image, Rule
from extract.page.painted_text import TextPainter
from extract.page.shapes import ring_of, shape_of, subpaths

# A filled rectangle up to this thick is a rule if it is so many times longer, else a dot. The
# longest mark that is no rule is the edge of a QR code's finder pattern: 7 modules by 1.
THICKNESS_MAX = 3.0
SLENDERNESS_MIN = 7.5
# Matrices and paths come with rounding noise of a few thousandths of a point.
STRAIGHT = 0.05


class Painter(TextPainter):
    """Takes what the interpreter executes and notes the marks: text, paths, images."""

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[Any],
    ) -> None:
        """Note a painted path; a rectangle comes as ('re', x, y, width, height)."""
        state = cast(State, graphicstate)
        shapes = [shape_of(self.ctm, subpath) for subpath in subpaths(path)]
        if fill:
            color = color_of(state.ncolor, state.ncs)
            if bars := ring_of(shapes, evenodd):
                for corners in bars:
                    self._fill(self.box(*corners), color, state, True)
            else:
                for shape in shapes:
                    if shape.area:
                        self._fill(self.box(*shape.bound), color, state, shape.rectangular)
        if stroke:
            color = color_of(state.scolor, state.scs)
            for shape in shapes:
                for (x0, y0), (x1, y1) in shape.segments:
                    self._stroke(x0, y0, x1, y1, color, state, len(shape.segments) > 1)

    def _fill(self, box: Box, color: Color, state: State, rectangular: bool) -> None:
        if state.clip is not None:
            box = box.overlap(state.clip)
            if box.x1 <= box.x0 or box.bottom <= box.top:
                return
        hidden = self.hidden(box, state, state.fill_alpha)
        order = self.next_order()
        width, height = box.x1 - box.x0, box.bottom - box.top
        thickness, length = min(width, height), max(width, height)
        slender = length >= max(SLENDERNESS_MIN * thickness, THICKNESS_MAX)
        if rectangular and thickness <= THICKNESS_MAX and slender:
            across = width >= height
            middle = (box.top + box.bottom) / 2 if across else (box.x0 + box.x1) / 2
            start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
            self.painted.rules.append(
                Rule(across, middle, start, end, thickness, color, "fill", order, hidden)
            )
            return
        opaque = state.opaque and color != PATTERN
        made = Fill(*box, color, order, rectangular, opaque, hidden)
        (self.painted.dots if thickness <= THICKNESS_MAX else self.painted.fills).append(made)

    def _stroke(
        self, x0: float, y0: float, x1: float, y1: float, color: Color, state: State, edge: bool
    ) -> None:
        across = abs(y1 - y0) <= STRAIGHT
        if not across and abs(x1 - x0) > STRAIGHT:
            return  # slanted: separates nothing
        box = self.box(x0, y0, x1, y1)
        hidden = self.hidden(box, state, state.stroke_alpha)
        if state.clip is not None and not hidden:
            box = box.overlap(state.clip)
        start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
        if end - start <= STRAIGHT:
            return
        middle = (box.top + box.bottom) / 2 if across else (box.x0 + box.x1) / 2
        order = self.next_order()
        rule = Rule(across, middle, start, end, state.linewidth, color, "line", order, hidden)
        if edge:
            rule.drawn = "edge"
        self.painted.rules.append(rule)

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Note an image: it fills the unit square."""
        box = self.box(*apply_matrix_rect(self.ctm, (0, 0, 1, 1)))
        state = self.state
        if state.clip is not None:
            box = box.overlap(state.clip)
        if box.x1 <= box.x0 or box.bottom <= box.top or self.hidden(box, state, state.fill_alpha):
            return
        masked = any(stream.get_any((key,)) for key in ("SMask", "Mask", "ImageMask", "IM"))
        opaque = not masked and state.opaque
        self.painted.images.append(Image(*box, self.next_order(), opaque))
