"""The index by height gives what a look at everything gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.page.drawing import VRule
from extract.page.heights import by_height

HEIGHT = st.floats(-50, 900, allow_nan=False)


@given(st.lists(st.tuples(HEIGHT, st.floats(0, 300)), max_size=30), HEIGHT, st.floats(0, 400))
def test_what_reaches_between_two_heights(
    pieces: list[tuple[float, float]], top: float, height: float
) -> None:
    rules = [VRule(float(i), start, start + long) for i, (start, long) in enumerate(pieces)]
    bottom = top + height
    expected = [rule for rule in rules if rule.top <= bottom and rule.bottom >= top]
    assert by_height(rules).between(top, bottom) == expected


def test_a_thing_on_the_edge_of_a_shelf_is_found_from_both_sides() -> None:
    rule = VRule(0, 12.0, 24.0)
    assert by_height([rule]).between(24.0, 30.0) == [rule]
    assert by_height([rule]).between(0.0, 12.0) == [rule]
    assert by_height([rule]).between(24.1, 30.0) == []
