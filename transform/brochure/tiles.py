"""Tiles: big figures, each with the small label that says what it counts.

Input: the lines of one page. Output: `Tile`s. Grain: one figure.
Nothing here raises: a figure whose label could be either of two is no tile.

A label stands under its figure, over it or right of it, flush with it or centred,
and the same way for all figures of one size on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.cells import Line
from transform.brochure.big_figures import BIG, YEAR, figures_of, largest, starts_figure
from transform.lookups import heads_facts
from transform.pages.ranks import rank_claims
from transform.values import LEADING_MARK

NEAR_LABEL = 2.2  # times its size: a smaller line stands at most so far from the rest of its label
LEADING = 1.2  # times their size: between the lines of one label
NOTE = 0.9  # times its size: a smaller line under a label is a note or the name of a ranking
NEARER = 0.6  # times the way to the other: a label so near belongs to this figure
FLUSH = 3.0  # points: edges this close are one edge


class Look(NamedTuple):
    """What makes a figure with a text near it a tile."""

    big: float  # times the size of its label a figure is at least
    near: float  # times its own size, or
    near_label: float  # times that of its label: as far at most the two stand apart


PLAIN = Look(BIG, 1.1, 2.2)
RANKED = Look(1.0, 1.1, 2.2)  # for ranks over the name of a ranking: no other text is meant
TITLED = Look(1.0, 0.0, 1.0)  # under a line that heads facts

Edge = Callable[[Line], float]
EDGES: tuple[Edge, ...] = (
    lambda line: line.x0,
    lambda line: (line.x0 + line.x1) / 2,
    lambda line: line.x1,
)


@dataclass(slots=True)
class Tile:
    """A big figure and the lines of its label, top to bottom."""

    figure: list[Line]
    label: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.figure)

    @property
    def label_text(self) -> str:
        """What is counted, without a smaller note under it ('as of 2025')."""
        named = [line for line in self.label if line.size > NOTE * self.label[0].size]
        joined = " ".join(line.text for line in named)
        return re.sub(r"(?<=\w)- (?=[a-z])", "-", joined)  # a line broken at its hyphen


def tiles_of(lines: Sequence[Line], look: Look = PLAIN) -> list[Tile]:
    """The tiles of a page; its figures of one size have their labels on the same side."""
    figures = figures_of(lines)
    if not figures:
        return []
    taken = {id(line) for figure in figures for line in figure}
    texts = [line for line in lines if id(line) not in taken and not starts_figure(line.text)]
    texts = [line for line in texts if not heads_facts(line.text)]
    years = [line for line in lines if YEAR.fullmatch(line.text)]  # end the names of rankings
    labels: list[tuple[list[Line], list[Line]]] = []
    for alike in _by_size(figures):
        sides = [
            [side(x, texts + years if rank_claims(x[0].text) else texts, look) for side in SIDES]
            for x in alike
        ]
        labelled = [i for i, found in enumerate(sides) if any(found)]
        having = [sum(bool(sides[i][k]) for i in labelled) for k in range(len(SIDES))]
        most = max(len(labelled) // 2 + 1, max(having))
        whole = [k for k in range(len(SIDES)) if having[k] == most]
        for i in labelled:
            one = sides[i][whole[0]] if len(whole) == 1 else _nearest(alike[i], sides[i])
            labels.append((alike[i], one))
    used = [id(line) for _, label in labels for line in label]
    return [
        Tile(figure, label)
        for figure, label in labels
        if label and all(used.count(id(line)) == 1 for line in label)
    ]


def _by_size(figures: Sequence[list[Line]]) -> list[list[list[Line]]]:
    alike: list[list[list[Line]]] = []
    for figure in sorted(figures, key=lambda figure: largest(figure[0])):
        if alike and largest(figure[0]) <= 1.1 * largest(alike[-1][0][0]):
            alike[-1].append(figure)
        else:
            alike.append([figure])
    return alike


def is_bold(line: Line) -> bool:
    return all(run.bold for run in line.runs)


def _below(figure: Sequence[Line], texts: Sequence[Line], look: Look) -> list[Line]:
    under = [line for line in texts if line.middle > figure[-1].middle]
    return _label(figure, under, lambda upper, line: line.top - upper.bottom, look)


def _above(figure: Sequence[Line], texts: Sequence[Line], look: Look) -> list[Line]:
    over = [line for line in texts if line.middle < figure[0].middle]
    return _label(figure[:1], over, lambda lower, line: lower.top - line.bottom, look)[::-1]


def _label(
    figure: Sequence[Line],
    texts: Sequence[Line],
    gap: Callable[[Line, Line], float],
    look: Look,
) -> list[Line]:
    """Lines that follow a figure away from it, flush with it or centred, in one style."""
    label: list[Line] = []
    edges = list(EDGES)
    size = largest(figure[0])
    last = max(figure, key=lambda line: line.bottom)
    while True:
        near = [
            line for line in texts
            if line not in label and look.big * line.size <= size
            and any(_flush(edge, line, figure[0], last) for edge in edges)
            and -0.3 * line.size < gap(last, line)
            < _reach(label, line, size, look)
        ]  # fmt: skip
        line = min(near, key=lambda line: gap(last, line), default=None)
        if line is None or LEADING_MARK.match(line.printed):
            return label
        if label and (line.size > label[0].size + 0.1 or is_bold(line) > is_bold(label[0])):
            return label  # a heading of what follows
        edges = [edge for edge in edges if _flush(edge, line, figure[0], last)]
        label.append(line)
        last = line


def _reach(label: Sequence[Line], line: Line, size: float, look: Look) -> float:
    """How far at most a line stands from the figure or from the label so far."""
    if not label:
        return max(look.near_label * line.size, look.near * size)
    return (LEADING if line.size > NOTE * label[0].size else NEAR_LABEL) * label[0].size


def _flush(edge: Edge, line: Line, *others: Line) -> bool:
    return any(abs(edge(line) - edge(other)) < FLUSH for other in others)


def _beside(figure: Sequence[Line], texts: Sequence[Line], look: Look) -> list[Line]:
    """Lines right of a figure, within its height, with one left edge."""
    x1, size = max(line.x1 for line in figure), largest(figure[0])
    top, bottom = figure[0].top, figure[-1].bottom
    right = [
        line for line in texts
        if line.x0 > x1 and look.big * line.size <= size
        and top - 0.3 * size < line.middle < bottom + 0.3 * size
    ]  # fmt: skip
    nearest = min((line.x0 for line in right), default=0.0)
    if nearest - x1 > 8 * size:
        return []
    return sorted((x for x in right if x.x0 - nearest < FLUSH), key=lambda line: line.top)


def _nearest(figure: Sequence[Line], labels: Sequence[list[Line]]) -> list[Line]:
    """Of the labels under, over and beside a figure the one that can be meant; none in doubt."""
    below, above, beside = labels
    if below and above:
        under, over = below[0].top - figure[-1].bottom, figure[0].top - above[-1].bottom
        if under < NEARER * over:
            return below
        return above if over < NEARER * under else []
    return below or above or beside


SIDES = (_below, _above, _beside)
