"""Comparison of printed words, whatever quotes, dashes, case and spaces a page sets them in.

Input and output: text. Nothing raises.
"""

from __future__ import annotations

import re
import unicodedata

_UNIFIED = str.maketrans("‘’‚‛´`“”„‟‐‑‒–—−", "''''''\"\"\"\"------")
PROSE_WORDS = 8
_CHINESE_PROSE = re.compile(r"[\u4e00-\u9fff，、]{24}")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]]*$")


def folded(text: str) -> str:
    """`text` for comparison: one case, plain quotes and dashes, '&' as 'and', single spaces."""
    plain = unicodedata.normalize("NFKC", text.translate(_UNIFIED)).translate(_UNIFIED)
    plain = plain.replace("&", " and ").casefold()
    return re.sub(r"\s+", " ", plain).strip().removesuffix(":").rstrip()


def bare(line: str) -> str:
    """A folded line without the ornaments of a heading: emoji, '##', '***'."""
    ornaments = {char for char in line if unicodedata.category(char) in ("So", "Sk", "Mn", "Cn")}
    return line.strip("".join(ornaments) + "#*_|=~-•· ")


def word_count(text: str) -> int:
    return len(text.split())


def is_sentence(text: str) -> bool:
    """Whether `text` reads as prose (ends as a sentence does) rather than as a title or a label."""
    return word_count(text) > 3 and _SENTENCE_END.search(text.rstrip()) is not None


def is_prose(text: str) -> bool:
    """Whether `text` ends as a sentence does, or is long enough to be one that was cut off.
    Chinese sets no spaces: there the characters count."""
    return (
        _SENTENCE_END.search(text.rstrip()) is not None
        or word_count(text) >= PROSE_WORDS
        or _CHINESE_PROSE.search(text) is not None
    )
