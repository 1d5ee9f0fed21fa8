"""The HKDSE subjects: full names, categories, and the shorter forms that are printed.

Input: `subjects.toml` beside this module. Output: lookups by name. Grain: one entry a subject.
Raises `UnknownValue` for a name that the table does not hold, with the nearest ones it does.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from errors import UnknownValue

ANY_OTHER = "*"  # in `weightings`: every subject that has no weight of its own in the slot


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of Category A or C. `scored` is False for those that never enter a score."""

    name: str
    category: str
    aliases: tuple[str, ...] = ()
    scored: bool = True


@cache
def subjects() -> dict[str, Subject]:
    """Every declared subject by its full name, in declared order."""
    table = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text(encoding="utf-8"))
    listed = [
        Subject(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in table["subject"]
    ]
    return {subject.name: subject for subject in listed}


@cache
def full_names() -> dict[str, str]:
    """Full name by spelling: every name and alias, in lower case and without spaces."""
    names: dict[str, str] = {}
    for subject in subjects().values():
        for spelling in (subject.name, *subject.aliases):
            other = names.setdefault(spelling_key(spelling), subject.name)
            if other != subject.name:
                raise UnknownValue(f"subjects.toml: {spelling!r} names {other} and {subject.name}")
    return names


@cache
def declared_positions() -> dict[str, int]:
    """Position of every subject in the declared order; `*` (any other subject) comes last."""
    return {name: position for position, name in enumerate((*subjects(), ANY_OTHER))}


def spelling_key(printed: str) -> str:
    """The form in which spellings are compared: lower case, no spaces."""
    return re.sub(r"\s+", "", printed).lower()


def is_subject(printed: str) -> bool:
    """Whether it names a declared subject, in any of its spellings."""
    return spelling_key(printed) in full_names()


def subject_name(printed: str) -> str:
    """Full HKDSE name of a subject as printed ('ICT', 'Phy', 'Math'). `UnknownValue` if none."""
    name = full_names().get(spelling_key(printed))
    if name is None:
        raise UnknownValue("unknown subject", text=printed, todo=spelling_hint(printed))
    return name


def spelling_hint(printed: str) -> str:
    """What to do about an unknown subject: the nearest declared names, if any is near."""
    near = difflib.get_close_matches(spelling_key(printed), full_names(), n=3, cutoff=0.6)
    names = list(dict.fromkeys(full_names()[spelling] for spelling in near))
    if names:
        return f"Did you mean {' or '.join(names)}?"
    return "A new subject or short form belongs in schemas/subjects.toml"
