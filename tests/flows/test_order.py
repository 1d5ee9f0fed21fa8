"""The same archive gives the same Parquet bytes, whatever order its documents came in; many
documents, read in parallel or on a Dask cluster, give them too."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.harness import ROOT, admissions_process, environment, parquet_bytes
from tests.flows.steps import refreshed

pytestmark = pytest.mark.slow
KINDS = ("conversion", "scholarships", "scores", "requirements")


def test_any_order(leaflets: Path, cells: Path, tmp_path: Path) -> None:
    documents = [leaflets / f"{kind}.pdf" for kind in KINDS]
    found = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(documents), 0, 24, 5)):
        shutil.copytree(cells, tmp_path / str(number) / "cache")
        release = refreshed(tmp_path / str(number), order)
        assert release is not None
        found.add(tuple(parquet_bytes(release.folder).values()))
    assert len(found) == 1


def test_one_after_the_other_or_all_at_once(leaflets: Path, cells: Path, tmp_path: Path) -> None:
    """Three releases one on top of the other, in the opposite order; the last is as the whole."""
    documents = [leaflets / f"{kind}.pdf" for kind in KINDS[:3]]
    for folder in ("at-once", "one-by-one"):
        shutil.copytree(cells, tmp_path / folder / "cache")
    at_once = refreshed(tmp_path / "at-once", documents)
    for document in reversed(documents):
        last = refreshed(tmp_path / "one-by-one", [document])
    assert at_once is not None and last is not None
    assert parquet_bytes(last.folder) == parquet_bytes(at_once.folder)


@pytest.fixture
def many(leaflets: Path, tmp_path: Path) -> Iterator[list[Path]]:
    """Forty documents: different bytes, so different documents, that print the same facts."""
    folder = tmp_path / "many"
    folder.mkdir()
    whole = (leaflets / "scores.pdf").read_bytes()
    documents = [folder / f"scores-{number:02d}.pdf" for number in range(40)]
    for number, document in enumerate(documents):
        document.write_bytes(whole + b"%% copy %d\n" % number)
    yield documents
    shutil.rmtree(folder)


BACKFILL = """
import datetime as dt, resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from flows.documents import local_document
from flows.reading import read_document
import json
cache, *paths = map(Path, sys.argv[1:])
now = dt.datetime.now(dt.UTC)
def peak(who): return resource.getrusage(who).ru_maxrss // 1024
def read(path):
    result = read_document(local_document(path, now), cache)
    return len(result.read.readings), result.extracted
with ThreadPoolExecutor(2) as pool:
    first = list(pool.map(read, paths[:8]))
    before = peak(resource.RUSAGE_SELF)
    rest = list(pool.map(read, paths[8:]))
print(json.dumps({
    "readings": sorted({count for count, _ in first + rest}),
    "extracted": sum(extracted for _, extracted in first + rest),
    "own_mb": [before, peak(resource.RUSAGE_SELF)],
}))
"""


# A process that begins as the fork of a large one is told as large as that. This one is small.
WATCHED = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-c", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(code)
"""


def test_memory_stays_bounded_over_many_documents(many: list[Path], tmp_path: Path) -> None:
    """Forty documents read two at a time: this process grows by what it keeps of them, and no
    child takes more than one document does."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, BACKFILL, str(tmp_path / "cache"), *map(str, many)],
        env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    said, largest_mb = done.stdout.splitlines()
    told = json.loads(said)
    assert told["extracted"] == 40 and len(told["readings"]) == 1
    before, after = told["own_mb"]
    assert after - before < 60, told
    assert int(largest_mb) < 600


def test_dask_gives_the_same_bytes(many: list[Path], tmp_path: Path) -> None:
    """The flow twice from one archive: on threads, and on a local Dask cluster."""
    pytest.importorskip("prefect_dask", reason="optional: pip install '.[dask]'")
    data = {runner: tmp_path / runner for runner in ("threads", "dask")}
    for runner, folder in data.items():
        ended = admissions_process(
            "--quiet", "refresh", *many[:12], "--data", folder, ADMISSIONS_TASK_RUNNER=runner
        )
        assert ended.code == 0, ended
    threads, dask = (parquet_bytes(folder / "current") for folder in data.values())
    assert threads == dask
