"""Ink on pages: raw PDF operators under reportlab, the way InDesign writes them.

Input: runs of text, rules, fills in points from the top left corner of a spread.
Output: a PDF. Grain: one document (`Document`), one spread (`Sheet`).
Raises ValueError for a character that no face has.

Every rule is its own path, fills are `re f`, text is TJ with kerning, a mark is a smaller run
raised by its own matrix or by Ts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import reportlab
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.typeset.layout import RGB, Layout

BLACK: RGB = (0.1, 0.1, 0.1)
WHITE: RGB = (1.0, 1.0, 1.0)
BOX: RGB = (0.0, 0.355, 0.654)
FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}
MARKS_FACE = "FootnoteMarks"
MARKS = "▲△◆∆◊"
LEADING = 1.22
_ASCENT = 0.74


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
def _register_faces() -> None:
    rl_config.useA85 = 0  # plain Flate streams, as InDesign writes them
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in FACES["Vera"]:
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFont(TTFont(MARKS_FACE, Path(__file__).with_name("marks.ttf")))


@cache
def _faced(text: str, face: str) -> list[tuple[str, str]]:
    """(face, text) segments: signs that the text face lacks come from the marks' own."""
    segments = [segment for segment in re.split(f"([{MARKS}]+)", text) if segment]
    return [(MARKS_FACE if s[0] in MARKS else face, s) for s in segments]


@cache
def _width_at_1(text: str, face: str) -> float:
    return float(sum(pdfmetrics.stringWidth(s, name, 1) for name, s in _faced(text, face)))


class Sheet:
    """One spread being drawn; collects operators, writes nothing itself."""

    def __init__(self, document: Document, width: float, height: float) -> None:
        self.document, self.layout = document, document.layout
        self.width, self.height = width, height
        self.ops: list[str] = []
        self.rng = random.Random(f"ink {self.layout.seed}")

    # --- paths

    def fill(self, x0: float, top: float, x1: float, bottom: float, color: RGB) -> None:
        self.ops.append(
            f"{_rgb(color)} rg {x0:.3f} {self.height - bottom:.3f} "
            f"{x1 - x0:.3f} {bottom - top:.3f} re f"
        )

    def line(
        self, x0: float, top: float, x1: float, bottom: float, width: float, color: RGB
    ) -> None:
        self.ops.append(
            f"q {width:g} w {_rgb(color)} RG {x0:.3f} {self.height - top:.3f} m "
            f"{x1:.3f} {self.height - bottom:.3f} l S Q"
        )

    def box(
        self, x0: float, top: float, x1: float, bottom: float, width: float, color: RGB
    ) -> None:
        self.ops.append(
            f"q {width:g} w {_rgb(color)} RG {x0:.3f} {self.height - bottom:.3f} "
            f"{x1 - x0:.3f} {bottom - top:.3f} re S Q"
        )

    def rule(self, x0: float, x1: float, top: float, width: float, color: RGB) -> None:
        """A horizontal rule in the layout's own technique."""
        kind = self.layout.rules
        if kind == "rects":
            self.fill(x0, top - width / 2, x1, top + width / 2, color)
        elif kind == "hairfills":
            y = self.height - top
            self.ops.append(
                f"q {width:g} w {_rgb(color)} RG {x0:.3f} {y:.3f} {x1 - x0:.3f} 0 re B Q"
            )
        else:
            self.line(x0, top, x1, top, width, color)
        if self.layout.double_rules and width < 0.9:
            self.line(x0, top + 1.2, x1, top + 1.2, width, color)

    def vertical(self, x: float, top: float, bottom: float, width: float, color: RGB) -> None:
        if self.layout.rules == "rects":
            self.fill(x - width / 2, top, x + width / 2, bottom, color)
        else:
            self.line(x, top, x, bottom, width, color)

    def disc(self, x: float, y_middle: float, radius: float, color: RGB) -> None:
        k, y = 0.5523 * radius, self.height - y_middle
        r = radius
        self.ops.append(
            f"{_rgb(color)} rg {x + r:.3f} {y:.3f} m "
            f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
            f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
            f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
            f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c f"
        )

    def qr(self, x: float, top: float, side: float) -> None:
        """A QR code as InDesign exports one: a tiny filled rectangle a dark module."""
        modules = self.layout.qr_modules
        if not modules:
            return
        step = side / modules
        for row in range(modules):
            for column in range(modules):
                if self.rng.random() < 0.5:
                    left, y = x + column * step, top + row * step
                    self.fill(left, y, left + step, y + step, (0.07, 0.2, 0.45))

    # --- text

    def faced(self, text: str, run: Run) -> list[tuple[str, str]]:
        """(face, text) segments of `text` in `run`'s style."""
        return _faced(text, FACES[self.layout.family][1 if run.bold else 2 if run.italic else 0])

    def width_of(self, text: str, run: Run, size: float) -> float:
        face = FACES[self.layout.family][1 if run.bold else 2 if run.italic else 0]
        return _width_at_1(text, face) * size * self.layout.narrow_percent / 100

    def size_of(self, run: Run, size: float) -> float:
        small = run.raised or run.disc
        return size * run.scale * (self.layout.mark_ratio if small else 1.0)

    def show(
        self,
        x: float,
        baseline: float,
        text: str,
        run: Run,
        size: float,
        *,
        up: bool = False,
        mode: int = 0,
    ) -> None:
        """Draw `text` in `run`'s style with the baseline `baseline` below the top edge."""
        if not text.strip():
            return
        rise = size * run.scale * (self.layout.mark_rise if run.raised else 0.19 * run.disc)
        own = self.size_of(run, size)
        matrix = "0 1 -1 0" if up else "1 0 0 1"
        y = self.height - baseline
        by_rise = rise and self.layout.mark_by_rise and not up
        if rise and not by_rise:
            x, y = (x - rise, y) if up else (x, y + rise)
        color = WHITE if run.disc or run.boxed else run.color
        if run.boxed:
            end = x + self.width_of(text, run, own)
            self.fill(x - 1, baseline - own * 0.8, end + 1, baseline + own * 0.2, BOX)
        if run.disc:
            self.disc(x + own * 0.35, baseline - own * 0.36 - rise, own * 0.62, BLACK)
        state = (
            f"{_rgb(color)} rg {self.layout.narrow_percent} Tz {mode} Tr "
            f"{rise if by_rise else 0:.3g} Ts"
        )
        shows = " ".join(
            f"{font} {own:g} Tf {array} TJ"
            for font, array in self.document.encoded(self.faced(text, run))
        )
        for nudge in (0.0, 0.2) if run.bold and self.layout.overprint_bold else (0.0,):
            self.ops.append(f"BT {state} {matrix} {x + nudge:.3f} {y:.3f} Tm {shows} ET")

    def clipped(self, x: float, baseline: float, text: str, size: float) -> None:
        """Text inside a clip that leaves nothing of it, as overset frames leave behind."""
        self.ops.append(f"q {x - 900:.1f} 0 1 1 re W n")
        self.show(x, baseline, text, Run(""), size)
        self.ops.append("Q")

    def broken(self, runs: Sequence[Run], width: float, size: float) -> list[list[Piece]]:
        """Lines that fit `width`; a mark stays with the word before it."""
        key = (tuple(runs), width, size)
        if key not in self.document.set_lines:
            self.document.set_lines[key] = self._broken(runs, width, size)
        return self.document.set_lines[key]

    def _broken(self, runs: Sequence[Run], width: float, size: float) -> list[list[Piece]]:
        lines: list[list[list[Piece]]] = [[]]
        glued = False
        for styled in runs:
            run = replace(styled, text="")
            for index, paragraph in enumerate(styled.text.split("\n")):
                if index:
                    lines.append([])
                    glued = False
                words = paragraph.split(" ")
                for position, word in enumerate(words):
                    if position:
                        glued = False
                    if not word:
                        continue
                    own = self.size_of(run, size)
                    piece = Piece(run, word, self.width_of(word, run, own))
                    if glued and lines[-1]:
                        lines[-1][-1].append(piece)
                    else:
                        lines[-1].append([piece])
                    glued = True
        fitted: list[list[Piece]] = []
        for line in lines:
            current: list[Piece] = []
            used = 0.0
            for word_pieces in line:
                style = word_pieces[0].run
                if style.raised or style.disc or style.boxed:
                    style = replace(style, raised=False, disc=False, boxed=False)
                space = self.width_of(" ", style, self.size_of(style, size))
                needed = sum(p.width for p in word_pieces)
                if current and used + space + needed > width:
                    fitted.append(current)
                    current, used = [], 0.0
                if current:
                    current.append(Piece(style, " ", space))
                    used += space
                current += word_pieces
                used += needed
            fitted.append(current)
        return fitted

    def longest_word(self, runs: Sequence[Run], size: float) -> float:
        """Width of the widest unbreakable piece, marks glued behind it included."""
        lines = self.broken(runs, 0.0, size)
        return max((sum(p.width for p in line) for line in lines), default=0.0)

    def paragraph(
        self,
        runs: Sequence[Run],
        x0: float,
        top: float,
        x1: float,
        size: float,
        align: str = "left",
        leading: float = LEADING,
    ) -> float:
        """Draw wrapped text from `top` down; returns the bottom."""
        lines = self.broken(runs, x1 - x0, size)
        for index, line in enumerate(lines):
            baseline = top + size * (_ASCENT + 0.1) + index * size * leading
            width = sum(p.width for p in line)
            x = (
                x0
                if align == "left"
                else (x0 + x1 - width) / 2
                if align == "center"
                else x1 - width
            )
            self._line(line, x, baseline, size)
        return top + len(lines) * size * leading

    def _line(self, line: list[Piece], x: float, baseline: float, size: float) -> None:
        start, text, run = x, "", Run("")
        for piece in line:
            if text and (piece.run != run or piece.run.raised):
                self.show(start, baseline, text, run, size)
                start, text = x, ""
            run, text = piece.run, text + piece.text
            x += piece.width
        if text:
            self.show(start, baseline, text, run, size)

    def upright(
        self, runs: Sequence[Run], x0: float, top: float, x1: float, bottom: float, size: float
    ) -> None:
        """Text turned 90 degrees, reading upwards, centred in the box."""
        lines = self.broken(runs, bottom - top - 4, size)
        left = (x0 + x1) / 2 - len(lines) * size * LEADING / 2 + size * 0.9
        for index, line in enumerate(lines):
            text = "".join(p.text for p in line)
            y = (top + bottom) / 2 + sum(p.width for p in line) / 2
            self.show(
                left + index * size * LEADING,
                y,
                text,
                line[0].run,
                size,
                up=True,
            )


class Document:
    """A PDF being written: spreads become pages according to the layout's boxes and rotation."""

    def __init__(self, path: Path, layout: Layout) -> None:
        _register_faces()
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
                numbers.append(-round(_width_at_1(" ", face) * 1000))
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


def _rgb(color: RGB) -> str:
    return f"{color[0]:g} {color[1]:g} {color[2]:g}"
