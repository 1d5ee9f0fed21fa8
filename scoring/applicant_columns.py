"""Which columns of a file of applicants are the four that are read.

Input: the names a file has. Output: those of applicant_id, category, subject and level. Grain: one
file. Raises `DocumentRefused` for one that is missing or there twice, and for another delimiter.

A column is known by its very name, else in any case, with spaces around it or for '_'.
"""

from __future__ import annotations

import re
from pathlib import Path

from errors import DocumentRefused
from scoring.encoding import COLUMNS

DELIMITERS = {";": "';'", "\t": "a tab", "|": "'|'"}  # not read, but named


def applicant_columns(path: Path, found: list[str]) -> list[str]:
    """What the file calls each of `COLUMNS`, in their order."""
    names: dict[str, str] = {}
    for column in COLUMNS:
        spelled = [name for name in found if name == column]
        spelled = spelled or [name for name in found if _spelling(name) == column]
        if len(spelled) > 1:
            raise DocumentRefused(
                f"has {len(spelled)} columns {column}",
                document=str(path),
                text=", ".join(spelled),
                todo="Leave one of them",
            )
        names |= dict.fromkeys(spelled, column)
    if missing := [column for column in COLUMNS if column not in names.values()]:
        _refuse_delimiter(path, ",".join(found))
        raise DocumentRefused(
            f"has no column {', '.join(missing)}; columns found",
            document=str(path),
            text=", ".join(found),
            todo=f"Expected: {', '.join(COLUMNS)}",
        )
    return list(names)


def _refuse_delimiter(path: Path, header: str) -> None:
    """Raises `DocumentRefused` if the header makes sense with another delimiter than ','."""
    for delimiter, name in DELIMITERS.items():
        if set(COLUMNS) <= {_spelling(part.strip('"')) for part in header.split(delimiter)}:
            raise DocumentRefused(
                f"the delimiter is {name}, where ',' is expected",
                document=str(path),
                text=header,
                todo="Save it with commas between the columns",
            )


def _spelling(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip()).casefold()
