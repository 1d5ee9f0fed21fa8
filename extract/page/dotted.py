"""Dotted and dashed rules: rows of equal small marks, an equal distance apart.

Input: the thin rules and the dots of one page. Output: `Rule`s that a reader sees as one line each,
and which of the marks they are made of.
Grain: one rule a row of marks. Nothing here raises.

Some programs draw a dotted border as hundreds of squares, a dashed one as as many bars. A QR code
is made of such squares too: its rows lie on each other, a rule has nothing of its kind beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.page.marks import Color, Fill, Rule

MARKS_LEAST = 6  # fewer make no line that a reader would see
GAP_MOST = 3.0  # times the length of a mark: from one to the next
EVEN = 0.35  # of the step from mark to mark, or in points where the step is short: how exact it is
BESIDE = 2.5  # times the thickness: as close lie the rows of a QR code
SHARE = 0.2  # of a row's marks: so many beside it are no rule that crosses
THICK = 3.0  # points: thicker marks make no rule


class _Mark(NamedTuple):
    start: float
    end: float
    across: float  # the middle, at right angles to the row
    thickness: float
    of: Fill | Rule


def dotted_rules(rules: Sequence[Rule], dots: Sequence[Fill]) -> tuple[list[Rule], set[int]]:
    """The rules that rows of small marks make, and the ids of those marks."""
    made: list[Rule] = []
    used: set[int] = set()
    for horizontal in (True, False):
        lines: dict[tuple[Color, int], list[_Mark]] = defaultdict(list)
        for mark in _marks(rules, dots, horizontal):
            if id(mark.of) not in used:
                lines[mark.of.color, round(mark.across * 4)].append(mark)
        for (color, place), marks in lines.items():
            for row in _rows(sorted(marks, key=lambda mark: mark.start)):
                reach = BESIDE * row[0].thickness
                near = range(round(place - 4 * reach), round(place + 4 * reach) + 1)
                beside = (lines.get((color, other), ()) for other in near if other != place)
                if any(_part_of_a_cloud(row, other, reach) for other in beside):
                    continue
                made.append(_rule(row, horizontal))
                used.update(id(mark.of) for mark in row)
    return made, used


def _marks(rules: Iterable[Rule], dots: Iterable[Fill], horizontal: bool) -> Iterator[_Mark]:
    for dot in dots:
        if dot.hidden:
            continue
        along, across = (dot.x0, dot.x1), (dot.top, dot.bottom)
        if not horizontal:
            along, across = across, along
        thickness = across[1] - across[0]
        yield _Mark(*along, sum(across) / 2, thickness, dot)
    for rule in rules:
        if not rule.hidden and rule.horizontal == horizontal and rule.drawn == "fill":
            yield _Mark(rule.start, rule.end, rule.position, rule.thickness, rule)


def _rows(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Runs of equal marks with equal steps, long enough to be seen as a line."""
    run: list[_Mark] = []
    for mark in [*marks, None]:
        if mark is not None and (not run or _goes_on(run, mark)):
            run.append(mark)
            continue
        if len(run) >= MARKS_LEAST and run[0].thickness <= THICK:
            yield run
        run = [] if mark is None else [mark]


def _goes_on(run: Sequence[_Mark], mark: _Mark) -> bool:
    last = run[-1]
    length, gap = last.end - last.start, mark.start - last.end
    if not 0.3 * length < gap < GAP_MOST * length:
        return False
    step = mark.start - last.start
    slack = max(EVEN * step, 0.2)
    if abs((mark.end - mark.start) - length) > slack:
        return False
    return len(run) < 2 or abs(step - (last.start - run[-2].start)) <= slack


def _part_of_a_cloud(row: Sequence[_Mark], others: Iterable[_Mark], reach: float) -> bool:
    """Whether marks of the same colour lie close beside more than a few of a row's."""
    start, end, across = row[0].start, row[-1].end, row[0].across
    near = [
        m for m in others
        if start <= m.start < end and 0.26 < abs(m.across - across) <= reach
    ]  # fmt: skip
    return len(near) > SHARE * len(row)


def _rule(row: Sequence[_Mark], horizontal: bool) -> Rule:
    last = max(pairwise(row), key=lambda pair: pair[1].of.order)[1]
    return Rule(
        horizontal, row[0].across, row[0].start, row[-1].end, row[0].thickness,
        row[0].of.color, "fill", last.of.order,
    )  # fmt: skip
