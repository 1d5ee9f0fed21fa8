"""A PDF being written: spreads become pages according to the layout's boxes and rotation.

Input: sheets. Output: a PDF by reportlab. Grain: one document.
Raises ValueError for a character that no face has.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray
from reportlab.pdfgen.canvas import Canvas

from tests.typeset.faces import BLACK, FACES, Piece, Run, register_faces, width_at_1
from tests.typeset.layout import Layout
from tests.typeset.sheet import Sheet


class Document:
    """A PDF being written: spreads become pages according to the layout's boxes and rotation."""

    def __init__(self, path: Path, layout: Layout) -> None:
        register_faces()
        self.layout = layout
        self.canvas = Canvas(str(path), invariant=1, pageCompression=int(layout.compress))
        self.canvas.setTitle("")
        self._forms = 0
        self.rng = random.Random(f"text {layout.seed}")
        self.set_lines: dict[tuple[tuple[Run, ...], float, float], list[list[Piece]]] = {}

    def sheet(self, width: float, height: float) -> Sheet:
        return Sheet(self, width, height)

    def encoded(self, faced: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        """(font resource, TJ array) pairs of (face, text) segments."""
        doc = self.canvas._doc
        for name, plain in faced:
            text = plain
            if self.layout.ligatures and name in FACES["Vera"]:
                text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
            font = pdfmetrics.getFont(name)
            if not getattr(font, "_dynamicFont", False):
                yield doc.getInternalFontName(name), self._array(text.encode("cp1252"), name)
                continue
            missing = [c for c in text if ord(c) not in font.face.charToGlyph]
            if missing:
                raise ValueError(f"{name} lacks {missing}")
            for subset, codes in font.splitString(text, doc):
                yield font.getSubsetInternalName(subset, doc), self._array(bytes(codes), name)

    def _array(self, codes: bytes, face: str) -> str:
        """A TJ array; kerning of a few thousandths, or gaps instead of space characters."""
        parts: list[bytes] = [b""]
        numbers: list[int] = []
        for code in codes:
            if code == 32 and self.layout.gaps_for_spaces:
                numbers.append(-round(width_at_1(" ", face) * 1000))
                parts.append(b"")
                continue
            if self.layout.kerning and parts[-1] and self.rng.random() < 0.15:
                numbers.append(self.rng.choice([-12, -5, 5, 10, 18]))
                parts.append(b"")
            parts[-1] += bytes([code])
        body = f"({_escaped(parts[0])})" + "".join(
            f"{n}({_escaped(p)})" for n, p in zip(numbers, parts[1:], strict=True)
        )
        return f"[{body}]"

    def add(self, sheet: Sheet, halves: bool = False, gutter: float | None = None) -> None:
        """Write a spread as one page, or as two where the layout cuts spreads at the gutter.

        Both halves carry the whole spread's operators: what lies beyond the page box stays text.
        """
        whole = (0.0, sheet.width)
        cut = gutter if gutter is not None else sheet.width / 2
        for x0, x1 in [(0.0, cut), (cut, sheet.width)] if halves else [whole]:
            self._page(sheet, x0, x1)

    def _page(self, sheet: Sheet, x0: float, x1: float) -> None:
        layout = self.layout
        width, height, margin, rotate = x1 - x0, sheet.height, layout.crop_margin, layout.rotate
        origin = x0 if layout.sheet == "offset halves" and not rotate else 0.0
        shift = f"1 0 0 1 {origin - x0:.3f} 0 cm"
        turn = {
            0: "1 0 0 1 0 0",
            90: f"0 1 -1 0 {height:.3f} 0",
            180: f"-1 0 0 -1 {width:.3f} {height:.3f}",
            270: f"0 -1 1 0 0 {width:.3f}",
        }[rotate]
        across, up = (height, width) if rotate in (90, 270) else (width, height)
        slug = self._slug(sheet, margin) if margin else []
        scale = layout.scale
        corners = [origin - margin, -margin, origin + across + margin, up + margin]
        ops = [f"q {scale:g} 0 0 {scale:g} 0 0 cm {turn} cm", shift, *sheet.ops, *slug, "Q"]
        if layout.form:
            self._forms += 1
            name = f"part{self._forms}"
            self.canvas.beginForm(name, *[corner * scale for corner in corners])
            self.canvas._code.extend(ops)
            self.canvas.endForm()
            self.canvas.doForm(name)
        else:
            self.canvas._code.extend(ops)
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        page.MediaBox = _box(*[corner * scale for corner in corners])
        if margin:
            page.CropBox = _box(*[c * scale for c in (origin, 0.0, origin + across, up)])
        page.Rotate = rotate

    def _slug(self, sheet: Sheet, margin: float) -> list[str]:
        """Printer's line and crop marks outside the CropBox."""
        slug = Sheet(self, sheet.width, sheet.height)
        slug.show(
            20, -margin / 2, "Brochure_proof.indd  8-9   15/9   JS5999 99.99 12.34", Run(""), 6
        )
        slug.line(0, -4, 0, -margin + 2, 0.25, BLACK)
        slug.line(-4, 0, -margin + 2, 0, 0.25, BLACK)
        return slug.ops

    def save(self) -> None:
        self.canvas.save()


def _escaped(codes: bytes) -> str:
    out = []
    for code in codes:
        if code in b"()\\":
            out.append("\\" + chr(code))
        elif 32 <= code < 127:
            out.append(chr(code))
        else:
            out.append(f"\\{code:03o}")
    return "".join(out)


def _box(*corners: float) -> PDFArray:
    return PDFArray([round(corner, 3) for corner in corners])
