"""One release of the samples and a few leaflets, made once for all tests and all workers."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.documents import PDF, Document, local_document, sample_documents
from flows.extracting import extracted_cells
from flows.prefect_server import await_server, start_server
from flows.settings import prepare_prefect
from tests.flows.steps import refreshed
from tests.typeset.edition import edition_2026
from tests.typeset.layout import Layout
from tests.typeset.leaflet import typeset_leaflet


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to ask fills and all others find."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    base = factory.getbasetemp().parent if parallel else factory.getbasetemp()
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / ".made").touch()
    return folder


@pytest.fixture(scope="session")
def samples_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of the samples. To be read only."""
    return made_once(tmp_path_factory, "samples-data", lambda data: refreshed(data, report=True))


@pytest.fixture
def own_data(samples_data: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    return Path(shutil.copytree(samples_data, tmp_path / "data", symlinks=True))


@pytest.fixture(scope="session")
def leaflets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with conversion.pdf, scholarships.pdf, scores.pdf, requirements.pdf of 2026."""

    def make(folder: Path) -> None:
        for kind in ("conversion", "scholarships", "scores", "requirements"):
            typeset_leaflet(kind, edition_2026(), Layout(), folder / f"{kind}.pdf")

    return made_once(tmp_path_factory, "leaflets", make)


@pytest.fixture(scope="session")
def cells(leaflets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of a data folder that has read all the leaflets. To be copied."""

    def make(folder: Path) -> None:
        for path in leaflets.glob("*.pdf"):
            extracted_cells(local_document(path, dt.datetime.now(dt.UTC)), folder / "cache")

    return made_once(tmp_path_factory, "cells", make) / "cache"


@pytest.fixture(scope="session")
def _prefect(tmp_path_factory: pytest.TempPathFactory) -> None:
    """This worker's Prefect has one home and one server for all its runs, whichever folder of tests
    asks first."""
    home = tmp_path_factory.getbasetemp() / "prefect"
    home.mkdir(exist_ok=True)
    os.environ["PREFECT_HOME"] = str(home)


@pytest.fixture
def prefect(_prefect: None) -> None:
    """For tests that run the flow itself."""


@pytest.fixture(scope="session")
def prefect_url(_prefect: None) -> str:
    """Where this worker's server answers: a process that is given it boots none of its own."""
    prepare_prefect(Path(os.environ["PREFECT_HOME"]))
    start_server()  # unless a run has
    await_server()
    return os.environ["PREFECT_API_URL"]


@pytest.fixture(scope="session")
def leaflet() -> Document:
    """The smallest of the bundled PDFs: four pages."""
    pdfs = [d for d in sample_documents(dt.datetime.now(dt.UTC)) if d.media_type == PDF]
    return min(pdfs, key=lambda document: document.bytes)
