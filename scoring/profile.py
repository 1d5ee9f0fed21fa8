"""One applicant: results read from a command line profile and checked as a whole.

Input: text like 'English Language=5*, ICT=5, C:French=B2, B:Hotel Operations=Attained'.
Output: a list of `Result`s, one a subject. Raises `UnknownValue` for what can't be read, a subject
given twice, and M1 with M2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from errors import UnknownValue
from schemas.names import MODULES
from schemas.subjects import subject_name, subjects
from scoring.levels import EARLIER_SUFFIX, LevelTable, Result, half_width

SYNTAX = (
    "Write 'Subject=Level, ...'; Applied Learning as 'B:Hotel Operations=Attained', "
    "another language as 'French=B2' or 'C:French=B2'"
)


def profile_results(profile: str, levels: LevelTable) -> list[Result]:
    """The results of a profile. Subjects may be given by their short forms."""
    results = []
    for printed, level in profile_entries(profile):
        prefixed = re.match(r"([A-Ca-c])\s*:\s*(.+)", printed)
        if prefixed:
            category, subject = prefixed[1].upper(), prefixed[2]
        else:
            name = subject_name(EARLIER_SUFFIX.sub("", printed))
            category, subject = subjects()[name].category, printed
        results.append(levels.result(category, subject, level))
    if clash := clash_of(results):
        raise UnknownValue(clash[0], text=profile, todo="Give one of them")
    return results


def clash_of(results: Sequence[Result]) -> tuple[str, list[int]] | None:
    """Why these can't be one applicant's results (a subject twice, or M1 with M2) and the positions
    of those that don't go together; None if fine."""
    positions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, result in enumerate(results):
        positions[result.category, result.subject].append(position)
    if twice := sorted((key[1], found) for key, found in positions.items() if len(found) > 1):
        return f"{', '.join(name for name, _ in twice)} twice", [p for _, own in twice for p in own]
    modules = [("A", module) for module in MODULES]
    if all(module in positions for module in modules):
        return "M1 with M2", [positions[module][0] for module in modules]
    return None


def profile_entries(profile: str) -> list[tuple[str, str]]:
    """(subject, level) as written, in half width, not looked up. Raises `UnknownValue` for another
    syntax."""
    entries = [_parted(entry) for entry in _entries(half_width(profile))]
    if not entries:
        raise UnknownValue("the profile is empty", todo=SYNTAX)
    return entries


def _parted(entry: str) -> tuple[str, str]:
    subject, _, level = (part.strip() for part in entry.rpartition("="))
    if not level or not subject:
        missing = "subject" if level else "level"
        raise UnknownValue(f"no {missing} given", text=entry, todo=SYNTAX)
    return subject, level


def _entries(profile: str) -> list[str]:
    """Entries parted by commas; the comma in 'Business, Accounting and ...' parts nothing."""
    entries: list[str] = []
    pending = ""
    for piece in re.split(r"([,;、\n])", profile):
        pending += piece
        if "=" in pending and piece in ",;、\n":
            entries.append(pending[:-1])
            pending = ""
    if pending.strip(" ,;、\n"):
        entries.append(pending)
    if incomplete := [entry for entry in entries if "=" not in entry]:
        raise UnknownValue("no level given", text=incomplete[0].strip(), todo=SYNTAX)
    return [entry.strip() for entry in entries]
