"""`python -m docs.pictures`: the pictures of from-page-to-table.md and of README, from the samples.

Input: samples/brochure-2026.pdf. Output: docs/pictures/*.png: the same rows of the requirements
table step by step, the crop that `admissions trace` makes, a score table beside its rows.
Grain: a picture. Raises what reading a PDF raises; `LookupError` where the rows are not in it.

pdfplumber renders and draws here; it takes no part in reading the tables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image, ImageDraw, ImageFont

from extract.archive import Archive
from extract.cells import Cell, DocumentCells, Place, Row, Table
from extract.document import document_cells
from extract.headers.vocabulary import load_vocabulary
from flows.documents import PDF
from flows.extracting import VOCABULARY
from flows.tracing import write_crop
from transform.read import read_cells
from transform.readings import Key

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "brochure-2026.pdf"
PICTURES = ROOT / "docs" / "pictures"
CODES = ("JS5230", "JS5240", "JS5250", "JS5260")  # three of them share one formula cell
TRACED = "JS5250"
DPI = 110
MARGIN = 6.0  # points
THIN = 2.0  # points: a thinner rectangle is a rule
COLORS = 64  # of the palette: keeps a picture below 150 KB
RULE = (220, 50, 30)
FILL = (30, 90, 220)
SHOWN = 12  # rows of the score table
SHOWN_DPI = 84
LINE = 20  # pixels between them
COLUMNS = {  # pixels
    "jupas_code": 85,
    "basis": 75,
    "formula_year": 105,
    "highest_attainable": 145,
    "median": 70,
    "lower_quartile": 110,
}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """The rows shown, as the reader found them."""

    page: int
    rows: tuple[Row, ...]
    box: tuple[float, float, float, float]


def scene_of(cells: DocumentCells) -> Scene:
    """The rows of `CODES` in the requirements table of a brochure."""
    for table in cells.tables("requirements"):
        rows = tuple(row for row in table.rows if _code(row) in CODES)
        if len(rows) >= len(CODES):
            return Scene(table.page, rows, _box(table, rows))
    raise LookupError(f"no table has the rows {', '.join(CODES)}")


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


def traced(scene: Scene, path: Path) -> None:
    """Write the crop that `admissions trace --png` makes of the formula of `TRACED`."""
    cell = next(row.cell("formula") for row in scene.rows if _code(row) == TRACED)
    if cell is None:
        raise LookupError(f"{TRACED} has no formula")
    with tempfile.TemporaryDirectory() as data:
        entry = Archive(Path(data) / "archive").add(
            SAMPLE.read_bytes(),
            origin="sample",
            name=SAMPLE.name,
            media_type=PDF,
            fetched_at=dt.datetime.now(dt.UTC),
        )
        box = {"x0": cell.x0, "top": cell.top, "x1": cell.x1, "bottom": cell.bottom}
        place = {"page": scene.page, **box, "document_sha256": entry.sha256, "name": entry.name}
        write_crop(Path(data), place, path)
    write_small(Image.open(path), path)


def beside(pdf: Any, cells: DocumentCells) -> Image.Image:
    """The leftmost score table as printed, beside its rows as read, and where one was printed."""
    table = min(cells.tables("scores"), key=lambda table: (table.page, table.x0))
    sha256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    rows: dict[Key, Values] = {}  # down the page
    bottom = table.top
    for reading in read_cells(cells, sha256).readings:
        at, key = reading.place, reading.key
        if reading.table != "scores" or at.page != table.page or not _within(at, table):
            continue
        if key in rows or len(rows) < SHOWN:
            rows.setdefault(key, dict(key))[reading.column] = reading.value
            rows[key][f"{reading.column}_at"] = reading
            bottom = max(bottom, at.bottom or 0.0)
    bounds = table.x0 - MARGIN, table.top - MARGIN, table.x1 + MARGIN, bottom + 1
    page = pdf.pages[table.page - 1].crop(bounds)
    left = page.to_image(resolution=SHOWN_DPI, antialias=True).original
    right = _table(list(rows.values()))
    size = left.width + right.width + LINE, max(left.height, right.height)
    whole = Image.new("RGB", size, "white")
    whole.paste(left, (0, 0))
    whole.paste(right, (left.width + LINE, 0))
    return whole


def _within(place: Place, table: Table) -> bool:
    return place.x0 is not None and table.x0 <= place.x0 <= table.x1


def _table(rows: list[Values]) -> Image.Image:
    """Rows as text in columns, and below them where the second one's median was printed."""
    image = Image.new("RGB", (sum(COLUMNS.values()), LINE * (len(rows) + 4)), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(
        [list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows)]
    ):
        x, y = 0, number * LINE
        for width, value in zip(COLUMNS.values(), line, strict=True):
            x += width
            draw.text(
                (x - 6, y + 3),
                str(value),
                fill="black",
                font=ImageFont.load_default(13),
                anchor="ra",
            )
        draw.line((0, y + LINE, image.width, y + LINE), fill=(220, 220, 220))
    row = rows[1]
    at = row["median_at"].place
    key = " ".join(f"{name}={row[name]}" for name in ("jupas_code", "scores_year"))
    box = f"{at.x0:.1f} {at.top:.1f} {at.x1:.1f} {at.bottom:.1f}"
    told = (
        f"admissions trace scores {key} --column median",
        f"page {at.page}, box {box}: {row['median_at'].text!r}",
    )
    for number, text in enumerate(told, len(rows) + 2):
        draw.text((6, number * LINE), text, fill=(90, 90, 90), font=ImageFont.load_default(12))
    return image


def write_small(picture: Image.Image, path: Path) -> None:
    """Write a picture with a small palette."""
    picture.convert("RGB").quantize(colors=COLORS).save(path, format="PNG", optimize=True)


def main(folder: Path = PICTURES) -> None:
    """Draw all pictures anew."""
    folder.mkdir(exist_ok=True)
    document = document_cells(SAMPLE, load_vocabulary(VOCABULARY), SAMPLE.name)
    scene = scene_of(document)
    with pdfplumber.open(SAMPLE) as pdf:
        for number, step in enumerate((printed, drawing, cells), 1):
            write_small(step(pdf, scene).annotated, folder / f"{number}-{step.__name__}.png")
        write_small(beside(pdf, document), folder / "page-and-rows.png")
    traced(scene, folder / "4-trace.png")


if __name__ == "__main__":
    main()
