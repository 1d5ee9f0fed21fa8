"""The archive: bytes in, the same bytes out, whatever happens in between."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from errors import AdmissionsError, DocumentRefused
from extract.archive import Archive, Entry, holds

DAY_1 = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY_2 = dt.datetime(2026, 3, 8, 9, tzinfo=dt.UTC)
DAY_3 = dt.datetime(2026, 3, 15, 9, tzinfo=dt.UTC)
URL = "https://example.org/news"


def add(archive: Archive, content: bytes, when: dt.datetime = DAY_1, origin: str = "url") -> Entry:
    return archive.add(
        content,
        origin=origin,  # type: ignore[arg-type]
        name="news",
        url=None if origin == "sample" else URL,
        media_type="text/html",
        fetched_at=when,
        headers={"etag": '"1"'},
    )


def test_bytes_come_back_under_their_hash(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    entry = add(archive, b"<p>one")
    assert entry.sha256 == hashlib.sha256(b"<p>one").hexdigest()
    assert archive.path(entry.sha256).read_bytes() == b"<p>one"
    assert archive.path(entry.sha256).read_bytes() == b"<p>one"
    assert (entry.bytes, entry.name, entry.url) == (6, "news", URL)
    assert (entry.first_seen, entry.last_seen) == (DAY_1, DAY_1)
    assert archive.entries() == [entry]


def test_the_same_bytes_twice_are_one_document_seen_longer(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    add(archive, b"one", DAY_1)
    entry = add(archive, b"one", DAY_2)
    assert (entry.first_seen, entry.last_seen) == (DAY_1, DAY_2)
    assert len(archive.entries()) == 1
    assert len(list((tmp_path / "blobs").glob("*/*"))) == 2  # the bytes and what they are
    assert [fetch.fetched_at for fetch in archive.fetches()] == [DAY_1, DAY_2]


def test_a_page_that_changes_keeps_all_its_captures(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, two = add(archive, b"one", DAY_1), add(archive, b"two", DAY_2)
    assert {entry.sha256 for entry in archive.entries()} == {one.sha256, two.sha256}
    last = archive.last_fetch(URL)
    assert last is not None
    assert (last.sha256, last.headers) == (two.sha256, {"etag": '"1"'})


def test_not_modified_lengthens_the_time_the_last_capture_was_seen(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    add(archive, b"one", DAY_1)
    add(archive, b"two", DAY_2)
    entry = archive.note_unchanged(URL, DAY_3)
    assert (entry.sha256, entry.last_seen) == (hashlib.sha256(b"two").hexdigest(), DAY_3)
    assert [fetch.changed for fetch in archive.fetches()] == [True, True, False]


def test_not_modified_of_what_was_never_fetched_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="never archived"):
        Archive(tmp_path).note_unchanged(URL, DAY_1)


def test_a_sample_that_a_user_gives_too_is_the_users(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert add(archive, b"one", DAY_1, "sample").origin == "sample"
    assert add(archive, b"one", DAY_2, "file").origin == "file"
    assert add(archive, b"one", DAY_3, "sample").origin == "file"


@pytest.mark.parametrize("damage", [lambda blob: blob.write_bytes(b"0ne"), Path.unlink])
def test_damaged_and_missing_bytes_are_known_and_healed_by_the_original(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    archive = Archive(tmp_path)
    entry = add(archive, b"one")
    blob = archive.path(entry.sha256)
    assert holds(blob, entry.sha256)
    damage(blob)
    assert not holds(blob, entry.sha256)
    add(archive, b"one", DAY_2)
    assert blob.read_bytes() == b"one"


def test_a_document_that_was_never_archived_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="not in the archive"):
        Archive(tmp_path).entry("0" * 64)


@pytest.mark.parametrize("cut", [b'{"location": "https://exam', b'{"location": "x", "headers": {}'])
def test_a_line_cut_short_by_a_kill_costs_only_that_line(tmp_path: Path, cut: bytes) -> None:
    archive = Archive(tmp_path)
    add(archive, b"one", DAY_1)
    with (tmp_path / "fetches.jsonl").open("ab") as file:
        file.write(cut)
    assert len(archive.fetches()) == 1
    add(archive, b"one", DAY_2)
    assert [fetch.fetched_at for fetch in archive.fetches()] == [DAY_1, DAY_2]


def test_a_folder_that_cannot_be_made_is_one_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AdmissionsError, match="archive cannot be written"):
        add(Archive(tmp_path / "file" / "archive"), b"one")


def test_a_full_disk_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    add(archive, b"one")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(AdmissionsError, match=r"cannot be written \(File too large\)"):
            add(archive, b"2" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert [entry.bytes for entry in archive.entries()] == [3]
    assert len(list((tmp_path / "blobs").rglob("*.writing-*"))) == 0


def test_killed_at_any_moment_it_holds_whole_documents_only(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import datetime as dt, sys
        from pathlib import Path
        from extract.archive import Archive
        archive = Archive(Path(sys.argv[1]))
        for number in range(100_000):
            archive.add(str(number).encode() * 2000, origin="file", name=str(number),
                        media_type="text/html", fetched_at=dt.datetime.now(dt.UTC))
            if number == 0:
                print("go", flush=True)
        """
    )
    for pause in (0.02, 0.05, 0.11):
        run = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        run.stdout.readline()
        with run.stdout:
            try:
                run.wait(pause)
            except subprocess.TimeoutExpired:
                os.kill(run.pid, signal.SIGKILL)
            run.wait()
        archive = Archive(tmp_path)
        assert [archive.path(entry.sha256).read_bytes() for entry in archive.entries()]
        assert {fetch.sha256 for fetch in archive.fetches()} <= {
            entry.sha256 for entry in archive.entries()
        }


def test_a_note_that_is_lost_or_damaged_is_told_of(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    entry = add(archive, b"one")
    sidecar = archive.path(entry.sha256).with_suffix(".json")
    for damage in ("", "{", "[]", "{}"):
        sidecar.write_text(damage)
        with pytest.raises(DocumentRefused, match="note on a document is damaged"):
            archive.entries()
    sidecar.unlink()
    assert archive.lost() == {entry.sha256: URL}
    add(archive, b"one", DAY_2)
    assert archive.lost() == {} and [one.sha256 for one in archive.entries()] == [entry.sha256]
