"""Pages that grow: score tables of any length, drawn like HKUST's, one page or many.

Input: rows and pages. Output: a PDF. Grain: five cells a row. Raises nothing.
A fill, four rules and up to 30 characters a cell: about what the brochure has.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

WIDTHS = (40, 160, 70, 60, 60)
HEADER = ("JUPAS Code", "JUPAS Choice", "Highest Attainable", "Median", "Lower Quartile")
CELLS_A_ROW = len(WIDTHS)
ROW_HEIGHT, SIZE, MARGIN = 6.0, 4.0, 20.0


def write_score_pages(path: Path, rows: int, pages: int = 1) -> None:
    """`pages` pages with a table of `rows` rows each."""
    height = (rows + 1) * ROW_HEIGHT + 4 * MARGIN
    canvas = Canvas(str(path), pagesize=(sum(WIDTHS) + 2 * MARGIN, height))
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 2 * SIZE)
        canvas.drawString(MARGIN, height - MARGIN, "2025 HKUST JUPAS ADMISSIONS SCORES")
        top = height - 2 * MARGIN
        _row(canvas, top, HEADER, (0.58, 0.82, 0.79))
        for number in range(rows):
            cells = (
                f"JS{1000 + (page * rows + number) % 9000}",
                f"Invented Programme Number {number} of Page {page}",
                f"{40 + number % 30}.50",
                f"{30 + number % 9}.25",
                f"{29 + number % 9}.75",
            )
            _row(canvas, top - (number + 1) * ROW_HEIGHT, cells, (0.94, 0.97, 0.97))
        canvas.showPage()
    canvas.save()


def _row(canvas: Canvas, top: float, cells: tuple[str, ...], fill: tuple[float, ...]) -> None:
    left = MARGIN
    canvas.setFont("Helvetica", SIZE)
    canvas.setLineWidth(0.3)
    for text, width in zip(cells, WIDTHS, strict=True):
        canvas.setFillColorRGB(*fill)
        canvas.rect(left, top - ROW_HEIGHT, width, ROW_HEIGHT, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(left + 2, top - ROW_HEIGHT + 1.5, text)
        for x0, y0, x1, y1 in (
            (left, top, left + width, top),
            (left, top - ROW_HEIGHT, left + width, top - ROW_HEIGHT),
            (left, top, left, top - ROW_HEIGHT),
            (left + width, top, left + width, top - ROW_HEIGHT),
        ):
            canvas.line(x0, y0, x1, y1)
        left += width
