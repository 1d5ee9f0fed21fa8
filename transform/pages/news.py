"""News listings: category, tags, title, summary, one item after the other.

Input: the lines of a news section. Output: readings of `news`; lines of no item to the rejects.
Grain: one row per item; an item printed twice on the page is one. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from transform.pages.dates import date_in_title, date_printed
from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.vocabulary import left_out
from transform.pages.words import is_sentence, word_count

CATEGORY_WORDS = 4  # an undeclared category is no longer than this
TAG_WORDS = 4


@dataclass
class _Item:
    category: Line | None
    tags: Line | None
    title: Line
    on: Line | None = None
    summary: list[Line] = field(default_factory=list)


def read_news(section: Section, notes: Notes) -> None:
    """Reads the items of one section into `news`."""
    items, before = _items(section)
    titles = {item.title.folded for item in items}
    for line in before:
        if line.folded in titles:
            notes.leave_out(line, "repeats the title of an item")
        elif items:
            notes.leave_out(line, "lead of the section")
        else:
            notes.unread(line, f"no item found under {section.name!r}")
    dates: dict[str, set[date | None]] = {}
    for item in items:
        dates.setdefault(item.title.folded, set()).add(_published_on(item))
    for item in items:
        repeats = len(dates[item.title.folded]) > 1
        name = item_id(item.title.text, _published_on(item) if repeats else None)
        if notes.is_new("news", name):
            _note(item, name, section, titles, notes)
        else:
            for line in (item.title, *item.summary):
                notes.leave_out(line, "the same item as above")


def _note(item: _Item, name: str, section: Section, titles: set[str], notes: Notes) -> None:
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    title = item.title
    notes.row("news", key, section.heading, "heading of the section", {"section": section.name})
    notes.row("news", key, title, "title", {"title": title.text, "url": title.block.href})
    rule = "date at the item" if item.on else "date in the title"
    notes.row("news", key, item.on or title, rule, {"published_on": _published_on(item)})
    if item.category:
        notes.row(
            "news", key, item.category, "line above the title", {"category": item.category.text}
        )
    tags = tags_of(item.tags.text) if item.tags else ()
    notes.row("news", key, item.tags or title, "tags by their commas", {"tags": tags})
    paragraphs = _paragraphs(item, titles, notes)
    if paragraphs:
        summary = "\n".join(_without_ending(line.text) for line in paragraphs)
        notes.row("news", key, paragraphs[0], "text under the title", {"summary": summary}, summary)
    seen = {"first_seen": notes.captured_at, "last_seen": notes.captured_at}
    notes.row("news", key, title, "time of the capture", seen)


def _paragraphs(item: _Item, titles: set[str], notes: Notes) -> list[Line]:
    """The lines of the summary: the first one, and further ones that are prose."""
    kept: list[Line] = []
    for line in item.summary:
        if line.folded in titles and line.folded != item.title.folded:
            notes.leave_out(line, "repeats the title of an item")
        elif not kept or is_sentence(_without_ending(line.text)):
            kept.append(line)
        else:
            notes.unread(line, "neither a declared category nor prose under a title")
    return kept


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a line: 'Medical Education, Medical Research' is two."""
    return tuple(tag.strip() for tag in text.split(",") if tag.strip())


def _items(section: Section) -> tuple[list[_Item], list[Line]]:
    """The items, and the lines before the first. Where a day is printed before the first item,
    days stand above their items, else under the title."""
    items: list[_Item] = []
    before: list[Line] = []
    lines, index = section.lines, 0
    day: Line | None = None
    days_lead = False
    while index < len(lines):
        item = _item_at(section, index)
        if item is not None:
            item.on, day = day, None
            items.append(item)
            index += 1 + (item.category is not None) + (item.tags is not None)
            continue
        if date_printed(lines[index].text):
            days_lead = days_lead or not items
            if days_lead:
                day = lines[index]
            else:
                items[-1].on = items[-1].on or lines[index]
        else:
            (items[-1].summary if items else before).append(lines[index])
        index += 1
    return items, before


def _published_on(item: _Item) -> date | None:
    return date_printed(item.on.text) if item.on else date_in_title(item.title.text)


def _item_at(section: Section, index: int) -> _Item | None:
    """The item that starts at a line: at its category, or at a heading that has none above."""
    lines = section.lines
    line = lines[index]
    if not _is_category(section, index):
        return _Item(None, None, line) if line.is_heading else None
    rest = lines[index + 1 :]
    tags = rest[0] if section.rule.tags and _are_tags(rest) else None
    titles = rest[1:] if tags else rest
    return _Item(line, tags, titles[0]) if titles else None


def _is_category(section: Section, index: int) -> bool:
    """A declared category; or a short line in a category's place, so that a new one is no loss:
    a heading follows it, or on a page without headings a title and more, none of it a category."""
    lines, declared = section.lines, section.rule.categories
    line, rest = lines[index], lines[index + 1 :]
    if line.folded in declared:
        return bool(rest)
    if line.is_heading or word_count(line.text) > CATEGORY_WORDS or is_sentence(line.text):
        return False
    if "," in line.text or not line.text[0].isupper() or not rest:
        return False
    if any(other.is_heading for other in lines):
        above_title = rest[1:2] if section.rule.tags and _are_tags(rest) else rest[:1]
        return bool(above_title) and above_title[0].is_heading and rest[0].folded not in declared
    return (
        len(rest) > 1
        and not any(other.folded in declared for other in rest[:2])
        and not is_sentence(rest[0].text)
        and word_count(rest[0].text) > CATEGORY_WORDS
    )


def _are_tags(rest: Sequence[Line]) -> bool:
    """Whether the first of the lines under a category is a line of tags and not yet the title."""
    if len(rest) < 2 or rest[0].is_heading:
        return False
    short = all(word_count(tag) <= TAG_WORDS for tag in tags_of(rest[0].text))
    return short and (rest[1].is_heading or not is_sentence(rest[1].text))


def _without_ending(text: str) -> str:
    for ending in left_out().endings:
        text = text.removesuffix(ending).rstrip()
    return text
