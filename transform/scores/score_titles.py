"""Titles over a table of scores that make its figures other ones than those of students admitted.

Input: a table of scores, the lines of its page. Output: rejects for titles that may speak of other
scores; the figures stay. Grain: one title.
Raises: `UnknownValue` for one that calls them projected, estimated, provisional, reference or
simulated scores, or means.

A title is a short line over the table that speaks of scores, or stands right over the headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from errors import UnknownValue
from extract.cells import Line, Table
from transform.lookups import is_declared_mark
from transform.pages.words import is_prose, is_sentence, word_count
from transform.phrases import speaks_of_own_scores, years_of
from transform.readings import Ledger
from transform.scores.other_figures import FIGURES, may_be_others, other_kind
from transform.scores.years import OVER_EM
from transform.values import spot

LONG = 14  # words: no title has more
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
OTHER_TITLE = "a title over scores"  # how the reason of its reject begins


def hold_against_titles(
    table: Table, lines: Sequence[Line], tables: Iterable[Table], ledger: Ledger
) -> None:
    """Refuses figures under a title that calls them others; lists a title in doubt.

    `tables`: all of the page.
    """
    if table.has("simulated_score"):
        return
    said = " ".join(header.text for header in table.headers)
    top = min(header.top for header in table.headers)
    for line in _over(table, top, lines, tables):
        right_over = top - line.middle < OVER_EM * line.size
        if not (FIGURES.search(line.text) or right_over):
            continue
        dated = bool(FIGURES.search(line.text) and years_of(line.text))
        other = other_kind(line.text, speaks_of_scores=dated)
        if other is not None and other.split()[0].casefold() not in said.casefold():
            raise UnknownValue(
                f"a title over scores calls them others: {other!r}",
                page=table.page, text=line.text,
                todo="Look at the page: are these the scores of students admitted? Others need "
                "headers of their own, which go to transform/vocabulary.toml",
            )  # fmt: skip
        doubtful = may_be_others(line.text) or not speaks_of_own_scores(line.text)
        if other is None and doubtful and (dated or (right_over and FIGURES.search(line.text))):
            ledger.reject(spot(line, table.page), f"{OTHER_TITLE} may speak of other ones")


def _over(table: Table, top: float, lines: Sequence[Line], tables: Iterable[Table]) -> list[Line]:
    """The short or dated lines over a table, up to the table above it; no notes, no sentences."""
    above = [
        x.bottom for x in tables
        if x is not table and x.bottom <= top + 1 and x.x0 < table.x1 and table.x0 < x.x1
    ]  # fmt: skip
    return [
        line for line in lines
        if max(above, default=0.0) <= line.top and line.bottom <= top + 1
        and line.x0 < table.x1 and table.x0 < line.x1
        and not is_declared_mark(line.printed[:1]) and not NUMBERED.match(line.text)
        and not is_sentence(line.text) and word_count(line.text) < LONG
        and (years_of(line.text) or not is_prose(line.text))
    ]  # fmt: skip
