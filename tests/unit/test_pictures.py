"""Pictures of pages: ink stands where cells say it does, turned and cut pages included; what does
not fit or cannot be drawn is told."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from errors import DocumentRefused
from extract.crop import crop_png
from extract.page.marks import Box
from extract.page.objects import open_pages
from extract.pictures import MARGIN_POINTS, pictures_json
from reports.pictures import (
    BYTES_BESIDE,
    TOO_MUCH,
    PagePicture,
    PagePictures,
    pages_without_picture,
    pictures_island,
    pictures_that_fit,
)
from tests.hostile.corpus import pdf, text

WORD = text(b"HHHH", 120, 130, 12)


def drawn(path: Path, *wanted: tuple[int, float, float]) -> list[tuple[Box, Box, Image.Image]]:
    """Sheet, box and picture of every page drawn."""
    told = json.loads(pictures_json(path, document="a.pdf", wanted=wanted))
    assert told["without"] == {}
    return [
        (
            Box(*one["sheet"]),
            Box(*one["box"]),
            Image.open(io.BytesIO(base64.b64decode(one["image"]))).convert("RGB"),
        )
        for one in told["pictures"]
    ]


def ink(box: Box, image: Image.Image) -> Box:
    """Where a picture is not white, in points of the page."""
    found = ImageChops.invert(image.convert("L")).point([0] * 64 + [255] * 192).getbbox()
    assert found is not None
    across, down = (box.x1 - box.x0) / image.width, (box.bottom - box.top) / image.height
    x0, top, x1, bottom = found
    return Box(
        box.x0 + x0 * across, box.top + top * down, box.x0 + x1 * across, box.top + bottom * down
    )


@pytest.mark.parametrize("media", [b"[0 0 400 300]", b"[30 20 430 320]"])
@pytest.mark.parametrize("crop", [b"", b"/CropBox[50 40 350 250]"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_ink_stands_where_its_characters_were_read(
    media: bytes, crop: bytes, rotate: int, tmp_path: Path
) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(WORD, page=b"/Rotate %d%s" % (rotate, crop), media=media))
    (page,) = open_pages(path)
    assert len(page.chars) == 4
    read = Box(
        min(char.x0 for char in page.chars), min(char.top for char in page.chars),
        max(char.x1 for char in page.chars), max(char.bottom for char in page.chars),
    )  # fmt: skip
    ((sheet, box, image),) = drawn(path, (1, read.top, read.bottom))
    assert sheet == pytest.approx(page.visible, abs=0.01)
    found = ink(box, image)
    # a letter H fills its advance but for a tenth on each side, and stands on its baseline
    assert read.x0 - 0.8 < found.x0 < found.x1 < read.x1 + 0.8
    assert read.top - 0.8 < found.top < found.bottom < read.bottom + 0.8
    assert max(found.x1 - found.x0, found.bottom - found.top) > 30  # four letters of 8.7 points


def test_the_frame_of_a_crop_stands_outside_of_its_box(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(b"", media=b"[0 0 400 300]"))
    framed = crop_png(path, document="page.pdf", page=1, box=(100, 100, 160, 107))
    crop = Image.open(io.BytesIO(framed)).convert("RGB")
    points = 72 / 150  # a dot; the crop has 24 points around the box
    frame = [
        (x * points + 76, y * points + 76)
        for x in range(crop.width)
        for y in range(crop.height)
        if crop.getpixel((x, y)) == (220, 60, 0)
    ]
    assert frame
    assert not [(x, y) for x, y in frame if 100 < x < 160 and 100 < y < 107]


def test_a_picture_is_as_wide_as_the_sheet_and_as_high_as_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(WORD, media=b"[0 0 400 1000]"))
    ((_, box, image),) = drawn(path, (1, 860, 872))
    assert (box.x0, box.x1) == (0, 400)
    assert box.top == pytest.approx(860 - MARGIN_POINTS, abs=1)
    assert box.bottom == pytest.approx(872 + MARGIN_POINTS, abs=1)
    assert image.width / 400 == pytest.approx(image.height / (box.bottom - box.top), rel=0.01)


def test_light_print_and_tints_keep_their_colour(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(b"1 0.8 0.8 rg 0 0 400 300 re f 0 0.6 0.8 rg 100 100 50 50 re f"))
    ((_, _, image),) = drawn(path, (1, 0, 300))
    assert sorted(color for _, color in image.getcolors() or []) == [(0, 153, 204), (255, 204, 204)]


@pytest.mark.slow
def test_a_sheet_as_large_as_a_wall_is_drawn_coarsely(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(b"0 g 0 0 7200 7200 re f", media=b"[0 0 14400 14400]"))
    ((_, _, image),) = drawn(path, (1, 0, 14400))
    assert image.size == (4000, 4000)


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"<html>")
    with pytest.raises(DocumentRefused, match=r"a\.pdf: is not a PDF"):
        pictures_json(path, document="a.pdf", wanted=[(1, 0, 10)])


# ---- as many as fit ------------------------------------------------------------------------


def picture(size: int) -> PagePicture:
    return PagePicture((0, 0, 400, 300), (0, 52, 400, 248), "A" * size)


def test_pages_most_was_read_on_have_their_pictures_first() -> None:
    given = PagePictures({("a", 1): picture(60), ("a", 2): picture(50), ("b", 1): picture(40)})
    read = {("a", 1): 5, ("a", 2): 900, ("b", 1): 20}
    assert pictures_that_fit(given, read, 1000).without == {}
    beside = 3 * BYTES_BESIDE
    fitting = pictures_that_fit(given, read, beside + 100)
    assert list(fitting.drawn) == [("a", 2), ("b", 1)]
    assert fitting.without == {("a", 1): TOO_MUCH}
    assert list(pictures_that_fit(given, read, beside + 60).drawn) == [("a", 2)]


def test_pages_without_picture_are_told_with_the_reason() -> None:
    given = PagePictures({}, {("a", 2): "no room", ("a", 1): "no room", ("b", 7): "is damaged"})
    assert pages_without_picture(given, {"a": "a.pdf", "b": "b.pdf"}) == [
        {"document": "a.pdf", "pages": "1, 2", "why": "no room"},
        {"document": "b.pdf", "pages": "7", "why": "is damaged"},
    ]


def test_the_script_finds_pictures_by_document_and_page() -> None:
    given = PagePictures({("b", 7): picture(3)}, {("a", 2): "no room"})
    assert pictures_island(given, {"a": 0, "b": 1}) == {
        "drawn": {"1/7": [0, 0, 400, 300, 0, 52, 400, 248, "AAA"]},
        "without": {"0/2": "no room"},
    }
