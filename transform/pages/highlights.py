"""Firsts and the Sustainable Development Goals of the home page.

Input: the lines of those sections. Output: readings of `highlights` and `sdgs`; other lines to the
rejects. Grain: one row per first, one per goal. Raises: nothing.
"""

from __future__ import annotations

import re

from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.vocabulary import goal_names
from transform.pages.words import folded, is_sentence, word_count

_GOALS = range(1, 18)
_GOAL = re.compile(
    r"(?:SDG|Goal)?\s*(\d{1,2})(?:(?:[.:]|\s+[-–—:])?\s+([^\W\d].*))?", re.IGNORECASE
)
FIRST_WORDS = 4  # a shorter line among the firsts is a button or a label


def read_firsts(section: Section, notes: Notes) -> None:
    """Every title under 'HKUST firsts' is a highlight; prose is the description of one. On a page
    without headings a label may head another section, so nothing under it is a first."""
    has_headings = section.heading.is_heading or any(line.is_heading for line in section.lines)
    ended = False
    for line in section.lines:
        marked = line.is_heading or line.block.href is not None
        if is_sentence(line.text) and not marked:
            notes.leave_out(line, "description of a first")
        elif ended:
            notes.unread(line, "stands under a line that may head another section")
        elif word_count(line.text) < FIRST_WORDS and line.text.isascii():
            notes.unread(line, "too short for the title of a first")
            ended = not has_headings and line.text[0].isalpha()
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
    beside the title counts: 'SDG 9' above '8', '8 Decent Work ...' is a slip of the page. A title
    goes on over the next line where the two make the goal's known name; where they do not, and the
    line is none of its own, neither is read."""
    waiting: Line | None = None
    goals: list[tuple[int, list[Line], str]] = []
    for line in section.lines:
        found = _GOAL.fullmatch(line.text)
        if found and not found[2]:
            waiting = line
            notes.leave_out(line, "number of a goal")
        elif found:
            goals.append((int(found[1]), [line], found[2]))
            waiting = None
        elif waiting is not None and (number := _GOAL.fullmatch(waiting.text)):
            goals.append((int(number[1]), [waiting, line], line.text))
            waiting = None
        elif goals and folded(f"{goals[-1][2]} {line.text}") in goal_names():
            number_, lines, title = goals[-1]
            goals[-1] = (number_, [*lines, line], f"{title} {line.text}")
        else:
            notes.unread(line, "no goal with a number of its own")
            if goals and folded(goals[-1][2]) not in goal_names():
                for other in goals.pop()[1]:
                    notes.unread(other, "a goal whose title may go on below")
    seen: dict[int, str] = {}
    for goal, lines, title in goals:
        if goal not in _GOALS or (goal in seen and seen[goal] != title):
            notes.unread(lines[-1], "no goal with a number of its own")
        elif goal in seen:
            notes.leave_out(lines[-1], "the same goal as above")
        else:
            seen[goal] = title
            text = " ".join(line.text for line in lines)
            notes.row(
                "sdgs", {"number": goal}, lines[-1], "number and title", {"title": title}, text
            )
