"""Facts set in rows: a figure no bigger than its label, beside it or in one text with it.

Input: the lines of one page that no tile has. Output: `Fact`s. Grain: one figure.
Nothing here raises: a figure whose label is in doubt is no fact.

They count under a line that heads facts only: elsewhere rows of figures are fees, places, pages.
Figures stand under each other, each with its label on the same side; a column under a head of its
own does not count unless the head is declared. Or they stand in texts: 'majors: 45 +',
'majors ..... 45 +', '45 + majors', where a sign, a unit, decimals or commas show that they count
something (`transform.brochure.fact_texts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.cells import Line
from transform.brochure.big_figures import figures_of, starts_figure
from transform.brochure.fact_texts import Fact, fact_of, facts_in_texts, quantity_of, set_alike
from transform.brochure.tiles import EDGES, FLUSH, is_bold
from transform.lookups import heads, heads_facts
from transform.pages.quantities import leading_quantity
from transform.pages.whole_figures import BEHIND

LEAST = 2  # rows that make a column
LARGER = 1.1  # times the size of most texts: a heading
LEVEL = 0.5  # times the size: lines whose middles are this close stand in one row
NEARER = 0.8  # of the gap between two labels: lines of one stand closer
HEAD = 3.0  # times the size: the head of a column is at most so far above it


def facts_in_rows(lines: Sequence[Line]) -> list[Fact]:
    """The facts of a page that stand in columns or in texts."""
    under = under_facts(lines)
    if not under:
        return []
    several = sum(quantity_of(line.text) is not None for line in lines) > 1
    columns = _columns(figures_of(lines)) if several else []
    sides = []
    for side in (-1, 1):
        found: list[Fact] = []
        for column in columns:
            if all(figure[0] in under for figure in column):
                found += _rows(column, lines, side)
        sides.append(found)
    found = max(sides, key=len)
    used = [id(line) for fact in found for line in fact.lines]
    found = [fact for fact in found if all(used.count(id(line)) == 1 for line in fact.lines)]
    return found + facts_in_texts([line for line in under if id(line) not in used])


def under_facts(lines: Sequence[Line]) -> list[Line]:
    """What stands under a line that heads facts, down to the next heading as large."""
    head = next((line for line in lines if heads_facts(line.text)), None)
    if head is None:
        return []
    beside = [x.x0 for x in lines if x.x0 > head.x1 and x.top < head.bottom and _heads(x, head)]
    right = min(beside, default=float("inf"))  # what another heading is over
    under = [line for line in lines if line.top > head.top and line.x0 < right]
    words = [x for x in under if not starts_figure(x.text) and not BEHIND.fullmatch(x.text)]
    if not words:
        return under
    looks = [(round(line.size, 1), is_bold(line)) for line in words]
    size, bold = max(looks, key=looks.count)
    ends = [
        line.top for line in words
        if line.top > head.bottom and not heads("fact_column", line.text)
        and (line.size > LARGER * size or (is_bold(line) and not bold) or _heads(line, head))
    ]  # fmt: skip
    return [line for line in under if line.top < min(ends, default=float("inf"))]


def _heads(line: Line, head: Line) -> bool:
    """Whether a line is set as a heading is, or larger."""
    return line.size > 0.95 * head.size and is_bold(line) >= is_bold(head)


def _columns(figures: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Figures under each other, by the edge that most of them share."""
    left = [figure for figure in figures if quantity_of(_text(figure)) is not None]
    columns: list[list[list[Line]]] = []
    while len(left) > 1:
        column = max(
            (
                [figure for figure in left if abs(edge(figure[0]) - edge(one[0])) < FLUSH]
                for one in left for edge in EDGES
            ), key=len,
        )  # fmt: skip
        columns.append(column)
        left = [figure for figure in left if figure not in column]
    return columns


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _rows(column: Sequence[list[Line]], lines: Sequence[Line], side: int) -> list[Fact]:
    """The facts of a column whose labels are flush on one side of it; none in doubt."""
    inside = {id(line) for figure in column for line in figure}
    texts = [line for line in lines if id(line) not in inside]
    beside = [(figure, _beside(figure, texts, side)) for figure in column]
    starts = [label.x0 for _, label in beside if label]
    x0 = max(starts, key=lambda x: sum(abs(x - y) < FLUSH for y in starts), default=0.0)
    rows = [(f, label) for f, label in beside if label and abs(label.x0 - x0) < FLUSH]
    if len(rows) < LEAST or not _head_known(rows[0], texts) or _numbers_pages(rows):
        return []
    facts = [
        fact_of(_text(words), _text(figure), [*figure, *words])
        for (figure, _), words in zip(rows, _labels([x for _, x in rows], texts), strict=True)
    ]
    return [fact for fact in facts if fact] if all(facts) else []


def _beside(figure: Sequence[Line], texts: Sequence[Line], side: int) -> Line | None:
    """The text next to a figure on one side; None where it, what is on the other or the last one
    there is a figure too and has no label on that side."""
    level = [line for line in texts if abs(line.middle - figure[0].middle) < LEVEL * line.size]
    right = sorted((x for x in level if x.x0 >= figure[-1].x1), key=lambda line: line.x0)
    left = sorted((x for x in level if x.x1 <= figure[0].x0), key=lambda line: -line.x1)
    near, far = (left, right) if side < 0 else (right, left)
    if not near or _numeric(near[0]) or _numeric(near[-1]) or (far and _numeric(far[0])):
        return None
    return near[0]


def _numeric(line: Line) -> bool:
    return leading_quantity(line.text) is not None


def _head_known(row: tuple[Sequence[Line], Line], texts: Sequence[Line]) -> bool:
    """Whether no words stand over a column of figures but declared ones."""
    figure, label = row
    over = [
        line for line in texts
        if line.x0 < figure[0].x1 and line.x1 > figure[0].x0
        and not (line.x0 < label.x1 and line.x1 > label.x0)  # a title or text over both
        and 0 < figure[0].top - line.top < HEAD * line.size
    ]  # fmt: skip
    return all(heads("fact_column", line.text) for line in over)


def _numbers_pages(rows: Sequence[tuple[Sequence[Line], Line]]) -> bool:
    """Whether bare numbers rise from row to row, as those of a table of contents do."""
    texts = [_text(figure) for figure, _ in rows]
    return all(text.isdigit() for text in texts) and texts == sorted(texts, key=int)


def _labels(starts: Sequence[Line], texts: Sequence[Line]) -> list[list[Line]]:
    """All lines of each label, of which one is level with its figure; empty in doubt.

    Lines of one label stand closer together than two labels do.
    """
    first = starts[0]
    column = [x for x in texts if abs(x.x0 - first.x0) < FLUSH and set_alike(x, first)]
    column.sort(key=lambda line: line.top)
    gaps = [b.top - a.bottom for a, b in pairwise(column)]
    places = {id(line): i for i, line in enumerate(column)}
    at = sorted({places[id(line)] for line in starts if id(line) in places})
    if len(at) < len(starts):
        return [[] for _ in starts]  # labels set in two ways, or one for two figures
    cuts = [max(range(a, b), key=lambda k: gaps[k]) for a, b in pairwise(at)]
    between = min(gaps[k] for k in cuts)
    low, high = at[0], at[-1]
    if any(gaps[k] > NEARER * between for k in range(low, high) if k not in cuts):
        return [[] for _ in starts]
    while low and gaps[low - 1] < NEARER * between:
        low -= 1
    while high < len(gaps) and gaps[high] < NEARER * between:
        high += 1
    edges = [low, *(k + 1 for k in cuts), high + 1]
    blocks = [column[a:b] for a, b in pairwise(edges)]
    return [next(block for block in blocks if line in block) for line in starts]
