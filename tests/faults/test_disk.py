"""A disk that fills up, a folder that cannot be written, a damaged archive: one plain line, the
last release current, the next refresh well."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from errors import AdmissionsError
from flows.documents import SAMPLES
from flows.settings import prepare_data
from tests.flows.harness import admissions, admissions_process, archived, whole_release
from tests.flows.steps import refreshed

MAY_MOUNT = os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no mounts here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not MAY_MOUNT, reason="needs to mount a small disk")
@pytest.mark.parametrize("free_kb", [0, 4, 16, 40, 120, 300, 500])
def test_a_full_disk(free_kb: int, base: Path, leaflets: Path, tmp_path: Path) -> None:
    """It fills up in the lock, in the cells, in the archive, in the release."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "-t", "tmpfs", "-o", "size=64m", "tmpfs"):
        data = disk / "data"
        shutil.copytree(base, data, symlinks=True)
        before, release = archived(data), whole_release(data)
        free = shutil.disk_usage(disk).free
        filler = disk / "filler"
        with filler.open("wb") as file:
            file.write(b"\0" * max(0, free - free_kb * 1024))
        with pytest.raises(AdmissionsError) as refused:
            refreshed(data, [leaflets / "conversion.pdf"])
        message = str(refused.value)
        assert "No space left on device" in message or "disk" in message.lower(), message
        assert "\n" not in message
        assert archived(data).items() >= before.items()
        assert whole_release(data) == release
        filler.unlink()
        new = refreshed(data, [leaflets / "conversion.pdf"])
        assert new is not None and whole_release(data) == new.id
        assert len(archived(data)) == len(before) + 2


@pytest.mark.slow
@pytest.mark.skipif(not MAY_MOUNT, reason="needs a read-only mount: root writes everywhere else")
def test_a_read_only_folder(base: Path, leaflets: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(base, data, symlinks=True)
    before, release = archived(data), whole_release(data)
    with mounted(data, "--bind", str(data)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(data)], check=True)
        said = admissions("refresh", leaflets / "conversion.pdf", "--data", data).message
        assert said == (
            f"{data}: nothing was released: the data folder cannot be written (Read-only file "
            "system). Free disk space or give a folder that can be written with --data"
        )
        with pytest.raises(AdmissionsError, match="cannot be written"):
            refreshed(data, [leaflets / "conversion.pdf"])
        assert (archived(data), whole_release(data)) == (before, release)
        assert admissions("status", "--data", data).code == 0
    assert refreshed(data, [leaflets / "conversion.pdf"]) is not None


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_bytes(b"in the way")
    with pytest.raises(AdmissionsError, match="the data folder cannot be written"):
        prepare_data(data)
    assert data.read_bytes() == b"in the way"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cache", "releases", "archive"])
def test_a_file_in_place_of_a_folder_within(name: str, leaflets: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / name).write_bytes(b"in the way")
    with pytest.raises(AdmissionsError) as refused:
        refreshed(data, [leaflets / "conversion.pdf"])
    assert str(data) in str(refused.value)
    (data / name).unlink()
    assert refreshed(data, [leaflets / "conversion.pdf"]) is not None


@pytest.mark.slow
def test_a_damaged_archive_is_told_and_healed(base: Path, leaflets: Path, tmp_path: Path) -> None:
    """A bit that flips on the disk: refused by name, healed by giving the document again. Its cells
    may be kept: they are those of the whole document, but its picture could not be drawn."""
    data = tmp_path / "data"
    shutil.copytree(base, data, symlinks=True)
    (blob,) = [p for p in (data / "archive" / "blobs").glob("*/*") if p.suffix != ".json"]
    whole = blob.read_bytes()
    blob.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    release = whole_release(data)
    with pytest.raises(AdmissionsError) as refused:
        refreshed(data, [leaflets / "conversion.pdf"])
    assert "scholarships.pdf" in str(refused.value) and "damaged" in str(refused.value)
    assert whole_release(data) == release
    assert refreshed(data, [leaflets / "scholarships.pdf"]) is None  # nothing new, but healed
    assert blob.read_bytes() == whole
    assert refreshed(data, [leaflets / "conversion.pdf"]) is not None


@pytest.mark.slow
def test_a_damaged_page_is_told_and_healed(tmp_path: Path) -> None:
    """Nothing in a page tells a digit that flipped on the disk from one that was printed."""
    data, page, other = tmp_path / "data", SAMPLES / "pages/home.html", SAMPLES / "pages/ais.html"
    assert refreshed(data, [page]) is not None
    (blob,) = [p for p in (data / "archive" / "blobs").glob("*/*") if p.suffix != ".json"]
    whole = blob.read_bytes()
    digit = whole.index(b"1", whole.index(b"<body"))
    blob.write_bytes(whole[:digit] + b"7" + whole[digit + 1 :])
    with pytest.raises(AdmissionsError, match=f"{page.name}.*archived copy is damaged"):
        refreshed(data, [other])
    assert refreshed(data, [other, page]) is not None
    assert blob.read_bytes() == whole


@pytest.mark.slow
def test_damage_is_told_of_when_nothing_is_new(
    base: Path, prefect_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(base, data, symlinks=True)
    (blob,) = [p for p in (data / "archive" / "blobs").glob("*/*") if p.suffix != ".json"]
    blob.write_bytes(blob.read_bytes() + b"\n")
    ended = admissions_process("refresh", "--data", data, PREFECT_API_URL=prefect_url)
    said = f"scholarships.pdf: the archived copy is damaged or gone: '{blob}'. "
    said += "Refresh with the original document to replace it"
    assert (ended.code, ended.err) == (0, f"{said}\n"), ended
    assert said in admissions("status", "--data", data).out


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["warehouse.duckdb", "parquet/scholarships.parquet", "manifest.json"]
)
def test_a_damaged_release_is_told_of_and_made_anew(base: Path, tmp_path: Path, name: str) -> None:
    """A byte in the middle of a file: DuckDB and Arrow need not notice it where nothing is read."""
    data = tmp_path / "data"
    shutil.copytree(base, data, symlinks=True)
    file = data / "current" / name
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + b"\xff" + whole[middle + 1 :])
    for command in (
        ("status",),
        ("trace", "scholarships", "stars_min=31"),
        ("diff", "2025", "2026"),
    ):
        said = admissions(*command, "--data", data).message
        assert "the current release is damaged" in said and Path(name).name in said
    assert refreshed(data) is not None
    assert admissions("status", "--data", data).code == 0


@pytest.mark.slow
def test_a_lost_note_is_told_of_and_healed(tmp_path: Path) -> None:
    """What the archive knew of a document is gone: it must not go on without the document."""
    data, page, other = tmp_path / "data", SAMPLES / "pages/home.html", SAMPLES / "pages/ais.html"
    assert refreshed(data, [page, other]) is not None
    note = next((data / "archive" / "blobs").glob("*/*.json"))
    note.unlink()
    with pytest.raises(AdmissionsError, match="archive has lost what it knew"):
        refreshed(data)
    assert refreshed(data, [page, other]) is None  # nothing new, but healed
    assert note.exists()


@pytest.mark.slow
def test_an_archive_that_is_gone_is_told_of(leaflets: Path, tmp_path: Path) -> None:
    """Neither the samples nor a new document alone take the place of what was released."""
    data, kept = tmp_path / "data", tmp_path / "kept"
    refreshed(data, [leaflets / "conversion.pdf"])
    release = whole_release(data)
    (data / "archive").rename(kept)
    for sources in ([], [leaflets / "scholarships.pdf"]):
        with pytest.raises(AdmissionsError, match=r"conversion\.pdf: a document of the current .*"):
            refreshed(data, sources)
        assert whole_release(data) == release
    shutil.rmtree(data / "archive", ignore_errors=True)
    kept.rename(data / "archive")
    assert refreshed(data) is None


@pytest.mark.slow
def test_cells_that_a_bit_flipped_in_are_not_used(base: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(base, data, symlinks=True)
    whole = {path.name: path.read_bytes() for path in (data / "cache").iterdir()}
    for path in (data / "cache").iterdir():
        path.write_bytes(path.read_bytes().replace(b"1", b"7", 200))
    shutil.rmtree(data / "releases")
    (data / "current").unlink()
    assert refreshed(data) is not None
    kept = {path.name: path.read_bytes() for path in (data / "cache").iterdir()}
    assert kept | whole == kept
