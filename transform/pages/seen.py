"""Captures of one page over time -> its rows as they stand.

Input: the readings of each capture. Output: one list of readings.
Grain: one row per key. Raises: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain, groupby

from transform.readings import Key, Reading

# Tables that say how things are now: an older capture's rows are gone when the page drops them.
# In the others (news, rankings, events, awards, highlights) rows stay.
_OF_NOW = frozenset(("facts", "sdgs"))


def merge_seen(captures: Iterable[tuple[datetime, Sequence[Reading]]]) -> list[Reading]:
    """The rows of all captures of one source, each as its newest capture prints it.

    `captures` pairs the time of a capture with its readings, in any order. A news item's
    `first_seen` is that of its oldest capture, `last_seen` that of its newest. Of captures of one
    moment none is the newer: the readings of all are kept, and what they contradict each other in
    shows where rows are made.
    """
    oldest_first = sorted(captures, key=lambda capture: capture[0])
    rows: dict[tuple[str, Key], list[Reading]] = {}
    first_seen: dict[Key, Reading] = {}
    for moment, of_moment in groupby(oldest_first, key=lambda capture: capture[0]):
        is_newest = moment == oldest_first[-1][0]
        of_capture: dict[tuple[str, Key], list[Reading]] = {}
        for reading in chain.from_iterable(readings for _, readings in of_moment):
            if is_newest or reading.table not in _OF_NOW:
                of_capture.setdefault((reading.table, reading.key), []).append(reading)
            if reading.table == "news" and reading.column == "first_seen":
                first_seen.setdefault(reading.key, reading)
        rows |= of_capture
    return [
        first_seen[reading.key]
        if (reading.table, reading.column) == ("news", "first_seen")
        else reading
        for readings in rows.values()
        for reading in readings
    ]
