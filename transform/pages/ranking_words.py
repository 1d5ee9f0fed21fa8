"""The words of rankings: their names, regions and subjects, declared in rankings.toml.

Input: text. Output: what it names. Nothing raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from transform.pages.words import folded

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
WORD = re.compile(r"\w+")
_LEADING_PUBLISHERS = ("the", "times higher education", "qs")


@dataclass(frozen=True)
class Alias:
    """One spelling of the name of a ranking."""

    pattern: re.Pattern[str]
    name: str
    publisher: str
    scope: str
    by_subject: bool
    abbreviated: bool  # begins with THE, Times Higher Education: 'the world' in prose is not it
    turned: int  # 1 where the publisher stands behind the name: looked for last


@dataclass(frozen=True)
class Vocabulary:
    """What the file declares, as it is compared."""

    aliases: tuple[Alias, ...]  # longest first, turned ones last
    regions: dict[str, str]  # folded phrase -> region
    subjects: frozenset[str]  # folded
    subject_words: frozenset[str]
    names: dict[str, frozenset[str]]  # ranking -> words of its names and of its publisher
    beside: frozenset[str]  # words of lines between the name of a ranking and its ranks
    published: frozenset[str]


def is_subject(text: str) -> bool:
    """Whether `text` is a declared subject of rankings."""
    return folded(text) in vocabulary().subjects


def may_be_subject(text: str) -> bool:
    """Whether `text` has no other words than subjects of rankings have: 'Data Science'."""
    return bool(text) and set(WORD.findall(folded(text))) <= vocabulary().subject_words


def goes_with_ranks(text: str, heading: str) -> bool:
    """Whether ranks under a line are still those of the ranking by subject that `heading` names:
    the line speaks of subjects, of positions in the world or of when they were published."""
    words, known = set(WORD.findall(folded(text))), vocabulary()
    other_years = {word for word in words if YEAR.fullmatch(word)} - set(YEAR.findall(heading))
    named = {word for word in words if not word.isdigit()}
    if other_years and not named & known.published:
        return False
    return named <= known.subject_words | known.beside | known.published


def goes_with_ranking(text: str, ranking: str) -> bool:
    """Whether words beside the rank of a university leave it that of the ranking: those of its
    names and publisher, of regions, of years. 'Engineering', 'SDG 9', 'HKU' make it another one."""
    known = vocabulary()
    words = {word for word in WORD.findall(folded(text)) if not word.isdigit()}
    return words <= known.names[ranking] | known.beside | known.published


@cache
def vocabulary() -> Vocabulary:
    """The file as it is compared."""
    declared = tomllib.loads(files("transform.pages").joinpath("rankings.toml").read_text("utf-8"))
    aliases = [
        Alias(
            re.compile(pattern),
            entry["name"],
            entry["publisher"],
            entry["scope"],
            "by_subject" in entry and entry["by_subject"],
            alias.startswith("THE "),
            turned,
        )
        for entry in declared["ranking"]
        for alias in sorted(entry["aliases"])
        for turned, pattern in enumerate(_spellings(folded(alias)))
    ]
    aliases.sort(key=lambda alias: (alias.turned, -len(alias.pattern.pattern)))
    regions = {
        folded(phrase): region
        for region, phrases in declared["regions"].items()
        for phrase in phrases
    }
    subjects = frozenset(map(folded, declared["subjects"]["names"]))
    words = {w for name in subjects for w in WORD.findall(name)}
    words |= {form for word in declared["subjects"]["words"] for form in (word, f"{word}s")}
    words |= {word.removesuffix("s") for word in words}
    beside, published = (frozenset(declared["subjects"][x]) for x in ("beside", "published"))
    names = {
        entry["name"]: frozenset(
            WORD.findall(folded(" ".join((entry["name"], entry["publisher"], *entry["aliases"]))))
        )
        for entry in declared["ranking"]
    }
    return Vocabulary(tuple(aliases), regions, subjects, frozenset(words), names, beside, published)


def _spellings(alias: str) -> Iterator[str]:
    """Patterns of a folded name: as declared, and with its publisher behind it, where brochures
    set him small: 'Impact Rankings - THE 2024', "World's Young University (THE 2024)"."""
    yield re.sub(r" rankings?$", " rankings?", rf"\b{re.escape(alias)}") + r"(?!\w)"
    for publisher in _LEADING_PUBLISHERS:
        if alias.startswith(f"{publisher} "):
            name = re.escape(re.sub(r" rankings?$", "", alias.removeprefix(f"{publisher} ")))
            others = "".join(rf"(?<!\b{leading} )" for leading in _LEADING_PUBLISHERS)
            yield rf"{others}\b{name}(?: rankings?)?[\s(,:-]+{publisher}(?!\w)"
