"""A built warehouse keeps what the models say: parametrised from `schemas`, table by table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import frictionless
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import schemas
from errors import AdmissionsError
from tests.data.warehouse_rows import NOW, audit_frames, main_frames, main_rows
from warehouse.build import build
from warehouse.ddl import SQL_TYPES
from warehouse.release import Release

pytestmark = pytest.mark.slow  # reads the samples

TABLES = [("main", name) for name in schemas.TABLES] + [("audit", name) for name in schemas.AUDIT]
VIEWS = [
    "subject_weights", "weighting_matrix", "programme_card", "score_history", "latest_rankings",
]  # fmt: skip


def model_of(schema: str, name: str) -> type[schemas.Table]:
    return (schemas.TABLES if schema == "main" else schemas.AUDIT)[name]


@pytest.mark.parametrize(("schema", "name"), TABLES)
def test_columns_types_and_comments_are_the_models(
    warehouse: duckdb.DuckDBPyConnection, schema: str, name: str
) -> None:
    stored = warehouse.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema, name],
    ).fetchall()
    columns = schemas.columns_of(model_of(schema, name))
    assert [row[:3] for row in stored] == [
        (column.name, SQL_TYPES[column.type], column.nullable) for column in columns
    ]
    for column, (_, _, _, comment) in zip(columns, stored, strict=True):
        assert comment.startswith(column.description)
    (comment,) = warehouse.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?",
        [schema, name],
    ).fetchall()[0]
    assert comment == schemas.description_of(model_of(schema, name))


@pytest.mark.parametrize(("schema", "name"), TABLES)
def test_keys_are_primary_keys(
    warehouse: duckdb.DuckDBPyConnection, schema: str, name: str
) -> None:
    keys = warehouse.execute(
        "SELECT constraint_column_names FROM duckdb_constraints() "
        "WHERE schema_name = ? AND table_name = ? AND constraint_type = 'PRIMARY KEY'",
        [schema, name],
    ).fetchall()
    key = schemas.key_of(model_of(schema, name))
    assert keys == ([([*key],)] if key else [])


@pytest.mark.parametrize("name", schemas.TABLES)
def test_parquet_holds_the_table_and_says_what_it_means(
    warehouse: duckdb.DuckDBPyConnection, folder: Path, name: str
) -> None:
    file = pq.read_table(folder / "parquet" / f"{name}.parquet")
    assert file.num_rows == len(main_frames()[name])
    stored = warehouse.sql(f"FROM main.{name}").to_arrow_table()
    assert file.to_pylist() == stored.to_pylist()
    assert file.schema.metadata[b"description"].decode() == schemas.description_of(
        schemas.TABLES[name]
    )
    for column in schemas.columns_of(schemas.TABLES[name]):
        metadata = file.schema.field(column.name).metadata
        assert metadata[b"description"].decode() == column.description
        assert (b"unit" in metadata) == (column.unit is not None)


def test_every_table_view_and_column_is_in_the_dictionary(
    warehouse: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    in_database = set(
        warehouse.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    )
    in_dictionary = set(
        warehouse.execute(
            "SELECT schema_name, table_name, column_name FROM audit.dictionary"
        ).fetchall()
    )
    assert in_dictionary == in_database
    page = (folder / "DICTIONARY.md").read_text(encoding="utf-8")
    for schema, table, column in in_database:
        heading = table if schema == "main" else f"audit.{table}"
        section = page.split(f"### {heading}\n")[1].split("\n###")[0]
        assert f"| {column} |" in section or f"| **{column}** |" in section
    for macro in ("weight_of(wanted)", "level_gain(wanted)", "history_of(wanted)"):
        assert f"### {macro}\n" in page


@pytest.mark.parametrize("view", VIEWS)
def test_views_are_described(warehouse: duckdb.DuckDBPyConnection, view: str) -> None:
    (comment,) = warehouse.execute(
        "SELECT comment FROM duckdb_views() WHERE view_name = ?", [view]
    ).fetchall()[0]
    assert comment.startswith("One row per ")
    comments = warehouse.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = ?", [view]
    ).fetchall()
    assert comments
    assert all(comment for (comment,) in comments)


def test_no_other_view_is_untested(warehouse: duckdb.DuckDBPyConnection) -> None:
    views = warehouse.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert {view for (view,) in views} == set(VIEWS)


def test_where_a_subject_counts(warehouse: duckdb.DuckDBPyConnection) -> None:
    weights = "SELECT jupas_code, weight FROM weight_of(?) WHERE edition = 2026"

    def of(subject: str) -> dict[str, float]:
        return dict(warehouse.execute(weights, [subject]).fetchall())

    assert of("Physics") == {"JS5101": 1, "JS5102": 2, "JS5311": 1, "JS5312": 1.5}
    assert of("Biology") == {"JS5101": 1, "JS5102": 1.5, "JS5311": 1, "JS5312": 1}
    assert of("English Language") == {"JS5101": 1, "JS5102": 1.5, "JS5311": 2, "JS5312": 2}
    assert of("History") == dict.fromkeys(("JS5101", "JS5102", "JS5311", "JS5312"), 1)
    assert of("Citizenship and Social Development") == {}


def test_a_subject_that_always_counts_fills_no_other_slot(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    slots = warehouse.execute(
        "SELECT alternative, slot, role FROM subject_weights WHERE edition = 2026 "
        "AND jupas_code = 'JS5312' AND subject = 'Mathematics' ORDER BY ALL"
    ).fetchall()
    assert slots == [(1, 2, "fixed"), (2, 2, "fixed")]


def test_weighting_matrix(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        'SELECT jupas_code, "English Language", "Chinese Language", "Physics", "M1", "Economics" '
        "FROM weighting_matrix WHERE edition = 2026"
    ).fetchall()
    assert rows == [
        ("JS5101", 1, 1, 1, 1, 1),
        ("JS5102", 1.5, 1, 2, 2, 1),
        ("JS5311", 2, 1, 1, 1, 1),
        ("JS5312", 2, 1, 1.5, 1.5, 1.5),
    ]


def test_gain_of_one_more_level(warehouse: duckdb.DuckDBPyConnection) -> None:
    gains = warehouse.execute(
        "SELECT level, next_level, gain FROM level_gain('Physics') "
        "WHERE edition = 2026 AND jupas_code = 'JS5102'"
    ).fetchall()
    # twice 1, 1, 1.5, 1.5, 1.5
    assert gains == [
        ("2", "3", 2),
        ("3", "4", 2),
        ("4", "5", 3),
        ("5", "5*", 3),
        ("5*", "5**", 3),
    ]


def test_programme_card(warehouse: duckdb.DuckDBPyConnection) -> None:
    (card,) = warehouse.execute(
        "SELECT title, school, study_options, english, chinese, mathematics, citizenship, "
        "elective_1, elective_2, one_of_subjects, highest_attainable, weighted_elective_cap, "
        "bonus_categories, scores_year, median, lower_quartile, preferred_levels, expected_low "
        "FROM programme_card WHERE edition = 2026 AND jupas_code = 'JS5101'"
    ).fetchall()
    assert card == (
        "International Research Enrichment", "School of Science",
        ["International Research Enrichment"], "3", "3", "2", "Attained", "3", "3",
        ["Biology", "Chemistry", "M1", "M2", "Physics"], 42.5, None, "ABC",
        2025, 37.0, 35.0, ["Science subjects/M1/M2: Level 5**"], None,
    )  # fmt: skip
    # the edition before knows the scores of the year before, and the June leaflet
    (earlier,) = warehouse.execute(
        "SELECT school, english, scores_year, median, expected_low, expected_high "
        "FROM programme_card WHERE edition = 2025 AND jupas_code = 'JS5101'"
    ).fetchall()
    assert earlier == (None, None, 2024, 36.75, 33.0, 33.0)
    (count,) = warehouse.execute("SELECT count(*) FROM programme_card").fetchall()[0]
    assert count == len(main_rows()["programmes"])


def test_a_card_shows_scores_on_the_scale_of_its_edition(
    scratch: duckdb.DuckDBPyConnection,
) -> None:
    card = (
        "SELECT scores_year, scores_point_scale, median FROM programme_card "
        "WHERE edition = 2026 AND jupas_code = 'JS5101'"
    )
    assert scratch.execute(card).fetchall() == [(2025, 8.5, 37.0)]
    scratch.execute(
        "INSERT INTO scores BY NAME SELECT * REPLACE (7 AS point_scale, 30 AS median, "
        "29 AS lower_quartile) FROM scores WHERE jupas_code = 'JS5101' AND scores_year = 2025"
    )
    assert scratch.execute(card).fetchall() == [(2025, 8.5, 37.0)]
    scratch.execute("UPDATE conversions SET score = 7 WHERE edition = 2026 AND level = '5**'")
    assert scratch.execute(card).fetchall() == [(2025, 7.0, 30.0)]


def test_score_history(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "SELECT scores_year, median, previous_year, median_change, lower_quartile_change "
        "FROM history_of('JS5311') WHERE basis = 'admitted'"
    ).fetchall()
    assert rows == [(2024, 35.05, None, None, None), (2025, 36.55, 2024, 1.5, 1.26)]
    (title, withheld) = warehouse.execute(
        "SELECT title, withheld FROM history_of('JS5102')"
    ).fetchall()[0]
    assert (title, withheld) == ("Science (Group A)", "∆ small intake")


def test_latest_rankings(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "SELECT ranking, region, year, rank, sources FROM latest_rankings"
    ).fetchall()
    assert rows == [
        ("QS Asia University Rankings", "Asia", 2026, 6, ["home"]),
        ("QS Asia University Rankings", "Hong Kong", 2026, 2, ["home"]),
        ("QS World University Rankings", "World", 2026, 44, ["brochure"]),
    ]


def test_views_run_on_the_parquet_files_alone(
    warehouse: duckdb.DuckDBPyConnection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect(":memory:") as connection:
        connection.execute(Path("views.sql").read_text(encoding="utf-8"))
        for view in VIEWS:
            query = f"FROM {view} ORDER BY ALL"
            assert connection.execute(query).fetchall() == warehouse.execute(query).fetchall()


@pytest.fixture
def scratch(folder: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse that may be written to."""
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((folder / "warehouse.duckdb").read_bytes())
    with duckdb.connect(copy) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes SET jupas_code = 'JS51'",
        "UPDATE programmes SET choice_type = 'both'",
        "UPDATE programmes SET title = NULL",
        "UPDATE programmes SET title = ''",
        "UPDATE programmes SET edition = 1926",
        "UPDATE scores SET median = 100",
        "UPDATE scores SET lower_quartile = median + 1",
        "UPDATE bonuses SET bonus_percent = -1",
        "UPDATE audit.observations SET page = NULL",
        "INSERT INTO sdgs VALUES (18, 'One too many')",
        "INSERT INTO programmes FROM programmes",
    ],
)
def test_the_database_itself_refuses_what_the_models_refuse(
    scratch: duckdb.DuckDBPyConnection, statement: str
) -> None:
    with pytest.raises(duckdb.ConstraintException):
        scratch.execute(statement)


def test_any_duckdb_from_1_2_on_can_open_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    (tags,) = warehouse.execute(
        "SELECT tags FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()[0]
    assert "v1.2.0" in tags["storage_version"]


def test_the_data_package_is_valid(folder: Path) -> None:
    report = frictionless.Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "type", "message"])
    assert len(report.tasks) == len(schemas.TABLES)


def test_same_rows_in_any_order_give_the_same_parquet_bytes(tmp_path: Path) -> None:
    hashes = []
    rows = main_rows()
    for number, order in enumerate((list, lambda some: list(reversed(some)))):
        folder = tmp_path / str(number)
        folder.mkdir()
        frames = main_frames({name: order(some) for name, some in rows.items()})
        audit = audit_frames() | {"runs": schemas.frame_of(schemas.AUDIT["runs"], [])}
        build(frames, audit, folder, release_id="0001-0000000000")
        hashes.append(
            {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in folder.rglob("*")
                if path.is_file() and path.suffix != ".duckdb"
            }
        )
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == len(schemas.TABLES) + 4


def test_the_manifest_lists_every_file(release: Release) -> None:
    manifest = json.loads((release.folder / "manifest.json").read_text(encoding="utf-8"))
    files = {
        path.relative_to(release.folder).as_posix(): path
        for path in release.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert set(manifest["files"]) == set(files)
    for name, path in files.items():
        assert manifest["files"][name] == {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
    assert manifest["release_id"] == release.id == release.folder.name
    assert manifest["rows"]["programmes"] == 8
    assert manifest["rows"]["audit.observations"] == 1
    assert [document["name"] for document in manifest["documents"]] == [
        "expected-scores-2025.pdf",
        "brochure-2026.pdf",
    ]
    assert manifest["started_at"] == NOW.isoformat()


def frames_with(name: str, frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return main_frames() | {name: frame}


def test_frames_that_break_their_model_are_refused(tmp_path: Path) -> None:
    audit = audit_frames() | {"runs": schemas.frame_of(schemas.AUDIT["runs"], [])}
    programmes = main_frames()["programmes"]
    broken = {
        "not sorted": programmes.iloc[::-1],
        "duplicate key": pd.concat([programmes, programmes.iloc[[-1]]]),
        "CHECK constraint": programmes.assign(
            jupas_code=pd.Series(["x"] * 8, dtype=pd.ArrowDtype(pa.string()))
        ).iloc[[0]],
    }
    for number, (words, frame) in enumerate(broken.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(AdmissionsError, match=words):
            build(frames_with("programmes", frame), audit, folder, release_id="x")


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    tables = main_frames()
    del tables["sdgs"]
    with pytest.raises(AdmissionsError, match=r"missing \['sdgs'\]"):
        build(tables, audit_frames(), tmp_path, release_id="x")
