"""What a PDF is, before anything of it is loaded: its titles, its tables, their headers.

Input: a PDF file and the vocabulary. Output: JSON: for each page the tables that start there, with
headers matched, unknown words and missing columns.
Grain: one table header.
Raises: `DocumentRefused` for what cannot be opened. Headers that do not fit are output, not errors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract.headers.bands import HeaderBand, unexplained
from extract.headers.page_headers import page_headers
from extract.headers.vocabulary import letters, load_vocabulary
from extract.page.lines import lines_of
from extract.page.marks import Box
from extract.page.objects import open_pages
from extract.page.sheets import sheet_of
from extract.page.turned import set_upright
from extract.page.words import Word, usual_size

NEAR_EM = 1.3  # words closer than this times their size make one header together
ROOM = 120.0  # points beside the known headers in which a renamed one is looked for
TITLE_SIZE = 1.4  # lines so many times the usual size are titles


def detection_json(path: Path, *, document: str, vocabulary: str) -> bytes:
    """{'pages': [{'number', 'titles', 'tables': [{'kind', 'headers', 'unknown', 'missing'}]}]}."""
    words = load_vocabulary(Path(vocabulary))
    pages = []
    for objects in open_pages(path, document=document):
        sheet = sheet_of(*set_upright(objects))
        bands = page_headers(sheet.words, words).bands
        pages.append(
            {
                "number": objects.number,
                "characters": len(objects.chars),
                "titles": _titles(sheet.words),
                "tables": [_table(band, sheet.words) for band in bands],
            }
        )
    return json.dumps({"pages": pages}, ensure_ascii=False).encode()


def _table(band: HeaderBand, words: Sequence[Word]) -> dict[str, Any]:
    return {
        "kind": band.kind.name,
        "headers": {
            match.column.name: " ".join(words[i].text for i in match.indices)
            for match in band.matches
        },
        "years": {name: year for match in band.matches for name, year in match.years.items()},
        "missing": band.missing,
        "unknown": _unknown_texts(band, words) if band.missing or band.unknown else [],
    }


def _unknown_texts(band: HeaderBand, words: Sequence[Word]) -> list[str]:
    """Texts at the height of the header that no phrase explains, whole headers together."""
    around = Box(band.x0 - ROOM, band.top - 3, band.x1 + ROOM, band.bottom + 3)
    free = unexplained(words, band.matches, around)
    groups: list[list[Word]] = []
    for word in sorted(free, key=lambda w: (w.x0, w.top)):
        home = next((group for group in groups if any(_near(word, other) for other in group)), None)
        if home is None:
            groups.append([word])
        else:
            home.append(word)
    return [" ".join(line.text for line in lines_of(group)) for group in groups]


def _near(one: Word, other: Word) -> bool:
    size = NEAR_EM * max(one.size, other.size)
    across = max(one.x0 - other.x1, other.x0 - one.x1)
    down = max(one.top - other.bottom, other.top - one.bottom)
    return across < 0.5 * size and down < size


def _titles(words: Sequence[Word]) -> list[str]:
    least = TITLE_SIZE * usual_size(words)
    lines = lines_of([word for word in words if word.size >= least])
    return [line.text for line in lines if letters(line.text)][:6]
