"""Many Parquet files of applicants scored on a Dask cluster; the optional extra 'dask'.

Input: Parquet files, each holding all rows of its applicants. Output: for each a Parquet file of
scores and `<name>.rejects.csv` in a folder. Raises what `score_batch` raises.

Dask only decides where a file is scored: the work is `score_batch` in one process per file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from distributed import Client

from scoring.batch import BatchSummary, score_batch
from scoring.ruleset import Rules


def score_files_on_dask(
    applicants_paths: Sequence[Path], out_folder: Path, rules: Rules, client: Client
) -> list[BatchSummary]:
    """Score every file on the client's workers, which must see the same paths."""
    out_folder.mkdir(parents=True, exist_ok=True)
    shared_rules = client.scatter(rules, broadcast=True)
    futures = [
        client.submit(_scored_file, path, out_folder / path.name, shared_rules, pure=False)
        for path in applicants_paths
    ]
    summaries: list[BatchSummary] = client.gather(futures)
    return summaries


def _scored_file(applicants_path: Path, out_path: Path, rules: Rules) -> BatchSummary:
    return score_batch(applicants_path, out_path, rules, workers=1)
