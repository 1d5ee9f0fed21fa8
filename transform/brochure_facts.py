"""Rankings, facts and short lists on the brochure's pages without tables.

Input: the lines of one page. Output: readings of `rankings`, `facts`, `listings` with source
'brochure'; every other line is rejected with a reason.
Grain: a tile is a big figure with its label below; a ranking by subject is a rank with the
subject left of it; a list is the lines under a declared heading.
What is no figure, rank or list is prose.
Raises: `UnknownValue` where a rank and the subject beside it run together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from errors import UnknownValue
from extract.cells import Line, PageCells
from transform.lookups import listing_named
from transform.pages.quantities import Quantity, leading_quantity
from transform.pages.ranks import NamedRanking, RankClaim, rank_claims, ranking_named
from transform.readings import Ledger
from transform.values import Spot, spot, spot_around

SOURCE = "brochure"
RANK_IN_TEXT = re.compile(r"\b\d+(st|nd|rd|th)\b")
BIG = 1.6  # a figure at least so many times the size of its label heads a tile


@dataclass(slots=True)
class _Tile:
    """A big figure (over one or two lines) and the label under it."""

    figure: list[Line]
    label: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.figure)

    @property
    def label_text(self) -> str:
        joined = " ".join(line.text for line in self.label)
        return re.sub(r"(?<=\w)- (?=[a-z])", "-", joined)  # a line broken at its hyphen

    def spot(self, page: int, text: str) -> Spot:
        return spot_around(self.figure + self.label, page, text)


def read_facts(page: PageCells, ledger: Ledger) -> None:
    """Readings of one page that holds no table."""
    lines = sorted(page.lines, key=lambda line: (line.top, line.x0))
    used: set[int] = set()
    for tile in _tiles(lines):
        if _read_tile(tile, page.number, ledger):
            used |= {id(line) for line in tile.figure + tile.label}
    used |= _read_subject_ranks([x for x in lines if id(x) not in used], lines, page.number, ledger)
    used |= _read_listings([x for x in lines if id(x) not in used], page.number, ledger)
    for line in lines:
        if id(line) not in used:
            ledger.reject(spot(line, page.number), "text outside tables: no figure, rank or list")


def _tiles(lines: Sequence[Line]) -> list[_Tile]:
    tiles: list[_Tile] = []
    used: set[int] = set()
    for line in lines:
        if id(line) in used or not _starts_figure(line):
            continue
        figure = [line]
        below = _below(line, lines, used)
        while below is not None and _largest(below) > 0.9 * _largest(line):
            figure.append(below)
            below = _below(below, lines, used)
        label: list[Line] = []
        while (
            below is not None and _largest(line) >= BIG * below.size and not _starts_figure(below)
        ):
            if label and (below.size > label[0].size + 0.1 or _bold(below) > _bold(label[0])):
                break  # a heading under the tile
            label.append(below)
            below = _below(below, lines, used)
        if label:
            tiles.append(_Tile(figure, label))
            used |= {id(x) for x in figure + label}
    return tiles


def _largest(line: Line) -> float:
    """The size of the figure: '3rd' has more small letters than big digits."""
    return max(run.size for run in line.runs)


def _bold(line: Line) -> bool:
    return all(run.bold for run in line.runs)


def _starts_figure(line: Line) -> bool:
    return leading_quantity(line.text) is not None or rank_claims(line.text) is not None


def _below(line: Line, lines: Sequence[Line], used: set[int]) -> Line | None:
    """The next line under this one with the same left edge, at most two lines apart."""
    near = [
        other
        for other in lines
        if other is not line and id(other) not in used and abs(other.x0 - line.x0) < 3
        and -0.3 * other.size < other.top - line.bottom
        and other.top - line.bottom < 2.2 * max(other.size, 0.5 * _largest(line))
        and other.middle > line.middle
    ]  # fmt: skip
    return min(near, key=lambda other: other.top, default=None)


def _read_tile(tile: _Tile, page: int, ledger: Ledger) -> bool:
    claims = rank_claims(tile.text)
    ranking = ranking_named(tile.label_text)
    if claims and ranking is not None and ranking.year is not None:
        for claim in claims:
            _ranking(ranking, claim, "", tile.spot(page, f"{tile.text} {tile.label_text}"), ledger)
        return True
    found = leading_quantity(tile.text)
    if found is None or found[1]:
        return False
    quantity: Quantity = found[0]
    key = {"source": SOURCE, "label": tile.label_text}
    source = tile.spot(page, tile.text)
    ledger.add("facts", key, "value", quantity.value, source, "figure")
    ledger.add("facts", key, "qualifier", quantity.qualifier, source, "what qualifies the figure")
    ledger.add("facts", key, "unit", quantity.unit, source, "unit of the figure")
    ledger.add("facts", key, "text", tile.text, source, "text")
    return True


def _ranking(
    ranking: NamedRanking, claim: RankClaim, subject: str, source: Spot, ledger: Ledger
) -> None:
    key = {
        "source": SOURCE,
        "ranking": ranking.name,
        "year": ranking.year,
        "subject": subject,
        "region": claim.region or ranking.scope,
    }
    ledger.add("rankings", key, "rank", claim.rank, source, "rank as printed")
    ledger.add(
        "rankings", key, "publisher", ranking.publisher, source, "declared publisher of the ranking"
    )


def _read_subject_ranks(
    lines: Sequence[Line], page_lines: Sequence[Line], page: int, ledger: Ledger
) -> set[int]:
    """Rows 'subject  17th' under a heading that names a ranking with its year."""
    used: set[int] = set()
    for heading, ranking in _ranking_headings(page_lines):
        if ranking is None or ranking.year is None or "by Subject" not in ranking.name:
            continue
        ranks = [line for line in lines if line.top > heading.top and rank_claims(line.text)]
        first = [line for line in ranks if (rank_claims(line.text) or ())[0].region is None]
        subjects: dict[int, list[Line]] = {id(rank): [] for rank in first}
        for line in lines:
            if line.top <= heading.top or rank_claims(line.text) is not None:
                continue
            right = [
                rank for rank in first
                if 0 < rank.x0 - line.x0 < 300 and abs(rank.middle - line.middle) < 2.5 * line.size
                and not any(line.x0 < other.x0 < rank.x0 for other in first)
            ]  # fmt: skip
            if right:
                nearest = min(right, key=lambda rank: abs(rank.middle - line.middle))
                subjects[id(nearest)].append(line)
        for rank in first:
            named = sorted(subjects[id(rank)], key=lambda line: line.top)
            if not named:
                continue
            subject = " ".join(line.text for line in named)
            if RANK_IN_TEXT.search(subject):
                raise UnknownValue(
                    "a rank stands in the name of a subject", page=page, text=subject,
                    todo="Look at the page: the rank and the subject right of it run together",
                )  # fmt: skip
            beside = [
                other for other in ranks
                if other not in first and 0 < other.x0 - rank.x0 < 120
                and abs(other.middle - rank.middle) < other.size
            ]  # fmt: skip
            for line in (rank, *beside):
                for claim in rank_claims(line.text) or ():
                    source = spot_around([*named, line], page, f"{subject} {line.text}")
                    _ranking(ranking, claim, subject, source, ledger)
            used |= {id(line) for line in (rank, *beside, *named)}
        if used:
            used.add(id(heading))
    return used


def _ranking_headings(lines: Sequence[Line]) -> list[tuple[Line, NamedRanking | None]]:
    """Each line, and the ranking that it names, alone or together with the next line."""
    headings = []
    for line in lines:
        below = _below(line, lines, set())
        ranking = ranking_named(line.text)
        if below is not None and (ranking is None or "by Subject" not in ranking.name):
            both = ranking_named(f"{line.text} {below.text}")
            if both is not None and abs(below.size - line.size) < 0.1 * line.size:
                line, ranking = below, both
        headings.append((line, ranking))
    return headings


def _read_listings(lines: Sequence[Line], page: int, ledger: Ledger) -> set[int]:
    used: set[int] = set()
    for heading in lines:
        name = listing_named(heading.text)
        if name is None:
            continue
        used.add(id(heading))
        items = [
            line for line in lines
            if line.top > heading.top and line.x0 > heading.x0 - 3
            and line.size < heading.size + 0.1
            and line is not heading and listing_named(line.text) is None
        ]  # fmt: skip
        items = _run(heading, items)
        items.sort(key=lambda line: (round(line.x0), line.top))
        for position, line in enumerate(items, 1):
            text = " ".join(run.text.strip() for run in line.runs if run.text.strip() != "NEW")
            key = {"source": SOURCE, "list": name, "position": position}
            ledger.add("listings", key, "item", text, spot(line, page), "line of the list")
            used.add(id(line))
    return used


def _run(heading: Line, items: Sequence[Line]) -> list[Line]:
    """Items that follow each other down the page without a gap of three lines."""
    bottom, kept = heading.bottom, []
    for line in sorted(items, key=lambda line: line.top):
        if line.top - bottom > 3 * line.size:
            break
        kept.append(line)
        bottom = max(bottom, line.bottom)
    return kept
