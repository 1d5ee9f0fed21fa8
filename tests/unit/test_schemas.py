"""Models and frames: what is refused, how, and that nothing is converted on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from errors import AdmissionsError, UnknownValue

ALL = {**schemas.TABLES, **{f"audit.{name}": model for name, model in schemas.AUDIT.items()}}

PROGRAMME: dict[str, Any] = {"edition": 2026, "jupas_code": "JS5102", "title": "Science (Group A)"}
SCORE: dict[str, Any] = {
    "scores_year": 2025,
    "jupas_code": "JS5311",
    "basis": "admitted",
    "formula_year": 2025,
    "point_scale": 8.5,
    "highest_attainable": 62.48,
    "median": 36.55,
    "lower_quartile": 35.40,
}
NEWS: dict[str, Any] = {
    "source": "ais",
    "item_id": "a1",
    "section": "Announcements",
    "tags": ("AI",),
    "title": "HKUST and Tsinghua",
    "published_on": dt.date(2025, 7, 10),
    "first_seen": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "last_seen": dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
}


def test_tables_are_those_of_the_contract() -> None:
    assert set(schemas.TABLES) == {
        "programmes", "programme_names", "study_options", "minimum_requirements",
        "subject_requirements", "formulas", "weightings", "scores", "expected_scores",
        "preferred_levels", "conversions", "bonuses", "chinese_alternatives", "remarks",
        "scholarships", "rankings", "facts", "news", "events", "awards", "highlights", "sdgs",
        "listings",
    }  # fmt: skip
    assert set(schemas.AUDIT) == {
        "observations", "checks", "rejects", "changes", "formula_effects", "documents", "runs",
        "dictionary",
    }  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_table_is_described(name: str) -> None:
    model = ALL[name]
    assert schemas.description_of(model).startswith("One row per ")
    columns = schemas.columns_of(model)
    names = [column.name for column in columns]
    for column in columns:
        assert column.description[0].isupper() or column.description[0] == "'"
        assert column.description.endswith("...") or not column.description.endswith(".")
        if column.nullable:  # what a missing value means has to be said
            assert "NULL" in column.description, column.name
    assert set(schemas.order_of(model)) <= set(names)
    assert not any(column.nullable for column in columns if column.is_key)


@pytest.mark.parametrize("name", ALL)
def test_an_empty_frame_has_every_column_and_type(name: str) -> None:
    frame = schemas.frame_of(ALL[name], [])
    assert list(frame.columns) == [column.name for column in schemas.columns_of(ALL[name])]
    assert all(isinstance(dtype, pd.ArrowDtype) for dtype in frame.dtypes)
    assert schemas.arrow_table_of(ALL[name], frame).num_rows == 0


def test_rows_come_back_as_they_went_in_sorted_by_key() -> None:
    later = {**PROGRAMME, "jupas_code": "JS5311", "title": "BBA in Economics"}
    frame = schemas.frame_of(schemas.TABLES["programmes"], [later, PROGRAMME])
    assert frame["jupas_code"].tolist() == ["JS5102", "JS5311"]
    first = schemas.rows_from(frame)[0]
    assert first == {
        **PROGRAMME,
        "school": None,
        "choice_type": None,
        "interview_required": None,
        "duration_years": None,
        "is_new": None,
        "remarks": None,
    }


def test_times_are_kept_as_instants_in_hong_kong() -> None:
    (row,) = schemas.rows_from(schemas.frame_of(schemas.TABLES["news"], [NEWS]))
    assert row["first_seen"] == NEWS["first_seen"]
    assert str(row["first_seen"]) == "2026-01-01 08:00:00+08:00"
    assert (row["published_on"], row["tags"]) == (dt.date(2025, 7, 10), ["AI"])


def test_an_int_will_do_for_a_number() -> None:
    frame = schemas.frame_of(schemas.TABLES["scores"], [{**SCORE, "median": 36}])
    assert schemas.rows_from(frame)[0]["median"] == 36.0


@pytest.mark.parametrize(
    ("table", "row", "kind", "words"),
    [
        ("programmes", {**PROGRAMME, "edition": "2026"}, UnknownValue, "edition takes an int"),
        ("programmes", {**PROGRAMME, "edition": 2026.0}, UnknownValue, "edition takes an int"),
        ("programmes", {**PROGRAMME, "edition": True}, UnknownValue, "edition takes an int"),
        ("programmes", {**PROGRAMME, "is_new": 1}, UnknownValue, "is_new takes a bool"),
        ("programmes", {**PROGRAMME, "is_new": "False"}, UnknownValue, "is_new takes a bool"),
        ("programmes", {**PROGRAMME, "title": 5}, UnknownValue, "title takes text"),
        ("programmes", {**PROGRAMME, "title": ""}, UnknownValue, "no text may be empty"),
        ("programmes", {**PROGRAMME, "title": "A "}, UnknownValue, "padded with blanks"),
        ("programmes", {**PROGRAMME, "title": None}, AdmissionsError, "title is missing"),
        ("programmes", {"edition": 2026, "title": "A"}, AdmissionsError, "jupas_code is missing"),
        ("programmes", {**PROGRAMME, "code": "x"}, AdmissionsError, "unknown column 'code'"),
        ("programmes", {**PROGRAMME, "jupas_code": "JS51"}, UnknownValue, "like ^JS[0-9]{4}$"),
        ("programmes", {**PROGRAMME, "jupas_code": "JS5102\n"}, UnknownValue, "JS5102"),
        ("programmes", {**PROGRAMME, "jupas_code": "JS510２"}, UnknownValue, "like ^JS[0-9]{4}$"),
        ("programmes", {**PROGRAMME, "edition": 1026}, UnknownValue, "at least 2012"),
        ("programmes", {**PROGRAMME, "choice_type": "both"}, UnknownValue, "one of school-based"),
        ("scores", {**SCORE, "median": "36.55"}, UnknownValue, "median takes a finite number"),
        ("scores", {**SCORE, "median": float("nan")}, UnknownValue, "median takes a finite"),
        ("scores", {**SCORE, "median": True}, UnknownValue, "median takes a finite number"),
        ("scores", {**SCORE, "median": 30}, UnknownValue, "lower_quartile <= median"),
        ("scores", {**SCORE, "median": 70}, UnknownValue, "median <= highest_attainable"),
        ("scores", {**SCORE, "median": None, "lower_quartile": 70}, UnknownValue, "must hold"),
        ("scores", {**SCORE, "point_scale": 100}, UnknownValue, "at most 8.5"),
        ("news", {**NEWS, "tags": ["AI"]}, UnknownValue, "tags takes a tuple of texts"),
        ("news", {**NEWS, "tags": "AI"}, UnknownValue, "tags takes a tuple of texts"),
        ("news", {**NEWS, "published_on": "2025-07-10"}, UnknownValue, "takes a date"),
        ("news", {**NEWS, "published_on": NEWS["first_seen"]}, UnknownValue, "takes a date"),
        ("news", {**NEWS, "first_seen": dt.datetime(2026, 1, 1)}, UnknownValue, "time zone"),
        ("news", {**NEWS, "first_seen": dt.date(2026, 1, 1)}, UnknownValue, "time zone"),
        (
            "scholarships",
            {"edition": 2026, "stars_min": 1, "renewable": False, "description": "none"},
            UnknownValue,
            "one of tuition, allowance_hkd, cash_hkd must be there",
        ),
    ],
)
def test_refused_in_one_line_that_names_table_key_and_value(
    table: str, row: dict[str, Any], kind: type[AdmissionsError], words: str
) -> None:
    with pytest.raises(kind) as refusal:
        schemas.frame_of(schemas.TABLES[table], [row])
    message = str(refusal.value)
    assert words in message
    assert message.startswith(f"{table} (")
    assert "\n" not in message


def test_two_rows_with_one_key_are_refused_with_what_differs() -> None:
    with pytest.raises(AdmissionsError, match=r"JS5102.*there twice.*Group A.*Group B"):
        schemas.frame_of(
            schemas.TABLES["programmes"], [PROGRAMME, {**PROGRAMME, "title": "Science (Group B)"}]
        )


def test_the_message_counts_the_other_rows_that_fail() -> None:
    rows = [{**PROGRAMME, "jupas_code": f"JS510{n}", "choice_type": "both"} for n in range(3)]
    with pytest.raises(UnknownValue, match=r"JS5100.*\(and 2 more rows\)"):
        schemas.frame_of(schemas.TABLES["programmes"], rows)


def test_a_frame_of_other_types_is_no_table() -> None:
    frame = schemas.frame_of(schemas.TABLES["programmes"], [PROGRAMME])
    with pytest.raises(AdmissionsError, match="columns are not its model's"):
        schemas.arrow_table_of(schemas.TABLES["programmes"], frame.drop(columns="school"))
    with pytest.raises(AdmissionsError, match="title has 1 missing values"):
        schemas.arrow_table_of(schemas.TABLES["programmes"], frame.assign(title=frame["school"]))
    with pytest.raises(AdmissionsError, match="edition is large_string, not int64"):
        schemas.arrow_table_of(schemas.TABLES["programmes"], frame.assign(edition="2026"))


def test_the_key_of_a_row_is_json_in_the_order_of_the_key() -> None:
    row = {"title": "x", "jupas_code": "JS5102", "edition": 2026}
    assert schemas.key_json(schemas.TABLES["programmes"], row) == (
        '{"edition": 2026, "jupas_code": "JS5102"}'
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.none() | st.floats(0, 50), st.none() | st.floats(0, 50)),
        unique_by=lambda row: row[0],
    )
)
def test_order_of_rows_and_gaps_do_not_matter(
    rows: list[tuple[int, float | None, float | None]],
) -> None:
    built = [
        {
            **SCORE,
            "jupas_code": f"JS51{number:02}",
            "lower_quartile": min((v for v in (low, high) if v is not None), default=None),
            "median": max((v for v in (low, high) if v is not None), default=None),
        }
        for number, low, high in rows
    ]
    forward = schemas.frame_of(schemas.TABLES["scores"], built)
    backward = schemas.frame_of(schemas.TABLES["scores"], reversed(built))
    assert schemas.rows_from(forward) == schemas.rows_from(backward)
    assert [(row["jupas_code"], row["median"]) for row in schemas.rows_from(forward)] == sorted(
        (row["jupas_code"], row["median"]) for row in built
    )


def test_moments_of_any_zone_are_the_same_moment() -> None:
    for zone in (dt.UTC, ZoneInfo("Asia/Hong_Kong"), dt.timezone(dt.timedelta(hours=-5))):
        noon = dt.datetime(2026, 1, 5, 12, tzinfo=zone)
        frame = schemas.frame_of(
            schemas.TABLES["news"], [{**NEWS, "first_seen": noon, "last_seen": noon}]
        )
        assert frame["first_seen"][0] == noon
        (row,) = schemas.rows_from(frame)
        assert row["first_seen"] == noon
