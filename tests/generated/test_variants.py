"""Invented editions of 2027 in layouts nobody has seen: right, or refused; never wrong.

The figures, programmes, weights, column orders, fonts, rules and page splits are drawn by seed.
"""

from __future__ import annotations

import pytest

from tests.generated.compare import Outcome, outcomes
from tests.typeset.invention import random_edition
from tests.typeset.layout import Layout, random_layout

VARIANTS = range(100, 152)
LEAFLETS = ("requirements", "scores", "expected", "conversion")
RIGHT_AT_LEAST = 0.5  # of layouts drawn by chance; the rest is refused with its reason


def show(found: list[Outcome]) -> str:
    return "\n".join(f"{o.document} {o.verdict}: {'; '.join(o.reasons)[:300]}" for o in found)


@pytest.mark.parametrize("kind", ["scores", pytest.param("requirements", marks=pytest.mark.slow)])
def test_an_invented_edition_loads_without_touching_code(kind: str) -> None:
    found = list(outcomes(random_edition(0), Layout(), (kind,)))
    assert {o.verdict for o in found} == {"RIGHT"}, show(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", VARIANTS)
def test_fifty_invented_editions_load_right(seed: int) -> None:
    found = list(outcomes(random_edition(seed), Layout(), ("brochure",)))
    assert {o.verdict for o in found} == {"RIGHT"}, show(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LEAFLETS)
def test_unseen_layouts_are_right_or_refused(kind: str) -> None:
    found = [
        outcome
        for seed in range(12)
        for outcome in outcomes(random_edition(seed), random_layout(seed), (kind,))
    ]
    assert not [o for o in found if o.verdict == "WRONG"], show(found)
    right = sum(o.verdict == "RIGHT" for o in found)
    assert right >= RIGHT_AT_LEAST * len(found), show(found)


def test_a_changed_header_is_refused_and_named() -> None:
    (found,) = outcomes(random_edition(3), Layout(changed_header=True), ("scores",))
    assert found.verdict == "REFUSED", show([found])
