"""Notes that a viewer draws over a page: typed-over figures, stamps, struck-out text, form fields.

Input: a page of pdfminer, what turns a box of its space upright. Output: a `Char` an annotation,
hidden: what it shows is not read. Grain: one annotation. Raises nothing.

An annotation is no part of the page's content, but on screen it may cover a figure with another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import decode_text

from extract.page.marks import WHITE, Box, Char
from extract.page.unseen import ANNOTATED

# Nothing of these covers the page: areas to click, icons, marks that leave their text as it is.
BARE = {"Link", "Popup", "Text", "Highlight", "Underline", "Squiggly", "PrinterMark", "TrapNet"}
HIDDEN, NO_VIEW = 2, 32  # flags


def drawn_notes(
    page: PDFPage, upright: Callable[[float, float, float, float], Box]
) -> Iterator[Char]:
    """The annotations that a viewer draws on the page, each as one hidden mark."""
    notes = resolve1(page.annots)
    for note in notes if isinstance(notes, list) else []:
        held = resolve1(note)
        if not isinstance(held, dict):
            continue
        kind, box = _name(held.get("Subtype")), _box(held.get("Rect"))
        flags = resolve1(held.get("F", 0))
        unseen = isinstance(flags, int) and flags & (HIDDEN | NO_VIEW)
        if kind in BARE or unseen or box is None:
            continue
        x0, y0, x1, y1 = box
        place = upright(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        text = _text(held.get("Contents")) or _text(held.get("V")) or kind
        height = place.bottom - place.top
        yield Char(
            text, *place, size=height, font="", bold=False, color=WHITE, angle=0,
            baseline=place.bottom, order=0, hidden=ANNOTATED,
        )  # fmt: skip


def _box(value: Any) -> list[float] | None:
    sides = resolve1(value)
    found = [resolve1(side) for side in sides] if isinstance(sides, list) else []
    numbers = [float(side) for side in found if isinstance(side, int | float)]
    return numbers if len(numbers) == len(found) == 4 else None


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(literal_name(value)) if isinstance(value, PSLiteral) else ""


def _text(value: Any) -> str:
    value = resolve1(value)
    return " ".join(decode_text(value).split()) if isinstance(value, bytes) else ""
