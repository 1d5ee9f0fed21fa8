"""A PDF's pages as light objects: the only way this project opens a PDF for reading.

Input: a PDF file. Output: one `PageObjects` a page (`extract.page.marks` has the types).
Grain: one page; a page's objects are let go when the next one is asked for.
Raises: `DocumentRefused` for what is no PDF, damaged, locked, or absurd in size or counts.

Nothing is repaired and nothing guessed: a damaged cross-reference table or stream refuses the
document, since what a repair leaves out is lost silently. Opened files are hostile until shown
otherwise: run this under `extract.sandbox.jobs`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfminer.pdffont
import pdfminer.settings
from pdfminer.cmapdb import CMapParser
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser, PDFSyntaxError
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import PSKeyword, PSLiteral, literal_name

from errors import AdmissionsError, DocumentRefused
from extract.page.annotations import drawn_notes
from extract.page.content_stream import painted_marks
from extract.page.marks import Box, PageObjects
from extract.page.visibility import settle
from extract.signatures import PDF_WITHIN, is_pdf

# A brochure has tens of pages, a sheet is at most A0; 200 inches is the PDF format's own limit.
PAGES_MAX = 500
SIDE_POINTS_MAX = 14_400.0
SIDE_POINTS_MIN = 20.0

# Otherwise pdfminer reads on over broken streams and leaves out what it can't read.
pdfminer.settings.STRICT = True
logging.getLogger("pdfminer").setLevel(logging.ERROR)


class HeaderedCMapParser(CMapParser):
    """pdfminer's parser of ToUnicode maps; a `def` that closes a dictionary defines nothing.

    Adobe's own example, and Typst after it, open the map's header with `3 dict dup begin` and close
    it with `end def`. pdfminer takes the words before every `def` for a name and its value.
    """

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        if token is not self.KEYWORD_DEF:
            super().do_keyword(pos, token)
            return
        before = [value for _, value in self.popall()]
        if len(before) > 1 and isinstance(before[-2], PSLiteral):
            self.cmap.set_attr(str(before[-2].name), before[-1])


pdfminer.pdffont.CMapParser = HeaderedCMapParser  # type: ignore[attr-defined]


def visible_boxes(path: Path, *, document: str | None = None) -> list[Box]:
    """What a viewer shows of each page, in the coordinates of the marks on it."""
    return [blank.visible for blank in open_pages(path, document=document, painted=False)]


def open_pages(
    path: Path, *, document: str | None = None, painted: bool = True
) -> Iterator[PageObjects]:
    """The pages of the PDF at `path`, in order. `document`: its name in error messages.

    `painted=False`: without what is painted on them, at next to no cost.
    """
    document = document or path.name
    with path.open("rb") as file:
        with _refusing(document):
            if not is_pdf(file.read(PDF_WITHIN)):
                raise DocumentRefused("is not a PDF", todo="Give the PDF itself")
            pdf = _opened(PDFParser(file))
            layers_off = _layers_off(pdf)
            announced = _announced_pages(pdf)
        fonts = PDFResourceManager()
        pages = PDFPage.create_pages(pdf)
        number = 0
        while True:
            with _refusing(document, number + 1):
                page = next(pages, None)
                if page is None:
                    break
                number += 1
                if not painted:
                    page.contents, page.resources = [], {}
                objects = _page_objects(page, number, fonts, layers_off)
            yield objects
            del objects
    if number != announced:
        raise DocumentRefused(
            f"announces {announced} pages, but {number} can be read",
            document=document,
            todo="The file is damaged: get it again",
        )


@contextmanager
def _refusing(document: str, page: int | None = None) -> Iterator[None]:
    """Turn whatever pdfminer raises on a broken file into a `DocumentRefused` with the place."""
    try:
        yield
    except AdmissionsError as error:
        raise error.at(document=document, page=page) from error.__cause__
    except MemoryError:
        raise  # the sandbox knows the limit and says so
    except RecursionError as error:
        raise DocumentRefused("is nested without end", document=document, page=page) from error
    except Exception as error:  # pdfminer raises TypeError, KeyError, struct.error, ...
        raise DocumentRefused(
            "is damaged: its content cannot be read",
            document=document,
            page=page,
            text=f"{type(error).__name__}: {error}"[:200],
            todo="Open it in a viewer; get the file again",
        ) from error


def _opened(parser: PDFParser) -> PDFDocument:
    try:
        return PDFDocument(parser, fallback=False)
    except PDFSyntaxError as error:  # among them PDFNoValidXRef
        raise DocumentRefused(
            "is cut off or damaged: its table of contents is missing or broken",
            todo="Get the file again",
        ) from error
    except PDFPasswordIncorrect as error:
        raise DocumentRefused(
            "needs a password", todo="Get a copy that opens without one"
        ) from error


def _announced_pages(pdf: PDFDocument) -> int:
    count = resolve1(dict_value(pdf.catalog["Pages"])["Count"])
    if not isinstance(count, int) or not 1 <= count <= PAGES_MAX:
        raise DocumentRefused(
            f"announces {count} pages; a brochure has 1 to {PAGES_MAX}",
            todo="Is it the right file?",
        )
    return count


def _layers_off(pdf: PDFDocument) -> frozenset[int]:
    """Object ids of the layers that a viewer does not show."""
    properties = resolve1(pdf.catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    default = dict_value(properties.get("D", {}))

    def ids(refs: Any) -> set[int]:
        return {ref.objid for ref in list_value(refs) if isinstance(ref, PDFObjRef)}

    off = ids(default.get("OFF", []))
    base = resolve1(default.get("BaseState"))
    if base is not None and literal_name(base) == "OFF":
        off |= ids(properties.get("OCGs", [])) - ids(default.get("ON", []))
    return frozenset(off)


def _page_objects(
    page: PDFPage, number: int, fonts: PDFResourceManager, layers_off: frozenset[int]
) -> PageObjects:
    if number > PAGES_MAX:
        raise DocumentRefused(f"has more than {PAGES_MAX} pages")
    if "MediaBox" not in page.attrs:
        raise DocumentRefused("a page does not say how big it is")
    if page.rotate not in (0, 90, 180, 270):
        raise DocumentRefused(f"a page is turned by {page.rotate} degrees")
    x0, y0, x1, y1 = (float(side) for side in page.mediabox)
    page.mediabox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    for side in (abs(x1 - x0), abs(y1 - y0)):
        if not SIDE_POINTS_MIN <= side <= SIDE_POINTS_MAX:
            raise DocumentRefused(f"a page has a side of {side:g} points")
    painted, upright = painted_marks(page, fonts, layers_off)
    sheet = upright(*page.mediabox)
    objects = PageObjects(
        number,
        sheet.x1 - sheet.x0,
        sheet.bottom - sheet.top,
        upright(*page.cropbox).overlap(sheet),
    )
    settle(painted, objects)
    objects.hidden.extend(drawn_notes(page, upright))
    return objects
