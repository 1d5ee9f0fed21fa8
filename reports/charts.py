"""Charts as inline SVG: intervals, moves, the bonus curve, ranks.

Input: figures. Output: `Markup` that takes its colours from the page's style sheet, so that it
follows light, dark and print. Grain: one small drawing a call. Raises nothing.

Positions are percentages of the drawing's width where a drawing lies in a table's cell: letters
stay outside, as text of the table, at the page's own size on any screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

MOVE_WIDTH, MOVE_HEIGHT = 96, 34


def interval(label: str, axis: int, low: float | None, high: float) -> Markup:
    """A bar from lower quartile to median, in percent on a scale from `axis` to 100."""
    marks = Markup("")
    if low is not None:
        marks += Markup(
            '<rect class="bar" x="{0}%" y="5" width="{1}%" height="6"/>'
            '<rect class="low" x="{0}%" y="3" width="2" height="10"/>'
        ).format(_place(low, axis), round(_place(high, axis) - _place(low, axis), 2))
    marks += Markup('<circle class="mid" cx="{}%" cy="8" r="4"/>').format(_place(high, axis))
    return _strip(axis, marks, label)


def band(label: str, axis: int, low: float, middle: float, high: float) -> Markup:
    """The range of a school: from its lowest quartile to its highest median, the middle marked."""
    marks = Markup(
        '<line class="band" x1="{0}%" x2="{1}%" y1="8" y2="8"/>'
        '<line class="band" x1="{1}%" x2="{1}%" y1="4" y2="12"/>'
        '<line class="band" x1="{0}%" x2="{0}%" y1="4" y2="12"/>'
        '<circle class="low" cx="{2}%" cy="8" r="3.5"/>'
    ).format(_place(low, axis), _place(high, axis), _place(middle, axis))
    return _strip(axis, marks, label)


def ticks(axis: int) -> Markup:
    """The scale's figures, above a column of intervals."""
    return _figures([(_place(at, axis), f"{at} %") for at in _marks(axis)])


def rank_ticks(worst: int) -> Markup:
    """Best and worst rank, above a column of ranks."""
    return _figures([(_rank_place(rank, worst), str(rank)) for rank in sorted({1, worst})])


def _figures(figures: list[tuple[float, str]]) -> Markup:
    drawn = Markup("")
    for index, (place, text) in enumerate(figures):
        anchor, name = "middle", "between"
        if index in (0, len(figures) - 1):
            anchor, name = ("end" if index else "start"), "end"
        drawn += Markup('<text class="{}" x="{}%" y="12" text-anchor="{}">{}</text>').format(
            name, place, anchor, text
        )
    return Markup('<svg class="interval" aria-hidden="true" height="16">{}</svg>').format(drawn)


def _marks(axis: int) -> range:
    return range(axis, 101, 10 if axis > 30 else 20)


def _strip(axis: int, marks: Markup, label: str) -> Markup:
    grid = Markup("").join(
        Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="16"/>').format(_place(at, axis))
        for at in _marks(axis)
    )
    return _lying(label, grid + marks)


def _lying(label: str, drawn: Markup) -> Markup:
    """A drawing as high as a line of its table."""
    return Markup('<svg class="interval" role="img" aria-label="{}" height="16">{}</svg>').format(
        label, drawn
    )


def _place(share: float, axis: int) -> float:
    return round(100 * (share - axis) / (100 - axis), 2)


def move_unit(ranges: Sequence[float]) -> float:
    """Drawing units a score point: the same for all rows, so that their slopes compare."""
    return (MOVE_HEIGHT - 10) / max([*ranges, 1.0])


def move(
    medians: Sequence[float | None],
    quartiles: Sequence[float | None],
    like: Sequence[bool | None],
    unit: float,
    label: str,
) -> Markup:
    """Medians and lower quartiles over the columns, joined; dashed where the formula changed."""
    known = [value for value in (*medians, *quartiles) if value is not None]
    if not known:
        return Markup("")
    centre = (max(known) + min(known)) / 2
    step = (MOVE_WIDTH - 12) / max(len(medians) - 1, 1)

    def point(index: int, value: float) -> tuple[float, float]:
        return round(6 + index * step, 1), round(MOVE_HEIGHT / 2 - (value - centre) * unit, 1)

    drawn = Markup("")
    for name, values in (("low", quartiles), ("mid", medians)):
        seen = [(i, v) for i, v in enumerate(values) if v is not None]
        for (i, before), (j, after) in pairwise(seen):
            (x1, y1), (x2, y2) = point(i, before), point(j, after)
            broken = " broken" if any(one is False for one in like[i + 1 : j + 1]) else ""
            drawn += Markup(
                '<line class="{}{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
            ).format(name, broken, x1, y1, x2, y2)  # fmt: skip
        for i, value in seen:
            x, y = point(i, value)
            drawn += Markup('<circle class="{}" cx="{}" cy="{}" r="2.6"/>').format(name, x, y)
    return Markup(
        '<svg class="move" role="img" aria-label="{}" width="{}" height="{}">{}</svg>'
    ).format(label, MOVE_WIDTH, MOVE_HEIGHT, drawn)


def bonus_curve(points: Sequence[tuple[float, float]]) -> Markup:
    """Bonus percent over converted score, with the printed points."""
    width, height, left, bottom = 340, 190, 34, 26
    top_score, top_percent = points[-1]

    def at(score: float, percent: float) -> tuple[float, float]:
        return (
            round(left + score / top_score * (width - left - 46), 1),
            round(height - bottom - percent / top_percent * (height - bottom - 22), 1),
        )

    drawn = Markup("")
    for whole in range(int(top_percent) + 1):
        x, y = at(0, whole)
        drawn += Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text x="{}" y="{}" text-anchor="end">{} %</text>'
        ).format(x, width - 40, y, y, left - 5, y + 4, whole)
    line = " ".join(f"{x},{y}" for x, y in (at(*point) for point in points))
    drawn += Markup('<polyline class="mid" points="{}"/>').format(line)
    for score, percent in points:
        x, y = at(score, percent)
        drawn += Markup(
            '<circle class="mid" cx="{0}" cy="{1}" r="3.5"/>'
            '<text class="value" x="{2}" y="{3}" text-anchor="start">{4:.2f}</text>'
            '<text x="{0}" y="{5}" text-anchor="middle">{6:g}</text>'
        ).format(x, y, x + 6, y + 12, percent, height - bottom + 15, score)
    return Markup(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">{}</svg>'
    ).format(
        "Bonus in percent of the highest attainable score over the converted score",
        width, height, width, drawn,
    )  # fmt: skip


def ranks(values: Sequence[int], worst: int, label: str) -> Markup:
    """Ranks as dots on a scale from 1 (left) to the worst; the newest is filled."""
    drawn = Markup('<line class="grid" x1="0%" x2="100%" y1="8" y2="8"/>')
    for index, value in enumerate(values):
        name = "mid" if index == len(values) - 1 else "low"
        drawn += Markup('<circle class="{}" cx="{}%" cy="8" r="4"/>').format(
            name, _rank_place(value, worst)
        )
    return _lying(label, drawn)


def _rank_place(rank: int, worst: int) -> float:
    return round(3 + (rank - 1) / max(worst - 1, 1) * 94, 1)
