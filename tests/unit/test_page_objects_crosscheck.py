"""Our page objects against pdfplumber's, on every PDF at hand: same places, nothing lost."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page

from extract.page.lettering import readable
from extract.page.marks import Box, Char, Fill, PageObjects, Rule
from extract.page.objects import open_pages

pytestmark = pytest.mark.slow  # pdfplumber reads every page too

ROOT = Path(__file__).parents[2]
PUBLISHED = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "published"
DOCUMENTS = [*sorted((ROOT / "samples").glob("*.pdf")), *sorted(PUBLISHED.glob("*.pdf"))]


def pages_of(path: Path) -> Iterator[tuple[PageObjects, Page]]:
    with pdfplumber.open(path) as pdf:
        for ours, theirs in zip(open_pages(path), pdf.pages, strict=True):
            yield ours, theirs
            theirs.close()


def rounded(*sides: float) -> tuple[float, ...]:
    return tuple(round(float(side), 4) for side in sides)


def spread(box: Box) -> set[tuple[int, ...]]:
    """The box in hundredths of a point, rounded both ways: fills are cut at clips, which differ
    from the page's edge in the third decimal."""
    return {
        tuple(math.floor(side * 100 + shift) for side in box) for shift in (0.0, 0.25, 0.5, 0.75)
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_same_objects_as_pdfplumber(path: Path) -> None:
    for ours, theirs in pages_of(path):
        assert rounded(ours.width, ours.height) == rounded(theirs.width, theirs.height)
        assert rounded(*ours.visible) == rounded(*theirs.cropbox)
        chars = ours.chars + [mark for mark in ours.hidden if isinstance(mark, Char)]
        mine = Counter(
            (c.text, c.font, rounded(c.x0, c.top, c.x1, c.bottom, c.size)) for c in chars
        )
        yours = Counter(
            (
                readable(c["text"])[0],
                c["fontname"],
                rounded(c["x0"], c["top"], c["x1"], c["bottom"], c["size"]),
            )
            for c in theirs.chars
        )
        assert mine == yours
        fills = ours.fills + [mark for mark in ours.hidden if isinstance(mark, Fill)]
        rules = ours.rules + [mark for mark in ours.hidden if isinstance(mark, Rule)]
        areas = [Box(f.x0, f.top, f.x1, f.bottom) for f in fills]
        areas += [r.box for r in rules if r.drawn == "fill"]
        known = {side for area in areas for side in spread(area)}
        rects = (Box(r["x0"], r["top"], r["x1"], r["bottom"]) for r in theirs.rects)
        assert sum(spread(rect).isdisjoint(known) for rect in rects) <= ours.clutter
        strokes = Counter(rounded(r.position, r.start, r.end) for r in rules if r.drawn == "line")
        for line in theirs.lines:
            if line["x0"] == line["x1"]:
                strokes[rounded(line["x0"], line["top"], line["bottom"])] -= 1
            elif line["top"] == line["bottom"]:
                strokes[rounded(line["top"], line["x0"], line["x1"])] -= 1
        assert not [place for place, count in strokes.items() if count]


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="HKUST's own PDFs are not here")
def test_three_documents_show_three_parts_of_one_spread() -> None:
    """The conversion, bonus and Chinese documents are one spread under three CropBoxes."""
    shown = []
    for name in ("conversion-2026", "bonus-2026", "chinese-alternatives-2026"):
        (page,) = open_pages(PUBLISHED / f"{name}.pdf")
        shown.append(
            {(c.text, round(c.x0, 2), round(c.top, 2)) for c in page.chars if c.text != " "}
        )
        assert {mark.hidden for mark in page.hidden} == {"outside the visible page"}
    assert not (shown[0] & shown[1] or shown[0] & shown[2] or shown[1] & shown[2])
    assert all(shown)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="HKUST's own PDFs are not here")
def test_qr_codes_are_neither_rules_nor_fills() -> None:
    for page in open_pages(PUBLISHED / "requirements-2026.pdf"):
        assert page.clutter > 1500
        assert not [rule for rule in page.rules if rule.drawn == "fill"]
        assert all(min(f.x1 - f.x0, f.bottom - f.top) > 5 for f in page.fills if f.rectangular)
