"""Two workers of a local Dask cluster give the scores that one process gives."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoring.batch import score_batch
from tests.unit.rules_2026 import golden_rules

distributed = pytest.importorskip(
    "distributed", reason="the optional extra 'dask' is not installed"
)


@pytest.mark.slow
def test_two_dask_workers_give_equal_scores(tmp_path):
    from scoring.on_dask import score_files_on_dask

    rules = golden_rules()
    levels = ["2", "3", "4", "5", "5*", "5**"]
    subjects = ["English Language", "Mathematics", "Physics", "Economics", "History", "M1"]
    files = []
    for number in range(4):
        rows = [
            {
                "applicant_id": f"{number}-{person}",
                "category": "A",
                "subject": subject,
                "level": levels[(person * 7 + number + 5 * place) % len(levels)],
            }
            for person in range(50)
            for place, subject in enumerate(subjects)
        ]
        files.append(tmp_path / f"applicants-{number}.parquet")
        pq.write_table(pa.Table.from_pylist(rows), files[-1])
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        summaries = score_files_on_dask(files, tmp_path / "dask", rules, client)
    assert [summary.scores for summary in summaries] == [50 * 33] * 4
    for path in files:
        score_batch(path, tmp_path / "one" / path.name, rules, workers=1)
        ours, theirs = (pq.read_table(tmp_path / folder / path.name) for folder in ("one", "dask"))
        assert ours.equals(theirs)
