"""Invented leaflets: extracts of the brochure, and the June leaflet of expected scores.

Input: a kind, `Edition`, `Layout`. Output: one PDF. Raises KeyError for an unknown kind.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.typeset.conversion_tables import typeset_conversion
from tests.typeset.document import Document
from tests.typeset.edition import Edition
from tests.typeset.expected_leaflet import typeset_expected
from tests.typeset.fact_pages import typeset_scholarships
from tests.typeset.flow import Flow
from tests.typeset.layout import Layout
from tests.typeset.requirement_pages import typeset_requirements
from tests.typeset.score_tables import typeset_competitive, typeset_scores, typeset_simulated


def typeset_leaflet(kind: str, edition: Edition, layout: Layout, path: Path) -> tuple[str, ...]:
    """Write the leaflet `kind` to `path`; returns what it shows, for `truth`."""
    document = Document(path, layout)
    shown = LEAFLETS[kind](document, edition)
    document.save()
    return shown


def _requirements(document: Document, edition: Edition) -> tuple[str, ...]:
    typeset_requirements(document, edition, 8)
    return ("requirements",)


def _flowed(
    page: int, **parts: Callable[[Flow, Edition], None]
) -> Callable[[Document, Edition], tuple[str, ...]]:
    """A leaflet of these parts, from a page on; their names are what it shows."""

    def typeset(document: Document, edition: Edition) -> tuple[str, ...]:
        flow = Flow(document, page)
        for part in parts.values():
            part(flow, edition)
        flow.close()
        return tuple(parts)

    return typeset


def _expected(document: Document, edition: Edition) -> tuple[str, ...]:
    typeset_expected(document, edition)
    return ("expected", "leaflet_conversion")


def _scholarships(document: Document, edition: Edition) -> tuple[str, ...]:
    typeset_scholarships(document, edition, 16)
    return ("scholarships",)


LEAFLETS = {
    "requirements": _requirements,
    "scores": _flowed(12, scores=typeset_scores, simulated=typeset_simulated),
    "scores_with_ranges": _flowed(12, scores=typeset_scores, competitive=typeset_competitive),
    "expected": _expected,
    "conversion": _flowed(14, conversion=typeset_conversion),
    "scholarships": _scholarships,
}
