"""Sections of a page, by their headings.

Input: the lines of a page and its rule. Output: `Section`s; lines outside any go to the notes.
Grain: one section per heading found. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transform.pages.dates import month_and_day
from transform.pages.lines import Line, Notes
from transform.pages.vocabulary import PageRule, SectionRule, left_out
from transform.pages.words import is_prose


@dataclass(frozen=True)
class Section:
    """The content lines under one heading."""

    rule: SectionRule
    heading: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.rule.name or self.heading.text

    @property
    def level(self) -> int:
        """Level of the heading, 0 where the page has none."""
        return self.heading.block.level


def sections_of(lines: Sequence[Line], page: PageRule, notes: Notes) -> list[Section]:
    """The sections of a page in reading order, without what is no content.

    A heading no rule knows ends the section it stands in where its level is higher, or the same
    on a page that has lower ones for its items. Several bare years in a row are a menu.
    """
    found: list[Section] = []
    inside: Section | None = None
    lowest = max((line.block.level for line in lines), default=0)
    menu = _menu(lines, page)
    for index, line in enumerate(lines):
        rule = _opened(lines, index, page, inside)
        if index in menu:
            notes.leave_out(line, "menu of sections")
        elif rule is not None and inside is not None and rule is inside.rule and rule.name:
            notes.leave_out(line, "heading of the section once more")
        elif rule is not None:
            inside = Section(rule, line)
            found.append(inside)
        elif left_out().holds(line.folded):
            notes.leave_out(line, "no content")
        elif inside is None:
            notes.unread(line, "stands before the first known heading")
        elif line.is_heading and (
            line.block.level < inside.level or line.block.level == inside.level < lowest
        ):
            inside = None
            notes.unread(line, "heading of no declared section: declare it in pages.toml")
        else:
            inside.lines.append(line)
    return found


def _opened(
    lines: Sequence[Line], index: int, page: PageRule, inside: Section | None
) -> SectionRule | None:
    """The rule whose heading the line is. Where a page marks a heading up as one, the same words
    elsewhere (a tag, a category) are none; nor are they right under a category of an item."""
    line = lines[index]
    rule = next((r for r in page.sections if r.opens_at(line.folded)), None)
    if rule is None or line.is_heading:
        return rule
    if inside and rule is not inside.rule and _is_category_of(inside, lines[index : index + 4]):
        return None
    if rule.pattern is None and any(
        other.is_heading and rule.opens_at(other.folded) for other in lines
    ):
        return None
    is_under_category = inside and lines[index - 1].folded in inside.rule.categories
    return None if is_under_category else rule


def _is_category_of(inside: Section, lines: Sequence[Line]) -> bool:
    """Whether a line that also reads as a heading is the category of an item: a label and then
    prose follow it, and no badge of a calendar."""
    line, *below = lines
    if line.folded not in inside.rule.categories or len(below) < 2 or is_prose(below[0].text):
        return False
    is_calendar = any(month_and_day(other.text) != (None, None) for other in below)
    return not is_calendar and any(is_prose(other.text) for other in below[1:])


def _menu(lines: Sequence[Line], page: PageRule) -> set[int]:
    """Where headings known by their pattern follow one another with nothing between: no sections,
    but links to them."""

    def is_plain(index: int) -> bool:
        if not 0 <= index < len(lines) or lines[index].is_heading:
            return False
        return any(r.pattern and r.opens_at(lines[index].folded) for r in page.sections)

    return {
        index
        for index in range(len(lines))
        if is_plain(index) and (is_plain(index - 1) or is_plain(index + 1))
    }
