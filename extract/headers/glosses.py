"""Chinese words that repeat the English of a header: '類別' at 'Category'.

Input: the words of a page. Output: for a phrase found there, the Chinese words that belong to it.
Grain: one phrase. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.headers.vocabulary import NOT_KEPT, Column, is_chinese
from extract.page.heights import Heights
from extract.page.words import Word

NEAR_EM = 0.5  # times the size: between English words and the Chinese that repeats them


class Glosses:
    """The Chinese words of a page, and the symbols between them and English ones."""

    def __init__(self, words: Sequence[Word], letters: Sequence[str]) -> None:
        self.words = words
        self.chinese = {i for i, word in enumerate(words) if is_chinese(word.text)}
        symbols = {i for i, text in enumerate(letters) if not text}
        free = self.chinese | symbols if self.chinese else set()
        self._free = Heights(free, lambda i: (words[i].top, words[i].bottom))
        self._largest = max((word.size for word in words), default=0.0)

    def of(self, spelt: Sequence[int], column: Column) -> list[int]:
        """Those set beside, over or under the words of an English phrase.

        What stands under the header of Chinese titles is such a title.
        """
        if self.chinese.issuperset(spelt) or column.name.startswith(NOT_KEPT):
            return []
        found: set[int] = set()
        near = set(spelt)
        while near:
            near = {i for j in near for i in self._touching(j)} - found - set(spelt)
            found |= near
        return sorted(found & self.chinese)

    def _touching(self, j: int) -> list[int]:
        word, pad = self.words[j], NEAR_EM * self._largest
        near = self._free.between(word.top - pad, word.bottom + pad)
        return [i for i in near if _touch(self.words[i], word)]


def _touch(one: Word, other: Word) -> bool:
    """Whether two words stand a blank apart on one line, or one right over the other."""
    across = max(one.x0 - other.x1, other.x0 - one.x1)
    down = max(one.top - other.bottom, other.top - one.bottom)
    if one.angle or other.angle or max(across, down) > NEAR_EM * max(one.size, other.size):
        return False
    return across < 0 or down < 0
