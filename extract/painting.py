"""What a page's content stream paints, in painting order.

Input: a pdfminer page. Output: raw `Char`s, `Rule`s, `Fill`s, `Image`s (`extract.page_marks`).
Grain: one object per painted mark; a stroked rectangle gives four rules.
Raises: `DocumentRefused` for absurd counts; whatever pdfminer raises on a broken stream.

pdfminer's interpreter does the reading. Its layout device is replaced: it keeps neither the text
render mode nor clips, layers and transparency, and building its objects and pdfplumber's
dictionaries from them costs more than reading the stream. Coordinates are pdfplumber's to the last
bit (tests/unit/test_page_objects.py holds both against each other).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, apply_matrix_rect, mult_matrix

from errors import DocumentRefused
from extract.inks import color_of
from extract.lettering import Face
from extract.page_marks import PATTERN, Box, Char, Color, Fill, Image, Rule
from extract.shapes import ring_of, shape_of, subpaths

# A filled rectangle up to this thick is a rule if it is so many times longer, else a dot. The
# longest mark that is no rule is the edge of a QR code's finder pattern: 7 modules by 1.
THICKNESS_MAX = 3.0
SLENDERNESS_MIN = 7.5
# Matrices and paths come with rounding noise of a few thousandths of a point.
STRAIGHT = 0.05
ALPHA_SEEN = 0.05
ALPHA_OPAQUE = 0.95
# Far above a brochure page (10,000 marks) or a table of 10,000 cells.
MARKS_MAX = 250_000


class Painted:
    """The raw marks of one page, in painting order. `dots` are too small to be rules or fills."""

    def __init__(self) -> None:
        self.chars: list[Char] = []
        self.rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.images: list[Image] = []
        self.dots: list[Fill] = []


class State(PDFGraphicState):
    """pdfminer's graphics state plus what decides whether a mark is seen."""

    clip: Box | None = None
    fill_alpha = 1.0
    stroke_alpha = 1.0
    blended = False  # mixes with what was painted before
    masked = False  # by a soft mask
    veiled = False  # in a form that is as a whole transparent, blended or masked

    @property
    def opaque(self) -> bool:
        """Whether a fill lets nothing through of what was painted before."""
        mixed = self.blended or self.masked or self.veiled
        return self.fill_alpha > ALPHA_OPAQUE and not mixed

    def copy(self) -> State:
        twin = State.__new__(State)
        twin.__dict__.update(self.__dict__)
        return twin


class Painter(PDFTextDevice):
    """Takes what the interpreter executes and notes the marks, top left origin."""

    ctm: Matrix

    def __init__(self, fonts: PDFResourceManager) -> None:
        super().__init__(fonts)
        self.painted = Painted()
        self.order = 0
        self.forms = 0
        self.layers_off_depth = 0
        self.state = State()  # of the interpreter, when it draws an image
        self._faces: dict[PDFFont, Face] = {}
        self._left = self._height = 0.0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x0, y0, x1, y1 = page.mediabox
        if page.rotate in (90, 270):
            x0, y0, x1, y1 = y0, x0, y1, x1
        # pdfminer shifts the page to (0, 0); pdfplumber shifts it back to the MediaBox's corner.
        self._left, self._height = x0, (y1 - y0) + ((y1 - y0) - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Box between two corners in pdfminer's coordinates (lower left origin)."""
        left, height = self._left, self._height
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        return Box(x0 + left, height - y1, x1 + left, height - y0)

    def _next(self) -> int:
        self.order += 1
        if self.order > MARKS_MAX:
            raise DocumentRefused(f"a page paints more than {MARKS_MAX:,} marks")
        return self.order

    def _hidden(self, box: Box, state: State, alpha: float) -> str:
        if self.layers_off_depth:
            return "in a layer that is switched off"
        if alpha < ALPHA_SEEN:
            return "transparent"
        clip = state.clip
        if clip is not None and not clip.holds((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2):
            return "clipped away"
        return ""

    # Text

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        state = cast(State, graphicstate)
        font = textstate.font
        if font is None:
            return
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        fontsize, rise = textstate.fontsize, textstate.rise
        scaling = textstate.scaling * 0.01
        charspace, wordspace = textstate.charspace * scaling, textstate.wordspace * scaling
        if font.is_multibyte():
            wordspace = 0.0
        dxscale = 0.001 * fontsize * scaling
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = Face(font)
        vertical = face.vertical
        low = face.descent * fontsize + rise
        high = low + fontsize
        mode = textstate.render & 3  # 4 to 7 are 0 to 3 that also clip
        color = (
            color_of(state.scolor, state.scs) if mode == 1 else color_of(state.ncolor, state.ncs)
        )
        alpha = state.stroke_alpha if mode == 1 else state.fill_alpha
        sign = -1 if fontsize < 0 else 1
        angle = _angle(a * sign, b * sign)
        size = abs(fontsize) * math.hypot(c, d)
        mirrored = "mirrored" if (a * d - b * c) * scaling < 0 else ""
        name, bold, glyphs = face.name, face.bold or mode == 2, face.glyphs
        straight = b == 0 and c == 0 and not vertical
        left, height, chars = self._left, self._height, self.painted.chars
        see = mode != 3 and not self.layers_off_depth and state.clip is None and alpha >= ALPHA_SEEN
        x, y = textstate.linematrix
        spaced = False
        for item in seq:
            if isinstance(item, (int, float)):
                if vertical:
                    y -= item * dxscale
                else:
                    x -= item * dxscale
                spaced = True
                continue
            if not isinstance(item, bytes):
                continue
            for cid in font.decode(item):
                if spaced:
                    if vertical:
                        y += charspace
                    else:
                        x += charspace
                glyph = glyphs.get(cid)
                if glyph is None:
                    glyph = face.glyph(cid)
                text, width, unreadable = glyph
                advance = width * fontsize * scaling
                ox, oy = x * a + y * c + e, x * b + y * d + f
                if straight:
                    x0, x1, y0, y1 = ox, a * advance + ox, d * low + oy, d * high + oy
                    if x1 < x0:
                        x0, x1 = x1, x0
                    if y1 < y0:
                        y0, y1 = y1, y0
                else:
                    cell = (0.0, low, advance, high)
                    if vertical:
                        cell = face.vertical_cell(cid, fontsize, rise, advance)
                    x0, y0, x1, y1 = apply_matrix_rect((a, b, c, d, ox, oy), cell)
                self.order = order = self.order + 1
                char = Char(
                    text,
                    x0 + left,
                    height - y1,
                    x1 + left,
                    height - y0,
                    size,
                    name,
                    bold,
                    color,
                    angle,
                    ox + left if angle in (90, 270) else height - oy,
                    order,
                    unreadable or mirrored,
                )
                if not see:
                    char.hidden = "render mode 3" if mode == 3 else ""
                    char.hidden = char.hidden or self._hidden(
                        Box(char.x0, char.top, char.x1, char.bottom), state, alpha
                    )
                chars.append(char)
                if vertical:
                    y += advance
                    if cid == 32:
                        y += wordspace
                else:
                    x += advance
                    if cid == 32:
                        x += wordspace
                spaced = True
        if self.order > MARKS_MAX:
            self._next()
        textstate.linematrix = (x, y)

    # Paths

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
        hidden = ""
        if state.clip is not None:
            box = box.overlap(state.clip)
            if box.x1 <= box.x0 or box.bottom <= box.top:
                return
        hidden = self._hidden(box, state, state.fill_alpha)
        order = self._next()
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
        hidden = self._hidden(box, state, state.stroke_alpha)
        if state.clip is not None and not hidden:
            box = box.overlap(state.clip)
        start, end = (box.x0, box.x1) if across else (box.top, box.bottom)
        if end - start <= STRAIGHT:
            return
        middle = (box.top + box.bottom) / 2 if across else (box.x0 + box.x1) / 2
        order = self._next()
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
        if box.x1 <= box.x0 or box.bottom <= box.top or self._hidden(box, state, state.fill_alpha):
            return
        masked = any(stream.get_any((key,)) for key in ("SMask", "Mask", "ImageMask", "IM"))
        opaque = not masked and state.opaque
        self.painted.images.append(Image(*box, self._next(), opaque))


def _angle(a: float, b: float) -> int:
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90) * 90
    return (quarter if abs(degrees - quarter) < 1 else round(degrees)) % 360
