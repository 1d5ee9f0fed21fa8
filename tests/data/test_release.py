"""Releases: whole or not at all, under kills, full disks, damage and a second run."""

from __future__ import annotations

import json
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from errors import AdmissionsError, ReleaseBlocked
from tests.data.other_runs import dying_at, holding, released, waiting
from tests.data.warehouse_rows import audit_frames, audit_rows
from tests.faults.killed import CONTEXT
from warehouse.build import build
from warehouse.current import current_release, fingerprint_of, is_current
from warehouse.lock import release_lock

pytestmark = pytest.mark.slow  # kills processes


@pytest.fixture(scope="session")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("released")
    released(data, "a")
    return data


@pytest.fixture
def data(released_once: Path, tmp_path: Path) -> Path:
    """DATA with one release, `0001-aaaaaaaaaa`."""
    return Path(shutil.copytree(released_once, tmp_path / "data", symlinks=True))


FIRST = "0001-aaaaaaaaaa"


def current_name(data: Path) -> str | None:
    release = current_release(data)
    return None if release is None else release.name


def test_the_newest_release_is_current_and_the_old_ones_stay(data: Path) -> None:
    assert current_name(data) == FIRST
    second = released(data, "b")
    assert second.id == "0002-bbbbbbbbbb"
    assert current_release(data) == second.folder
    assert (data / "current").readlink() == Path("releases/0002-bbbbbbbbbb")
    assert (data / "current" / "warehouse.duckdb").exists()
    assert sorted(path.name for path in (data / "releases").iterdir()) == [FIRST, second.id]
    with duckdb.connect(second.folder / "warehouse.duckdb", read_only=True) as connection:
        runs = connection.execute("SELECT release_id, documents FROM audit.runs").fetchall()
    assert runs == [(FIRST, 2), (second.id, 2)]


def test_before_the_first_release_there_is_none(tmp_path: Path) -> None:
    assert current_release(tmp_path) is None
    assert not is_current(tmp_path, "a" * 64)


def test_the_fingerprint_tells_documents_and_code(tmp_path: Path) -> None:
    same = fingerprint_of(["a file", "b file"], "1")
    assert same == fingerprint_of(["b file", "a file"], "1")
    others = {
        fingerprint_of(["a file"], "1"),
        fingerprint_of(["a file", "b sample"], "1"),
        fingerprint_of(["a file", "b file"], "2"),
    }
    assert len(others | {same}) == 4


def test_nothing_to_do_where_the_fingerprint_is_the_current_ones(data: Path) -> None:
    assert is_current(data, "a" * 64)
    assert not is_current(data, "b" * 64)


def test_a_release_that_was_damaged_or_deleted_later_stops_nobody(data: Path) -> None:
    (data / "current" / "manifest.json").write_text("{")
    (data / "current" / "warehouse.duckdb").write_bytes(b"gone")
    assert not is_current(data, "a" * 64)
    assert released(data, "a").id == "0002-aaaaaaaaaa"
    shutil.rmtree(data / "releases" / "0002-aaaaaaaaaa")
    assert current_release(data) is None
    assert not is_current(data, "a" * 64)


def test_a_manifest_that_lost_its_fingerprint_stops_nobody(data: Path) -> None:
    manifest = data / "current" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"fingerprint"', '"fingerprinz"'))
    assert not is_current(data, "a" * 64)
    assert released(data, "a").id == "0002-aaaaaaaaaa"


def test_a_failed_check_that_blocks_releases_nothing(data: Path) -> None:
    rows = audit_rows()
    rows["checks"].append(
        {
            "check_name": "bonus",
            "subject": "2026 A 8.5",
            "severity": "block",
            "status": "failed",
            "expected": "5.00",
            "actual": "4.99",
        }
    )
    with pytest.raises(ReleaseBlocked, match=r"check bonus failed for 2026 A 8.5.*5.00.*4.99"):
        released(data, "b", audit=audit_frames(rows))
    assert current_name(data) == FIRST
    rows["checks"][-1]["severity"] = "warn"
    assert released(data, "b", audit=audit_frames(rows)).id == "0002-bbbbbbbbbb"


def test_further_files_are_part_of_the_release(data: Path) -> None:
    def report(folder: Path) -> None:
        assert (folder / "warehouse.duckdb").exists()
        (folder / "report").mkdir()
        (folder / "report" / "index.html").write_text("<p>report")

    release = released(data, further=report)
    manifest = json.loads((release.folder / "manifest.json").read_text())
    assert manifest["files"]["report/index.html"]["bytes"] == 9


def damaged_parquet(folder: Path) -> None:
    path = folder / "parquet" / "scores.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def other_parquet(folder: Path) -> None:
    path = folder / "parquet" / "bonuses.parquet"
    path.write_bytes((folder / "parquet" / "sdgs.parquet").read_bytes())


def lost_rows(folder: Path) -> None:
    with duckdb.connect(folder / "warehouse.duckdb") as connection:
        connection.execute("DELETE FROM study_options WHERE jupas_code = 'JS5311'")


def lost_comment(folder: Path) -> None:
    with duckdb.connect(folder / "warehouse.duckdb") as connection:
        connection.execute("COMMENT ON TABLE audit.rejects IS NULL")


def other_dictionary(folder: Path) -> None:
    (folder / "DICTIONARY.md").write_text("of another release")


def broken_report(folder: Path) -> None:
    raise AdmissionsError("the report could not be made")


def damaging_build(damage: Callable[[Path], None]) -> Callable[..., None]:
    def damaged(tables: object, audit: object, folder: Path, **more: Any) -> None:
        build(tables, audit, folder, **more)  # type: ignore[arg-type]
        damage(folder)

    return damaged


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (damaged_parquet, "nothing was released"),
        (other_parquet, "bonuses.parquet: columns and types"),
        (lost_rows, "study_options: DuckDB and Parquet differ"),
        (lost_comment, "no comment on rejects"),
    ],
)
def test_what_does_not_read_back_is_not_released(
    data: Path, damage: Callable[[Path], None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.release.build", damaging_build(damage))
    with pytest.raises(AdmissionsError, match=words):
        released(data, "b")
    assert current_name(data) == FIRST
    assert [path.name for path in (data / "releases").iterdir()] == [FIRST]


@pytest.mark.parametrize(
    ("further", "words"),
    [
        (other_dictionary, r"DICTIONARY\.md: checksum"),
        (broken_report, "report could not be made"),
    ],
)
def test_what_a_further_file_breaks_is_not_released(
    data: Path, further: Callable[[Path], None], words: str
) -> None:
    with pytest.raises(AdmissionsError, match=words):
        released(data, "b", further=further)
    assert current_name(data) == FIRST
    assert [path.name for path in (data / "releases").iterdir()] == [FIRST]


def test_a_folder_that_cannot_be_written_is_one_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(ReleaseBlocked, match=r"cannot be written \(Not a directory\)"),
        release_lock(tmp_path / "file" / "data"),
    ):
        pass
    with pytest.raises(ReleaseBlocked, match="cannot be written"):
        released(tmp_path / "file" / "data")


@pytest.mark.parametrize("most_bytes", [8_000, 100_000, 600_000])
def test_a_full_disk_leaves_the_last_release_current(data: Path, most_bytes: int) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, limits[1]))
    try:
        with pytest.raises(ReleaseBlocked, match="nothing was released"):
            released(data, "b")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert current_name(data) == FIRST
    assert [path.name for path in (data / "releases").iterdir()] == [FIRST]


@pytest.mark.parametrize(
    "moment", ["warehouse.build.write_database", "warehouse.release.refuse_other_files",
               "warehouse.release._switch"],
)  # fmt: skip
def test_a_killed_run_leaves_the_last_release_current(data: Path, moment: str) -> None:
    run = CONTEXT.Process(target=dying_at, args=(moment, data))
    run.start()
    run.join()
    assert run.exitcode == -signal.SIGKILL
    assert current_name(data) == FIRST
    with release_lock(data):
        third = released(data, "c")
    assert current_release(data) == third.folder
    assert not list((data / "releases").glob(".building-*"))


def test_a_second_run_waits(tmp_path: Path) -> None:
    ours, theirs = CONTEXT.Pipe(duplex=False)
    holder = CONTEXT.Process(target=holding, args=(tmp_path, theirs))
    holder.start()
    assert ours.recv() == "held"
    waiter = CONTEXT.Process(target=waiting, args=(tmp_path, theirs))
    waiter.start()
    assert not ours.poll(0.5)
    holder.kill()  # the kernel frees the lock of a dead process
    holder.join()
    assert ours.poll(60) and ours.recv() == "mine"
    waiter.join()
