"""Ink on one spread: raw PDF operators, the way InDesign writes them.

Input: runs of text, rules, fills in points from the top left corner of a spread.
Output: operators, collected. Grain: one spread. Raises nothing.

Every rule is its own path, fills are `re f`, text is TJ with kerning, a mark is a smaller run
raised by its own matrix or by Ts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.typeset.faces import (
    ASCENT,
    BLACK,
    BOX,
    FACES,
    LEADING,
    WHITE,
    Piece,
    Run,
    faced,
    width_at_1,
)
from tests.typeset.layout import RGB

if TYPE_CHECKING:
    from tests.typeset.document import Document


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
        return faced(text, FACES[self.layout.family][1 if run.bold else 2 if run.italic else 0])

    def width_of(self, text: str, run: Run, size: float) -> float:
        face = FACES[self.layout.family][1 if run.bold else 2 if run.italic else 0]
        return width_at_1(text, face) * size * self.layout.narrow_percent / 100

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
            baseline = top + size * (ASCENT + 0.1) + index * size * leading
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


def _rgb(color: RGB) -> str:
    return f"{color[0]:g} {color[1]:g} {color[2]:g}"
