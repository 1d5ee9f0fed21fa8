"""The text of a page's bytes: media type, encoding, and no markup that is built to choke a parser.

Input: bytes as fetched. Output: text, or the media type the bytes look like.
Raises: `DocumentRefused` where the bytes are no text in their encoding, or the markup is a bomb.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from email.message import Message

from errors import DocumentRefused

HTML_TYPES = ("text/html", "application/xhtml+xml")
TEXT_TYPES = ("text/plain",)
MAX_PAGE_BYTES = 4_000_000
MAX_DEPTH = 2_000  # elements open at once; real pages stay under 60
MAX_ATTRIBUTES = 1_000  # of one element
MAX_REOPENED = 5_000_000  # formatting elements a parser reopens at most: open ones x tags

# Encodings a page may declare. Python knows more under these names than browsers do (utf-7,
# unicode_escape, ...), and those turn text into other text.
_ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-8-sig": "utf-8-sig",
    "ascii": "cp1252",  # browsers read both names as windows-1252
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_TAG = re.compile(  # slash, name, attributes
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?>[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)"""
)
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_NEVER_OPEN = frozenset(  # void elements, and those a parser closes by itself
    "area base br col embed hr img input link meta param source track wbr "  # noqa: SIM905
    "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rb rt rp".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905


def stated_charset(headers: Mapping[str, str]) -> str | None:
    """The encoding that a server named, from its answer's headers (names in lower case)."""
    told = Message()
    told["content-type"] = headers.get("content-type", "")
    return told.get_content_charset()


def page_text(body: bytes, encoding: str | None, *, is_html: bool) -> str:
    """The text of a page.

    A byte order mark outranks `encoding` (the server's word); a page's own
    <meta charset> stands in where nobody declares one; UTF-8 where nobody says at all.
    """
    if len(body) > MAX_PAGE_BYTES:
        raise DocumentRefused(f"page larger than {MAX_PAGE_BYTES:,} bytes")
    mark = next((name for bom, name in _BYTE_ORDER_MARKS if body.startswith(bom)), None)
    meta = _META_CHARSET.search(body[:2048]) if is_html else None
    declared = mark or encoding or (meta[1].decode("ascii", "replace") if meta else "utf-8")
    try:
        text = body.decode(_ENCODINGS[codecs.lookup(declared).name])
    except (LookupError, ValueError) as error:  # UnicodeDecodeError is a ValueError
        raise DocumentRefused(
            f"bytes are no text in the declared encoding {declared}",
            text=str(error),
            todo="Save the page as UTF-8 and give the file",
        ) from error
    if "\0" in text or "\ufffd" in text:
        raise DocumentRefused("page holds characters that stand for lost ones (NUL or U+FFFD)")
    if is_html:
        _refuse_markup_bomb(text)
    return text


def _refuse_markup_bomb(text: str) -> None:
    """Refuses what parsers choke on: they are quadratic in depth and in the attributes of an
    element, and reopen unclosed formatting in every block."""
    opened: Counter[str] = Counter()
    depth = formatting = deepest = most_formatting = tags = 0
    for slash, printed, attributes in _TAG.findall(text):
        tag = printed.lower()
        tags += 1
        if len(attributes) > MAX_ATTRIBUTES:
            names = re.split(r"[\s/]+", _QUOTED.sub(" ", attributes))
            if len(names) > MAX_ATTRIBUTES:
                raise DocumentRefused(f"page has an element with {len(names):,} attributes")
        if tag in _NEVER_OPEN:
            continue
        if not slash:
            step = 1
        elif opened[tag]:
            step = -1
        else:
            continue
        opened[tag] += step
        depth += step
        formatting += step if tag in _FORMATTING else 0
        deepest, most_formatting = max(deepest, depth), max(most_formatting, formatting)
    if deepest > MAX_DEPTH or most_formatting * tags > MAX_REOPENED:
        raise DocumentRefused(
            f"page leaves {deepest:,} elements open at once", todo="No browser shows such a page"
        )
