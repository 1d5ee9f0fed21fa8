"""Study options: one a cell, over several lines or not."""

from __future__ import annotations

import pytest

from errors import UnknownValue
from tests.unit.cells import cell
from transform.programmes.stacked import check_one_option


@pytest.mark.parametrize(
    "lines",
    [
        ("BSc in Physics #", "Mathematics"),
        ("• BSc in Physics",),
        ("Economics", "Finance"),
        ("BSc in one long name that fills the line up", "BSc in Physics"),
    ],
)
def test_stacked_options_are_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnknownValue, match="options"):
        check_one_option(cell(*lines))


def test_wrapped_option_is_one() -> None:
    check_one_option(cell("All Joint-school Programs", "Offered by the School of Humanities #"))
    check_one_option(cell("BSc in Ocean Science and Technology (with the", "Artificial one)"))
