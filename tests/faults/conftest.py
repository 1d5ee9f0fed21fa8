"""The leaflets and the Prefect of the flow's tests; a release to do harm to copies of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.conftest import _prefect, leaflets, prefect
from tests.flows.steps import refreshed

__all__ = ["_prefect", "base", "leaflets", "prefect"]


@pytest.fixture(scope="module")
def base(leaflets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release. To be read only."""
    data = tmp_path_factory.mktemp("base") / "data"
    refreshed(data, [leaflets / "scholarships.pdf"])
    return data
