"""Subpaths of a painted path as what matters for tables: straight segments, rectangles, bounds.

Input: path segments in user space as pdfminer gives them, with `('re', x, y, width, height)` kept
whole, and the matrix to page space.
Output: one `Shape` per subpath, in page space. Raises: nothing for well-formed numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pdfminer.utils import Matrix

Point = tuple[float, float]
Corners = tuple[float, float, float, float]

# Rounded corners and rounding noise take less than this share of a rectangle's area.
RECTANGULAR_MIN = 0.9


class Shape(NamedTuple):
    bound: Corners  # x0, y0, x1, y1
    segments: list[tuple[Point, Point]]  # straight ones, for stroking
    rectangular: bool  # fills its bound
    area: float  # of the bound
    clockwise: bool  # the winding, which decides where overlapping subpaths leave a hole


def subpaths(path: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The path cut at each move. What stands before the first move paints nothing."""
    start: int | None = None
    for i, segment in enumerate(path):
        if segment[0] in ("m", "re"):
            if start is not None:
                yield path[start:i]
            start = i
            if segment[0] == "re":
                yield path[i : i + 1]
                start = None
    if start is not None:
        yield path[start:]


def shape_of(ctm: Matrix, subpath: Sequence[Any]) -> Shape:
    """One subpath in page space."""
    a, b, c, d, e, f = ctm
    if subpath[0][0] == "re":
        _, x, y, w, h = subpath[0]
        if b == 0 and c == 0:
            # The same sums as pdfminer's, so that coordinates agree to the last bit.
            return _upright(a * x + e, d * y + f, a * (x + w) + e, d * (y + h) + f)
        user = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        ends: list[Point] = [(a * px + c * py + e, b * px + d * py + f) for px, py in user]
        ends.append(ends[0])
        straight = [True] * 4
    else:
        ends, straight = [], []
        for segment in subpath:
            if segment[0] == "h":
                if ends and ends[-1] != ends[0]:
                    ends.append(ends[0])
                    straight.append(True)
                continue
            px, py = segment[-2], segment[-1]
            ends.append((a * px + c * py + e, b * px + d * py + f))
            if segment[0] != "m":
                straight.append(segment[0] == "l")
    xs, ys = [p[0] for p in ends], [p[1] for p in ends]
    bound = (min(xs), min(ys), max(xs), max(ys))
    area = (bound[2] - bound[0]) * (bound[3] - bound[1])
    twice = sum(
        x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ends, ends[1:] + ends[:1], strict=True)
    )
    segments = [(p, q) for p, q, line in zip(ends, ends[1:], straight, strict=False) if line]
    return Shape(bound, segments, abs(twice) >= 2 * RECTANGULAR_MIN * area, area, twice < 0)


def _upright(x0: float, y0: float, x1: float, y1: float) -> Shape:
    """The rectangle from (x0, y0) along the x axis to (x1, y1) and back; by far the commonest."""
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    signed = (x1 - x0) * (y1 - y0)
    if x1 < x0:
        x0, x1 = x1, x0
    if y1 < y0:
        y0, y1 = y1, y0
    segments = [(corners[i], corners[i + 1]) for i in range(4)]
    return Shape((x0, y0, x1, y1), segments, True, abs(signed), signed < 0)


def ring_of(shapes: Sequence[Shape], evenodd: bool) -> list[Corners] | None:
    """Four bars where two rectangles, one in the other, paint only the frame between them."""
    if len(shapes) != 2 or not (shapes[0].rectangular and shapes[1].rectangular):
        return None
    if not evenodd and shapes[0].clockwise == shapes[1].clockwise:
        return None
    inner, outer = sorted(
        (shape.bound for shape in shapes), key=lambda s: (s[2] - s[0]) * (s[3] - s[1])
    )
    if not (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    ):
        return None
    bars = [
        (outer[0], outer[1], outer[2], inner[1]),
        (outer[0], inner[3], outer[2], outer[3]),
        (outer[0], inner[1], inner[0], inner[3]),
        (inner[2], inner[1], outer[2], inner[3]),
    ]
    return [bar for bar in bars if bar[2] > bar[0] and bar[3] > bar[1]]
