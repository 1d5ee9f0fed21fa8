"""Lines that name a ranking, which of them a rank stands under, and what heads its column.

Input: lines of one page. Output: headings with the rankings they name. Grain: one heading.
Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Line
from transform.brochure.fact_texts import set_alike
from transform.brochure.tiles import is_bold
from transform.lookups import is_school
from transform.pages.ranking_words import goes_with_ranking, goes_with_ranks, may_be_subject
from transform.pages.ranks import NamedRanking, rank_claims, ranking_named, region_named
from transform.pages.words import folded, is_sentence

HEADS = re.compile(
    r"(?:world |global )?(?:subjects?|subject areas?|rankings?|ranks?|areas?|positions?)|year"
)


# Words that the head of a column of HKUST's own ranks may have.
COLUMN = re.compile(
    r"(?:(?:hkust|qs|the|world|global|asia|hong kong|subject|areas?|rankings?|ranks?|positions?|in"
    r"|\d{4})\b\W*)+"
)
FAR = 150.0  # points: the label of a row is at most so far left of it
LARGER = 1.1  # times the size of most texts: a heading
HEAD = 3.0  # times the size: the head of a column is at most so far above it


def headings_of(lines: Sequence[Line]) -> list[tuple[Line, NamedRanking | None]]:
    """Lines that name a ranking, alone or with the next one; None for one that is not declared."""
    found = []
    for line in lines:
        ranking = ranking_named(line.text)
        if "ranking" not in folded(line.text) and ranking is None:
            continue
        if is_sentence(line.text) or HEADS.fullmatch(folded(line.text)):
            continue
        below = _line_below(line, lines)
        if (
            below is not None
            and ranking_named(below.text) is None
            and not (ranking and ranking.by_subject)
        ):
            both = ranking_named(f"{line.text} {below.text}")
            if both is not None and abs(below.size - line.size) < 0.1 * line.size:
                line, ranking = below, both
        found.append((line, ranking))
    return found


def _line_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The next line under this one with the same left edge."""
    near = [
        other for other in lines
        if abs(other.x0 - line.x0) < 3 and other.middle > line.middle
        and -0.3 * other.size < other.top - line.bottom < other.size
    ]  # fmt: skip
    return min(near, key=lambda other: other.top, default=None)


def heading_over(
    rank: Line, headings: Sequence[tuple[Line, NamedRanking | None]], lines: Sequence[Line]
) -> Line | None:
    """The heading that a rank stands under: the lowest, the rightmost; None in doubt, or where
    another heading stands between the two, or nearer beside it."""
    above = [line for line, _ in headings if line.top < rank.top]
    left = [line for line in above if line.x0 <= rank.x0 + 3] if len(above) > 1 else above
    kept = [
        line for line in left
        if not any(
            other is not line and other.top >= line.top - line.size and other.x0 >= line.x0 - 3
            for other in left
        )
    ]  # fmt: skip
    if len(kept) != 1 or any(_at(rank, line, kept[0]) for line in _like(kept[0], lines)):
        return None
    return kept[0]


def _like(heading: Line, lines: Sequence[Line]) -> list[Line]:
    """Other headings: set as this one is, unlike most texts below it."""
    looks = [(round(line.size, 1), is_bold(line)) for line in lines if line.top > heading.bottom]
    size, bold = max(looks, key=looks.count, default=(0.0, False))
    return [
        line for line in lines
        if line is not heading and line.size > 0.95 * heading.size
        and is_bold(line) >= is_bold(heading)
        and (line.size > LARGER * size or is_bold(line) > bold)
        and not rank_claims(line.text) and any(char.isalpha() for char in line.text)
    ]  # fmt: skip


def _at(rank: Line, other: Line, heading: Line) -> bool:
    """Whether another heading stands between a heading and a rank, or beside it over the rank."""
    if abs(other.top - heading.top) < heading.size:
        return heading.x1 < other.x0 <= rank.x0
    return heading.bottom <= other.top < rank.top and other.x0 < rank.x1


def own_column(
    rank: Line, label: Sequence[Line], ranks: Sequence[Line], lines: Sequence[Line]
) -> bool:
    """Whether no words stand over the column of a rank that may be another university's."""
    column = [x for x in ranks if _share(x, rank) and x.top <= rank.top]
    top = min((x.top for x in column), default=rank.top)
    over = [
        line for line in lines
        if _share(line, rank) and not any(_share(line, x) for x in label)
        and 0 < top - line.top < HEAD * line.size
    ]  # fmt: skip
    return all(
        HEADS.fullmatch(folded(line.text)) or COLUMN.fullmatch(folded(line.text))
        or region_named(line.text) or ranking_named(line.text) or rank_claims(line.text)
        for line in over
    )  # fmt: skip


def under_other_words(
    row: Sequence[Line], heading: Line, texts: Sequence[Line], rows: Sequence[Line]
) -> bool:
    """Whether a text between the heading of ranks and one of their rows may make that row and
    those below it something else: 'Asia', '2024', 'Our MBA'. Over all rows a sentence may stand,
    and over a column of ranks, which stand apart from their subjects, its region or year.

    `texts`: what stands in no row, `rows`: the lines of ranks.
    """
    x0, x1 = min(x.x0 for x in row), max(x.x1 for x in row)
    top, first = min(x.top for x in row), min(x.top for x in rows)
    return any(
        not goes_with_ranks(line.text, heading.text)
        for line in texts
        if heading.bottom <= line.middle and line.bottom <= top + 1
        and line.x0 < x1 and (x0 < line.x1 or _alone(line, [*texts, *rows]))
        and not (line.top < first and is_sentence(line.text))
        and not (len(row) > 1 and _heads_column(line) and any(_share(line, x) for x in rows))
    )  # fmt: skip


def of_other(name: Line, rank: Line, ranking: NamedRanking, lines: Sequence[Line]) -> bool:
    """Whether a text in the row of a ranking's name and a rank, or right over the name, may make
    the rank that of a subject, a school, another university."""
    left, right = sorted((name, rank), key=lambda line: line.x0)
    row = [x for x in lines if x not in (name, rank) and _level(x, name) and not _states(x)]
    before = [x for x in row if x.x1 <= left.x0 and left.x0 - x.x1 < FAR and set_alike(x, name)]
    between = [x for x in row if left.x0 < x.x0 < right.x0]
    over = [
        x for x in lines
        if abs(x.x0 - name.x0) < 3 and 0 < name.top - x.top < HEAD * name.size
        and (may_be_subject(x.text) or is_school(x.text))
    ]  # fmt: skip
    return bool(over) or not all(
        goes_with_ranking(x.text, ranking.name) for x in (*between, *before)
    )


def _states(line: Line) -> bool:
    """Whether a text is a rank, or names a ranking or a region: it is no label of a row."""
    return (
        rank_claims(line.text) is not None
        or ranking_named(line.text) is not None
        or region_named(line.text) is not None
    )


def _level(one: Line, other: Line) -> bool:
    return abs(one.middle - other.middle) < 0.5 * max(one.size, other.size)


def _alone(line: Line, others: Sequence[Line]) -> bool:
    """Whether nothing stands right of a line: it may be over all columns below it."""
    return not any(
        other.x0 > line.x1 and abs(other.middle - line.middle) < 0.5 * line.size for other in others
    )


def _heads_column(line: Line) -> bool:
    return region_named(line.text) is not None or COLUMN.fullmatch(folded(line.text)) is not None


def _share(one: Line, other: Line) -> bool:
    return one.x0 < other.x1 and one.x1 > other.x0
