"""Short lists of the brochure: the items under a declared heading.

Input: lines of one page. Output: readings of `listings` with source 'brochure'; which lines were
read. Grain: one item.
Raises: nothing.

Items stand one a line, in one column or several, or in a row with signs or commas between them.
Sentences between heading and items introduce the list; a line set as the heading is ends it. What
stands among or right under the items and is read as none of them, or may be two, is in the rejects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
COMMAS = re.compile(r",\s+(?!(?:Inc|Ltd|Limited|LLC|LLP|Co|Corp)\b)(?:and\s+)?")
LAST_TWO = re.compile(r"(.+?)\s+and\s+(.+)")
UNLISTED = "may be an item"  # how the reason of its reject begins
CLOSE = 1.5  # times the widest gap between items: what stands so close may be one more
FURTHER = 0.6  # times that gap: a line so close may be the rest of the item above it
GROUP = 4  # words: shorter lines under a bold item may be items themselves


def read_listings(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    """Reads every declared list among `lines`."""
    used: set[int] = set()
    for heading in lines:
        name = listing_named(heading.text)
        if name is None or _counted(heading, lines):
            continue
        items = _items(heading, lines)
        used |= {id(line) for line in (heading, *items)}
        doubtful = _left_out(heading, items, lines)
        items.sort(key=lambda line: (round(line.x0), line.top))
        position = 0
        for line in items:
            parts, certain = _parts(line)
            if not certain:
                doubtful.append(line)
            for text in parts:
                position += 1
                key = {"source": SOURCE, "list": name, "position": position}
                ledger.add("listings", key, "item", text, spot(line, page), "line of the list")
        for line in doubtful:
            ledger.reject(spot(line, page), f"{UNLISTED} of the list {name!r}, or several")
    return used


def _right_end(heading: Line, lines: Sequence[Line]) -> float:
    """Where the next heading level with that of a list starts."""
    beside = [
        line.x0 for line in lines
        if line.x0 > heading.x0 + 3 and _set_alike(line, heading)
        and abs(line.top - heading.top) < heading.size
    ]  # fmt: skip
    return min(beside, default=float("inf")) - 3


def _items(heading: Line, lines: Sequence[Line]) -> list[Line]:
    """Lines that follow each other down the page without a gap of three lines, in columns that
    start level. Another heading right of this one has its own."""
    right = _right_end(heading, lines)
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
        if not _introduces(line) and not (kept and _is_note(line, kept[0])):
            kept.append(line)
    bulleted = [line for line in kept if BULLET.match(line.text)]
    if len(bulleted) > 1:
        kept = bulleted  # what has no sign among them is told
    level = [line.x0 for line in kept if abs(line.top - kept[0].top) < 0.5 * line.size]
    return [line for line in kept if any(abs(line.x0 - x0) < 3 for x0 in level)]


def _introduces(line: Line) -> bool:
    """Whether a line is a sentence, leads to what follows or stands in brackets: no item."""
    leads_on = line.text.rstrip().endswith((":", "："))
    return leads_on or is_sentence(line.text) or re.fullmatch(r"\(.*\)", line.text) is not None


def _left_out(heading: Line, items: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Lines among the items of a list or close under them that may be items too, and items that
    may be the rest of the one above."""
    right = _right_end(heading, lines)
    own = [id(line) for line in (heading, *items)]
    columns = {
        round(line.x0): [x for x in items if round(x.x0) == round(line.x0)] for line in items
    }
    gaps = {
        id(below): below.top - above.bottom
        for column in columns.values()
        for above, below in pairwise(sorted(column, key=lambda line: line.top))
    }
    widest = max(gaps.values(), default=0.0)
    size = items[0].size if items else heading.size
    bottom = max((line.bottom for line in items), default=heading.bottom)
    bottom += max(CLOSE * widest, 0.5 * size)
    left, end = min(x.x0 for x in (heading, *items)), max(x.x1 for x in (heading, *items))
    near = [
        line for line in lines
        if id(line) not in own and not _introduces(line) and listing_named(line.text) is None
        and heading.bottom - 1 < line.top < bottom and left < line.x1 and line.x0 < min(end, right)
    ]  # fmt: skip
    under = {id(item): _under(item, items, near) for item in items}
    described = (
        bool(items)
        and all(under.values())
        and all(
            len(notes) == 1 or any(len(x.text.split()) > GROUP for x in notes)
            for notes in under.values()
        )
    )
    notes = [id(line) for notes in under.values() for line in notes] if described else []
    further = [line for line in items if gaps.get(id(line), widest) < FURTHER * widest]
    return [*further, *(line for line in near if id(line) not in notes)]


def _under(item: Line, items: Sequence[Line], near: Sequence[Line]) -> list[Line]:
    """The lines that say more of an item: under it, as far as the next one."""
    below = [x.top for x in items if x.top > item.top and abs(x.x0 - item.x0) < 3]
    return [
        x for x in near
        if item.top < x.top < min(below, default=float("inf"))
        and x.x0 < item.x1 and item.x0 < x.x1 and _is_note(x, item)
    ]  # fmt: skip


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


def _parts(line: Line) -> tuple[list[str], bool]:
    """The items of a line, without bullets and the flag 'NEW'; whether they part in one way."""
    text = " ".join(run.text.strip() for run in line.runs if run.text.strip() != "NEW")
    text = BULLET.sub("", text)
    signs = [part for part in SIGNS.split(text) if part]
    parts, certain = signs, True
    if len(signs) < 2:
        parts = COMMAS.split(text)
        last = LAST_TWO.fullmatch(parts[-1])
        more = last is not None and AND_MORE.fullmatch(last[2]) is not None
        certain = len(parts) == 1 or (len(parts) > 2 and (last is None or more))
        if len(parts) > 2 and last is not None and ", and " not in text:
            parts = [*parts[:-1], last[1], last[2]]
        parts = parts if len(parts) > 2 else [text]
    named = [part.strip(" ,") for part in parts if not AND_MORE.fullmatch(part.strip(" ,"))]
    return [without_flag(part)[0] for part in named if part], certain
