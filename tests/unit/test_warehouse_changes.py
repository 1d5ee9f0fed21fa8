"""Changes between editions: what counts as one, under which key, with what size and cause."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import schemas
from schemas.spelling import is_respelt
from warehouse.causes import Causes, ValueId, corrected_values, reread_values
from warehouse.changes import all_changes, changes_between, compared_tables

Rows = dict[str, list[dict[str, Any]]]


EMPTY = {name: schemas.frame_of(model, []) for name, model in schemas.TABLES.items()}


def frames(rows: Rows) -> dict[str, pd.DataFrame]:
    return EMPTY | {name: schemas.frame_of(schemas.TABLES[name], rows[name]) for name in rows}


def changes(causes: Causes | None = None, **rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = schemas.rows_from(all_changes(frames(rows), causes or Causes()))
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def programme(edition: int, code: str, title: str, **more: Any) -> dict[str, Any]:
    return {"edition": edition, "jupas_code": code, "title": title, **more}


def minimum(edition: int, code: str, level: str, requirement: str = "english") -> dict[str, Any]:
    return {
        "edition": edition,
        "jupas_code": code,
        "requirement": requirement,
        "level": level,
        "category_c_accepted": False,
    }


def score(year: int, code: str, median: float | None, **more: Any) -> dict[str, Any]:
    return {
        "scores_year": year,
        "jupas_code": code,
        "basis": "admitted",
        "formula_year": year,
        "point_scale": 8.5,
        "median": median,
        **more,
    }


SAME = [programme(2025, "JS5101", "Research"), programme(2026, "JS5101", "Research")]


def test_what_stays_is_no_change() -> None:
    assert changes(programmes=SAME) == []
    assert changes(programmes=SAME[:1]) == []
    assert changes() == []


def test_every_table_with_editions_is_compared() -> None:
    assert set(schemas.TABLES) - set(compared_tables()) == {
        "programme_names", "rankings", "facts", "news", "events", "awards", "highlights", "sdgs",
        "listings",
    }  # fmt: skip


def test_a_value_that_changed() -> None:
    found = changes(
        programmes=SAME,
        minimum_requirements=[minimum(2025, "JS5101", "3"), minimum(2026, "JS5101", "4")],
    )
    assert found == [
        {
            "from_edition": 2025,
            "to_edition": 2026,
            "table_name": "minimum_requirements",
            "key": '{"jupas_code": "JS5101", "requirement": "english"}',
            "column_name": "level",
            "change": "changed",
            "old_value": "3",
            "new_value": "4",
            "cause": "documents differ",
        }
    ]


def test_a_programme_that_comes_or_goes_is_one_row() -> None:
    found = changes(
        programmes=[
            *SAME,
            programme(2025, "JS5200", "Engineering"),
            programme(2026, "JS5240", "Department of Computer Science and Engineering"),
        ],
        minimum_requirements=[
            minimum(2025, "JS5101", "3"),
            minimum(2026, "JS5101", "3"),
            minimum(2025, "JS5200", "3"),
            minimum(2026, "JS5240", "3"),
        ],
    )
    assert [(c["change"], c["key"]) for c in found] == [
        ("gone", '{"jupas_code": "JS5200"}'),
        ("new", '{"jupas_code": "JS5240"}'),
    ]
    assert found[1]["new_value"] == '{"title": "Department of Computer Science and Engineering"}'


def test_a_new_title_is_a_rename() -> None:
    (found,) = changes(
        programmes=[
            programme(2025, "JS5711", "BSc in Integrative Systems and Design"),
            programme(2026, "JS5711", "BSc in Innovation, Design and Technology"),
        ]
    )
    assert (found["change"], found["column_name"]) == ("renamed", "title")
    assert found["old_value"] == "BSc in Integrative Systems and Design"


def test_a_new_code_under_the_old_title_is_followed() -> None:
    found = changes(
        programmes=[
            programme(2025, "JS5211", "Computer  Engineering"),
            programme(2026, "JS5212", "Computer Engineering".upper()),
        ],
        minimum_requirements=[minimum(2025, "JS5211", "3"), minimum(2026, "JS5212", "4")],
    )
    assert [(c["table_name"], c["column_name"], c["old_value"], c["new_value"]) for c in found] == [
        ("minimum_requirements", "level", "3", "4"),
        ("programmes", "jupas_code", "JS5211", "JS5212"),
        ("programmes", "title", "Computer  Engineering", "COMPUTER ENGINEERING"),
    ]
    assert found[1]["change"] == "renamed"
    assert (found[2]["change"], found[2]["cause"]) == ("changed", "respelt")


@pytest.mark.parametrize(
    ("old", "new", "respelt"),
    [
        ("Civil and Environmental Engineering", "Civil & Environmental  engineering", True),
        ("Science (Group A) with an Extended Major", "Science (Group A) with Extended Major", True),
        ("BEng/BSc & BBA", "BEng / BSc & BBA", True),
        ("Science (Group A)", "Science (Group B)", False),
        ("Integrative Systems and Design", "Innovation, Design and Technology", False),
        ("Research", "Research", False),
    ],
)
def test_a_title_spelt_otherwise_is_no_new_name(old: str, new: str, respelt: bool) -> None:
    assert is_respelt(old, new) is respelt
    found = changes(programmes=[programme(2025, "JS5101", old), programme(2026, "JS5101", new)])
    told = ("changed", "respelt") if respelt else ("renamed", "documents differ")
    assert [(c["change"], c["cause"]) for c in found] == ([told] if old != new else [])


def test_one_title_for_two_new_codes_is_no_rename() -> None:
    found = changes(
        programmes=[
            programme(2025, "JS5211", "Engineering"),
            programme(2026, "JS5212", "Engineering"),
            programme(2026, "JS5213", "Engineering"),
        ]
    )
    assert [c["change"] for c in found] == ["gone", "new", "new"]


def test_options_are_known_by_title_not_by_place() -> None:
    def option(edition: int, position: int, title: str, *, ai: bool = False) -> dict[str, Any]:
        return {
            "edition": edition,
            "jupas_code": "JS5101",
            "position": position,
            "title": title,
            "ai_major": ai,
            "digital_media_major": False,
            "sustainability_major": False,
        }

    found = changes(
        programmes=SAME,
        study_options=[
            option(2025, 1, "Physics"),
            option(2026, 1, "Chemistry"),
            option(2026, 2, "Physics", ai=True),
        ],
    )
    assert [(c["change"], c["key"]) for c in found] == [
        ("new", '{"jupas_code": "JS5101", "title": "Chemistry"}'),
        ("changed", '{"jupas_code": "JS5101", "title": "Physics"}'),
    ]
    assert (found[1]["old_value"], found[1]["new_value"]) == ("false", "true")


def test_score_moves_have_size_and_rank() -> None:
    # Medians of the 2024 and 2025 admissions, as printed
    found = changes(
        scores=[
            score(2024, "JS5311", 35.05),
            score(2025, "JS5311", 36.55),
            score(2024, "JS5312", 43.50),
            score(2025, "JS5312", 43.31),
            score(2024, "JS5313", 53.44),
            score(2025, "JS5313", 52.43),
            score(2024, "JS5317", 32.48),
            score(2025, "JS5317", None, withheld="∆"),
        ]
    )
    medians = {
        c["key"][16:22]: (c.get("size"), c.get("rank"))
        for c in found
        if c["column_name"] == "median"
    }
    assert medians == {
        "JS5311": (1.5, 1),
        "JS5313": (-1.01, 2),
        "JS5312": (-0.19, 3),
        "JS5317": (None, None),
    }
    assert found[0]["key"] == '{"jupas_code": "JS5311", "basis": "admitted", "point_scale": 8.5}'
    assert found[-1]["column_name"] == "withheld"
    assert (found[0]["old_value"], found[0]["new_value"]) == ("35.05", "36.55")


def test_two_scales_and_two_formulas_are_never_compared() -> None:
    found = changes(scores=[score(2022, "JS5311", 30, point_scale=7), score(2023, "JS5311", 35)])
    assert [(c["change"], "size" in c) for c in found] == [("gone", False), ("new", False)]
    simulated = {"basis": "simulated", "formula_year": 2026}
    found = changes(
        scores=[
            score(2024, "JS5240", 40, basis="simulated", formula_year=2025),
            score(2025, "JS5240", 50, **simulated),
        ]
    )
    assert [(c["change"], c["size"]) for c in found] == [("changed", 10.0)]
    assert '"formula_years_later": 1' in found[0]["key"]


def test_what_a_leaflet_does_not_print_is_no_change() -> None:
    brochure = {"school": "School of Science", "interview_required": False}
    rows: Rows = {
        "programmes": [
            programme(2025, "JS5101", "Research"),
            programme(2026, "JS5101", "Research", **brochure, is_new=True),
        ],
        "minimum_requirements": [minimum(2026, "JS5101", "3")],
        "scores": [
            score(2024, "JS5101", 36.75),
            score(2025, "JS5101", 36.75, lower_quartile_per_subject=4.64),
        ],
    }
    assert changes(**rows) == []
    # but between two brochures it is one
    rows["minimum_requirements"].append(minimum(2025, "JS5101", "3"))
    rows["programmes"][0]["school"] = "School of Engineering"
    rows["programmes"][0]["interview_required"] = True
    assert [c["column_name"] for c in changes(**rows)] == ["interview_required", "school"]


def test_years_apart_can_be_compared_too() -> None:
    rows: Rows = {
        "programmes": [
            programme(2024, "JS5101", "One"),
            programme(2025, "JS5101", "Two"),
            programme(2026, "JS5101", "Three"),
        ]
    }
    assert [(c["old_value"], c["new_value"]) for c in changes(**rows)] == [
        ("One", "Two"),
        ("Two", "Three"),
    ]
    (found,) = schemas.rows_from(changes_between(frames(rows), 2024, 2026, Causes()))
    assert (found["old_value"], found["new_value"]) == ("One", "Three")


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(
    ("listed", "cause"),
    [("corrected", "correction"), ("reread", "our reading changed")],
)
def test_causes(year: int, listed: str, cause: str) -> None:
    key = f'{{"edition": {year}, "jupas_code": "JS5101"}}'
    causes = Causes(**{listed: {ValueId("programmes", key, "title")}})
    rows: Rows = {
        "programmes": [
            programme(2025, "JS5101", "Reserch"),
            programme(2026, "JS5101", "Research"),
            programme(2025, "JS5102", "Science"),
            programme(2026, "JS5102", "Sciences"),
        ]
    }
    assert [c["cause"] for c in changes(causes, **rows)] == [cause, "documents differ"]


def test_a_spelling_that_only_our_reading_changed_is_our_reading() -> None:
    causes = Causes(
        reread={ValueId("programmes", '{"edition": 2025, "jupas_code": "JS5101"}', "title")}
    )
    rows = [programme(2025, "JS5101", "Art & Design"), programme(2026, "JS5101", "Art and Design")]
    (found,) = changes(causes, programmes=rows)
    assert (found["change"], found["cause"]) == ("changed", "our reading changed")


TITLE = ValueId("programmes", '{"edition": 2026, "jupas_code": "JS5101"}', "title")


def observed(document: str, rule: str = "as printed") -> pd.DataFrame:
    row = {
        "table_name": TITLE.table,
        "key": TITLE.key,
        "column_name": TITLE.column,
        "document_sha256": document * 64,
        "page": 1,
        "text": "Research",
        "rule": rule,
    }
    return schemas.frame_of(schemas.AUDIT["observations"], [row])


def test_a_value_read_otherwise_from_the_same_documents_is_our_reading() -> None:
    now = frames({"programmes": [programme(2026, "JS5101", "Research")]})
    before = frames({"programmes": [programme(2026, "JS5101", "Research ^")]})
    assert reread_values(now, observed("a"), before, observed("a")) == {TITLE}
    assert reread_values(now, observed("a"), before, observed("b")) == set()
    assert reread_values(now, observed("a"), now, observed("a")) == set()


def test_a_corrected_value_is_known_by_its_rule() -> None:
    assert corrected_values(observed("a", "correction: misprint, see the leaflet")) == {TITLE}
    assert corrected_values(observed("a")) == set()
