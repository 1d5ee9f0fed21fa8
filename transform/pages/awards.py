"""Awards: recipient, affiliation, award, one after the other.

Input: the lines of an awards section. Output: readings of `awards`; other lines to the rejects.
Grain: one row per award. Raises: nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from transform.pages.identity import item_id
from transform.pages.lines import Line, Notes
from transform.pages.sections import Section
from transform.pages.words import PROSE_WORDS, folded, is_sentence, word_count

# Lines by kind: S is prose, W names an award, F an affiliation, N none of these, so a recipient
# or an award.
# An award without such a word (N) is one only where no affiliation or award follows, which would
# make it a recipient; of two award words on end one may be an affiliation.
_AWARD = re.compile("NF+(?:W|N(?![FW]))|NW(?!W)F*")
_AWARD_LEADS = re.compile("WNF*(?=[WS]|$)")
_ROLE = re.compile(r"\s[-–—]\s")


def read_awards(section: Section, notes: Notes) -> None:
    """Reads recipient, affiliation and award of each award of a section."""
    lines = _without_repeats(section.lines, notes)
    kinds = "".join(map(_kind, lines))
    content = kinds.replace("S", "")
    leads = content.startswith("W") and not content.endswith("W")
    end = 0
    for found in (_AWARD_LEADS if leads else _AWARD).finditer(kinds):
        _reject(lines[end : found.start()], end == 0, notes)
        first, *others = lines[found.start() : found.end()]
        if leads:
            _note([*others, first], notes)
        elif found[0].startswith("NW"):  # the affiliation may stand under the award
            _note([first, *others[1:], others[0]], notes)
        else:
            _note([first, *others], notes)
        end = found.end()
    _reject(lines[end:], False, notes)


def _note(lines: Sequence[Line], notes: Notes) -> None:
    """'Turzo BOSE - CEO of Vidi Labs': what stands after the name is an affiliation too."""
    first, *middle, award = lines
    recipient, *roles = _ROLE.split(first.text, maxsplit=1)
    role = "".join(roles)
    affiliation = "; ".join(part for part in (role, *(line.text for line in middle)) if part)
    name = item_id(f"{recipient} {award.text}")
    if not notes.is_new("awards", name):
        notes.leave_out(first, "the same award as above")
        return
    key: dict[str, object] = {"source": notes.source, "item_id": name}
    notes.row("awards", key, first, "name of the recipient", {"recipient": recipient})
    at = middle[0] if middle else first
    notes.row("awards", key, at, "lines under the recipient", {"affiliation": affiliation or None})
    notes.row("awards", key, award, "line under the affiliation", {"award": award.text})


def _without_repeats(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Lines but for captions: 'Prof. X Prof. X', and recipient and affiliation printed again
    under their award."""
    kept: list[Line] = []
    awarded: list[str] = []  # the lines of the last award, folded
    for line in lines:
        half = len(line.folded) // 2
        if len(line.folded) > 2 and line.folded[:half] == line.folded[half + 1 :]:
            notes.leave_out(line, "caption of a picture")
            continue
        if kept and line.folded in awarded:
            notes.leave_out(line, "repeats a line of the award above")
            continue
        kept.append(line)
        found = list(_AWARD.finditer("".join(map(_kind, kept))))
        if found and found[-1].end() == len(kept):
            awarded = [done.folded for done in kept[found[-1].start() : -1]]
        elif len(kept) > 1 and awarded and _kind(line) == "N":
            awarded = []
    return kept


def _reject(lines: Sequence[Line], is_lead: bool, notes: Notes) -> None:
    for line in lines:
        if is_lead and is_sentence(line.text):
            notes.leave_out(line, "lead of the section")
        else:
            notes.unread(line, "neither recipient, affiliation nor award in their order")


def _kind(line: Line) -> str:
    if is_sentence(line.text) and word_count(line.text) > PROSE_WORDS:
        return "S"
    head = _ROLE.split(line.text, maxsplit=1)[0]
    if _words("award").search(folded(head)):
        return "W"
    return "F" if _words("affiliation").search(folded(head)) else "N"


@cache
def _words(kind: str) -> re.Pattern[str]:
    declared = tomllib.loads(files("transform.pages").joinpath("awards.toml").read_text("utf-8"))
    return re.compile(r"\b(?:" + "|".join(re.escape(folded(w)) for w in declared[kind]) + r")\b")
