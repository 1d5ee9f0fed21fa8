"""A copy of the one release of the bundled samples that a test run makes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import absl.logging
import pytest

from tests.flows.conftest import samples_data

__all__ = ["samples_data"]

# mlcroissant's logging (absl) writes to what standard error was when it was imported: pytest's own
# capture here, which it closes whenever logging is set up anew. Prefect does that in every run.
absl.logging.get_absl_handler().python_handler.setStream(sys.__stderr__)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def data(samples_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DATA with one release of the samples."""
    folder = tmp_path_factory.mktemp("docs") / "data"
    return Path(shutil.copytree(samples_data, folder, symlinks=True))


@pytest.fixture
def workplace(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in as in the project's root: `data` and `samples` are there."""
    (tmp_path / "data").symlink_to(data)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ADMISSIONS_DATA", raising=False)
    return tmp_path
