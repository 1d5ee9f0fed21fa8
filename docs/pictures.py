"""`python -m docs.pictures`: the pictures of docs/from-page-to-table.md, from the bundled samples.

Input: samples/brochure-2026.pdf. Output: docs/pictures/*.png, each a crop of the same rows of the
requirements table. Grain: a step a picture. Raises what reading a PDF raises.

pdfplumber renders and draws here; it takes no part in reading the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image

from extract.cells import Cell, Row, Table
from extract.document import document_cells
from extract.vocabulary import load_vocabulary
from flows.reading import VOCABULARY

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "brochure-2026.pdf"
PICTURES = ROOT / "docs" / "pictures"
CODES = ("JS5230", "JS5240", "JS5250", "JS5260")  # three of them share one formula cell
DPI = 110
MARGIN = 6.0  # points
THIN = 2.0  # points: a thinner rectangle is a rule
COLORS = 64  # of the palette: keeps a picture below 150 KB
RULE = (220, 50, 30)
FILL = (30, 90, 220)


@dataclass(frozen=True, slots=True)
class Scene:
    """The rows shown, as the reader found them."""

    page: int
    rows: tuple[Row, ...]
    box: tuple[float, float, float, float]


def scene_of(path: Path) -> Scene:
    """The rows of `CODES` in the requirements table of a brochure."""
    pages = document_cells(path, load_vocabulary(VOCABULARY), path.name).pages
    tables = [table for page in pages for table in page.tables if table.kind == "requirements"]
    for table in tables:
        rows = tuple(row for row in table.rows if _code(row) in CODES)
        if len(rows) >= len(CODES):
            return Scene(table.page, rows, _box(table, rows))
    raise LookupError(f"{path.name}: no table has the rows {', '.join(CODES)}")


def _code(row: Row) -> str:
    cell = row.cell("jupas_code")
    return "" if cell is None else cell.text


def _box(table: Table, rows: tuple[Row, ...]) -> tuple[float, float, float, float]:
    codes = [cell for row in rows if (cell := row.cell("jupas_code")) is not None]
    top, bottom = min(cell.top for cell in codes), max(cell.bottom for cell in codes)
    return min(cell.x0 for cell in codes) - MARGIN, top - MARGIN, table.x1 + MARGIN, bottom + MARGIN


def _image(pdf: Any, scene: Scene) -> Any:
    return pdf.pages[scene.page - 1].crop(scene.box).to_image(resolution=DPI)


def printed(pdf: Any, scene: Scene) -> Any:
    """The page as a reader sees it."""
    return _image(pdf, scene)


def drawing(pdf: Any, scene: Scene) -> Any:
    """What is drawn besides text: rules in red, fills in blue."""
    page = pdf.pages[scene.page - 1].crop(scene.box)
    image = _image(pdf, scene)
    rules = [*page.lines, *(rect for rect in page.rects if rect["height"] < THIN)]
    fills = [rect for rect in page.rects if rect["height"] >= THIN]
    image.draw_rects(fills, fill=(*FILL, 25), stroke=FILL, stroke_width=2)
    return image.draw_rects(rules, fill=RULE, stroke=RULE, stroke_width=2)


def cells(pdf: Any, scene: Scene) -> Any:
    """The cells found: a merged one is one box."""
    found: dict[tuple[float, ...], Cell] = {
        (cell.x0, cell.top, cell.x1, cell.bottom): cell
        for row in scene.rows
        for column in row.cells.values()
        for cell in column
    }
    image = _image(pdf, scene)
    left, top, right, bottom = scene.box
    for x0, y0, x1, y1 in found:
        if x1 > left and x0 < right:
            box = (max(x0, left), max(y0, top), min(x1, right), min(y1, bottom))
            image.draw_rect(box, fill=(255, 200, 0, 40), stroke=RULE, stroke_width=2)
    return image


def save(image: Any, path: Path) -> None:
    """Write a picture with a small palette."""
    picture: Image.Image = image.annotated.convert("RGB").quantize(colors=COLORS)
    picture.save(path, format="PNG", optimize=True)


def main() -> None:
    """Draw all pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    scene = scene_of(SAMPLE)
    with pdfplumber.open(SAMPLE) as pdf:
        for number, step in enumerate((printed, drawing, cells), 1):
            save(step(pdf, scene), PICTURES / f"{number}-{step.__name__}.png")


if __name__ == "__main__":
    main()
