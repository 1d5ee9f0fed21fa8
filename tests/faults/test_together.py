"""Two refreshes at once, a reader that holds the old release open, a clock that was set back."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
from pathlib import Path

import duckdb
import pytest

import flows.gathering
import flows.steps
from flows.settings import prepare_data
from tests.faults.killed import CONTEXT
from tests.flows.harness import archived, whole_release
from tests.flows.steps import refreshed

pytestmark = pytest.mark.slow


@pytest.fixture
def data(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "data", symlinks=True))


def test_two_at_once_wait_for_each_other(data: Path, leaflets: Path) -> None:
    """Four start together; one after the other they add their documents; none is lost."""
    documents = [[leaflets / f"{kind}.pdf"] for kind in ("conversion", "scores", "conversion")]
    children = [CONTEXT.Process(target=refreshed, args=(data, given)) for given in documents]
    for child in children:
        child.start()
    for child in children:
        child.join(180)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert len(archived(data)) == 2 * 3
    newest = whole_release(data)
    assert newest is not None and newest.startswith("0003-")
    assert refreshed(data) is None


def test_probing_the_folder_at_once(tmp_path: Path) -> None:
    """Many commands that start at one moment do not take each other's probe for a full disk."""
    children = [
        multiprocessing.get_context("fork").Process(target=_probe, args=(tmp_path,))
        for _ in range(4)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert {child.exitcode for child in children} == {0}


def _probe(folder: Path) -> None:
    for _ in range(300):
        prepare_data(folder)


def test_a_reader_keeps_the_release_it_opened(data: Path, leaflets: Path) -> None:
    old = (data / "current").resolve()
    with duckdb.connect(old / "warehouse.duckdb", read_only=True) as reader:
        before = reader.sql("FROM scholarships ORDER BY ALL").fetchall()
        new = refreshed(data, [leaflets / "conversion.pdf"])
        assert new is not None and (data / "current").resolve() == new.folder != old
        assert reader.sql("FROM scholarships ORDER BY ALL").fetchall() == before
        assert reader.sql("SELECT count(*) FROM conversions").fetchall() == [(0,)]
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as reader:
        assert reader.sql("SELECT count(*) FROM conversions").fetchall() == [(74,)]


class _Yesterdays(dt.datetime):
    """A clock that stands two years back."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return dt.datetime.now(tz) - dt.timedelta(days=730)


class _Clock:
    datetime, UTC = _Yesterdays, dt.UTC


@pytest.mark.parametrize("back_first", [True, False])
def test_a_clock_that_jumps(
    back_first: bool,
    leaflets: Path,
    cells: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Releases are numbered, not dated: the newest is current whatever the clock says."""
    data = tmp_path / "data"
    shutil.copytree(cells, data / "cache")
    for number, kind in enumerate(("scholarships", "conversion", "scores")):
        with monkeypatch.context() as patch:
            if (number % 2 == 0) == back_first:
                patch.setattr(flows.gathering, "dt", _Clock)
                patch.setattr(flows.steps, "dt", _Clock)
            release = refreshed(data, [leaflets / f"{kind}.pdf"])
        assert release is not None and release.id.startswith(f"000{number + 1}-")
        assert whole_release(data) == release.id
    with duckdb.connect(data / "current" / "warehouse.duckdb", read_only=True) as connection:
        runs = connection.sql("SELECT release_id FROM audit.runs ORDER BY 1").fetchall()
        assert len(runs) == 3
    shutil.rmtree(data)
