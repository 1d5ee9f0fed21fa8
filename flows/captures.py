"""The captures of all web pages together: each row as the newest capture of its page has it.

Input: `ReadResult`s of web pages. Output: readings. Grain: one page, over its captures.
Raises nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flows.reading import ReadResult
from transform.pages.seen import merge_seen
from transform.readings import Reading


def readings_of_captures(results: Iterable[ReadResult]) -> list[Reading]:
    """Readings of every page, with when each row was first and last seen."""
    captures: dict[str, list[tuple[dt.datetime, list[Reading]]]] = defaultdict(list)
    for result in results:
        document = result.document
        captures[result.kind].append((document.last_seen, result.readings))
        if document.first_seen != document.last_seen:
            captures[result.kind].append(
                (document.first_seen, _as_of(result.readings, document.first_seen))
            )
    return [reading for source in sorted(captures) for reading in merge_seen(captures[source])]


def _as_of(readings: Iterable[Reading], moment: dt.datetime) -> list[Reading]:
    """The same capture when it was first had: only the times of seeing it differ."""
    return [
        replace(reading, value=moment) if reading.column in ("first_seen", "last_seen") else reading
        for reading in readings
    ]
