"""Other tools on a release of the samples: frictionless, mlcroissant, DuckDB, Arrow."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

import schemas
from warehouse.current import current_release

pytestmark = pytest.mark.slow  # makes a release


@pytest.fixture
def release(data: Path) -> Path:
    folder = current_release(data)
    assert folder is not None
    return folder


def test_the_data_package_is_valid(release: Path) -> None:
    import frictionless

    report = frictionless.Package(release / "datapackage.json").validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "type", "message"])
    assert len(report.tasks) == len(schemas.TABLES)


def test_the_croissant_description_is_valid_and_leads_to_the_rows(release: Path) -> None:
    import mlcroissant  # slow to import, as frictionless is

    dataset = mlcroissant.Dataset(release / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    described = {record_set.uuid for record_set in dataset.metadata.record_sets}
    assert described == set(schemas.TABLES)
    for name in ("sdgs", "scores", "news", "events"):  # text, numbers, lists, times
        rows = list(islice(dataset.records(name), 3))
        assert len(rows) == 3
        columns = {f"{name}/{column.name}" for column in schemas.columns_of(schemas.TABLES[name])}
        assert set(rows[0]) == columns


def test_the_croissant_description_names_the_bytes(release: Path) -> None:
    described = json.loads((release / "croissant.json").read_text(encoding="utf-8"))
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert {file["@id"]: file["sha256"] for file in described["distribution"]} == {
        name: file["sha256"]
        for name, file in manifest["files"].items()
        if name.startswith("parquet/")
    }


def test_parquet_says_what_its_table_and_columns_mean(release: Path) -> None:
    schema = pq.read_schema(release / "parquet" / "scores.parquet")
    assert schema.metadata[b"description"].startswith(b"One row per programme, year and basis")
    assert all(field.metadata[b"description"] for field in schema)


def test_views_run_on_the_parquet_files_alone(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(release)
    with duckdb.connect(":memory:") as connection:
        connection.execute(Path("views.sql").read_text(encoding="utf-8"))
        found = connection.execute("SELECT count(*) FROM programme_card WHERE edition = 2026")
        assert found.fetchall() == [(33,)]
