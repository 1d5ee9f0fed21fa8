"""Names and sentences against the wording of their own documents.

Input: merged rows. Output: rows of `audit.checks`. Grain: one odd text, or one row for all.
Nothing here raises.

No dictionary is used: what a word should be is told by the other words of the same documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import schemas
from extract.page.words import UNREADABLE
from transform.checks.findings import Row, Tables, findings

# Columns that hold words, and whether they are names (a name is no sentence: it has a shape).
COLUMNS = {
    ("programmes", "title"): True,
    ("programme_names", "title"): True,
    ("study_options", "title"): True,
    ("rankings", "subject"): True,
    ("chinese_alternatives", "qualification"): True,
    ("chinese_alternatives", "minimum_level"): True,
    ("conversions", "scale"): True,
    ("listings", "item"): True,
    ("facts", "label"): False,
    ("remarks", "text"): False,
    ("scholarships", "description"): False,
}
WORD = re.compile(r"[^\W\d_]+")
DEGREE = re.compile(r"B[A-Z][A-Za-z]{1,3}")  # BSc, BEng, BBA
CONNECTIVES = {"in", "of", "and", "&", "with", "the", "or", "for", "/"}
LONG = 5  # shorter words have too many neighbours


def text_rows(tables: Tables) -> Iterator[Row]:
    """Checks of all texts."""
    texts = list(_texts(tables))
    words = Counter(word for _, text, _ in texts for word in set(WORD.findall(text)))
    checks = {
        "a word is spelt as elsewhere": ((who, _misspelt(text, words)) for who, text, _ in texts),
        "words are parted": ((who, _run_together(text, words)) for who, text, _ in texts),
        "no word stands twice in a row": ((who, _doubled(text)) for who, text, _ in texts),
        "brackets close": ((who, _brackets(text)) for who, text, _ in texts),
        "a name has the shape of a name": (
            (w, _shapeless(t)) for w, t, is_name in texts if is_name
        ),
        "a sentence ends": ((who, _endless(who, text)) for who, text, _ in texts),
    }
    for check, told in checks.items():
        yield from findings(check, f"{len(texts)} texts", _said(told))
    unread = [(who, f"{text!r}") for who, text, _ in texts if UNREADABLE in text]
    yield from findings("every character is readable", f"{len(texts)} texts", unread, "block")


def _said(told: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    return [(who, what) for who, what in told if what is not None]


def _texts(tables: Tables) -> Iterator[tuple[str, str, bool]]:
    """(whose, text, is a name) of every row and column of words; a scale once, not once a level."""
    for (table, column), is_name in COLUMNS.items():
        keys = schemas.key_of(schemas.TABLES[table])
        if column in keys:
            keys = keys[: list(keys).index(column) + 1]
        distinct = {
            (" ".join(str(row[name]) for name in keys), str(row.get(column) or ""))
            for row in tables[table]
        }
        for key, text in sorted(distinct):
            if text:
                yield f"{table} {key} {column}", text, is_name


def _misspelt(text: str, words: Counter[str]) -> str | None:
    """A word found nowhere else that is one letter away from one found elsewhere."""
    for word in WORD.findall(text):
        if len(word) < LONG or words[word] > 1:
            continue
        for other, count in words.items():
            if count > 1 and _one_letter_apart(word, other):
                return f"{word!r} in {text!r}; elsewhere {other!r}"
    return None


def _one_letter_apart(word: str, other: str) -> bool:
    """Whether one letter was changed, added or left out; a plural is another word."""
    if abs(len(word) - len(other)) > 1 or word.lower() == other.lower():
        return False
    short, long = sorted((word, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    if long == f"{short}s":
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _run_together(text: str, words: Counter[str]) -> str | None:
    """A word found once that is two words found elsewhere: long, capital, or 'in', 'of', 'and'."""
    for word in WORD.findall(text):
        if words[word] > 1 or len(word) < LONG:
            continue
        for i in range(2, len(word) - 1):
            parts = word[:i], word[i:]
            if not all(words[part] > 0 for part in parts):
                continue
            joined = parts[1][0].isupper() or len(set(parts) & CONNECTIVES) == 1
            if joined or min(map(len, parts)) >= LONG:
                return f"{word!r} in {text!r}: {parts[0]!r} and {parts[1]!r}?"
    return None


def _doubled(text: str) -> str | None:
    pieces = text.split()
    twice = [a for a, b in pairwise(pieces) if a == b]
    return f"{twice[0]!r} in {text!r}" if twice else None


def _brackets(text: str) -> str | None:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    return f"{text!r}" if depth else None


def _shapeless(text: str) -> str | None:
    """A name that begins small or ends in a connective, or a degree in its midst."""
    pieces = text.split()
    if text[0].islower() or not text[0].isalnum():
        return f"{text!r} begins with {text[0]!r}"
    if pieces[-1] in CONNECTIVES:
        return f"{text!r} ends with {pieces[-1]!r}"
    for before, piece in pairwise(pieces):
        if DEGREE.fullmatch(piece) and before not in ("/", "&", "and", "or", ","):
            return f"{piece!r} in the midst of {text!r}"
    follows = pieces[1:2] and pieces[1][0].isalpha() and pieces[1] not in CONNECTIVES
    if DEGREE.fullmatch(pieces[0]) and follows:
        return f"{text!r}: no 'in' behind {pieces[0]!r}"
    return None


def _endless(who: str, text: str) -> str | None:
    if who.startswith("remarks ") and not text.rstrip().endswith((".", ")", "!")):
        return f"{text!r}"
    return None


def degree_of(title: str) -> str | None:
    """The degree a name begins with, None where it begins with none."""
    match = DEGREE.match(title)
    return match[0] if match else None
