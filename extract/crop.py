"""The part of a page around one box, with the box drawn: where a value was printed.

Input: a PDF file, a page, a box in the coordinates of the cells. Output: a PNG. Grain: one box.
Raises: `DocumentRefused` for a file that cannot be drawn.

Drawn by pdfplumber, whose coordinates these are. Run this under `extract.sandbox.jobs`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pdfplumber
import pypdfium2
from pdfplumber.utils.exceptions import PdfminerException

from errors import DocumentRefused

MARGIN_POINTS = 24.0
DPI = 150
STROKE = 2  # pdfplumber draws a frame half its stroke, taken as points, inside of the box
HALO_POINTS = 1.5  # the frame stands that far outside: a box may be no higher than its letters


def crop_png(path: Path, *, document: str, page: int, box: Sequence[float]) -> bytes:
    """The crop of `page` (from 1) around `box`: left, top, right, bottom, in points."""
    left, top, right, bottom = box
    try:
        with pdfplumber.open(path) as pdf:
            sheet = pdf.pages[page - 1]
            x0, y0, x1, y1 = sheet.bbox
            around = (
                max(x0, left - MARGIN_POINTS),
                max(y0, top - MARGIN_POINTS),
                min(x1, right + MARGIN_POINTS),
                min(y1, bottom + MARGIN_POINTS),
            )
            image = sheet.crop(around).to_image(resolution=DPI, antialias=True)
    except (pypdfium2.PdfiumError, PdfminerException) as error:
        raise DocumentRefused("cannot be drawn", document=document, text=str(error)) from error
    out = HALO_POINTS + STROKE / 2
    image.draw_rect(
        (left - out, top - out, right + out, bottom + out),
        fill=(255, 200, 0, 40), stroke=(220, 60, 0), stroke_width=STROKE,
    )  # fmt: skip
    png = io.BytesIO()
    image.save(png, format="PNG")
    return png.getvalue()
