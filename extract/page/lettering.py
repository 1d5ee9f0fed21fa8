"""What a font's character codes stand for: letters, widths, weight.

Input: a pdfminer font. Output: a `Face` with each code's text, width and doubts.
Grain: one font. Raises: nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import cast

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined

_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_LIGATURES = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0xFB00, 0xFB07)}
# Characters that viewers draw like these.
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, 0x202F), " ")
_SPELLING = {**_LIGATURES, **_SPACES, 0xAD: "-", 0x200B: "", 0xFEFF: ""}

Glyph = tuple[str, float, str]  # text, width in text space, why the text can't be trusted or ''


class Face:
    """A font as the painter needs it; codes are looked up once."""

    def __init__(self, font: PDFFont) -> None:
        name = font.fontname
        self._font = font
        self.name = name.decode("latin1") if isinstance(name, bytes) else str(name)
        self.bold = bool(_BOLD.search(self.name)) or bool(font.flags & _FORCE_BOLD)
        self.vertical = font.is_vertical()
        self.descent = font.get_descent()
        self.glyphs: dict[int, Glyph] = {}

    def glyph(self, cid: int) -> Glyph:
        """The glyph of one character code, kept in `glyphs`."""
        try:
            text, doubt = readable(self._font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text, doubt = f"(cid:{cid})", "the font does not say which letter it is"
        width = self._font.char_width(cid)
        if text.isalnum() and width <= 0 and not self.vertical:
            doubt = doubt or "the font gives it no width"
        made = self.glyphs[cid] = (text, width, doubt)
        return made

    def vertical_cell(
        self, cid: int, fontsize: float, rise: float, advance: float
    ) -> tuple[float, float, float, float]:
        """Box of a glyph about its origin, as pdfminer sees it, where the font writes downwards."""
        across, down = cast(tuple[float | None, float], self._font.char_disp(cid))
        left = fontsize * 0.5 if across is None else across * fontsize * 0.001
        high = (1000 - down) * fontsize * 0.001 + rise
        return (-left, high + advance, fontsize - left, high)


def readable(text: str) -> tuple[str, str]:
    """(text as a viewer would spell it, why it can't be trusted or '').

    Ligatures come apart, odd spaces become spaces; what stands for no letter is unreadable.
    """
    if len(text) == 1 and " " <= text <= "~":
        return text, ""
    text = unicodedata.normalize("NFC", text.translate(_SPELLING))
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs") or char == "\ufffd":
            return text, "the font gives it no letter"
    return text, ""
