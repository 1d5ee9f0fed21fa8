"""When two titles are one name spelt otherwise: '&' for 'and', case, articles, blanks, marks.

Input: titles as printed. Output: whether they are one name. Grain: a pair. Raises: nothing.
"""

from __future__ import annotations

import re
import unicodedata

ARTICLES = {"an", "the"}  # a lone 'a' names a group


def is_respelt(one: str, other: str) -> bool:
    """Whether two titles differ, and in spelling alone."""
    return one != other and bare_title(one) == bare_title(other)


def bare_title(title: str) -> str:
    """The letters and figures of a title without what spelling may change."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    words = re.findall(r"[^\W_]+|&", folded)
    return "".join("and" if word == "&" else word for word in words if word not in ARTICLES)
