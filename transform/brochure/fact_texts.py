"""Facts whose figure and label stand in one text: 'majors: 45 +', '45 + majors'.

Input: the lines of a page under a line that heads facts. Output: `Fact`s. Grain: one figure.
Nothing here raises: what may count nothing ('91 MTR bus') is no fact.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.cells import Line
from transform.brochure.big_figures import PAGE, YEAR
from transform.brochure.tiles import FLUSH, is_bold
from transform.lookups import begins_no_name
from transform.pages.quantities import Quantity, leading_quantity, whole_quantity
from transform.pages.ranks import ranking_named, region_named
from transform.pages.words import folded, is_sentence

TOUCHING = 0.8  # times the size: lines of one label stand closer
LONG = 14  # words: a longer text is no label
PHONE = 7  # digits without commas: a number that counts nothing
MONTHS = frozenset(
    name.casefold() for names in (calendar.month_name, calendar.month_abbr) for name in names[1:]
)
BEFORE = re.compile(r"(?<!\btop)\s(?!20\d\d$)\d[\d,]*$")  # the figure of the column before
# Of a rank, or the rest of a figure above it.
ONE_OF = re.compile(
    r"(?:top|no\.?|number|rank(?:ed|ing)?|position)$|(?:to|out of|in|or|and|of) \d"
    r"|(?:st|nd|rd|th)\b"
)
STATED = re.compile(r"(.*?[\w)])\s*(?::|(?:[.·…_]\s?){4,})\s*(.+)")
BULLET = re.compile(r"^[•●▪‣◦·∙■□➢*–—-]\s*(?=[\w>~≈])")
SIGNS = re.compile(r"\s+[|•●▪·/]\s+")


@dataclass(slots=True)
class Fact:
    """A figure with its label, and the lines both were read from."""

    label: str
    text: str
    quantity: Quantity
    lines: list[Line]


def quantity_of(text: str) -> Quantity | None:
    """The quantity that a text is as a whole, if it can count something."""
    if YEAR.fullmatch(text) or PAGE.fullmatch(text) or (text.isdigit() and len(text) >= PHONE):
        return None
    return whole_quantity(text)


def is_counted(label: str, text: str) -> bool:
    """Whether a label can say what a figure counts: it is no region or 'Top', which make it a rank,
    no month and not the rest of the figure ('out of 3')."""
    folded_label = folded(label)
    return (
        region_named(label) is None
        and ONE_OF.match(folded_label) is None
        and BEFORE.search(folded_label) is None
        and not (text.isdigit() and folded_label.split(" ")[0].rstrip(".,") in MONTHS)
    )


def fact_of(label: str, text: str, lines: list[Line]) -> Fact | None:
    """A fact, if its label names something and its text is a figure."""
    label, quantity = label.strip(" .:\N{HORIZONTAL ELLIPSIS}"), quantity_of(text)
    named = label[:1].isalpha() and len(label.split()) <= LONG and not is_sentence(label)
    if quantity is None or not named or ranking_named(label) is not None:
        return None
    if not is_counted(label, text):
        return None
    return Fact(label, text, quantity, lines)


def facts_in_texts(lines: Sequence[Line]) -> list[Fact]:
    """Facts whose figure and label stand in one text; several do, flush with each other."""
    read = {id(line): facts for line in lines if (facts := _stated(line))}
    return [
        fact
        for line in lines
        if id(line) in read and not any(_runs_on(line, x) for x in lines if id(x) not in read)
        for fact in read[id(line)]
        if len(read[id(line)]) > 1
        or any(
            abs(x.x0 - line.x0) < FLUSH and set_alike(x, line)
            for x in lines
            if x is not line and id(x) in read
        )
    ]


def _stated(line: Line) -> list[Fact]:
    """The facts that a text consists of, none where it holds anything else."""
    facts = []
    for piece in SIGNS.split(BULLET.sub("", line.text)):
        stated, found = STATED.fullmatch(piece), leading_quantity(piece)
        if stated and quantity_of(stated[2]):
            fact = fact_of(stated[1], stated[2], [line])
        elif found and piece.endswith(found[1]):
            fact = fact_of(found[1], piece.removesuffix(found[1]).strip(), [line])
        else:
            fact = None
        if fact is None or not _counts(fact) or begins_no_name(fact.label.split()[0]):
            return []
        facts.append(fact)
    return facts


def _counts(fact: Fact) -> bool:
    """Whether a figure shows that it counts something: by a sign, a unit, decimals or commas."""
    quantity = fact.quantity
    return bool(quantity.qualifier or quantity.unit or re.search(r"\d[.,]\d", fact.text))


def _runs_on(line: Line, other: Line) -> bool:
    """Whether another line touches a line from above or below, set as it is."""
    gap = max(other.top - line.bottom, line.top - other.bottom)
    return (
        other.x0 < line.x1 and other.x1 > line.x0 and gap < TOUCHING * line.size
        and set_alike(line, other)
    )  # fmt: skip


def set_alike(line: Line, other: Line) -> bool:
    """Whether two lines are as large, and as bold."""
    return abs(line.size - other.size) < 0.1 * line.size and is_bold(line) == is_bold(other)
