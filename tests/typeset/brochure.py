"""A whole invented brochure.

Input: `Edition`, `Layout`. Output: one PDF with every kind of page the 2026 brochure has.
Raises nothing.
"""

from __future__ import annotations

from pathlib import Path

from tests.typeset.conversion_tables import typeset_conversion
from tests.typeset.document import Document
from tests.typeset.edition import Edition
from tests.typeset.fact_pages import typeset_cover, typeset_facts, typeset_scholarships
from tests.typeset.flow import Flow
from tests.typeset.layout import Layout
from tests.typeset.requirement_pages import typeset_requirements
from tests.typeset.score_tables import typeset_scores, typeset_simulated

KINDS = ("requirements", "scores", "simulated", "conversion", "scholarships", "facts", "rankings")


def typeset_brochure(edition: Edition, layout: Layout, path: Path) -> tuple[str, ...]:
    """Write the brochure to `path`; returns the kinds it shows, for `truth`."""
    document = Document(path, layout)
    typeset_cover(document, edition)
    folio = typeset_facts(document, edition, 2)
    folio = typeset_requirements(document, edition, folio)
    scores = Flow(document, folio)
    typeset_scores(scores, edition)
    typeset_simulated(scores, edition)
    folio = scores.close()
    conversion = Flow(document, folio)
    typeset_conversion(conversion, edition)
    folio = conversion.close()
    typeset_scholarships(document, edition, folio)
    document.save()
    return KINDS
