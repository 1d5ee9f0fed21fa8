"""Declared explanations of checks that fail and are known to.

Input: `explanations.toml` beside this module; rows of `audit.checks`. Output: the rows, explained
ones with status 'explained' and the reason in `detail`. Grain: one row a check and subject.
Nothing here raises. A check that stops a release is never explained away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FILE = Path(__file__).with_name("explanations.toml")


def explanations(path: Path = FILE) -> dict[tuple[str, str, str], str]:
    """The reason by (check, subject, detail)."""
    declared = tomllib.loads(path.read_text("utf-8")).get("explanation", [])
    return {(e["check"], e["subject"], e["detail"]): e["reason"] for e in declared}


def explained(
    checks: Iterable[Mapping[str, object]], declared: Mapping[tuple[str, str, str], str]
) -> Iterator[Mapping[str, object]]:
    """The checks; those that warn and say just what an explanation is for are 'explained'."""
    for row in checks:
        said = (str(row["check_name"]), str(row["subject"]), str(row["detail"]))
        if said in declared and row["status"] == "failed" and row["severity"] == "warn":
            yield {**row, "status": "explained", "detail": f"{row['detail']}. {declared[said]}"}
        else:
            yield row
