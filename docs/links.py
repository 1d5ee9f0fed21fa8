"""Links between the pages: each must lead to a file, and to a heading where it names one.

Input: Markdown files. Output: one line a dead link. Grain: a link.
Raises nothing. Addresses on the web are not opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^( *```).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def dead_links(pages: Iterable[Path]) -> list[str]:
    """'page: link' for every link of these pages that leads nowhere."""
    return [
        f"{page.name}: dead link {link}"
        for page in pages
        for link in _links(page)
        if not link.startswith(("https://", "http://", "mailto:")) and not _leads(page, link)
    ]


def anchors(page: Path) -> set[str]:
    """The names of a page's headings as a link spells them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {_anchor(heading) for heading in _HEADING.findall(text)}


def _links(page: Path) -> list[str]:
    prose = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    return _LINK.findall(prose)


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or (target.suffix == ".md" and anchor in anchors(target))


def _anchor(heading: str) -> str:
    """As GitHub makes it: lower case, blanks to hyphens, other punctuation dropped."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
