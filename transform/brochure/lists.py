"""Short lists of the brochure: the items under a declared heading.

Input: lines of one page. Output: readings of `listings` with source 'brochure'; which lines were
read. Grain: one item.
Raises: nothing.

Items stand one a line, in one column or several, or in a row with signs or commas between them.
Sentences between heading and items introduce the list; a line set as the heading is ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Line
from transform.brochure.tiles import NOTE, is_bold
from transform.lookups import listing_named
from transform.pages.quantities import whole_quantity
from transform.pages.words import is_sentence
from transform.readings import Ledger
from transform.values import spot, without_flag

SOURCE = "brochure"
BULLET = re.compile(r"^(?:[•●▪‣◦·∙■□➢*–—-]|\(?\d{1,2}[.)]\s)\s*(?=\w)")
SIGNS = re.compile(r"\s*[|•●▪·;]\s*|\s+/\s+")
AND_MORE = re.compile(r"(?:and )?(?:(?:many )?(?:more|others)|etc)\W*", re.IGNORECASE)
COMMAS = re.compile(r",\s+(?:and\s+)?|\s+and\s+")


def read_listings(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    """Reads every declared list among `lines`."""
    used: set[int] = set()
    for heading in lines:
        name = listing_named(heading.text)
        if name is None or _counted(heading, lines):
            continue
        items = _items(heading, lines)
        used.add(id(heading))
        items.sort(key=lambda line: (round(line.x0), line.top))
        position = 0
        for line in items:
            used.add(id(line))
            for text in _parts(line):
                position += 1
                key = {"source": SOURCE, "list": name, "position": position}
                ledger.add("listings", key, "item", text, spot(line, page), "line of the list")
    return used


def _items(heading: Line, lines: Sequence[Line]) -> list[Line]:
    """Lines that follow each other down the page without a gap of three lines, in columns that
    start level. Another heading right of this one has its own."""
    beside = [
        line.x0 for line in lines
        if line.x0 > heading.x0 + 3 and _set_alike(line, heading)
        and abs(line.top - heading.top) < heading.size
    ]  # fmt: skip
    right = min(beside, default=float("inf")) - 3
    bottom = heading.bottom
    kept: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top):
        if line is heading or line.top <= heading.top or not heading.x0 - 3 < line.x0 < right:
            continue
        if line.top - bottom > 3 * line.size or listing_named(line.text) is not None:
            break
        if line.size > heading.size + 0.1:
            break
        if kept and _heads_more(line, kept[0], heading):
            break
        bottom = max(bottom, line.bottom)
        if not is_sentence(line.text) and not (kept and _is_note(line, kept[0])):
            kept.append(line)
    level = [line.x0 for line in kept if abs(line.top - kept[0].top) < 0.5 * line.size]
    return [line for line in kept if any(abs(line.x0 - x0) < 3 for x0 in level)]


def _heads_more(line: Line, item: Line, heading: Line) -> bool:
    """Whether a line is the heading of what follows the items of a list."""
    like_heading = _set_alike(line, heading) and not _set_alike(item, heading)
    return like_heading or (is_bold(line) and not is_bold(item))


def _is_note(line: Line, item: Line) -> bool:
    """Whether a line says more of an item, or stands at the foot of the page."""
    described = is_bold(item) and not any(run.bold for run in line.runs)
    return described or line.size < NOTE * item.size


def _counted(heading: Line, lines: Sequence[Line]) -> bool:
    """Whether a figure stands beside a line or right over it: '3' extended majors."""
    return any(
        whole_quantity(line.text) is not None
        and (
            abs(line.middle - heading.middle) < 0.5 * line.size
            or (line.x0 < heading.x1 and line.x1 > heading.x0
                and 0 <= heading.top - line.bottom < heading.size)
        )
        for line in lines
    )  # fmt: skip


def _set_alike(line: Line, heading: Line) -> bool:
    return abs(line.size - heading.size) < 0.1 and is_bold(line) == is_bold(heading)


def _parts(line: Line) -> list[str]:
    """The items of a line, without bullets and the flag 'NEW'."""
    text = " ".join(run.text.strip() for run in line.runs if run.text.strip() != "NEW")
    text = BULLET.sub("", text)
    signs = [part for part in SIGNS.split(text) if part]
    parts = signs if len(signs) > 1 else COMMAS.split(text) if text.count(",") > 1 else [text]
    named = [part.strip(" ,") for part in parts if not AND_MORE.fullmatch(part.strip(" ,"))]
    return [without_flag(part)[0] for part in named if part]
