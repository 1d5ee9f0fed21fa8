"""One page: its blocks -> readings of news, rankings, facts, events, awards, highlights, sdgs.

Input: text blocks, the source they are of, the document's sha256 and the time of its capture.
Output: a `Ledger`; every block is a heading, in a reading or in a reject.
Grain: one page. Raises: `DocumentRefused` for what is no page or has nothing to read,
`LayoutChanged` for an article without title and date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from errors import DocumentRefused, UnknownValue
from extract.web.blocks import TextBlock
from transform.pages.article import read_article
from transform.pages.awards import read_awards
from transform.pages.dates import order_of
from transform.pages.events import read_events
from transform.pages.facts import read_facts
from transform.pages.highlights import read_firsts, read_sdgs
from transform.pages.lines import Line, Notes
from transform.pages.news import read_news
from transform.pages.rankings import read_rankings
from transform.pages.recognition import refuse_shell
from transform.pages.sections import Section, sections_of
from transform.pages.vocabulary import page_rules
from transform.readings import Ledger


def read_page(
    blocks: Sequence[TextBlock],
    source: str,
    document: str,
    captured_at: datetime,
    *,
    captured_for_certain: bool = True,
) -> Ledger:
    """The readings and rejects of a page.

    Parameters
    ----------
    blocks : from `extract.web.blocks.text_blocks`.
    source : 'home', 'provost', 'press' or 'ais'; see `recognition.detect_page`.
    document : sha256 of the page's bytes.
    captured_at : when the bytes were fetched, with a time zone.
    captured_for_certain : False for a file at hand, which may have been saved years before: then no
        year is told from the time of the capture.
    """
    if source not in page_rules():
        raise UnknownValue("no page has this name", text=source, todo="See pages.toml")
    page = page_rules()[source]
    order = order_of((block.text for block in blocks), page.numeric_dates)
    notes = Notes(source, captured_at, Ledger(document), order, captured_for_certain)
    lines = [Line(block) for block in blocks]
    if page.is_article:
        read_article(lines, page, notes)
        return notes.ledger
    for section in sections_of(lines, page, notes):
        _READERS[section.rule.reads](section, notes)
    if not notes.ledger.readings:
        refuse_shell(blocks)
        raise DocumentRefused(
            f"nothing of the page {source!r} found",
            text=blocks[0].text if blocks else None,
            todo="Where the page has new headings, declare them in pages.toml",
        )
    return notes.ledger


def _read_nothing(section: Section, notes: Notes) -> None:
    for line in section.lines:
        notes.unread(line, f"stands under {section.name!r}, of which nothing is read")


_READERS: dict[str, Callable[[Section, Notes], None]] = {
    "news": read_news,
    "rankings": read_rankings,
    "facts": read_facts,
    "firsts": read_firsts,
    "awards": read_awards,
    "sdgs": read_sdgs,
    "events": read_events,
    "nothing": _read_nothing,
}
