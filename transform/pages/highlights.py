"""Firsts and the Sustainable Development Goals of the home page.

Input: the lines of those sections. Output: readings of `highlights` and `sdgs`; other lines to the
rejects. Grain: one row per first, one per goal. Raises: nothing.
"""

from __future__ import annotations

import re

from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.words import is_sentence

_GOALS = range(1, 18)


def read_firsts(section: Section, notes: Notes) -> None:
    """Every title under 'HKUST firsts' is a highlight; prose is the description of one."""
    for line in section.lines:
        marked = line.is_heading or line.block.href is not None
        if is_sentence(line.text) and not marked:
            notes.leave_out(line, "description of a first")
        else:
            note_highlight(line, "first", notes)


def note_highlight(line: Line, kind: str, notes: Notes) -> None:
    """Notes one highlight; a title printed before is the same one."""
    name = item_id(line.text)
    if not notes.is_new("highlights", name):
        notes.leave_out(line, f"the same {kind} as above")
        return
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    notes.row("highlights", key, line, "line of the section", {"kind": kind, "title": line.text})


def read_sdgs(section: Section, notes: Notes) -> None:
    """'1 No Poverty' is goal 1; so are '1' and 'No Poverty' on lines of their own. The number
    beside the title counts: 'SDG 9' above '8', '8 Decent Work ...' is a slip of the page."""
    waiting: int | None = None
    waiting_at: Line | None = None
    seen: dict[int, str] = {}
    for line in section.lines:
        found = re.fullmatch(
            r"(?:SDG|Goal)?\s*(\d{1,2})(?:[.:]?\s+(\D.*))?", line.text, re.IGNORECASE
        )
        number = int(found[1]) if found else waiting
        title = found[2] if found else line.text
        if found and not title:
            waiting, waiting_at = number, line
            notes.leave_out(line, "number of a goal")
            continue
        waiting = None
        if number is None or number not in _GOALS or (number in seen and seen[number] != title):
            notes.unread(line, "no goal with a number of its own")
        elif number in seen:
            notes.leave_out(line, "the same goal as above")
        else:
            seen[number] = title
            text = line.text if found or waiting_at is None else f"{waiting_at.text} {line.text}"
            notes.row("sdgs", {"number": number}, line, "number and title", {"title": title}, text)
