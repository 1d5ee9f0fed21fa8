"""Settings of all tests: properties are not timed, a busy machine must not fail them; Prefect is as
quiet as the command makes it, whichever test imports it first; tests that share a server or a
browser run in one worker, so that there is one. `-m 'not slow'` imports no file whose tests are all
slow, and tries a property on fewer examples than the whole suite."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=20)
for name in (
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_LOGGING_INTERNAL_LEVEL",
    "PREFECT_SERVER_LOGGING_LEVEL",
):
    os.environ.setdefault(name, "CRITICAL")

# Beginnings of test ids, and the group that runs in one worker: what it shares is made once.
# (xdist's own groups do nothing with pytest 9.2.)
GROUPS = {
    "tests/browser/": "a browser",
    "tests/mutation/": "the baseline",
    "tests/golden/test_published.py": "the published documents",
    "tests/golden/test_samples.py": "the samples",
    "tests/data/test_release.py": "a fork server",
    "tests/faults/test_kills.py::test_kills": "a fork server",
    "tests/faults/test_together.py": "a fork server",
    "tests/faults/test_disk.py::test_damage": "a Prefect server",
    "tests/flows/test_commands.py::test_common": "a Prefect server",
    "tests/flows/test_live.py": "a Prefect server",
    "tests/flows/test_refresh.py": "a Prefect server",
    "tests/flows/test_schedule.py": "a Prefect server",
    "tests/flows/test_webhook.py": "a Prefect server",
    "tests/flows/test_wrong_input.py": "a Prefect server",
}
# Handing out a test costs as much as many a fast one; what a file draws or reads is made once.
BY_FILE = ("tests/unit/", "tests/data/")
ALL_SLOW = re.compile(r"^pytestmark = \[?\s*pytest\.mark\.slow", re.MULTILINE)


def is_fast(config: pytest.Config) -> bool:
    """Whether the slow tests are left out."""
    return config.getoption("markexpr") == "not slow"


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("fast" if is_fast(config) else "untimed")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files and folders of slow tests only, where these are left out: their imports cost more than
    many a fast test."""
    if not is_fast(config):
        return None
    tests = [collection_path] if collection_path.is_file() else collection_path.rglob("test_*.py")
    return all(ALL_SLOW.search(path.read_text("utf-8")) for path in tests) or None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Groups first, the one with the most tests before the others; then test by test, or file by
    file where nearly all are fast."""
    from xdist.scheduler import LoadScopeScheduling

    if config.getvalue("dist") != "load":
        return None  # another way was asked for

    class Grouped(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            by_file = is_fast(config) or nodeid.startswith(BY_FILE)
            rest = nodeid.partition("::")[0] if by_file else nodeid
            return next((g for start, g in GROUPS.items() if nodeid.startswith(start)), rest)

    return Grouped(config, log)
