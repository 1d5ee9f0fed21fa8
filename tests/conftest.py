"""Settings of all tests: properties are not timed, a busy machine must not fail them; Prefect is as
quiet as the command makes it, whichever test imports it first."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
for name in (
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_LOGGING_INTERNAL_LEVEL",
    "PREFECT_SERVER_LOGGING_LEVEL",
):
    os.environ.setdefault(name, "CRITICAL")
