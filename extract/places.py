"""Places on a document, and how places of joined and of turned pages go back to the print.

Input: nothing; plain data. Output: `Place`, `Seam`, `Turn`, `Unseen`.
Grain: one place; one join of two pages; one turned page; one text. Nothing here raises.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands on a document.

    `page` and the box are None for HTML and text pages, which count `block`s from 1;
    `block` is None for PDFs.
    """

    page: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None
    block: int | None = None


class Seam(NamedTuple):
    """Where two facing pages were joined: at `x`, the right one moved by `across` and `down`."""

    x: float
    right_page: int
    across: float
    down: float

    def home(self, place: Place) -> Place:
        """A place of the joined pages on the page where it is printed."""
        if place.x0 is None or place.x1 is None or place.top is None or place.bottom is None:
            return place
        if place.x0 < self.x - 1:
            return place
        return Place(
            self.right_page,
            place.x0 - self.across,
            place.top - self.down,
            place.x1 - self.across,
            place.bottom - self.down,
        )


class Turn(NamedTuple):
    """How a page drawn lying was set upright.

    Its text ran at `angle` degrees, counter-clockwise, on a page of `width` x `height` points.
    """

    page: int
    angle: int
    width: float
    height: float

    def upright(
        self, x0: float, top: float, x1: float, bottom: float
    ) -> tuple[float, float, float, float]:
        """A box of the page as printed, where it stands once the text is upright."""
        if self.angle == 90:
            return self.height - bottom, x0, self.height - top, x1
        if self.angle == 270:
            return top, self.width - x1, bottom, self.width - x0
        return self.width - x1, self.height - bottom, self.width - x0, self.height - top

    def home(self, place: Place) -> Place:
        """A place of the upright page, where it is printed."""
        page, x0, top, x1, bottom, _ = place
        if page != self.page or x0 is None or top is None or x1 is None or bottom is None:
            return place
        if self.angle == 90:
            return Place(page, top, self.height - x1, bottom, self.height - x0)
        if self.angle == 270:
            return Place(page, self.width - bottom, x0, self.width - top, x1)
        return Place(page, *self.upright(x0, top, x1, bottom))


class Unseen(NamedTuple):
    """A text over a table that is not read, with the reason: slanted, or of its ground's colour."""

    text: str
    reason: str
    x0: float
    top: float
    x1: float
    bottom: float

    def moved(self, across: float, down: float) -> Unseen:
        """The text on a sheet on which its page lies elsewhere."""
        x0, x1 = self.x0 + across, self.x1 + across
        return self._replace(x0=x0, x1=x1, top=self.top + down, bottom=self.bottom + down)
