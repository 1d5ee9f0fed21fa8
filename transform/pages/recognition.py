"""Which page a document is, by its own words, and whether it is a page at all.

Input: text blocks. Output: the name of the source. Grain: one page.
Raises: `DocumentRefused` for an error page, a consent wall, a near-empty shell.
"""

from __future__ import annotations

from collections.abc import Sequence

from errors import DocumentRefused
from extract.web.blocks import TextBlock
from transform.pages.vocabulary import PageRule, document_phrases, page_rules, refusals
from transform.pages.words import folded


def detect_page(blocks: Sequence[TextBlock]) -> str | None:
    """The source whose page this is ('home', 'provost', 'press', 'ais'), or None.

    A page is known by its section headings and declared marks, and names the university: another
    one's page may have the same headings. Raises `DocumentRefused` where the
    blocks are no known page and look like an error page, a wall or a shell.
    """
    lines = [folded(block.text) for block in blocks]
    found = [(_known(rule, lines), rule) for rule in page_rules().values()]
    best = max(
        (entry for entry in found if entry[0] >= entry[1].known_by_at_least),
        key=lambda entry: entry[0],
        default=None,
    )
    if best is None or not any(name in line for line in lines for name in refusals().names):
        refuse_shell(blocks)
        return None
    return best[1].source


def refuse_shell(blocks: Sequence[TextBlock], *, is_known: bool = False) -> None:
    """Raises `DocumentRefused` for an error page, a consent wall or a page without content. On a
    page that is known a banner about cookies is only a banner."""
    rules = refusals()
    phrases = rules.phrases if is_known else rules.phrases + rules.banners
    characters = sum(len(block.text) for block in blocks)
    refused = next((block.text for block in blocks if folded(block.text) in rules.lines), None)
    if refused is None and characters <= rules.short_characters:
        refused = next(
            (
                block.text
                for block in blocks
                if any(phrase in folded(block.text) for phrase in phrases)
            ),
            None,
        )
    todo = "Open the address in a browser and save the page as it should be"
    if refused is not None:
        raise DocumentRefused("an error page or a wall, not the page", text=refused, todo=todo)
    if characters < rules.minimum_characters:
        text = " ".join(block.text for block in blocks)
        raise DocumentRefused("a near-empty page", text=text, todo=todo)


def refuse_document(blocks: Sequence[TextBlock]) -> None:
    """Raises `DocumentRefused` for the text of a brochure or leaflet."""
    lines = [folded(block.text) for block in blocks]
    for block, line in zip(blocks, lines, strict=True):
        if any(phrase in line for phrase in document_phrases()):
            raise DocumentRefused(
                "is the text of a brochure or leaflet, whose tables need their drawing",
                text=block.text,
                todo="Give its PDF",
            )


def _known(rule: PageRule, lines: Sequence[str]) -> int:
    marks = rule.marks.intersection(lines)
    sections = [section for section in rule.sections if any(map(section.opens_at, lines))]
    by_words = [section for section in sections if section.titles or section.containing]
    return len(marks) + len(by_words)
