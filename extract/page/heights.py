"""What lies between two heights of a page, without looking at everything on it.

Input: things with a top and a bottom, in points. Output: those that touch a band of heights.
Grain: one index of one kind of thing. Nothing here raises.

A page of 10,000 cells has 100,000 things: what asks all of them for each cell takes minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

SHELF = 12.0  # points: about a row


class Tall(Protocol):
    """Anything that takes up height."""

    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


T = TypeVar("T")
TallT = TypeVar("TallT", bound=Tall)


class Heights(Generic[T]):
    """Things by height."""

    def __init__(self, things: Iterable[T], extent: Callable[[T], tuple[float, float]]) -> None:
        self._things = [(thing, *extent(thing)) for thing in things]
        self._shelves: dict[int, list[int]] = {}
        for number, (_, top, bottom) in enumerate(self._things):
            for shelf in range(int(top // SHELF), int(bottom // SHELF) + 1):
                self._shelves.setdefault(shelf, []).append(number)

    def between(self, top: float, bottom: float) -> list[T]:
        """Things that reach into the heights from `top` to `bottom`, both included, in the order
        in which they were given."""
        first, last = int(top // SHELF), int(bottom // SHELF)
        if last - first >= len(self._shelves):
            numbers: Iterable[int] = range(len(self._things))
        elif first == last:
            numbers = self._shelves.get(first, ())
        else:
            shelves = (self._shelves.get(shelf, ()) for shelf in range(first, last + 1))
            numbers = sorted({number for shelf in shelves for number in shelf})
        return [
            thing
            for thing, start, end in (self._things[number] for number in numbers)
            if start <= bottom and end >= top
        ]


def by_height(things: Iterable[TallT]) -> Heights[TallT]:
    """Things by the heights they take up."""
    return Heights(things, lambda thing: (thing.top, thing.bottom))


def at_height(things: Iterable[T], height: Callable[[T], float]) -> Heights[T]:
    """Things by one height each, such as that of their middle."""
    return Heights(things, lambda thing: (height(thing), height(thing)))
