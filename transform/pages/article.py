"""An announcement: the site's tags, category, title, date, text and milestones.

Input: the lines of a page that is one article. Output: readings of `news` (one row) and of
`highlights` (its milestones); the rest of the text to the rejects.
Grain: one article. Raises: `LayoutChanged` where no title with a date under it is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from errors import LayoutChanged
from transform.pages.dates import date_printed
from transform.pages.highlights import note_highlight
from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.vocabulary import PageRule, left_out
from transform.pages.words import is_sentence, word_count

TAG_WORDS = 5
_MILESTONES = re.compile(r"\bmilestones?(?: include)?$")
_OF_A_YEAR = re.compile(r"^(?:in|on|since|from|by)\b[^.,]{0,30}\b(?:19|20)\d\d\b")


def read_article(lines: Sequence[Line], page: PageRule, notes: Notes) -> None:
    """Reads the one announcement of a page."""
    at, published_on = _date_line(lines)
    title = lines[at - 1]
    name = item_id(title.text)
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    category, tags = _labels(lines[: at - 1], page, notes)
    body = _body(lines[at + 1 :], notes)
    notes.row(
        "news", key, title, "line above the date", {"title": title.text, "url": title.block.href}
    )
    notes.row("news", key, lines[at], "day first", {"published_on": published_on})
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
        notes.leave_out(line, "text of the article beyond its first paragraph")


def _date_line(lines: Sequence[Line]) -> tuple[int, date]:
    """Where the date under the title stands."""
    for index, line in enumerate(lines):
        printed = date_printed(line.text)
        if printed and index and not left_out().holds(lines[index - 1].folded):
            return index, printed
    raise LayoutChanged(
        "no title with a date under it",
        text=lines[0].text if lines else None,
        todo="If the announcement looks different now, see transform/pages/article.py",
    )


def _labels(lines: Sequence[Line], page: PageRule, notes: Notes) -> tuple[Line | None, list[Line]]:
    """The category (the last declared one right above the title) and the tags above it."""
    tags: list[Line] = []
    for line in lines:
        if left_out().holds(line.folded) or line.folded in left_out().navigation:
            notes.leave_out(line, "navigation")
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


def _without_milestones(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Notes the milestones: the lines under 'Key milestones' that are list items or open with a
    year ('In early 2025, ...'), up to the first that is neither."""
    rest: list[Line] = []
    inside = False
    for line in lines:
        if _MILESTONES.search(line.folded):
            inside = True
            notes.leave_out(line, "heading of the milestones")
        elif inside and (line.block.kind == "item" or _OF_A_YEAR.match(line.folded)):
            note_highlight(line, "milestone", notes)
        else:
            inside = False
            rest.append(line)
    return rest
