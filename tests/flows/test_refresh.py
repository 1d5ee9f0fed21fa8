"""The flow itself, under Prefect with its own ephemeral server: samples, then real documents."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.flows.harness import (
    SAMPLES,
    admissions,
    admissions_process,
    archived,
    parquet_bytes,
    whole_release,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


@pytest.fixture(scope="module")
def refreshed_data(_prefect: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one refresh of the samples. To be read only."""
    data = tmp_path_factory.mktemp("refreshed")
    ended = admissions("refresh", "--data", data)
    assert ended.code == 0, ended
    (data / "out.txt").write_text(ended.out, encoding="utf-8")
    return data


@pytest.fixture
def data(refreshed_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(refreshed_data, tmp_path / "data", symlinks=True))


def releases(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "releases").iterdir())


def test_summary_of_the_first_refresh(refreshed_data: Path) -> None:
    out = (refreshed_data / "out.txt").read_text(encoding="utf-8")
    assert out.startswith("Release 0001-")
    assert "edition 2026: 33 programmes, requirements and formulae" in out
    assert re.search(r"\d+ of \d+ checks passed, 1 explained, 0 findings", out)
    assert "current/warehouse.duckdb" in out and "Try next:" in out
    assert "\x1b" not in out
    assert whole_release(refreshed_data) == releases(refreshed_data)[0]
    assert (refreshed_data / "current" / "report" / "index.html").stat().st_size > 10_000
    origins = {
        document["origin"]
        for document in json.loads((refreshed_data / "current" / "manifest.json").read_text())[
            "documents"
        ]
    }
    assert origins == {"sample"}


def test_the_steps_without_prefect_give_the_same_bytes(
    refreshed_data: Path, tmp_path: Path
) -> None:
    """What most tests run is what the flow does: from the same archive, the same Parquet."""
    from tests.flows.steps import refreshed

    for part in ("archive", "cache"):
        shutil.copytree(refreshed_data / part, tmp_path / part)
    release = refreshed(tmp_path)
    assert release is not None
    assert parquet_bytes(release.folder) == parquet_bytes(refreshed_data / "current")


def test_events_are_released_at_the_printed_time(refreshed_data: Path) -> None:
    """The home page prints 'January 05 - January 30, 2026 12:00 pm - 11:59 pm'."""
    asked = (
        "SELECT title, starts_at AT TIME ZONE 'Asia/Hong_Kong', ends_at AT TIME ZONE "
        "'Asia/Hong_Kong' FROM {} WHERE title LIKE 'AEF Civic Fellow%'"
    )
    printed = (dt.datetime(2026, 1, 5, 12), dt.datetime(2026, 1, 30, 23, 59))
    current = refreshed_data / "current"
    with duckdb.connect(current / "warehouse.duckdb", read_only=True) as connection:
        (_, *released) = connection.execute(asked.format("events")).fetchall()[0]
        parquet = f"'{current / 'parquet' / 'events.parquet'}'"
        (_, *exported) = connection.execute(asked.format(parquet)).fetchall()[0]
    assert tuple(released) == tuple(exported) == printed


def test_nothing_new(data: Path) -> None:
    before = (releases(data), archived(data), (data / "archive" / "fetches.jsonl").read_bytes())
    ended = admissions("refresh", "--data", data)
    assert ended.code == 0
    assert re.fullmatch(
        r"Nothing new: release 0001-\w{10} is current \(6 documents, same code\)\.\n", ended.out
    )
    assert before == (
        releases(data), archived(data), (data / "archive" / "fetches.jsonl").read_bytes()
    )  # fmt: skip


def test_unchanged_bytes_are_not_extracted_again(data: Path) -> None:
    """The release is gone, the archive and the cells are there: no PDF is opened."""
    from flows.running import run_refresh

    before = parquet_bytes(data / "current")
    shutil.rmtree(data / "releases")
    (data / "current").unlink()
    cells = sorted(path.name for path in (data / "cache").iterdir())
    for left in ("0123abcd-earlierversion.json", ".writing-killed"):
        (data / "cache" / left).touch()
    result = run_refresh([], data)
    assert (result.extracted, result.documents) == (0, 6)
    assert sorted(path.name for path in (data / "cache").iterdir()) == cells
    assert result.release is not None
    assert parquet_bytes(result.release.folder) == before


def test_samples_are_left_out_once_there_are_real_documents(data: Path, leaflets: Path) -> None:
    ended = admissions("refresh", leaflets / "conversion.pdf", "--data", data)
    assert ended.code == 0
    assert "The bundled samples are left out now that there are real documents." in ended.out
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as connection:
        found = connection.sql("SELECT name, origin FROM audit.documents").fetchall()
        assert found == [("conversion.pdf", "file")]
    again = admissions("refresh", "--data", data)
    assert again.out.startswith("Nothing new: release 0002-")
    more = admissions("refresh", "--data", data, leaflets / "scholarships.pdf")
    assert more.code == 0 and "left out" not in more.out
    status = admissions("status", "--data", data).out
    assert " sample " not in status and "scholarships.pdf" in status


def test_a_sample_that_the_user_gives_is_a_real_document(data: Path) -> None:
    ended = admissions("refresh", SAMPLES / "expected-scores-2025.pdf", "--data", data)
    assert ended.code == 0, ended
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as connection:
        found = connection.sql("SELECT name, origin FROM audit.documents").fetchall()
    assert found == [("expected-scores-2025.pdf", "file")]


def test_strict_refuses_what_warns(data: Path, leaflets: Path) -> None:
    """JS5711 has two titles, and the brochure is not there to explain it."""
    fresh = data.with_name("fresh")
    given = (SAMPLES / "expected-scores-2025.pdf", leaflets / "scores.pdf")
    message = admissions("refresh", "--strict", *given, "--data", fresh).message
    assert message.startswith(
        "nothing was released: 1 check warns and --strict was asked for: "
        "'one title in all tables: JS5711"
    )
    assert not (fresh / "current").exists() and not archived(fresh)
    assert admissions("refresh", *given, "--data", fresh).code == 0
    shutil.rmtree(data / "releases")
    (data / "current").unlink()
    ended = admissions("refresh", "--strict", "--data", data)  # the samples
    assert ended.code == 0 and ended.out.startswith("Release 0001-")


def test_a_user_s_shell(tmp_path: Path, leaflets: Path) -> None:
    """A process of its own: nothing but the summary on stdout, nothing at all on stderr but the
    release, no escape codes, and it ends cleanly."""
    ended = admissions_process(
        "refresh", leaflets / "conversion.pdf", "--data", tmp_path, NO_COLOR="1"
    )
    release = whole_release(tmp_path)
    assert release is not None and (ended.code, ended.err) == (0, f"released {release}\n")
    assert ended.out.startswith(f"Release {release}") and "\x1b" not in ended.out
