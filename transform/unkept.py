"""What stands in a table and becomes no value: columns that are not kept, texts that are not read.

Input: a table, a page. Output: rejects, so that it is listed. Grain: one cell, one text.
Raises: `LayoutChanged` for a column that is not kept and has no cells of its own.

Columns that the warehouse has no place for (places offered, upper quartiles) are data: those of
`vocabulary.toml` whose names begin with `not_kept`.
"""

from __future__ import annotations

from errors import LayoutChanged
from extract.cells import PageCells, Place, Table
from extract.headers.vocabulary import NOT_KEPT
from transform.readings import Ledger
from transform.values import Spot

BESIDE = "text beside tables: title, note or footnote"
OUTSIDE = "text outside tables: no figure, rank or list"
UNSEEN = "text over a table that is not read"  # how the reason of its reject begins


def reject_unkept(table: Table, ledger: Ledger) -> None:
    """List the texts of a table's columns that are not kept, a merged cell once."""
    for header in table.headers:
        if not header.column.startswith(NOT_KEPT):
            continue
        cells = {
            cell.place: cell for row in table.rows for cell in row.cells.get(header.column, ())
        }
        filled = [cell for cell in cells.values() if cell.text]
        shared = [cell for cell in filled if len(cell.columns) > 1]
        if shared or not filled:
            # 'Average Score' may be the end of another header's words.
            raise LayoutChanged(
                f"the column {header.text!r}, which is not kept, "
                + ("shares a cell with another" if shared else "holds nothing"),
                page=table.page,
                text=shared[0].text if shared else " | ".join(h.text for h in table.headers),
                todo="Look at the page: if these words belong to another header, add it whole to "
                "transform/vocabulary.toml",
            )
        for cell in filled:
            ledger.reject(cell, f"column that the warehouse has no place for: {header.text}")


def reject_unseen(page: PageCells, ledger: Ledger) -> None:
    """List the texts over a page's tables that are aslant, in annotations or of their ground."""
    for text in page.unseen:
        place = Place(page.number, text.x0, text.top, text.x1, text.bottom)
        ledger.reject(Spot(text.text, place), f"{UNSEEN}: {text.reason}")
