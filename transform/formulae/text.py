"""The text of a formula cell made fit for the grammar, and errors that point back into it.

Input: the cell's text as printed. Output: the same without white space and with lookalike
characters folded, each character knowing where it stood. Raises nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from errors import UnknownValue
from transform.lookups import mark_table

# Fonts and export filters print one character as several code points. Footnote marks are declared
# in lookups.toml, full-width forms are folded by rule.
LOOKALIKES = {
    "x": "×✕✖⨯х",
    "/": "⁄∕",
    "'": "’‘",
    "ff": "ﬀ",
    "fi": "ﬁ",
    "fl": "ﬂ",
    "ffi": "ﬃ",
    "ffl": "ﬄ",
}
_FOLDED = {ord(char): plain for plain, chars in LOOKALIKES.items() for char in chars}
_FOLDED |= mark_table()
_FOLDED |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"


class FormulaUnreadable(UnknownValue):
    """A formula the grammar or its notes can't explain. `position` counts in the printed text.

    The message shows the printed line and a caret under the place where reading stopped.
    """

    def __init__(
        self,
        what: str,
        *,
        document: str | None = None,
        page: int | None = None,
        text: str | None = None,
        todo: str | None = None,
        position: int = 0,
    ) -> None:
        self.position = position
        super().__init__(what, document=document, page=page, text=text, todo=todo)

    @property
    def caret(self) -> str:
        """The printed line that holds the place, and below it a caret."""
        text = self.text or ""
        at = min(self.position, len(text))
        start = text.rfind("\n", 0, at) + 1
        line = text[start:].split("\n", 1)[0]
        return f"    {line}\n    {' ' * (at - start)}^"

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.caret}"

    def __reduce__(self) -> tuple[object, ...]:
        rebuild = partial(
            type(self),
            self.what,
            document=self.document,
            page=self.page,
            text=self.text,
            todo=self.todo,
            position=self.position,
        )
        return rebuild, ()


@dataclass(frozen=True, slots=True)
class SpacelessText:
    """Printed text without white space. `positions[i]` is where character i stood in `printed`."""

    printed: str
    spaceless: str
    positions: tuple[int, ...]

    def position(self, index: int | None) -> int:
        """Where character `index` of the spaceless text stood; its end for None or beyond."""
        if index is None or not 0 <= index < len(self.positions):
            return len(self.printed)
        return self.positions[index]

    def as_printed(self, start: int, end: int) -> str:
        """What was printed from character `start` to before `end`, on one line."""
        return re.sub(
            r"\s+", " ", self.printed[self.positions[start] : self.positions[end - 1] + 1]
        )


def spaceless_text(printed: str) -> SpacelessText:
    """`printed` without white space and invisible characters, lookalikes folded."""
    kept = [
        (plain, position)
        for position, char in enumerate(printed)
        if not char.isspace() and char not in _INVISIBLE
        for plain in char.translate(_FOLDED)
    ]
    return SpacelessText(
        printed, "".join(char for char, _ in kept), tuple(position for _, position in kept)
    )
