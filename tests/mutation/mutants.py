"""Mutants: one object of one page of a sample changed, after the PDF was parsed.

Input: `PageObjects`. Output: `Thing`s that can be changed, `Mutant`s that say how, and the page
with the change made.
Grain: one mutant changes one rule segment, one fill, one word, one character or one mark.
Nothing here raises.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TypeVar

from extract.page.canvas import Painted
from extract.page.marks import Box, Char, Fill, PageObjects, Rule
from extract.page.visibility import settle
from extract.page.words import words_of
from transform.lookups import is_declared_mark

OPERATIONS: dict[str, tuple[str, ...]] = {
    "rule": ("delete", "duplicate", "nudge", "half a row", "a row", "sideways"),
    "fill": ("delete", "duplicate", "nudge", "half a row", "a row", "sideways", "recolour"),
    "word": ("delete", "duplicate", "nudge", "half a row", "a row", "sideways"),
    "character": ("change", "drop last"),
    "mark": ("delete", "duplicate", "swap"),
}
# What the page says is changed, not only where it stands: the reader reads the mutant rightly.
CONTENT = {
    ("fill", "recolour"),
    ("word", "delete"),
    ("character", "change"),
    ("character", "drop last"),
    ("mark", "delete"),
    ("mark", "swap"),
}
Mark = TypeVar("Mark", Rule, Fill, Char)
NUDGE, ASIDE, TWICE = 3.0, 12.0, 4.0  # points
SMALL = 0.85


@dataclass(frozen=True, slots=True)
class Thing:
    """One object of a page: its kind, where it stands in the page's list(s), its box and text."""

    kind: str
    members: tuple[int, ...]
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """What is changed: the `index`-th thing of a kind on a page, and how."""

    document: str
    page: int
    kind: str
    index: int
    operation: str

    @property
    def is_content(self) -> bool:
        """Whether the mutated page says something else, as a misprint would."""
        return (self.kind, self.operation) in CONTENT


def things_of(page: PageObjects) -> dict[str, list[Thing]]:
    """Everything on a page that a mutant may change, by kind."""
    words = _words(page.chars)
    sizes = {thing.members: page.chars[thing.members[0]].size for thing in words}
    marks: list[Thing] = []
    plain: list[Thing] = []
    for word in words:
        (marks if _is_mark(word, words, sizes) else plain).append(word)
    return {
        "rule": [Thing("rule", (i,), rule.box) for i, rule in enumerate(page.rules)],
        "fill": [
            Thing("fill", (i,), Box(fill.x0, fill.top, fill.x1, fill.bottom), fill.color)
            for i, fill in enumerate(page.fills)
        ],
        "word": plain,
        "character": [replace(word, kind="character") for word in plain if _spelt(word.text)],
        "mark": [replace(word, kind="mark") for word in marks],
    }


def _words(chars: Sequence[Char]) -> list[Thing]:
    """The words of a page with the characters that make them up, left to right."""
    by_band: dict[int, list[int]] = defaultdict(list)
    for i, char in enumerate(chars):
        by_band[int((char.top + char.bottom) / 2) // 4].append(i)
    things = []
    for word in words_of(chars):
        box = Box(word.x0, word.top, word.x1, word.bottom)
        members = [
            i
            for band in range(int(word.top) // 4 - 1, int(word.bottom) // 4 + 2)
            for i in by_band[band]
            if box.holds((chars[i].x0 + chars[i].x1) / 2, (chars[i].top + chars[i].bottom) / 2)
            and abs(chars[i].size - word.size) < 0.11
            and not chars[i].text.isspace()
        ]
        members.sort(key=lambda i: chars[i].x0)
        if members:
            things.append(Thing("word", tuple(members), box, word.text))
    return things


def _is_mark(word: Thing, words: Sequence[Thing], sizes: dict[tuple[int, ...], float]) -> bool:
    symbols = all(map(is_declared_mark, word.text))
    if not (symbols or (len(word.text) == 1 and word.text.isdigit())):
        return False
    beside = [
        sizes[other.members]
        for other in words
        if other is not word
        and other.box.top < word.box.bottom
        and other.box.bottom > word.box.top
        and -60 < other.box.x0 - word.box.x1 < 40
    ]
    small = any(sizes[word.members] <= SMALL * size for size in beside)
    return small or (symbols and not set(word.text) & set("+*"))


def _spelt(text: str) -> bool:
    return any(char.isalnum() for char in text)


def pitch_of(page: PageObjects) -> float:
    """The usual height of a row on a page, in points."""
    heights = sorted({round(rule.position, 1) for rule in page.rules if rule.horizontal})
    steps = [b - a for a, b in pairwise(heights) if b - a > 6]
    return median(steps) if steps else 12.0


def mutants_of(document: str, pages: Sequence[PageObjects]) -> Iterator[Mutant]:
    """Every mutant of a document, in order."""
    for page in pages:
        for kind, things in things_of(page).items():
            for index in range(len(things)):
                for operation in OPERATIONS[kind]:
                    yield Mutant(document, page.number, kind, index, operation)


def sample_of(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """About `count` mutants, the same for each kind and operation, as far as there are so many."""
    groups: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for mutant in sorted(mutants):
        groups[mutant.kind, mutant.operation].append(mutant)
    chosen: list[Mutant] = []
    for left, (key, group) in enumerate(sorted(groups.items(), key=lambda item: len(item[1]))):
        share = round((count - len(chosen)) / (len(groups) - left))
        draw = random.Random(f"{seed} {key}")
        chosen += draw.sample(group, min(share, len(group)))
    return sorted(chosen)


def mutated(page: PageObjects, things: dict[str, list[Thing]], mutant: Mutant) -> PageObjects:
    """The page with the one change made, and sorted anew into what is seen and what is not."""
    return _settled(_with_change(page, things, mutant), page)


def _settled(page: PageObjects, before: PageObjects) -> PageObjects:
    """The page as `extract.page.visibility` leaves it: characters printed over others are distrusted."""
    painted = Painted()
    painted.chars = [replace(char) for char in page.chars]
    painted.rules = [replace(rule) for rule in page.rules]
    painted.fills = [replace(fill) for fill in page.fills]
    painted.images = page.images
    settled = replace(page)
    settle(painted, settled)
    if settled.chars == before.chars:
        settled.chars = before.chars  # the same list: what is known of it need not be found again
    return settled


def _with_change(page: PageObjects, things: dict[str, list[Thing]], mutant: Mutant) -> PageObjects:
    thing = things[mutant.kind][mutant.index]
    sign = 1 if mutant.index % 2 else -1
    across, down = {
        "duplicate": (0.0, _twice(mutant.kind, pitch_of(page))),
        "nudge": (0.0, sign * NUDGE),
        "half a row": (0.0, sign * pitch_of(page) / 2),
        "a row": (0.0, sign * pitch_of(page)),
        "sideways": (sign * ASIDE, 0.0),
    }.get(mutant.operation, (0.0, 0.0))
    if mutant.kind == "rule":
        rule = page.rules[thing.members[0]]
        return replace(
            page, rules=_changed(page.rules, thing, mutant, [_moved_rule(rule, across, down)])
        )
    if mutant.kind == "fill":
        fill = page.fills[thing.members[0]]
        there = replace(
            fill,
            x0=fill.x0 + across,
            x1=fill.x1 + across,
            top=fill.top + down,
            bottom=fill.bottom + down,
        )
        if mutant.operation == "recolour":
            there = replace(fill, color=_next({f.color for f in page.fills}, fill.color))
        return replace(page, fills=_changed(page.fills, thing, mutant, [there]))
    chars = [page.chars[i] for i in thing.members]
    if mutant.operation == "change":
        chars = _respelt(chars, mutant.index)
    elif mutant.operation == "drop last":
        chars = chars[:-1]
    elif mutant.operation == "swap":
        mark = _next({mark.text for mark in things["mark"]}, thing.text)
        chars = [replace(chars[0], text=mark)]
    else:
        chars = [_moved_char(char, across, down) for char in chars]
    return replace(page, chars=_changed(page.chars, thing, mutant, chars))


def _twice(kind: str, pitch: float) -> float:
    return pitch if kind in ("fill", "mark") else TWICE if kind == "rule" else pitch / 2


def _changed(
    objects: Sequence[Mark], thing: Thing, mutant: Mutant, instead: Sequence[Mark]
) -> list[Mark]:
    """The list with the thing's members replaced, or joined, or left out."""
    kept = [o for i, o in enumerate(objects) if i not in thing.members]
    if mutant.operation == "delete":
        return kept
    if mutant.operation == "duplicate":
        last = max(o.order for o in objects) + 1
        return list(objects) + [replace(mark, order=last) for mark in instead]
    at = thing.members[0]
    return kept[:at] + list(instead) + kept[at:]


def _moved_rule(rule: Rule, across: float, down: float) -> Rule:
    along, off = (across, down) if rule.horizontal else (down, across)
    return replace(
        rule, position=rule.position + off, start=rule.start + along, end=rule.end + along
    )


def _moved_char(char: Char, across: float, down: float) -> Char:
    return replace(
        char, x0=char.x0 + across, x1=char.x1 + across,
        top=char.top + down, bottom=char.bottom + down, baseline=char.baseline + down,
    )  # fmt: skip


def _next(among: set[str], this: str) -> str:
    ordered = sorted(among)
    return ordered[(ordered.index(this) + 1) % len(ordered)]


def _respelt(chars: Sequence[Char], seed: int) -> list[Char]:
    """One letter or digit changed to another of its sort."""
    draw = random.Random(seed)
    at = draw.choice([i for i, char in enumerate(chars) if char.text[:1].isalnum()])
    old = chars[at].text
    alphabet = "0123456789" if old.isdigit() else "abcdefghijklmnopqrstuvwxyz"
    new = draw.choice([letter for letter in alphabet if letter != old.lower()])
    changed = replace(chars[at], text=new.upper() if old.isupper() else new)
    return [*chars[:at], changed, *chars[at + 1 :]]
