"""One small warehouse, built once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.data.warehouse_rows import NOW, audit_frames, main_frames
from warehouse.release import Release, publish


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A published release."""
    return publish(
        tmp_path_factory.mktemp("data"),
        main_frames(),
        audit_frames(),
        fingerprint="f" * 64,
        code_version="c" * 64,
        started_at=NOW,
        finished_at=NOW,
    )


@pytest.fixture(scope="session")
def folder(release: Release) -> Path:
    """The folder of that release."""
    return release.folder


@pytest.fixture
def warehouse(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Its DuckDB file, open for reading."""
    with duckdb.connect(folder / "warehouse.duckdb", read_only=True) as connection:
        yield connection
