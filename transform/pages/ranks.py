"""Printed ranks: which rank, where, in which ranking of which year.

Input: text such as '# 25', 'No. 19 Globally, No. 1 in Hong Kong', '44 th', '# 33 Globally',
'in Times Higher Education Impact Rankings 2025'. Names and regions are declared in rankings.toml.
Output: `RankClaim`s (one per rank and region), `NamedRanking`s.
Raises: nothing; what is not a rank or not a declared ranking is no claim.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from transform.pages.words import folded

_RANK = r"(?:#\s*=?|\bno\s*\.?\s*=?)\s*(?P<sign>\d{1,4})(?!\s*%|[\d,.]*\d|\s*-\s*\d)"
_ORDINAL = r"(?<![\d.,])=?(?P<ordinal>\d{1,4})\s?(?:st|nd|rd|th)\b"
_CLAIM = re.compile(rf"{_RANK}|{_ORDINAL}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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


@dataclass(frozen=True)
class _Alias:
    pattern: re.Pattern[str]
    name: str
    publisher: str
    scope: str
    abbreviated: bool  # begins with THE, Times Higher Education: 'the world' in prose is not it


@dataclass(frozen=True)
class _Vocabulary:
    aliases: tuple[_Alias, ...]  # longest first
    regions: dict[str, str]  # folded phrase -> region


def rank_claims(text: str) -> tuple[RankClaim, ...] | None:
    """The ranks that `text` consists of, or None where it holds any other words.

    'No. 1 in Hong Kong, No. 3 in Greater China' is two claims, '# 25' one without a region.
    """
    claims = []
    plain = folded(text)
    marks = list(_CLAIM.finditer(plain))
    if not marks or plain[: marks[0].start()].strip():
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(plain)]
    for mark, end in zip(marks, ends, strict=True):
        words = re.sub(r"^[\s,;]+|(?:[\s,;]|\band\b)+$", "", plain[mark.end() : end])
        region = region_named(words)
        if words and region is None:
            return None
        claims.append(RankClaim(int(mark["sign"] or mark["ordinal"]), region))
    return tuple(claims)


def region_named(text: str) -> str | None:
    """The region that `text` as a whole names ('in Greater China', 'Globally'), or None."""
    return _vocabulary().regions.get(folded(text))


def ranking_named(text: str) -> NamedRanking | None:
    """The declared ranking that `text` names, with the year printed beside it, or None.

    Of several years the first after the name counts, else the one before it.
    """
    plain = folded(text)
    for alias in _vocabulary().aliases:
        found = alias.pattern.search(plain)
        if found and not (alias.abbreviated and re.search(r"\bTHE\b", text) is None):
            year = _YEAR.search(plain, found.end()) or _YEAR.search(plain)
            return NamedRanking(
                alias.name, alias.publisher, alias.scope, int(year.group()) if year else None
            )
    return None


def year_named(text: str) -> int | None:
    """The one year that `text` prints, or None where it prints none or several."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


@cache
def _vocabulary() -> _Vocabulary:
    declared = tomllib.loads(files("transform.pages").joinpath("rankings.toml").read_text("utf-8"))
    aliases = [
        _Alias(
            re.compile(rf"\b{re.escape(folded(alias))}(?!\w)"),
            entry["name"],
            entry["publisher"],
            entry["scope"],
            alias.startswith("THE "),
        )
        for entry in declared["ranking"]
        for alias in sorted(entry["aliases"])
    ]
    aliases.sort(key=lambda alias: len(alias.pattern.pattern), reverse=True)
    regions = {
        folded(phrase): region
        for region, phrases in declared["regions"].items()
        for phrase in phrases
    }
    return _Vocabulary(tuple(aliases), regions)
