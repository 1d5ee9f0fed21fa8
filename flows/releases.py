"""The current release, for commands that need one, and its tables as frames again.

Input: the data folder, a release's database. Output: a path; frames. Grain: one release.
Raises: `AdmissionsError` where there is none or a damaged one, or where its tables are not this
code's.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import schemas
from errors import AdmissionsError
from warehouse.current import current_release
from warehouse.manifest import damage_of

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.opened import OpenWarehouse

DEFAULT_DATA = Path("data")


def needed_release(data: Path) -> Path:
    """The folder of the current release, every file of it as it was written."""
    release = current_release(data)
    if release is None:
        raise AdmissionsError(
            "no release yet", document=str(data),
            todo=f"Run `admissions refresh{data_option(data)}` first",
        )  # fmt: skip
    if damage := damage_of(release):
        raise AdmissionsError(
            "the current release is damaged", document=str(release), text=damage,
            todo=f"Run `admissions refresh{data_option(data)}`: it makes the release anew",
        )  # fmt: skip
    return release


def data_option(data: Path) -> str:
    """What a command needs to be of this data folder: nothing, if it is the usual one."""
    return "" if data == DEFAULT_DATA else f" --data {shlex.quote(str(data))}"


def stored_frames(release: Path, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Frames by name, of tables of schema main or, where it has none so called, of audit."""
    from warehouse.opened import OpenWarehouse  # brings DuckDB: scoring needs a release, but not it

    with OpenWarehouse.of(release) as warehouse:
        return {name: _stored_frame(warehouse, name) for name in names}


def _stored_frame(warehouse: OpenWarehouse, name: str) -> pd.DataFrame:
    schema, models = (
        ("main", schemas.TABLES) if name in schemas.TABLES else ("audit", schemas.AUDIT)
    )
    rows = (
        {
            column: tuple(value) if isinstance(value, list) else value
            for column, value in row.items()
        }
        for row in warehouse.rows(f"FROM {schema}.{name}")
    )
    return schemas.frame_of(models[name], rows)
