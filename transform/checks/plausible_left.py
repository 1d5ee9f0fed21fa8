"""What documents leave over: ranks, figures, marks, items of lists that became no value.

Input: readings and rejects. Output: rows of `audit.checks`, their subjects beginning with the
document's sha256. Grain: one page, for marks one document. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

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


def _none_told(
    check: str,
    tables: Sequence[str],
    begins: str,
    subject: Callable[[Reading | Reject], str | None],
    say: Callable[[Reject], str] = lambda reject: reject.text,
    *,
    once: bool = False,
) -> Callable[[Sequence[Reading], Sequence[Reject]], Iterator[Row]]:
    """A check that nothing was rejected for a reason that begins so: a row each `subject` that has
    rows of the tables, or such rejects. `once`: what it lists more than once is listed once."""

    def rows(readings: Sequence[Reading], rejects: Sequence[Reject]) -> Iterator[Row]:
        of_tables = (subject(reading) for reading in readings if reading.table in tables)
        told: dict[str, list[str]] = {name: [] for name in of_tables if name is not None}
        for reject in rejects:
            if reject.reason.startswith(begins) and (name := subject(reject)) is not None:
                told.setdefault(name, []).append(say(reject))
        for name, said in told.items():
            listed = dict.fromkeys(said) if once else said
            yield finding(check, name, not said, detail="; ".join(listed) or None)

    return rows


def _page_of(one: Reading | Reject) -> str | None:
    return None if one.place.page is None else f"{one.document} page {one.place.page}"


CHECKS = (
    _ranks_read,
    _figures_read,
    # One whose note leaves the figure what its column says is known.
    _none_told(
        "a mark beside a figure has a known note", ("scores",), UNEXPLAINED,
        lambda one: f"{one.document} figures", lambda x: f"{x.text!r}: {x.reason}",
    ),
    # Those of students admitted, and nothing else.
    _none_told(
        "a title over scores speaks of no others", ("scores",), OTHER_TITLE,
        lambda one: f"{one.document} scores", once=True,
    ),
    # One text over several columns may be meant for all of them; for none, a dash is printed.
    _none_told(
        "a table of conversions has no blank cell", ("conversions", "bonuses"), BLANK,
        lambda one: f"{one.document} conversions", lambda x: f"{x.text}: {x.reason}",
    ),
    # No line among them or close under them is left over or may be several.
    _none_told("a list has all its items", ("listings",), UNLISTED, _page_of),
)  # fmt: skip
