"""Rankings, facts and short lists on the brochure's pages without tables.

Input: the lines of one page. Output: readings of `rankings`, `facts`, `listings` with source
'brochure'.
Grain: a tile is a big figure with its label (see `tiles`); a rank stands in a tile or in a row with
what it is for (`ranks`); a list is the lines under a declared heading (`lists`). What is no figure,
rank or list is prose.
Raises: `UnknownValue` where a rank and the subject beside it run together.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Line
from transform.brochure.big_figures import parted, starts_figure
from transform.brochure.fact_rows import facts_in_rows, under_facts
from transform.brochure.fact_texts import is_counted, quantity_of
from transform.brochure.lists import SOURCE, read_listings
from transform.brochure.ranks import read_rank_rows
from transform.brochure.stated_ranks import add_ranking
from transform.brochure.tiles import PLAIN, RANKED, TITLED, Look, Tile, tiles_of
from transform.lookups import heads
from transform.pages.quantities import Quantity
from transform.pages.ranking_words import goes_with_ranking, is_subject
from transform.pages.ranks import RankClaim, rank_claims, ranking_named, region_named
from transform.readings import Ledger
from transform.values import Spot, spot_around


def read_facts(page_lines: Sequence[Line], page: int, ledger: Ledger) -> None:
    """Readings of the lines of a page that stand in no table."""
    lines = sorted(
        (part for line in page_lines for part in parted(line)), key=lambda line: (line.top, line.x0)
    )
    used: set[int] = set()
    contents = any(heads("contents", line.text) for line in lines)
    if not contents:
        used = _read_tiles(lines, PLAIN, page, ledger)
        for fact in facts_in_rows([x for x in lines if id(x) not in used]):
            source = spot_around(fact.lines, page, fact.text)
            _add(fact.label, fact.quantity, fact.text, source, ledger)
            used |= {id(line) for line in fact.lines}
        left = [line for line in lines if id(line) not in used]
        if any(rank_claims(line.text) for line in left):
            used |= _read_tiles(left, RANKED, page, ledger)
    used |= read_rank_rows([x for x in lines if id(x) not in used], page, ledger)
    if not contents:
        under = [line for line in under_facts(lines) if id(line) not in used]
        used |= _read_tiles(under, TITLED, page, ledger)
    read_listings([x for x in lines if id(x) not in used], page, ledger)


def _read_tiles(lines: Sequence[Line], look: Look, page: int, ledger: Ledger) -> set[int]:
    """Reads tiles; which lines were read."""
    return {
        id(line)
        for tile in tiles_of(lines, look)
        if look is not (TITLED if rank_claims(tile.text) else RANKED)
        if look is PLAIN or not _in_a_row(tile, lines)
        if _read_tile(tile, page, ledger)
        for line in tile.figure + tile.label
    }


def _in_a_row(tile: Tile, lines: Sequence[Line]) -> bool:
    """Whether a text stands level with a figure that is neither a figure nor names a ranking."""
    own = [id(line) for line in (*tile.figure, *tile.label)]
    top, bottom = tile.figure[0].middle, tile.figure[-1].middle
    return any(
        top - 0.5 * x.size < x.middle < bottom + 0.5 * x.size
        and not starts_figure(x.text)
        and ranking_named(x.text) is None
        for x in lines
        if id(x) not in own
    )


def _read_tile(tile: Tile, page: int, ledger: Ledger) -> bool:
    claims = rank_claims(tile.text)
    if claims:
        return _read_rank(tile, claims, page, ledger)
    quantity = quantity_of(tile.text)
    ranking = ranking_named(" ".join(line.text for line in tile.label))
    if quantity is None or (ranking is not None and not ranking.by_subject):
        return False  # a rank that does not read as one counts nothing
    if not is_counted(tile.label_text, tile.text):
        return False
    if ranking is not None and any(is_subject(line.text) for line in tile.label):
        return False  # '24' over 'Law' and the ranking is a rank without its sign
    source = spot_around(tile.figure + tile.label, page, tile.text)
    _add(tile.label_text, quantity, tile.text, source, ledger)
    return True


def _add(label: str, quantity: Quantity, text: str, source: Spot, ledger: Ledger) -> None:
    key = {"source": SOURCE, "label": label}
    ledger.add("facts", key, "value", quantity.value, source, "figure")
    ledger.add("facts", key, "qualifier", quantity.qualifier, source, "what qualifies the figure")
    ledger.add("facts", key, "unit", quantity.unit, source, "unit of the figure")
    ledger.add("facts", key, "text", text, source, "text")


def _read_rank(tile: Tile, claims: Sequence[RankClaim], page: int, ledger: Ledger) -> bool:
    """A rank over the name of its ranking; a line between them may name the region."""
    regions = {region for line in tile.label if (region := region_named(line.text))}
    words = " ".join(line.text for line in tile.label if not region_named(line.text))
    ranking = ranking_named(words)
    if ranking is None or ranking.year is None or ranking.by_subject or len(regions) > 1:
        return False
    if not goes_with_ranking(words, ranking.name):
        return False  # of a subject, a school, another university
    source = spot_around(tile.figure + tile.label, page, f"{tile.text} {tile.label_text}")
    for claim in claims:
        where = claim.region or next(iter(regions), None)
        add_ranking(ranking, RankClaim(claim.rank, where), "", source, ledger)
    return True
