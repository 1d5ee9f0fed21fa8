"""News listings: category, tags, title, day, summary, one item after the other.

Input: the lines of a news section. Output: readings of `news`; lines of no item to the rejects.
Grain: one row per item; an item printed twice on the page is one. Raises: nothing.
"""

from __future__ import annotations

from transform.pages.days import Day, day_in_title
from transform.pages.identity import item_id
from transform.pages.items import Item, items_of, tags_of
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.vocabulary import left_out
from transform.pages.words import is_prose, is_sentence


def read_news(section: Section, notes: Notes) -> None:
    """Reads the items of one section into `news`."""
    items, before = items_of(section, notes)
    titles = {item.title.folded for item in items}
    for line in before:
        if line.folded in titles:
            notes.leave_out(line, "repeats the title of an item")
        elif line.folded in section.rule.categories:
            notes.unread(line, "a category without an item")
        elif items:
            notes.leave_out(line, "lead of the section")
        else:
            notes.unread(line, f"no item found under {section.name!r}")
    items = _with_category(items, notes)
    many = [item for item in items[:-1] if sum(is_sentence(x.text) for x in item.summary) > 1]
    for item in items[1:][-1:]:
        item.may_end_early = not many
    published = [_published(item, notes) for item in items]
    days: dict[str, set[object]] = {}
    for item, day in zip(items, published, strict=True):
        days.setdefault(item.title.folded, set()).add(day.on)
    for item, day in zip(items, published, strict=True):
        repeats = len(days[item.title.folded]) > 1
        name = item_id(item.title.text, day.on if repeats else None)
        if notes.is_new("news", name):
            _note(item, day, name, section, titles, notes)
        else:
            for line in (item.title, *item.summary):
                notes.leave_out(line, "the same item as above")


def _with_category(items: list[Item], notes: Notes) -> list[Item]:
    """The items, without headings that have no category among items that mostly have one: those
    head something else ('Quick Links')."""
    without = [item for item in items if item.category is None]
    if len(without) * 2 > len(items):
        return items
    for item in without:
        for line in (item.title, *item.summary):
            notes.unread(line, "a heading without a category among items with one")
    return [item for item in items if item.category is not None]


def _note(
    item: Item, day: Day, name: str, section: Section, titles: set[str], notes: Notes
) -> None:
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    title = item.title
    notes.row("news", key, section.heading, "heading of the section", {"section": section.name})
    notes.row("news", key, title, "title", {"title": title.text, "url": title.block.href})
    rule = "date at the item" if item.on else "date in the title"
    notes.row("news", key, item.on or title, rule, {"published_on": day.on})
    if day.doubt:
        notes.unread(item.on or title, day.doubt)
    for other in item.other_days:
        notes.unread(other, "a second day at the same item")
    if item.category:
        category = {"category": item.category_text or item.category.text}
        notes.row("news", key, item.category, "line above the title", category)
    tags = tuple(tag for line in item.tags for tag in tags_of(line.text))
    tagged = item.tags[0] if item.tags else title
    notes.row("news", key, tagged, "tags by their commas", {"tags": tags})
    paragraphs = _paragraphs(item, titles, notes)
    if paragraphs:
        summary = "\n".join(_without_ending(line.text) for line in paragraphs)
        notes.row("news", key, paragraphs[0], "text under the title", {"summary": summary}, summary)
    seen = {"first_seen": notes.captured_at, "last_seen": notes.captured_at}
    notes.row("news", key, title, "time of the capture", seen)


def _paragraphs(item: Item, titles: set[str], notes: Notes) -> list[Line]:
    """The lines of the summary: the first one, and further ones that are prose. What stands under
    a line that is neither belongs to nobody knows what, so it is no summary either."""
    kept: list[Line] = []
    ended = False
    for line in item.summary:
        text = _without_ending(line.text)
        if line.folded in titles and line.folded != item.title.folded:
            notes.leave_out(line, "repeats the title of an item")
        elif ended:
            notes.unread(line, "stands under a line that is of no known kind")
        elif kept and item.may_end_early:
            ended = True
            notes.unread(line, "a second paragraph under the last item, where no other has one")
        elif is_sentence(text) or (
            not kept and (is_prose(text) or line.folded == item.title.folded)
        ):
            kept.append(line)
        else:
            ended = True
            notes.unread(line, "neither a declared category nor prose under a title")
    return kept


def _published(item: Item, notes: Notes) -> Day:
    return item.day or day_in_title(item.title.text, notes.order)


def _without_ending(text: str) -> str:
    for ending in left_out().endings:
        text = text.removesuffix(ending).rstrip()
    return text
