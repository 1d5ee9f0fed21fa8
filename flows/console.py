"""The console on which commands print what documents say.

Input: text. Output: the same text, on stdout or stderr. Raises nothing.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from flows.plain_text import plain

WIDE = 200  # columns where there is no terminal to fit in


class PlainConsole(Console):
    """Text stays text: no markup, no emoji codes, no control characters."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **arguments)
        if not self.is_terminal:
            self.width = WIDE

    def render_str(self, text: str, **arguments: Any) -> Text:
        return super().render_str(plain(text), **arguments)
