"""Which lines of a news section make an item: category, tags, title, day, text.

Input: the lines of a section. Output: `Item`s, and the lines before the first.
Grain: one item. Raises: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transform.pages.dates import looks_dated
from transform.pages.days import Day, day_of
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.words import folded, is_prose, is_sentence, word_count

CATEGORY_WORDS = 4  # an undeclared category is no longer than this
TAG_WORDS = 4
MORE_LINES = 5  # under a category, within which the title is looked for
_BESIDE = re.compile(
    r"\s*[|·•]\s*|\s[-–]\s|(?<=\w) (?=\d{1,2} \w+ \d{4}$)|(?<=\w) (?=\w+ \d{1,2}, \d{4}$)"
)


@dataclass
class Item:
    """The lines of one item. `category_text` where the category's line prints a day as well.
    Under the last item of a page its end may follow: `may_end_early`."""

    category: Line | None
    tags: list[Line]
    title: Line
    on: Line | None = None
    day: Day | None = None
    category_text: str | None = None
    other_days: list[Line] = field(default_factory=list)
    summary: list[Line] = field(default_factory=list)
    may_end_early: bool = False

    def add_day(self, line: Line, day: Day) -> None:
        """The first day counts; another one that differs makes the day doubtful."""
        if self.on is None:
            self.on, self.day = line, day
        elif self.day != day:
            self.other_days.append(line)


def items_of(section: Section, notes: Notes) -> tuple[list[Item], list[Line]]:
    """The items, and the lines before the first. Where a day is printed before the first item,
    days stand above their items, else under the title."""
    items: list[Item] = []
    before: list[Line] = []
    lines, index = section.lines, 0
    waiting: tuple[Line, Day] | None = None
    days_lead = False
    while index < len(lines):
        found = _item_at(section, index, notes)
        if found is not None:
            item, index = found
            if waiting:
                item.add_day(*waiting)
                waiting = None
            items.append(item)
            continue
        line = lines[index]
        day = _day_at(line, notes)
        if day is None:
            (items[-1].summary if items else before).append(line)
        elif days_lead or not items:
            days_lead = True
            if waiting:
                notes.unread(waiting[0], "a day without an item")
            waiting = line, day
        else:
            items[-1].add_day(line, day)
        index += 1
    if waiting:
        notes.unread(waiting[0], "a day without an item")
    return items, before


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a line: 'Medical Education, Medical Research' is two."""
    return tuple(tag.strip() for tag in text.split(",") if tag.strip())


def _day_at(line: Line, notes: Notes) -> Day | None:
    """The day of a line; a line about a day that is none we can read is a doubtful one."""
    day = day_of(line, notes)
    if day is None and not line.is_heading and looks_dated(line.text):
        return Day(None, "a day that cannot be read for certain")
    return day


def _item_at(section: Section, index: int, notes: Notes) -> tuple[Item, int] | None:
    """The item that starts at a line, and where its text does. It starts at its category, or at a
    heading that has none above. Days may stand between category, tags and title."""
    lines = section.lines
    line = lines[index]
    beside = _category_and_day(section, line, notes)
    if beside is None and not _is_category(section, index, notes):
        return _headed(section, index) if line.is_heading else None
    days = [(index, line, beside[1])] if beside else []
    rest: list[tuple[int, Line]] = []
    for at, other in enumerate(lines[index + 1 :], index + 1):
        day = _day_at(other, notes) if len(rest) < MORE_LINES else None
        if day is None:
            rest.append((at, other))
        else:
            days.append((at, other, day))
        if len(rest) > MORE_LINES:
            break
    tags = _tag_count([other for _, other in rest]) if section.rule.tags else 0
    if len(rest) <= tags:
        return None
    at, title = rest[tags]
    if title.folded in section.rule.categories:
        return None
    item = Item(line, [other for _, other in rest[:tags]], title)
    item.category_text = beside[0] if beside else None
    for stands_at, other, day in days:
        if stands_at < at:
            item.add_day(other, day)
    return item, at + 1


def _headed(section: Section, index: int) -> tuple[Item, int]:
    """The item under a heading that has no category above: it may have one below."""
    title, below = section.lines[index], section.lines[index + 1 : index + 3]
    has_category = bool(below) and below[0].folded in section.rule.categories
    if has_category and not (len(below) > 1 and below[1].is_heading):
        return Item(below[0], [], title), index + 2
    return Item(None, [], title), index + 1


def _category_and_day(section: Section, line: Line, notes: Notes) -> tuple[str, Day] | None:
    """'Press Releases | 10 July 2025' on one line: the category as printed, and the day."""
    parts = [part for part in _BESIDE.split(line.text) if part]
    if line.is_heading or len(parts) != 2:
        return None
    for category, printed in (parts, reversed(parts)):
        block = line.block
        day = _day_at(Line(type(block)("text", 0, printed, None, block.block)), notes)
        if folded(category) in section.rule.categories and day:
            return category, day
    return None


def _is_category(section: Section, index: int, notes: Notes) -> bool:
    """A declared category; or a short line in a category's place, so that a new one is no loss:
    a heading follows it, or on a page without headings a title and more, none of it a category."""
    lines, declared = section.lines, section.rule.categories
    line = lines[index]
    rest = [other for other in lines[index + 1 : index + 6] if _day_at(other, notes) is None]
    if line.folded in declared:
        return bool(rest)
    if line.is_heading or word_count(line.text) > CATEGORY_WORDS or is_sentence(line.text):
        return False
    if "," in line.text or not line.text[0].isupper() or not rest or _day_at(line, notes):
        return False
    if any(other.is_heading for other in lines):
        tags = _tag_count(rest) if section.rule.tags else 0
        above_title = rest[tags : tags + 1]
        return bool(above_title) and above_title[0].is_heading and rest[0].folded not in declared
    return (
        len(rest) > 1
        and not any(other.folded in declared for other in rest[:2])
        and not is_sentence(rest[0].text)
        and word_count(rest[0].text) > CATEGORY_WORDS
    )


def _tag_count(rest: Sequence[Line]) -> int:
    """How many of the lines under a category are tags: one, where it is not yet the title; all
    short ones up to a marked-up title."""
    if len(rest) < 2 or rest[0].is_heading:
        return 0
    title = next((n for n, line in enumerate(rest) if line.is_heading), None)
    if title:
        return title if all(map(_is_tags, rest[:title])) else 0
    is_title = not is_sentence(rest[1].text)
    # A cut-off summary ends like no sentence; a title is followed by its text.
    followed = len(rest) > 2 and is_prose(rest[2].text)
    return int(_is_tags(rest[0]) and is_title and (followed or not is_prose(rest[1].text)))


def _is_tags(line: Line) -> bool:
    return all(word_count(tag) <= TAG_WORDS for tag in tags_of(line.text))
