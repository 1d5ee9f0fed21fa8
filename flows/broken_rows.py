"""Where a row that breaks its table's model was read.

Input: the refusal, the readings of all documents, the documents' names. Output: an `UnknownValue`
that names document, page, the printed text and what to do; the refusal itself where no reading has
the row's key. Grain: one row. Raises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errors import UnknownValue
from schemas import RowRefused
from transform.readings import Reading

TODO = (
    "Look at the page: a misprint is corrected in transform/corrections.toml; else the cell is "
    "misread or schemas/ too strict"
)


def placed_refusal(
    refused: RowRefused, readings: Sequence[Reading], names: Mapping[str, str]
) -> UnknownValue:
    """The refusal with the place of the values at fault, by the names of documents by sha256."""
    own = [r for r in readings if r.table == refused.table and dict(r.key) == refused.key]
    at_fault = [r for r in own if r.column in refused.columns] or own
    if not at_fault:
        return refused
    at_fault.sort(key=lambda r: (r.column, names[r.document], r.place.page or 0))
    first, *others = at_fault
    what, text = refused.what, first.text
    if others:
        text = ", ".join(dict.fromkeys(f"{r.column} {r.text!r}" for r in at_fault))
    elif refused.text is not None:
        what += f", not {refused.text}"
    places = dict.fromkeys(_place(r, names) for r in at_fault)
    if len(places) > 1:
        what += f" (read in {' and '.join(places)})"
    return UnknownValue(
        what,
        document=names[first.document],
        page=first.place.page,
        text=text,
        todo=refused.todo or TODO,
    )


def _place(reading: Reading, names: Mapping[str, str]) -> str:
    page = f", page {reading.place.page}" if reading.place.page else ""
    return names[reading.document] + page
