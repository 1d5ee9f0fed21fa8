"""The leaflets and the Prefect of the flow's tests; a release to do harm to copies of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.conftest import _prefect, cells, leaflets, made_once, prefect, prefect_url
from tests.flows.steps import refreshed

__all__ = ["_prefect", "base", "cells", "leaflets", "prefect", "prefect_url"]


@pytest.fixture(scope="session")
def base(leaflets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release. To be read only."""

    def make(folder: Path) -> None:
        refreshed(folder / "data", [leaflets / "scholarships.pdf"])

    return made_once(tmp_path_factory, "base", make) / "data"
