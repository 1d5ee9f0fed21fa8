"""Keys of rows that are printed with a blank or a dash in them: 'JS 5101', 'JS-5101'.

Input: the words of a page, the patterns of keys. Output: the words, such a key as one word without
it. Grain: one word. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.page.words import Word

DASH = re.compile(r"[-\u2010-\u2013]")
BLANK_EM = 0.5  # times the size: wider gaps are no blanks
LEVEL_EM = 0.1  # times the size: how far apart in height two words of one line stand


def with_whole_keys(words: Iterable[Word], patterns: Sequence[re.Pattern[str]]) -> tuple[Word, ...]:
    """The words, top to bottom, keys in one piece."""
    whole: list[Word] = []
    for word in sorted(words, key=lambda w: (w.angle, round(w.bottom), w.x0)):
        last = whole[-1] if whole else None
        if last is not None and _touch(last, word) and _key(last.text + word.text, patterns):
            whole[-1] = replace(
                last, text=_key(last.text + word.text, patterns), x1=word.x1,
                top=min(last.top, word.top), bottom=max(last.bottom, word.bottom),
            )  # fmt: skip
        elif DASH.search(word.text) and (key := _key(word.text, patterns)):
            whole.append(replace(word, text=key))
        else:
            whole.append(word)
    return tuple(sorted(whole, key=lambda w: (w.top, w.x0)))


def _touch(left: Word, right: Word) -> bool:
    """Whether two upright words stand on one line, a blank apart, and look alike."""
    return (
        left.angle == right.angle == 0
        and abs(left.bottom - right.bottom) < LEVEL_EM * left.size
        and abs(left.size - right.size) < LEVEL_EM * left.size
        and 0 <= right.x0 - left.x1 < BLANK_EM * left.size
    )


def _key(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """A key without its dash; '' where a text is none."""
    plain = DASH.sub("", text)
    return plain if any(pattern.fullmatch(plain) for pattern in patterns) else ""
