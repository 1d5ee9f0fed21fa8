"""Score tables: schools, preferred subjects, medians that may be reference scores."""

from __future__ import annotations

import pytest

from errors import UnknownValue
from tests.unit.cells import cell, table
from transform.lookups import school_named
from transform.scores import _may_be_reference, preferred_pairs


def test_small_wordings() -> None:
    assert school_named("SCHOOL OF BUSINESS & MANAGEMENT") == "School of Business and Management"
    assert preferred_pairs(cell("Science subjects/ICT: Level 5")) == [("Science subjects/ICT", "5")]


def test_level_that_wraps_goes_with_its_subjects() -> None:
    wrapped = cell("Science/ICT Level", "5**", "Math/M1/M2 Level", "4")
    assert preferred_pairs(wrapped) == [("Science/ICT", "5**"), ("Math/M1/M2", "4")]
    with pytest.raises(UnknownValue):
        preferred_pairs(cell("Science/ICT Level 5** Math/M1/M2 Level 4"))


def test_lone_figure_under_reference_headers_may_be_either() -> None:
    plain = table(0, ("2024 Admissions Score", {}))
    either = table(0, ("2024 Admissions Score/ Reference Score for 2025 New Programs", {}))
    alone = {"median": cell("49"), "lower_quartile": cell("-")}
    assert _may_be_reference(alone["median"], alone, either)
    assert not _may_be_reference(alone["median"], alone, plain)
    assert not _may_be_reference(cell("49"), alone | {"lower_quartile": cell("47")}, either)
