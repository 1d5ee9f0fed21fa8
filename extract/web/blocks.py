"""Text blocks of a page: what a reader would see, in reading order, without its markup.

Input: the bytes of an HTML page or of a plain-text capture, with media type and encoding.
Output: `TextBlock`s; boilerplate (navigation, banner, footer, scripts, hidden parts) dropped.
Grain: one block per run of text between two breaks of a page, per line of a text.
Raises: `DocumentRefused` for another media type, bytes that are no text, or a markup bomb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from errors import DocumentRefused
from extract.web.addresses import joined
from extract.web.boilerplate import is_boilerplate
from extract.web.page_text import HTML_TYPES, TEXT_TYPES, page_text

Kind = Literal["heading", "item", "text", "link", "date"]

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark output "  # noqa: SIM905
    "picture q s samp small source span strong sub sup time tt u var wbr".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ITEMS = frozenset(("li", "dd", "dt"))
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f"  # NEL is a blank
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # turns of direction among them
)
_BULLET = re.compile(r"^[•◦▪‣·●○■]\s*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A run of text as a reader sees it.

    `level` is 1-6 for a heading, else 0. `href` is the absolute (or, where the page's own address
    is unknown, the printed) http address that the whole run links to. `block` counts from 1.
    `moment` is the machine-readable day or time of the <time> that the whole run stands in.
    """

    kind: Kind
    level: int
    text: str
    href: str | None
    block: int
    moment: str | None = None


def text_blocks(
    body: bytes, media_type: str, encoding: str | None = None, base_url: str | None = None
) -> list[TextBlock]:
    """The blocks of a page in reading order.

    `encoding` is what the server declares; a byte order mark outranks it, a page's
    own <meta charset> stands in for it, UTF-8 where nobody says. `base_url` is where the page came
    from, to complete its links; without it the page's canonical address is used.
    """
    kind = media_type.partition(";")[0].strip().casefold()
    if kind not in HTML_TYPES + TEXT_TYPES:
        raise DocumentRefused("not a page", text=media_type, todo="Give an HTML or a text page")
    is_html = kind in HTML_TYPES
    text = page_text(body, encoding, is_html=is_html)
    if is_html:
        return _html_blocks(text, base_url)
    lines = (_clean(line) for line in text.splitlines())
    return [_line_block(line, number) for number, line in enumerate(filter(None, lines), 1)]


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text)).strip()


def _line_block(line: str, number: int) -> TextBlock:
    bare = _BULLET.sub("", line)
    return TextBlock("item" if bare != line else "text", 0, bare or line, None, number)


class _Around(NamedTuple):
    """What a text stands in: a link, a heading of a level, a list item, a <time>."""

    href: str | None = None
    heading: int = 0
    in_item: bool = False
    time: str | None = None  # its datetime, '' for a <time> without one

    def inside(self, node: LexborNode, tag: str) -> _Around:
        if tag == "a":
            return self._replace(href=node.attributes.get("href"))
        if tag in _HEADINGS:
            return self._replace(heading=int(tag[1]))
        if tag in _ITEMS:
            return self._replace(in_item=True)
        if tag == "time":
            return self._replace(time=node.attributes.get("datetime") or "")
        return self


class _Taken(NamedTuple):
    """A `TextBlock` without its number, its link as the page has it."""

    kind: Kind
    level: int
    text: str
    href: str | None
    moment: str | None = None


@dataclass
class _Run:
    """The text gathered since the last break, piece by piece with the link it stands in."""

    # text, href, datetime of the <time>
    pieces: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def ends_before(self, piece: str) -> bool:
        """Two spans that touch, each with words of its own, are set apart by style: no one word."""
        last = self.pieces[-1][0] if self.pieces else ""
        return (
            (len(last.strip()) > 1 and len(piece.strip()) > 1)
            and last[-1].isalnum()
            and piece[0].isalnum()
        )

    def taken(self, around: _Around) -> _Taken | None:
        text = _clean("".join(piece for piece, _, _ in self.pieces))
        printed = [(href, time) for piece, href, time in self.pieces if piece.strip()]
        self.pieces.clear()
        if not text:
            return None
        bare = _BULLET.sub("", text) or text
        links, times = {href for href, _ in printed}, {time for _, time in printed}
        whole = links.pop() if len(links) == 1 else None
        if around.heading:
            named = {href for href, _ in printed if href}
            return _Taken("heading", around.heading, bare, named.pop() if len(named) == 1 else None)
        if None not in times:
            return _Taken("date", 0, bare, whole, times.pop() or None if len(times) == 1 else None)
        if around.in_item or bare != text:
            return _Taken("item", 0, bare, whole)
        return _Taken("link" if whole else "text", 0, bare, whole)


def _html_blocks(text: str, base_url: str | None) -> list[TextBlock]:
    try:
        tree = LexborHTMLParser(text)
    except (SelectolaxError, ValueError, RuntimeError) as error:
        raise DocumentRefused("page cannot be read as HTML", text=str(error)) from error
    if tree.body is None:
        return []
    base = _base_address(tree, base_url)
    return [
        TextBlock(run.kind, run.level, run.text, _address(run.href, base), number, run.moment)
        for number, run in enumerate(_runs(tree.body), 1)
    ]


def _runs(body: LexborNode) -> Iterator[_Taken]:
    """The runs of text between breaks, in reading order."""
    run, spans_touch, around = _Run(), False, _Around()
    for node, around, closes in _steps(body):
        tag = node.tag or ""
        piece = (node.text_content or "") if tag == "-text" else ""
        wraps = tag == "br" and _wraps_heading(node, around)
        if wraps and not closes:
            piece = " "
        breaks = not wraps and tag not in _INLINE and not tag.startswith("-")
        if breaks or (spans_touch and run.ends_before(piece)):
            taken = run.taken(around)
            if taken:
                yield taken
        if piece:
            run.pieces.append((piece, around.href, around.time))
        if tag == "span" and not closes:
            spans_touch = node.prev is not None and node.prev.tag == "span"
        elif piece or breaks:
            spans_touch = False
    taken = run.taken(around)
    if taken:
        yield taken


def _wraps_heading(node: LexborNode, around: _Around) -> bool:
    """Whether a <br> only wraps a heading: its own words go on after it. A date or a byline set
    there stands in an element of its own."""
    before, after = node.prev, node.next
    return bool(around.heading) and all(
        side is not None and side.tag == "-text" and (side.text_content or "").strip()
        for side in (before, after)
    )


def _steps(body: LexborNode) -> Iterator[tuple[LexborNode, _Around, bool]]:
    """Every text and element that is no boilerplate, elements once as they open and once as they
    close, with what they stand in. No recursion: pages may nest as deep as they like."""
    steps: list[tuple[LexborNode, _Around, bool]] = [(body, _Around(), False)]
    while steps:
        node, around, closes = steps.pop()
        tag = node.tag or ""
        inner = around.inside(node, tag)
        yield node, inner, closes
        if closes:
            continue
        if node is not body and node.next is not None:
            steps.append((node.next, around, False))
        if not tag.startswith("-"):
            steps.append((node, around, True))
            if node.child is not None and not is_boilerplate(node, tag):
                steps.append((node.child, inner, False))


def _base_address(tree: LexborHTMLParser, base_url: str | None) -> str | None:
    canonical = tree.css_first('link[rel="canonical"]')
    page = base_url or (canonical.attributes.get("href") if canonical is not None else None)
    declared = tree.css_first("base[href]")
    if declared is None:
        return page
    return joined(page, declared.attributes.get("href") or "")


def _address(href: str | None, base: str | None) -> str | None:
    """The http address of a link; None for anchors, mail, scripts and broken addresses."""
    if not href or not href.strip() or href.strip().startswith("#"):
        return None
    absolute = joined(base, href.strip())
    try:
        scheme = urlsplit(absolute).scheme if absolute else ""
    except ValueError:
        return None
    return absolute if scheme in ("http", "https", "") else None
