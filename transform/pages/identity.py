"""Identity of an item: one id for one title, on whatever page and at whatever refresh.

Input: a title, and a date where the title alone does not tell two items apart. Output: an id.
Raises: nothing.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from transform.pages.words import folded

SLUG_CHARACTERS = 48


def item_id(title: str, on: date | None = None) -> str:
    """A readable, stable id such as 'visit-from-most-1f0c2a9b'.

    The words of the title without case, quotes and punctuation, cut at a word, then 8 hex digits
    of their hash (which keeps long and Chinese titles apart), then the date where one is given.
    """
    words = re.findall(r"\w+", re.sub(r"(?<=\w)'(?=s\b)", "", folded(title)))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if not word.isascii() or len(longer) > SLUG_CHARACTERS:
            break
        slug = longer
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]
    return "-".join(part for part in (slug, digest, on.isoformat() if on else "") if part)
