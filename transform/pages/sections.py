"""Sections of a page, by their headings.

Input: the lines of a page and its rule. Output: `Section`s; lines outside any go to the notes.
Grain: one section per heading found. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transform.pages.lines import Line, Notes
from transform.pages.vocabulary import PageRule, SectionRule, left_out


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

    A heading no rule knows, of a higher level than the section it stands in, ends that section.
    """
    found: list[Section] = []
    inside: Section | None = None
    for index, line in enumerate(lines):
        rule = _opened(lines, index, page, inside)
        if rule is not None and inside is not None and rule is inside.rule and rule.name:
            notes.leave_out(line, "heading of the section once more")
        elif rule is not None:
            inside = Section(rule, line)
            found.append(inside)
        elif left_out().holds(line.folded):
            notes.leave_out(line, "no content")
        elif inside is None:
            notes.unread(line, "stands before the first known heading")
        elif line.is_heading and line.block.level < inside.level:
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
    if rule.pattern is None and any(
        other.is_heading and rule.opens_at(other.folded) for other in lines
    ):
        return None
    is_under_category = inside and lines[index - 1].folded in inside.rule.categories
    return None if is_under_category else rule
