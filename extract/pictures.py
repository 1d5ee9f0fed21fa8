"""Pictures of what was read on the pages of a PDF, for a person to compare.

Input: a PDF file; for each page wanted from where to where something was read on it.
Output: JSON: for each page its picture (WebP, base64), the box the picture shows and the sheet's
own, in the coordinates of the cells; for a page without one the reason. Grain: one page.
Raises: `DocumentRefused` for a file that cannot be opened.

pdfium draws the page as a viewer shows it: turned by /Rotate, cut at the CropBox. It is native code
and the file is hostile until shown otherwise: run this under `extract.sandbox.jobs`.
"""

from __future__ import annotations

import base64
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from errors import DocumentRefused
from extract.page.marks import Box
from extract.page.objects import visible_boxes

# At 96 dots an inch figures and notes of 5 points are legible. Six steps a colour keep light print
# and the tints of cells; without loss a picture of so few colours is smaller than a blurred one.
DPI = 96
MARGIN_POINTS = 48.0  # above and below what was read: the headers, a note
SIDE_MAX_PIXELS = 4000  # an A1 sheet, drawn more coarsely
STEP = 51  # from one of a colour's six values to the next
_SIX_VALUES = [round(value / STEP) * STEP for value in range(256)] * 4

# Pillow otherwise looks for the writer among all its formats, in every child anew.
Image.preinit()


def pictures_json(
    path: Path, *, document: str, wanted: Sequence[tuple[int, float, float]]
) -> bytes:
    """Pictures of the pages `wanted`: number, top and bottom of what was read there."""
    sheets = visible_boxes(path, document=document)
    pictures: list[dict[str, Any]] = []
    without: dict[int, str] = {}
    try:
        pdf = pypdfium2.PdfDocument(path)
        for number, top, bottom in wanted:
            sheet = sheets[number - 1]
            try:
                drawn = _drawn(pdf.get_page(number - 1), sheet, top, bottom)
                pictures.append({"page": number, "sheet": _edges(sheet), **drawn})
            except (pypdfium2.PdfiumError, _Undrawable) as error:
                without[number] = str(error)
    except pypdfium2.PdfiumError as error:
        raise DocumentRefused("cannot be drawn", document=document, text=str(error)) from error
    return json.dumps({"pictures": pictures, "without": without}).encode()


class _Undrawable(Exception):
    """A page on whose picture a box would stand beside its text."""


def _drawn(page: pypdfium2.PdfPage, sheet: Box, top: float, bottom: float) -> dict[str, Any]:
    """The picture of a page from above `top` to below `bottom`, and the box it shows."""
    width, height = sheet.x1 - sheet.x0, sheet.bottom - sheet.top
    if any(abs(a - b) > 1 for a, b in zip(page.get_size(), (width, height), strict=True)):
        raise _Undrawable("two readers of the file differ about the page's size")
    if bottom < sheet.top or top > sheet.bottom:
        raise _Undrawable("what was read there lies outside the visible page")
    scale = min(DPI / 72, SIDE_MAX_PIXELS / max(width, height))
    down = math.ceil(height * scale) / height  # pixels a point
    # whole pixels to leave out; nothing at the sides, where the words that name a row may stand
    head = max(0, math.floor((top - MARGIN_POINTS - sheet.top) * down))
    foot = max(0, math.floor((sheet.bottom - bottom - MARGIN_POINTS) * down))
    # pypdfium2 rounds up what it is told to leave out
    told = (0.0, (foot - 0.5) / scale if foot else 0.0, 0.0, (head - 0.5) / scale if head else 0.0)
    # four bytes a pixel, as the writer takes them: no copy in between
    image = page.render(scale=scale, crop=told, prefer_bgrx=True, rev_byteorder=True).to_pil()
    shown = Box(sheet.x0, sheet.top + head / down, sheet.x1, sheet.bottom - foot / down)
    return {"box": _edges(shown), "image": base64.b64encode(_webp(image)).decode()}


def _edges(box: Box) -> list[float]:
    return [round(edge, 2) for edge in box]


def _webp(image: Image.Image) -> bytes:
    """The picture in 216 colours, without further loss."""
    out = io.BytesIO()
    image.point(_SIX_VALUES).save(out, "WEBP", lossless=True, quality=0, method=1)
    return out.getvalue()
