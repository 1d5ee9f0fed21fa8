"""Printed ranks: which rank, where, in which ranking of which year.

Input: text such as '# 25', 'No. 19 Globally, No. 1 in Hong Kong', '44 th', '# 33 Globally',
'in Times Higher Education Impact Rankings 2025'. Names and regions are declared in rankings.toml.
Output: `RankClaim`s (one per rank and region), `NamedRanking`s.
Raises: nothing; what is not a rank or not a declared ranking is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from transform.pages.ranking_words import YEAR, vocabulary
from transform.pages.words import folded

_SIGNED = r"(?:#\s*=?|no\s*\.?\s*=?|=)\s*(?P<sign>\d{1,4})=?"
_ORDINAL = r"=?(?P<ordinal>\d{1,4})\s?(?:st|nd|rd|th)=?"
_TIED = r"(?:(?:ranked|ranks|ranking|joint|jointly|tied|equal)(?: for| at)?\s+)*"
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
          "tenth")  # fmt: skip
# One rank, and where it holds on either side: 'Asia's No. 3', 'joint 4th in Asia', 'World: # 33'.
_CLAIM = re.compile(
    rf"(?:(?P<before>[a-z][a-z ]*?)(?:'s)?\s*:?\s+)??{_TIED}(?:the\s+)?"
    rf"(?:{_SIGNED}|{_ORDINAL}|(?P<word>{'|'.join(_WORDS)}))(?:\s*[:-]?\s+(?P<after>[a-z].*))?"
)
_MAY_RANK = re.compile(
    rf"[#=]\s*\d|\bno\b|\d\s?(?:st|nd|rd|th)\b|{'|'.join(_WORDS)}", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:,(?!\d)|[;/|·•]|\band\b)\s*")
_NEXT_RANK = re.compile(r"\s+(?=(?:#\s*=?|no\b\s*\.?\s*=?|=)?\s*\d)")
_BAND = re.compile(
    r"(?:#\s*)?(?:top\s*\d{1,4}|=?\d{1,4}\s*-\s*=?\d{1,4}|\d{3,4}\s*\+)\b.*|\d{3,4}\+"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-/]\s*(?:(?:19|20)?\d\d)(?!\d)")
_ABBREVIATED = re.compile(r"\s*\((?:the|qs|arwu)\)")
# What may follow the name of a ranking; anything else makes it another one, or of one subject.
_AFTER_NAME = re.compile(
    r"\(?\b(?:published|released|announced|issued|compiled)\b.*"
    r"|\bby (?:qs|the|times higher education)\b|"
    r"\b(?:19|20)\d\d\b"
)


# What may stand before it where a text is nothing but the name.
_BEFORE_NAME = re.compile(r"(?:\b(?:(?:19|20)\d\d|in|by|the|according to|ranked)\b|\W)*")


@dataclass(frozen=True, slots=True)
class RankClaim:
    """A rank and the region printed with it; region is None where none is printed."""

    rank: int
    region: str | None


@dataclass(frozen=True, slots=True)
class NamedRanking:
    """A declared ranking found in a text. `scope`: the region of a rank printed without one."""

    name: str
    publisher: str
    scope: str
    year: int | None
    by_subject: bool = False
    subject: str | None = None
    alone: bool = field(default=True, compare=False)  # no other words stand before the name


@lru_cache(maxsize=4096)
def rank_claims(text: str) -> tuple[RankClaim, ...] | None:
    """The ranks that `text` consists of, or None where it holds any other words.

    'No. 1 in Hong Kong, No. 3 in Greater China' is two claims, '# 25' one without a region. A tie
    ('=47', 'joint 4th') is a rank, a band ('51-100', 'Top 30') is none.
    """
    claims = []
    parts = _BETWEEN.split(folded(text).strip(" ,;|·•"))
    for part in (piece for whole in parts for piece in _side_by_side(whole)):
        found = _CLAIM.fullmatch(part)
        if found is None:
            return None
        where = [words for words in (found["before"], found["after"]) if words]
        regions = {region_named(words) for words in where}
        if None in regions or len(regions) > 1 or (found["word"] and not regions):
            return None
        number = found["sign"] or found["ordinal"]
        rank = int(number) if number else _WORDS.index(found["word"]) + 1
        claims.append(RankClaim(rank, regions.pop() if regions else None))
    return tuple(claims) or None


def _side_by_side(part: str) -> list[str]:
    """'13th 1st in Hong Kong', set in two columns, as two; anything else as it is."""
    pieces = _NEXT_RANK.split(part)
    return pieces if all(_CLAIM.fullmatch(piece) for piece in pieces) else [part]


def ranks_beside(text: str) -> tuple[tuple[RankClaim, ...], str] | None:
    """The ranks that `text` begins or ends with, and its other words: '# 44 QS WUR 2026'.

    None for ranks alone, and where ranks stand on both sides.
    """
    if _MAY_RANK.search(text) is None:
        return None
    found = []
    for gap in re.finditer(r"[\s(),:;|·•–—-]+", text):
        left, right = text[: gap.start()], text[gap.end() :].strip(" ).")
        found += [(rank_claims(left), left, right), (rank_claims(right), right, left)]
    split = [
        (claims, len(ranks), bare)
        for claims, ranks, words in found
        if claims and (bare := words.strip(" ,:;|()·•–—-"))
    ]
    if not split or rank_claims(text):
        return None
    # 'in THE World University Rankings' begins with no region.
    claims, _, words = max(split, key=lambda one: (ranking_named(one[2]) is not None, one[1]))
    return (claims, words) if rank_claims(words) is None else None


def is_band(text: str) -> bool:
    """Whether `text` prints a band of ranks ('51-100', 'Top 30', '1001+'), which is no rank."""
    return _BAND.fullmatch(folded(text)) is not None


def region_named(text: str) -> str | None:
    """The region that `text` as a whole names ('in Greater China', 'Globally'), or None."""
    return vocabulary().regions.get(folded(text))


@lru_cache(maxsize=4096)
def ranking_named(text: str) -> NamedRanking | None:
    """The declared ranking that `text` names, with the year printed beside it, or None.

    Of several years the first after the name counts, else the one before it; '2025-2026' is no one
    year. Other words behind the name make it another ranking ('QS World University Rankings:
    Europe'), those behind a ranking by subject its subject.
    """
    plain = _ABBREVIATED.sub("", folded(text))
    for alias in vocabulary().aliases:
        found = alias.pattern.search(plain)
        alone = found is not None and _BEFORE_NAME.fullmatch(plain[: found.start()]) is not None
        if alias.turned and not alone:
            continue  # 'Asia Young University Rankings (THE 2024)' is another one
        if found and not (alias.abbreviated and re.search(r"\bTHE\b", text) is None):
            behind = _AFTER_NAME.sub(" ", plain[found.end() :]).strip(" ,.:;()[]-/|")
            if behind and region_named(behind) is None and re.search(r"[^\W\d_]", behind):
                if not alias.by_subject:
                    return None
                subject = _as_set(text, behind)
            else:
                subject = None
            year = YEAR.search(plain, found.end()) or YEAR.search(plain)
            return NamedRanking(
                alias.name,
                alias.publisher,
                alias.scope,
                int(year.group()) if year and not _YEARS.search(plain) else None,
                alias.by_subject,
                subject,
                alone,
            )
    return None


def _as_set(text: str, words: str) -> str:
    """Folded words as `text` sets them."""
    pattern = re.escape(words).replace(r"\ and\ ", r"\s*(?:and|&)\s*").replace(r"\ ", r"\s+")
    found = re.search(pattern, text, re.IGNORECASE)
    return found[0] if found else words


def year_named(text: str) -> int | None:
    """The one year that `text` prints, or None where it prints none or several."""
    years = set(YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 and not _YEARS.search(text) else None
