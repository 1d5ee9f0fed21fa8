"""A row that breaks its model is told with the places of its values."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import schemas
from errors import UnknownValue
from extract.cells import Place
from flows.broken_rows import TODO, placed_refusal
from transform.readings import Reading

KEY = {
    "scores_year": 2025, "jupas_code": "JS5101", "basis": "admitted", "formula_year": 2025,
    "point_scale": 8.5,
}  # fmt: skip
NAMES = {"b" * 64: "leaflet.pdf", "c" * 64: "page.html"}


def reading(column: str, value: object, text: str, page: int | None = 12, **more: Any) -> Reading:
    place = Place(page, 1.0, 2.0, 3.0, 4.0) if page else Place(None, None, None, None, None, 7)
    values = {"table": "scores", "key": tuple(KEY.items()), "rule": "figure", "document": "b" * 64}
    return Reading(column=column, value=value, text=text, place=place, **(values | more))


def refused(*readings: Reading, **row: object) -> UnknownValue:
    with pytest.raises(schemas.RowRefused) as broken:
        schemas.frame_of(schemas.TABLES["scores"], [{**KEY, **row}])
    again = pickle.loads(pickle.dumps(broken.value))
    assert str(again) == str(broken.value)
    return placed_refusal(broken.value, readings, NAMES)


def test_a_value_out_of_its_domain_is_told_with_its_page_and_print() -> None:
    error = refused(
        reading("lower_quartile", 35.0, "35.00"), reading("median", -1.0, "–1"), median=-1.0
    )
    assert str(error) == (
        "leaflet.pdf, page 12: scores (scores_year=2025, jupas_code='JS5101', basis='admitted', "
        "formula_year=2025, point_scale=8.5): median must be at least 0, not -1.0: '–1'. " + TODO
    )


def test_a_rule_over_a_row_is_told_with_the_values_it_is_about() -> None:
    error = refused(
        reading("median", 30.0, "30"),
        reading("lower_quartile", 35.5, "35.50", page=None, document="c" * 64),
        median=30.0, lower_quartile=35.5,
    )  # fmt: skip
    assert (error.document, error.page) == ("page.html", None)
    assert error.text == "lower_quartile '35.50', median '30'"
    assert "lower_quartile <= median" in error.what
    assert error.what.endswith("(read in page.html and leaflet.pdf, page 12)")


def test_a_row_that_no_document_gave_is_told_as_it_is() -> None:
    error = refused(reading("median", 30.0, "30", table="formulas"), median=-1.0)
    assert isinstance(error, schemas.RowRefused)
