"""The console on which commands print what documents say.

Input: text. Output: the same text, on stdout or stderr. Raises nothing.
Where no terminal is, a row of a table is one line, however long, without blanks at its end: what
reads it is `grep`, a log or a file.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from flows.plain_text import plain

UNBROKEN = 10_000  # columns where there is no terminal to fit in: more than any row has


class PlainConsole(Console):
    """Text stays text: no markup, no emoji codes, no control characters."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **arguments)
        if not self.is_terminal:
            self.width = UNBROKEN

    def print(self, *objects: Any, **arguments: Any) -> None:
        """As any console does; without a terminal, without blanks at the ends of lines."""
        if self.is_terminal:
            super().print(*objects, **arguments)
            return
        with self.capture() as printed:
            super().print(*objects, **arguments)
        lines = printed.get().split("\n")
        self.file.write("\n".join(line.rstrip(" ") for line in lines))

    def render_str(self, text: str, **arguments: Any) -> Text:
        return super().render_str(plain(text), **arguments)
