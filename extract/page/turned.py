"""Pages whose content is drawn lying, without /Rotate: set upright before tables are read.

Input: `PageObjects`. Output: `PageObjects` whose text runs left to right, and the `Turn` that
brings places back to the page as it is printed.
Grain: one page. Nothing here raises.

A page is turned where most of its visible characters have one and the same angle that is not 0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TypeVar

from extract.page.marks import Box, Char, Fill, Image, PageObjects, Rule
from extract.places import Turn

MOST = 0.6  # of the characters of a page give its direction
SIDEWAYS = (90, 270)

Boxed = TypeVar("Boxed", Char, Fill, Image)


def set_upright(objects: PageObjects) -> tuple[PageObjects, Turn | None]:
    """The page as its text is read, and the turn; the page itself where nothing is turned."""
    angles = Counter(char.angle for char in objects.chars if not char.text.isspace())
    if not angles:
        return objects, None
    angle, count = angles.most_common(1)[0]
    if angle not in (90, 180, 270) or count <= MOST * angles.total():
        return objects, None
    turn = Turn(objects.number, angle, objects.width, objects.height)
    width, height = objects.width, objects.height
    if angle in SIDEWAYS:
        width, height = height, width
    return PageObjects(
        objects.number, width, height, Box(*turn.upright(*objects.visible)),
        [_char(char, turn) for char in objects.chars],
        [_rule(rule, turn) for rule in objects.rules],
        [_boxed(fill, turn) for fill in objects.fills],
        [_boxed(image, turn) for image in objects.images],
        [_mark(mark, turn) for mark in objects.hidden],
        objects.clutter,
    ), turn  # fmt: skip


def _boxed(mark: Boxed, turn: Turn) -> Boxed:
    x0, top, x1, bottom = turn.upright(*mark.box)
    return replace(mark, x0=x0, top=top, x1=x1, bottom=bottom)


def _char(char: Char, turn: Turn) -> Char:
    x0, top, _, _ = turn.upright(char.baseline, char.baseline, char.baseline, char.baseline)
    angle = (char.angle - turn.angle) % 360
    return replace(_boxed(char, turn), angle=angle, baseline=x0 if angle in SIDEWAYS else top)


def _rule(rule: Rule, turn: Turn) -> Rule:
    x0, top, x1, bottom = turn.upright(*rule.box)
    horizontal = rule.horizontal if turn.angle == 180 else not rule.horizontal
    if horizontal:
        return replace(rule, horizontal=True, position=(top + bottom) / 2, start=x0, end=x1)
    return replace(rule, horizontal=False, position=(x0 + x1) / 2, start=top, end=bottom)


def _mark(mark: Char | Rule | Fill, turn: Turn) -> Char | Rule | Fill:
    if isinstance(mark, Char):
        return _char(mark, turn)
    return _rule(mark, turn) if isinstance(mark, Rule) else _boxed(mark, turn)
