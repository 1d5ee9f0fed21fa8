"""Settings of all tests: properties are not timed, a busy machine must not fail them; Prefect is as
quiet as the command makes it, whichever test imports it first; tests that share a server or a
browser run in one worker (`--dist loadgroup`), so that there is one."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
for name in (
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_LOGGING_INTERNAL_LEVEL",
    "PREFECT_SERVER_LOGGING_LEVEL",
):
    os.environ.setdefault(name, "CRITICAL")

SHARED = {"_prefect": "prefect", "browser": "browser"}  # group by fixture


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in SHARED.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(SHARED[fixture]))
