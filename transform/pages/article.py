"""An announcement: the site's tags, category, title, date, text and milestones.

Input: the lines of a page that is one article. Output: readings of `news` (one row) and of
`highlights` (its milestones); the rest of the text to the rejects.
Grain: one article. Raises: `LayoutChanged` where no title with a date under it is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from errors import LayoutChanged
from transform.pages.days import Day, day_of
from transform.pages.highlights import note_highlight
from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.vocabulary import PageRule, left_out
from transform.pages.words import PROSE_WORDS, is_prose, is_sentence, word_count

TAG_WORDS = 5
TITLE_WORDS = 8  # a line above the title that is longer is a title itself, or text
MILESTONE_WORDS = 4  # a list item that is shorter is a link to a page
NEAR = 3  # lines between a marked title and its day: a byline, a category
_MILESTONES = re.compile(r"\bmilestones?(?: include)?$")
_OF_A_YEAR = re.compile(r"^(?:in|on|since|from|by)\b[^.,]{0,30}\b(?:19|20)\d\d\b")


def read_article(lines: Sequence[Line], page: PageRule, notes: Notes) -> None:
    """Reads the one announcement of a page."""
    head = _head(lines, page, notes)
    title, dated, day = lines[head.title], lines[head.dated], head.day
    name = item_id(title.text)
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    category, tags = _labels(lines[: min(head.title, head.dated)], page, notes)
    body = _body(lines[max(head.title, head.dated) + 1 :], notes)
    for line in lines[min(head.title, head.dated) + 1 : max(head.title, head.dated)]:
        notes.unread(line, "between the title and its day")
    notes.row(
        "news", key, title, "line at the date", {"title": title.text, "url": title.block.href}
    )
    rule = f"{notes.order} first" if notes.order else "date at the title"
    notes.row("news", key, dated, rule, {"published_on": day.on})
    if day.doubt:
        notes.unread(dated, day.doubt)
    if category:
        section = {"section": category.text, "category": category.text}
        notes.row("news", key, category, "line above the title", section)
    else:
        notes.row("news", key, title, "an article is its own section", {"section": "Article"})
    printed = tuple(line.text for line in tags)
    first_tag = tags[0] if tags else title
    notes.row(
        "news", key, first_tag, "labels above the title", {"tags": printed}, ", ".join(printed)
    )
    seen = {"first_seen": notes.captured_at, "last_seen": notes.captured_at}
    notes.row("news", key, title, "time of the capture", seen)
    summary = next((line for line in body if is_sentence(line.text)), None)
    if summary:
        notes.row("news", key, summary, "first paragraph", {"summary": summary.text})
    rest = _without_milestones([line for line in body if line is not summary], notes)
    for line in rest:
        if day_of(line, notes):
            notes.unread(line, "a second day on the page of one announcement")
        else:
            notes.leave_out(line, "text of the article beyond its first paragraph")


class _Head(NamedTuple):
    """Where the title and its day stand."""

    title: int
    dated: int
    day: Day


def _head(lines: Sequence[Line], page: PageRule, notes: Notes) -> _Head:
    """The title and the day beside it. Where the page marks its title up (one heading of the
    highest level), the day stands within three lines of it; else right under it, or over it where
    a category stands above. Above the title are only labels: prose there is an article's text."""
    marked = _marked_title(lines)
    for index, line in enumerate(lines):
        day = day_of(line, notes)
        if day is None or not index:
            continue
        at = index - 1
        if marked is not None:
            if abs(marked - index) > NEAR or any(
                is_prose(other.text) for other in lines[min(marked, index) + 1 : max(marked, index)]
            ):
                continue
            return _Head(marked, index, day)
        if lines[at].folded in page.categories and index + 1 < len(lines):
            at = index + 1
        if not _may_be_title(lines[at]) or any(is_sentence(x.text) for x in lines[:at]):
            continue
        if any(word_count(x.text) > TITLE_WORDS for x in lines[: min(at, index)]):
            continue
        return _Head(at, index, day)
    raise LayoutChanged(
        "no title with a date under it",
        text=(lines[marked] if marked is not None else lines[0]).text if lines else None,
        todo="If the announcement looks different now, see transform/pages/article.py",
    )


def _marked_title(lines: Sequence[Line]) -> int | None:
    """The one heading of the page's highest level, where that is more than a label."""
    levels = [line.block.level for line in lines if line.is_heading]
    highest = [
        index for index, line in enumerate(lines) if levels and line.block.level == min(levels)
    ]
    if len(highest) != 1 or min(levels) > 2:
        return None
    return highest[0] if _may_be_title(lines[highest[0]]) else None


def _may_be_title(line: Line) -> bool:
    is_label = left_out().holds(line.folded) or line.folded in left_out().navigation
    return not is_label and not (is_sentence(line.text) and word_count(line.text) > PROSE_WORDS)


def _labels(lines: Sequence[Line], page: PageRule, notes: Notes) -> tuple[Line | None, list[Line]]:
    """The category (the last declared one right above the title) and the tags above it."""
    tags: list[Line] = []
    for line in lines:
        is_category = line is lines[-1] and line.folded in page.categories
        if not is_category and (
            left_out().holds(line.folded) or line.folded in left_out().navigation
        ):
            notes.leave_out(line, "navigation")
        elif day_of(line, notes):
            notes.unread(line, "a day above the title")
        elif word_count(line.text) > TAG_WORDS or is_sentence(line.text):
            notes.unread(line, "above the title, too long for a tag")
        else:
            tags.append(line)
    category = tags.pop() if tags and tags[-1].folded in page.categories else None
    return category, tags


def _body(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """The article's own lines: no buttons, and no caption (a paragraph printed more than once)."""
    printed = Counter(line.folded for line in lines)
    body: list[Line] = []
    for line in lines:
        if left_out().holds(line.folded):
            notes.leave_out(line, "no content")
        elif printed[line.folded] > 1:
            notes.leave_out(line, "caption of a picture")
        else:
            body.append(line)
    return body


def _is_milestone(line: Line) -> bool:
    is_listed = line.block.kind == "item" and word_count(line.text) >= MILESTONE_WORDS
    return is_listed or _OF_A_YEAR.match(line.folded) is not None


def _without_milestones(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Notes the milestones: the lines under 'Key milestones' that are list items or open with a
    year ('In early 2025, ...'), up to the first that is neither."""
    rest: list[Line] = []
    inside = False
    for line in lines:
        if _MILESTONES.search(line.folded):
            inside = True
            notes.leave_out(line, "heading of the milestones")
        elif inside and _is_milestone(line):
            note_highlight(line, "milestone", notes)
        else:
            inside = False
            rest.append(line)
    return rest
