"""Text that a content stream shows: where each glyph lies, and whether it is seen.

Input: what pdfminer's interpreter hands to a device. Output: `Char`s. Grain: one glyph.
Raises: `DocumentRefused` for absurd counts; what pdfminer raises on a broken font.
"""

from __future__ import annotations

import math
from typing import cast

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.utils import apply_matrix_rect, mult_matrix

from extract.page.canvas import ALPHA_SEEN, MARKS_MAX, Canvas, State
from extract.page.inks import color_of
from extract.page.lettering import Face
from extract.page.marks import Char


class TextPainter(Canvas):
    """Notes the glyphs of text."""

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
        face = self.faces.get(font)
        if face is None:
            face = self.faces[font] = Face(font)
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
        left, height, chars = self.left, self.height, self.painted.chars
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
                    char.hidden = char.hidden or self.hidden(char.box, state, alpha)
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
            self.next_order()
        textstate.linematrix = (x, y)


def _angle(a: float, b: float) -> int:
    degrees = math.degrees(math.atan2(b, a)) % 360
    quarter = round(degrees / 90) * 90
    return (quarter if abs(degrees - quarter) < 1 else round(degrees)) % 360
