"""What documents leave over: ranks, figures, marks, items of lists that became no value.

Input: readings and rejects. Output: rows of `audit.checks`, their subjects beginning with the
document's sha256. Grain: one page, for marks one document. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transform.brochure.big_figures import YEAR
from transform.brochure.lists import UNLISTED
from transform.brochure.ranks import RANK_IN_TEXT
from transform.checks.findings import Row, finding
from transform.checks.plausible_grades import grade_rank
from transform.lookups import heads
from transform.pages.quantities import GROUPED, leading_quantity, whole_quantity
from transform.pages.ranking_words import is_subject, may_be_subject
from transform.pages.ranks import rank_claims, ranking_named, ranks_beside
from transform.pages.words import is_sentence
from transform.readings import Reading, Reject
from transform.rules.conversions import QUALIFICATION
from transform.rules.matrix import BLANK
from transform.scores.marked_figures import UNEXPLAINED
from transform.scores.score_titles import OTHER_TITLE
from transform.unkept import BESIDE, OUTSIDE

FEW_WORDS = 8  # a longer text that holds a figure is prose
PAGE_NUMBERS = 4  # bare numbers a sheet may have at its feet, two up and facing
LAST = re.compile(r"(?<=\s)\S*\d\S*(?:\s*[+%]|\s[mb]illion)*$")


def left_rows(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """Checks that nothing of a kind that is read is left over."""
    for check in CHECKS:
        yield from check(readings, rejects)


def _page(reading: Reading) -> tuple[str, int]:
    return reading.document, reading.place.page or 0


def _ranks_read(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """No rank is left over on a page of a brochure: '17th' belongs to some ranking. A ranking that
    is named, with its year perhaps, has ranks; a text that names it beside a rank was read."""
    left: dict[tuple[str, int], list[str]] = {
        (reading.document, reading.place.page): []
        for reading in readings
        if reading.table == "rankings" and reading.place.page is not None
    }
    ranked = {
        (reading.document, key["ranking"], year)
        for reading in readings
        if reading.table == "rankings" and (key := dict(reading.key))
        for year in (key["year"], None)
    }
    by_subject = {r.document for r in readings if r.table == "rankings" and dict(r.key)["subject"]}
    for reject in rejects:
        if reject.place.page is None or is_sentence(reject.text):
            continue
        named, beside = ranking_named(reject.text), ranks_beside(reject.text)
        if (
            rank_claims(reject.text)
            or (reject.document in by_subject and is_subject(reject.text))
            or (beside and (may_be_subject(beside[1]) or ranking_named(beside[1])))
            or (named and (reject.document, named.name, named.year) not in ranked)
            or (RANK_IN_TEXT.search(reject.text) and "ranking" in reject.text.casefold())
        ):
            left.setdefault((reject.document, reject.place.page), []).append(reject.text)
    for (document, page), texts in left.items():
        yield finding(
            "every rank belongs to a ranking", f"{document} page {page}", not texts,
            detail="; ".join(texts) or None,
        )  # fmt: skip


def _figures_read(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """No figure or grade is left over beside or outside the tables: it stands in a row or is a
    fact. Page numbers, years and a single letter are none. Nor is a qualification, where the
    alternatives in Chinese are tabled."""
    tabled = {r.document for r in readings if r.table == "chinese_alternatives"}
    texts: dict[tuple[str, int], list[str]] = {_page(reading): [] for reading in readings}
    for reject in rejects:
        if reject.reason in (BESIDE, OUTSIDE) and reject.place.page is not None:
            texts.setdefault((reject.document, reject.place.page), []).append(reject.text)
    for (document, page), said in texts.items():
        contents = any(heads("contents", text) for text in said)
        figures = [text for text in said if not contents and _counts_something(text)]
        numbers = [text for text in said if text.isdigit() and not YEAR.fullmatch(text)]
        grades = [text for text in said if not text.isdigit() and grade_rank(text)]
        figures += numbers if len(numbers) > PAGE_NUMBERS and not contents else []
        figures += grades if len(grades) > 1 else []
        if document in tabled:
            short = [text for text in said if len(text.split()) <= FEW_WORDS]
            figures += [x for x in short if QUALIFICATION.search(x) and not is_sentence(x)]
        yield finding(
            "every figure outside tables is a fact", f"{document} page {page}", not figures,
            detail="; ".join(figures) or None,
        )  # fmt: skip


def _marks_explained(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """A mark beside a score figure has a note that leaves the figure what its column says."""
    marked: dict[str, list[str]] = {r.document: [] for r in readings if r.table == "scores"}
    for reject in rejects:
        if reject.reason.startswith(UNEXPLAINED):
            marked.setdefault(reject.document, []).append(f"{reject.text!r}: {reject.reason}")
    for document, said in marked.items():
        yield finding(
            "a mark beside a figure has a known note", f"{document} figures", not said,
            detail="; ".join(said) or None,
        )  # fmt: skip


def _titles_known(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """A title over scores speaks of those of students admitted and of nothing else."""
    titles: dict[str, list[str]] = {r.document: [] for r in readings if r.table == "scores"}
    for reject in rejects:
        if reject.reason.startswith(OTHER_TITLE):
            titles.setdefault(reject.document, []).append(reject.text)
    for document, said in titles.items():
        yield finding(
            "a title over scores speaks of no others", f"{document} scores", not said,
            detail="; ".join(dict.fromkeys(said)) or None,
        )  # fmt: skip


def _scores_used(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """Beside each score of a table of conversions or bonuses something stands in each column, if
    only a dash: one text over several columns may be meant for all of them."""
    blank: dict[str, list[str]] = {
        r.document: [] for r in readings if r.table in ("conversions", "bonuses")
    }
    for reject in rejects:
        if reject.reason.startswith(BLANK):
            blank.setdefault(reject.document, []).append(f"{reject.text}: {reject.reason}")
    for document, said in blank.items():
        yield finding(
            "a table of conversions has no blank cell", f"{document} conversions", not said,
            detail="; ".join(said) or None,
        )  # fmt: skip


def _lists_whole(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
    """No line among the items of a list or close under them is left over or may be several."""
    lines: dict[tuple[str, int], list[str]] = {
        _page(r): [] for r in readings if r.table == "listings" and r.place.page is not None
    }
    for reject in rejects:
        if reject.reason.startswith(UNLISTED) and reject.place.page is not None:
            lines.setdefault((reject.document, reject.place.page), []).append(reject.text)
    for (document, page), texts in lines.items():
        yield finding(
            "a list has all its items", f"{document} page {page}", not texts,
            detail="; ".join(texts) or None,
        )  # fmt: skip


def _counts_something(text: str) -> bool:
    """Whether a text is a quantity, or one with a few words that say what it counts, and shows by
    a sign, a unit or its decimals that it numbers no page."""
    if is_sentence(text) or len(text.split()) > FEW_WORDS:
        return False
    found, end = leading_quantity(text), LAST.search(text)
    quantities = [whole_quantity(text), whole_quantity(end[0]) if end else None]
    quantities += [found[0]] if found and found[1][:1].isalnum() else []
    return any(map(GROUPED.fullmatch, text.split())) or any(
        quantity is not None
        and not re.search(rf"{YEAR.pattern}$", quantity.text)
        and (quantity.qualifier or quantity.unit or re.search(r"\d[.,]\d", quantity.text))
        for quantity in quantities
    )


CHECKS = (_ranks_read, _figures_read, _marks_explained, _titles_known, _scores_used, _lists_whole)
