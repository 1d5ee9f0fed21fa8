"""'Where was this printed': the page itself with the place framed, and what is said without it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from extract.pictures import pictures_json
from reports.pictures import PagePicture, PagePictures
from tests.browser.axe import findings, needs_axe
from tests.browser.chromium import Page
from tests.browser.conftest import DOCUMENT, release_rows, release_with_report
from tests.hostile.corpus import pdf, text

pytestmark = pytest.mark.slow  # a real browser

Opened = Callable[..., Page]
WITHOUT = "the reader went down"
KEY = '{"edition": 2026, "jupas_code": "JS5101"}'


def observation(column: str, page: int | None, box: tuple[float, ...], **other: Any):
    edges = dict(zip(("x0", "top", "x1", "bottom"), box or (None,) * 4, strict=True))
    return {
        "table_name": "formulas", "key": KEY, "column_name": column, "document_sha256": DOCUMENT,
        "page": page, "text": "as printed", "rule": "text", **edges, **other,
    }  # fmt: skip


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with a picture of the one page of a PDF that prints 38.25 and 37.88 in their boxes,
    and a column of text from top to foot; of another page without a picture; of a web page."""
    rows = release_rows()
    for row in rows["observations"]:
        row["page"] = 1
    rows["observations"] += [
        observation("formula_text", 1, (300, 40, 560, 700)),
        observation("formula", 7, (100, 100, 140, 120)),
        observation("notes", None, (), block=3),
    ]
    path = tmp_path_factory.mktemp("document") / "brochure.pdf"
    figures = text(b"38.25", 105, 842 - 208, 9) + text(b"37.88", 155, 842 - 208, 9)
    words = text(b"The middle", 310, 842 - 375, 20)
    path.write_bytes(pdf(figures + words, media=b"[0 0 595 842]"))
    told = json.loads(pictures_json(path, document="brochure.pdf", wanted=[(1, 40, 700)]))
    pictures = {
        (DOCUMENT, one["page"]): PagePicture(one["sheet"], one["box"], one["image"])
        for one in told["pictures"]
    }
    folder = tmp_path_factory.mktemp("pictured")
    return release_with_report(rows, folder, PagePictures(pictures, {(DOCUMENT, 7): WITHOUT}))


def show(page: Page, table: str, column: str) -> None:
    """What choosing the figure of this column does."""
    page.evaluate(
        f"""showPlace(placeData.values.findIndex(([t, , c]) => placeData.tables[t] === {table!r}
                && placeData.columns[c] === {column!r}), document.querySelector('h1'))"""
    )
    wait_until_painted(page)


def wait_until_painted(page: Page) -> None:
    """A picture is decoded before it is painted."""
    page.evaluate(
        """Promise.all([...document.querySelectorAll('dialog image')].map(one => {
             const copy = new Image(); copy.src = one.getAttribute('href'); return copy.decode();
           })).then(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50))))"""
    )


def painted(page: Page, selector: str, folder: Path) -> Image.Image:
    """The pixels of an element on the screen, in grey."""
    page.screenshot(folder / "screen.png")
    edges = page.evaluate(
        f"""(one => ['left', 'top', 'right', 'bottom'].map(edge => Math.round(one[edge])))
            (document.querySelector({selector!r}).getBoundingClientRect())"""
    )
    return Image.open(folder / "screen.png").convert("L").crop(edges)


def dark(picture: Image.Image) -> float:
    """The part of a picture that is ink."""
    histogram = picture.histogram()
    return sum(histogram[:90]) / sum(histogram)


SIZES = [{"width": 1280}, {"width": 390}, {"width": 1280, "dark": True}]


@pytest.mark.parametrize("size", SIZES)
def test_the_figure_stands_in_the_box_on_its_page(
    opened: Opened, pictured: Path, tmp_path: Path, size: dict[str, Any]
):
    page = opened(pictured, **size)
    page.evaluate("document.querySelector('#moves button.f').focus()")
    page.press("Enter")  # 38.25
    wait_until_painted(page)
    assert "38.25" in page.evaluate(
        "document.querySelector('dialog .cut').getAttribute('aria-label')"
    )
    box = painted(page, "dialog .cut .here", tmp_path)
    assert box.width > 80  # 43 points
    inside = box.crop((6, 6, box.width - 6, box.height - 6))
    assert 0.03 < dark(inside) < 0.4  # figures, not a blank and not a blot
    cut = painted(page, "dialog .cut", tmp_path)
    assert dark(cut.crop((0, 0, cut.width, cut.height // 4))) == 0  # nothing is printed above
    assert page.console == []
    assert all(address.startswith("data:image/webp;") for address in page.requests[1:])


def test_the_whole_page_is_shown_with_the_place(opened: Opened, pictured: Path):
    page = opened(pictured)
    show(page, "scores", "median")
    drawn = "document.querySelector('dialog svg.map').getAttribute('viewBox')"
    assert page.evaluate(drawn) == "0 0 595 842"
    assert page.evaluate("document.querySelectorAll('dialog svg.map image').length") == 1
    assert page.evaluate("document.querySelectorAll('dialog svg.map .beside').length") == 0
    assert "Sharper" in page.evaluate("document.querySelector('dialog').innerText")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_cell_larger_than_the_window_scrolls_to_its_text(
    opened: Opened, pictured: Path, tmp_path: Path, width: int
):
    page = opened(pictured, width=width)
    show(page, "formulas", "formula_text")
    assert page.evaluate("document.querySelector('dialog .frame').tabIndex") == 0
    assert dark(painted(page, "dialog .frame", tmp_path)) > 0.002  # "The middle"
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width


def test_a_page_without_picture_says_why_and_names_the_command(opened: Opened, pictured: Path):
    page = opened(pictured)
    show(page, "formulas", "formula")
    told = page.evaluate("document.querySelector('dialog').innerText")
    assert f"No picture of page 7 of brochure.pdf is in this report: {WITHOUT}." in told
    assert page.evaluate("document.querySelectorAll('dialog image').length") == 0
    assert page.evaluate("document.querySelectorAll('dialog svg.map .beside').length") == 1
    command = shlex.split(page.evaluate("document.querySelector('dialog p.printed').textContent"))
    assert command[:2] == ["admissions", "trace"]
    assert command[command.index("--png") + 1] == "crop.png"
    assert f"brochure.pdf, page 7: {WITHOUT}" in page.evaluate(
        "document.querySelector('#where').innerText"
    )


def test_a_web_page_has_no_box_to_draw(opened: Opened, pictured: Path):
    page = opened(pictured)
    show(page, "formulas", "notes")
    told = page.evaluate("document.querySelector('dialog').innerText")
    assert "text block 3" in told
    assert "No picture" not in told
    assert "--png" not in told


@needs_axe
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("column", ["formula_text", "formula"])
def test_axe_has_no_findings_in_the_dialog(
    opened: Opened, pictured: Path, size: dict[str, Any], column: str
):
    page = opened(pictured, **size)
    show(page, "formulas", column)
    assert findings(page, "'dialog'") == []
