"""Links of an index page: the documents and articles its source follows.

Input: the bytes of an index page. Output: addresses. Grain: one per document linked to.
Raises: `DocumentRefused` for what is no page, or one with too many links.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from errors import DocumentRefused
from extract.web.addresses import address, joined
from extract.web.page_text import page_text
from extract.web.sources import Source

MAX_LINKS = 60


def linked_documents(body: bytes, encoding: str | None, base_url: str, source: Source) -> list[str]:
    """The addresses an index page links to that its source follows, each once, in order.

    Raises `DocumentRefused` where there are more than `MAX_LINKS`.
    """
    tree = LexborHTMLParser(page_text(body, encoding, is_html=True))
    found: dict[str, None] = {}
    for node in tree.css("a[href]"):
        url = (joined(base_url, node.attributes.get("href") or "") or "").partition("#")[0]
        try:
            parts = address(url)
        except DocumentRefused:
            continue
        if parts.hostname in source.allowed_hosts and re.search(source.follow or "", parts.path):
            found[url] = None
    found.pop(base_url, None)
    if len(found) > MAX_LINKS:
        raise DocumentRefused(f"page with {len(found)} links to follow", document=base_url)
    return list(found)
