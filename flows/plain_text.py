"""Text of documents on its way to a terminal or a log: without characters that act on it.

Input: values as read from documents, messages about them. Output: the same with every control
character, and every one that turns the direction of text, as U+FFFD. Raises nothing.
"""

from __future__ import annotations

import logging
from typing import Any


def plain(value: Any) -> Any:
    """A value, or lists and dicts of values, fit to be printed."""
    from reports.rows import showable  # brings DuckDB, which most commands need, but not --help

    return showable(value)


def plain_line(text: str) -> str:
    """A message as one line."""
    return str(plain(" ".join(text.split())))


class PlainFormatter(logging.Formatter):
    """Log records as plain text; tracebacks keep their lines."""

    def format(self, record: logging.LogRecord) -> str:
        return str(plain(super().format(record)))
