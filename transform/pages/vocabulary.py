"""The declared words of the university's pages, from pages.toml.

Input: pages.toml beside this module. Output: `PageRule`s and the words left out or refused.
Grain: one rule per page. Raises: nothing a user can cause.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from transform.pages.dates import Order
from transform.pages.words import bare, folded


@dataclass(frozen=True)
class SectionRule:
    """A section of a page: how its heading reads and which reader takes its lines."""

    name: str | None  # None: as the heading prints it
    titles: frozenset[str]
    containing: tuple[str, ...]
    pattern: re.Pattern[str] | None
    reads: str
    tags: bool
    categories: frozenset[str]

    def opens_at(self, line: str) -> bool:
        """Whether a folded line is this section's heading."""
        return (
            line in self.titles
            or bare(line) in self.titles
            or any(phrase in line for phrase in self.containing)
            or (self.pattern is not None and self.pattern.search(line) is not None)
        )


@dataclass(frozen=True)
class PageRule:
    """A page: its sections, the lines it is known by, and whether it is one article."""

    source: str
    known_by_at_least: int
    marks: frozenset[str]
    sections: tuple[SectionRule, ...]
    is_article: bool
    categories: frozenset[str]
    numeric_dates: Order | None  # what '03/04/2025' prints first, where the source is known for it


@dataclass(frozen=True)
class Refusals:
    """What tells a page that is none."""

    minimum_characters: int
    short_characters: int
    lines: frozenset[str]
    phrases: tuple[str, ...]
    banners: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """Lines and endings that are no content on any page."""

    texts: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    endings: tuple[str, ...]
    navigation: frozenset[str]

    def holds(self, line: str) -> bool:
        """Whether a folded line is no content."""
        return (
            line in self.texts
            or any(pattern.search(line) for pattern in self.patterns)
            or self._is_trail(line)
        )

    def _is_trail(self, line: str) -> bool:
        """Whether a line is a trail of links to where the page stands: 'Home / News'."""
        steps = re.split(r"\s*[/›»>|]\s*", line)
        return len(steps) > 1 and all(step in self.navigation for step in steps)


@dataclass(frozen=True)
class PlaceWords:
    """What tells the place of an event: labels in front of it, words in it (patterns)."""

    labels: str
    places: str


@cache
def place_words() -> PlaceWords:
    """Patterns of the words that name where an event is."""
    declared = _declared()["places"]
    labels, places = ("|".join(map(re.escape, declared[kind])) for kind in ("labels", "words"))
    return PlaceWords(rf"(?:{labels})\s*:", rf"(?<![\w'])(?:{places})(?!\w)")


@cache
def document_phrases() -> tuple[str, ...]:
    """Folded words of documents that are read as PDFs only."""
    return tuple(map(folded, _declared()["documents"]["phrases"]))


@cache
def goal_names() -> frozenset[str]:
    """The names of the Sustainable Development Goals, folded."""
    return _folded(_declared()["goals"]["names"])


@cache
def page_rules() -> dict[str, PageRule]:
    """The rules by source."""
    words = ("left_out", "refused", "places", "goals", "documents")
    return {name: _page(name, page) for name, page in _declared().items() if name not in words}


@cache
def refusals() -> Refusals:
    """What tells an error page, a consent wall or a shell from a page."""
    declared = _declared()["refused"]
    return Refusals(
        declared["minimum_characters"],
        declared["short_characters"],
        _folded(declared["lines"]),
        tuple(folded(phrase) for phrase in declared["phrases"]),
        tuple(folded(phrase) for phrase in declared["banners"]),
        tuple(folded(name) for name in declared["names"]),
    )


@cache
def left_out() -> LeftOut:
    """Lines that every page may have and that are no part of what it says."""
    declared = _declared()["left_out"]
    return LeftOut(
        _folded(declared["texts"]),
        tuple(re.compile(pattern) for pattern in declared["patterns"]),
        tuple(declared["endings"]),
        _folded(declared["navigation"]),
    )


def _page(source: str, page: dict[str, Any]) -> PageRule:
    return PageRule(
        source,
        page["known_by_at_least"],
        _folded(page["marks"]),
        tuple(_section(section) for section in page["section"]) if "section" in page else (),
        "article" in page and page["article"],
        _folded(page["categories"]) if "categories" in page else frozenset(),
        page.get("numeric_dates"),
    )


def _section(section: dict[str, Any]) -> SectionRule:
    return SectionRule(
        section.get("name"),
        _folded(section["titles"]) if "titles" in section else frozenset(),
        tuple(map(folded, section["containing"])) if "containing" in section else (),
        re.compile(section["pattern"]) if "pattern" in section else None,
        section["reads"],
        "tags" in section and section["tags"],
        _folded(section["categories"]) if "categories" in section else frozenset(),
    )


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("transform.pages").joinpath("pages.toml").read_text("utf-8"))
