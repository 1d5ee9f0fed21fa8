"""Texts that stand on a page and are not read, though nobody may have meant to hide them.

Input: the marks of a page that its reader doesn't see (`extract.page.visibility`). Output: `Unseen`s.
Grain: one run of characters that were painted side by side. Raises nothing.

A digit as white as its ground may have lost the disc it stood on, a slanted word may be a stamp
that matters, an annotation may cover a figure. What is clipped, transparent or in a layer
switched off was hidden on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.cells import Table
from extract.page.marks import Char, Fill, Rule
from extract.places import Unseen

ASLANT = "set aslant, as watermarks and stamps are"
ANNOTATED = "in an annotation that viewers draw over the page"
SAME_COLOUR = "same colour as its ground"
APART_EM = 1.0  # times the size: characters farther apart are two texts


def over_tables(texts: Iterable[Unseen], tables: Sequence[Table]) -> tuple[Unseen, ...]:
    """The texts that touch a table."""
    return tuple(
        text
        for text in texts
        if any(
            t.x0 < text.x1 and text.x0 < t.x1 and t.top < text.bottom and text.top < t.bottom
            for t in tables
        )
    )


def unseen_texts(hidden: Iterable[Char | Rule | Fill]) -> tuple[Unseen, ...]:
    """The texts among hidden marks that are worth telling of, in painting order."""
    runs: list[list[Char]] = []
    for mark in hidden:
        if not isinstance(mark, Char) or mark.hidden not in (ASLANT, SAME_COLOUR, ANNOTATED):
            continue
        if not runs or runs[-1][-1].hidden != mark.hidden or _are_apart(runs[-1][-1], mark):
            runs.append([])
        runs[-1].append(mark)
    return tuple(_unseen(run) for run in runs if any(not char.text.isspace() for char in run))


def _are_apart(one: Char, other: Char) -> bool:
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down) > APART_EM * max(one.size, other.size)


def _unseen(run: list[Char]) -> Unseen:
    return Unseen(
        " ".join("".join(char.text for char in run).split()),
        run[0].hidden,
        min(char.x0 for char in run),
        min(char.top for char in run),
        max(char.x1 for char in run),
        max(char.bottom for char in run),
    )
