"""Pictures of pages for the report: as many as fit, and for the others why they are not there.

Input: `PagePicture`s, as `write_report` is given them, and how often each page was read.
Output: the pictures by page for the page's script; the reasons by page. Grain: one page of one
document. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PageId = tuple[str, int]  # sha256 of the document, page
Edges = tuple[float, float, float, float]  # x0, top, x1, bottom in points, as in audit.observations

TOO_MUCH = "with it this report would be too large"
BYTES_BESIDE = 250  # at most, of what the page says of a picture or of its absence


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as printed: WebP in base64, of the `box` on its `sheet`."""

    sheet: Edges
    box: Edges
    image: str


@dataclass(frozen=True, slots=True)
class PagePictures:
    """Pictures by page, and why there is none of others."""

    drawn: Mapping[PageId, PagePicture] = field(default_factory=dict)
    without: Mapping[PageId, str] = field(default_factory=dict)


def pictures_that_fit(
    pictures: PagePictures, observations: Mapping[PageId, int], most_bytes: int
) -> PagePictures:
    """Those of the pages most was read on, as long as there is room."""
    fitting: dict[PageId, PagePicture] = {}
    without = dict(pictures.without)
    most_bytes -= BYTES_BESIDE * len(pictures.drawn)
    for page in sorted(pictures.drawn, key=lambda page: (-observations.get(page, 0), page)):
        size = len(pictures.drawn[page].image)
        if size > most_bytes:
            without[page] = TOO_MUCH
            continue
        fitting[page] = pictures.drawn[page]
        most_bytes -= size
    return PagePictures(fitting, without)


def pictures_island(
    pictures: PagePictures, document_numbers: Mapping[str, int]
) -> dict[str, dict[str, object]]:
    """What the page's script needs, as JSON values, by 'document/page'."""

    def named(page: PageId) -> str:
        sha256, number = page
        return f"{document_numbers[sha256]}/{number}"

    return {
        "drawn": {
            named(page): [*picture.sheet, *picture.box, picture.image]
            for page, picture in sorted(pictures.drawn.items())
            if page[0] in document_numbers
        },
        "without": {
            named(page): why
            for page, why in sorted(pictures.without.items())
            if page[0] in document_numbers
        },
    }


def pages_without_picture(
    pictures: PagePictures, document_names: Mapping[str, str]
) -> list[dict[str, str]]:
    """Document, pages and reason, for people."""
    pages: dict[tuple[str, str], list[int]] = {}
    for (sha256, page), why in sorted(pictures.without.items()):
        if sha256 in document_names:
            pages.setdefault((document_names[sha256], why), []).append(page)
    return [
        {"document": name, "pages": ", ".join(map(str, numbers)), "why": why}
        for (name, why), numbers in sorted(pages.items())
    ]
