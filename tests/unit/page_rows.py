"""Helpers of the page tests: rows of a page, the reviewed rows, the same page in other markup."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.web.blocks import text_blocks
from transform.pages.lines import UNREAD
from transform.pages.page import read_page
from transform.pages.recognition import detect_page
from transform.readings import Ledger

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "pages"
SAMPLES = ROOT / "samples" / "pages"
CAPTURED_AT = datetime(2025, 11, 22, 4, 0, tzinfo=UTC)
SOURCES = ("home", "provost", "press", "ais")
Rows = dict[str, list[dict[str, str]]]


@cache
def read(body: bytes, media_type: str, at: datetime = CAPTURED_AT) -> Ledger:
    """The readings of a page, as `admissions refresh FILE` would take it. Not to be changed."""
    blocks = text_blocks(body, media_type)
    source = detect_page(blocks)
    assert source is not None
    return read_page(blocks, source, "0" * 64, at)


def rows_of(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, dict[object, dict[str, object]]] = {}
    for reading in ledger.readings:
        row = tables.setdefault(reading.table, {}).setdefault(reading.key, dict(reading.key))
        assert reading.column not in row, (reading.key, reading.column)
        row[reading.column] = reading.value
    return {table: list(rows.values()) for table, rows in tables.items()}


def told(
    source: str, content: str | tuple[str, ...], at: datetime = CAPTURED_AT
) -> tuple[dict[str, list[dict[str, object]]], list[str]]:
    """Rows of a page, given as lines of text or as HTML, and what of it is said to be unread. Its
    time of capture is not known for certain, as that of a file at hand."""
    is_html = isinstance(content, str)
    body = content if isinstance(content, str) else "\n".join(content)
    blocks = text_blocks(body.encode(), "text/html" if is_html else "text/plain")
    ledger = read_page(blocks, source, "0" * 64, at, captured_for_certain=False)
    unread = [reject.text for reject in ledger.rejects if reject.reason.startswith(UNREAD)]
    return rows_of(ledger), unread


def printed(tables: dict[str, list[dict[str, object]]]) -> Rows:
    """Rows as a CSV holds them: text, sorted, without blanks and times of capture."""
    return {
        table: sorted(
            (
                {
                    name: _text(value)
                    for name, value in row.items()
                    if _text(value) and not name.endswith("_seen")
                }
                for row in rows
            ),
            key=lambda row: tuple(row.items()),
        )
        for table, rows in sorted(tables.items())
    }


def reviewed(source: str) -> Rows:
    """The rows of a page as a person checked them, from tests/golden/pages/SOURCE-TABLE.csv."""
    tables: Rows = {}
    for path in sorted(GOLDEN.glob(f"{source}-*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
        tables[path.stem.partition("-")[2]] = rows
    return tables


def without(rows: Rows, *columns: str) -> Rows:
    return {
        table: sorted(
            ({name: value for name, value in row.items() if name not in columns} for row in lines),
            key=lambda row: tuple(sorted(row.items())),
        )
        for table, lines in rows.items()
    }


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


# The same page in other markup: each takes the leaves of a page (its smallest blocks, as tag, text
# and link) and sets them anew, without classes and without the elements that tell navigation.


Leaf = tuple[str, str, str | None]


def _leaves(node: LexborNode) -> Iterator[Leaf]:
    for child in node.iter():
        inner = [c for c in child.iter() if c.tag not in ("a", "span", "script")]
        if inner or (child.tag in ("time",) and child.css("span")):
            yield from _leaves(child)
        elif child.text().strip() and child.tag != "script":
            link = child if child.tag == "a" else child.css_first("a")
            yield child.tag or "", child.text().strip(), link.attributes["href"] if link else None


def _set(leaf: Leaf, tag: str) -> str:
    _, text, href = leaf
    inner = f'<a href="{escape(href)}">{escape(text)}</a>' if href else escape(text)
    return f"<{tag}>{inner}</{tag}>"


# By name: what stands around all leaves, and how each is set, by its tag and number.
MARKUPS: dict[str, tuple[str, Callable[[Leaf, int], str]]] = {
    "divs": ("{}", lambda leaf, _: f"<div><div><div>{_set(leaf, 'div')}</div></div></div>"),
    "table": ("<table>{}</table>", lambda leaf, _: f"<tr>{_set(leaf, 'td')}</tr>"),
    "one_row": ("<table><tr>{}</tr></table>", lambda leaf, _: _set(leaf, "td")),
    "definitions": ("<dl>{}</dl>", lambda leaf, n: _set(leaf, ("dt", "dd", "dd")[n % 3])),
    "bullets": ("<ul>{}</ul>", lambda leaf, _: _set(leaf, "li")),
    "breaks": ("{}", lambda leaf, n: ("<br>" if n else "") + _set(leaf, "b")),
    "spans": ("{}", lambda leaf, _: f"<p>{_set(leaf, 'span')}</p>"),
    "level_headings": ("{}", lambda leaf, _: _set(leaf, "h2" if leaf[0].startswith("h") else "p")),
    "sections_as_headings": (
        "{}",
        lambda leaf, _: _set(leaf, "h4" if leaf[0] in ("h1", "h2") else "div"),
    ),
}


def in_other_markup(source: str, markup: str) -> bytes:
    """The sample page of a source, set anew."""
    tree = LexborHTMLParser((SAMPLES / f"{source}.html").read_text("utf-8"))
    assert tree.head is not None and tree.body is not None
    around, setting = MARKUPS[markup]
    body = around.format("".join(setting(leaf, n) for n, leaf in enumerate(_leaves(tree.body))))
    return f"<!DOCTYPE html><html>{tree.head.html}<body>{body}</body></html>".encode()


def as_text(source: str) -> bytes:
    """The sample page of a source as a plain-text capture."""
    tree = LexborHTMLParser((SAMPLES / f"{source}.html").read_text("utf-8"))
    assert tree.body is not None
    return "\n\n".join(text for _, text, _ in _leaves(tree.body)).encode()
