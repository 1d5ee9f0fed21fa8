"""What became of the codes of programmes between two editions.

Input: the frame of `programmes`. Output: codes that came or went, and those that a programme gave
up for another under the same title, whatever its spelling. Grain: one pair of editions. Raises
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

import schemas
from schemas.spelling import bare_title


@dataclass(frozen=True, slots=True)
class CodeChanges:
    """`renamed`: the new code by the old one. `come_or_gone`: codes of one of the two editions."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    come_or_gone: Collection[str] = ()


def code_changes(programmes: pd.DataFrame, earlier: int, later: int) -> CodeChanges:
    """Programmes that came, went, or came back under another code with the same title."""
    titles: dict[int, dict[str, str]] = {earlier: {}, later: {}}
    for row in schemas.rows_from(programmes):
        edition = int(str(row["edition"]))
        if edition in titles:
            titles[edition][str(row["jupas_code"])] = bare_title(str(row["title"]))
    old, new = titles[earlier], titles[later]
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    uses = Counter(old[code] for code in gone) + Counter(new[code] for code in come)
    code_now = {new[code]: code for code in come}
    renamed = {
        code: code_now[old[code]]
        for code in gone
        if old[code] in code_now and uses[old[code]] == 2  # once gone, once come: no doubt
    }
    return CodeChanges(renamed, (gone | come) - renamed.keys() - set(renamed.values()))
