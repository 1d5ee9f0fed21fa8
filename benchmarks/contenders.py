"""Who reads the pages: our extraction, the floor, and the table extractors of others.

Input: a PDF. Output: rows of printed cells, of every table on every page, as each gives them.
Each is set as its manual says for ruled tables, and told to copy merged cells where it can. The
import stands apart from the work: only the work is timed. Raises what a library raises.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Row = list[str]
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Contender:
    """`load` imports; `rows` reads. `reads_tables` is False for objects only."""

    name: str
    package: str  # on the package index
    load: Callable[[], object]
    rows: Callable[[Path], Iterator[Row]]
    reads_tables: bool = True


def _strings(row: object) -> Row:
    return ["" if cell is None else str(cell) for cell in row]  # type: ignore[attr-defined]


def _load_ours() -> None:
    import extract.document  # noqa: F401


def _ours(path: Path) -> Iterator[Row]:
    from extract.document import document_cells
    from extract.headers.vocabulary import load_vocabulary

    vocabulary = load_vocabulary(ROOT / "transform" / "vocabulary.toml")
    for page in document_cells(path, vocabulary, path.name).pages:
        for table in page.tables:
            for row in table.rows:
                yield [cell.printed for cells in row.cells.values() for cell in cells]


def _load_pdfplumber() -> None:
    import pdfplumber  # noqa: F401


def _floor(path: Path) -> Iterator[Row]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for objects in (page.chars, page.rects, page.lines):
                len(objects)
            page.close()
    yield from ()


def _our_objects(path: Path) -> Iterator[Row]:
    from extract.page.objects import open_pages

    for page in open_pages(path):
        for objects in (page.chars, page.rules, page.fills, page.hidden):
            len(objects)
    yield from ()


def _load_playa() -> None:
    import playa  # noqa: F401


def _playa(path: Path) -> Iterator[Row]:
    import playa

    with playa.open(path) as pdf:
        for page in pdf.pages:
            for found in page.flatten():
                for mark in found if found.object_type == "text" else (found,):
                    len(mark.bbox)
    yield from ()


def _pdfplumber(**settings: object) -> Callable[[Path], Iterator[Row]]:
    def rows(path: Path) -> Iterator[Row]:
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                for table in page.extract_tables(settings):
                    yield from map(_strings, table)
                page.close()

    return rows


def _load_camelot() -> None:
    import camelot  # noqa: F401


def _camelot(**options: object) -> Callable[[Path], Iterator[Row]]:
    def rows(path: Path) -> Iterator[Row]:
        import camelot

        tables = camelot.read_pdf(str(path), pages="all", suppress_stdout=True, **options)
        for table in tables:
            yield from map(_strings, table.df.itertuples(index=False))

    return rows


def _load_pymupdf() -> None:
    import pymupdf  # noqa: F401


def _pymupdf(path: Path) -> Iterator[Row]:
    import pymupdf

    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                yield from map(_strings, table.extract())


def _load_tabula() -> None:
    import shutil

    import tabula  # noqa: F401

    if shutil.which("java") is None:
        raise ImportError("tabula needs Java")


def _tabula(path: Path) -> Iterator[Row]:
    import tabula

    frames = tabula.read_pdf(
        path, pages="all", lattice=True, silent=True, pandas_options={"header": None}
    )
    for frame in frames:
        yield from map(_strings, frame.astype(object).where(frame.notna(), None).to_numpy())


def _load_img2table() -> None:
    import img2table.document  # noqa: F401


def _img2table(path: Path) -> Iterator[Row]:
    from img2table.document import PDF

    # Without OCR it takes the text from the PDF. A merged cell is given once for each row.
    for tables in PDF(path).extract_tables().values():
        for table in tables:
            for cells in table.content.values():
                yield _strings([cell.value for cell in cells])


CONTENDERS = (
    Contender("ours", "hkust-admissions", _load_ours, _ours),
    Contender("floor: pdfplumber's objects", "pdfplumber", _load_pdfplumber, _floor, False),
    Contender("our objects", "hkust-admissions", _load_ours, _our_objects, False),
    Contender("playa's objects", "playa-pdf", _load_playa, _playa, False),
    Contender("pdfplumber extract_tables", "pdfplumber", _load_pdfplumber, _pdfplumber()),
    Contender(
        "pdfplumber, columns by text", "pdfplumber", _load_pdfplumber,
        _pdfplumber(vertical_strategy="text"),
    ),
    Contender("PyMuPDF find_tables", "pymupdf", _load_pymupdf, _pymupdf),
    Contender(
        "camelot lattice", "camelot-py", _load_camelot,
        _camelot(flavor="lattice", engine="raster", copy_text=["v", "h"]),
    ),
    Contender(
        "camelot lattice, combined", "camelot-py", _load_camelot,
        _camelot(flavor="lattice", engine="combined", copy_text=["v", "h"]),
    ),
    Contender(
        "camelot lattice, combined, backgrounds", "camelot-py", _load_camelot,
        _camelot(flavor="lattice", process_background=True, copy_text=["v", "h"]),
    ),
    Contender("camelot network", "camelot-py", _load_camelot, _camelot(flavor="network")),
    Contender("tabula lattice", "tabula-py", _load_tabula, _tabula),
    Contender("img2table", "img2table", _load_img2table, _img2table),
)  # fmt: skip


def contender(name: str) -> Contender:
    """The contender of that name."""
    warnings.simplefilter("ignore")
    return next(each for each in CONTENDERS if each.name == name)
