"""The vocabulary: which words head which column of which table. Data, not code.

Input: a TOML file (`transform/vocabulary.toml`). Output: `Vocabulary`.
A phrase may hold placeholders: '{edition} Expected Score' matches any four-digit year there and
hands it over under that name. Phrases are compared by letters and digits alone, so case, blanks,
line breaks, punctuation and footnote marks never matter.
Raises: `LayoutChanged` where the file itself is malformed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from errors import LayoutChanged

SHORT_YEAR = "{yy}"  # the second half of '2026/27': matched, not handed over
NOT_KEPT = "not_kept"  # how the name of a column begins that the warehouse has no place for
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
LATIN = re.compile(r"[A-Za-z]")
EMPTIED = re.compile(r"\(\s*\)|（\s*）")
Atom = str  # a single letter or digit, or a placeholder '{name}'


@dataclass(frozen=True, slots=True)
class Phrase:
    """One printed wording of a header, as atoms to be matched one by one. `plain`: all of them as
    one text, where none is a placeholder."""

    text: str
    atoms: tuple[Atom, ...]
    plain: str | None

    @property
    def ends_in_brackets(self) -> bool:
        """Whether a year in brackets ends it: 'Expected Score ({entry_year})'. The same words
        before a year without brackets are another phrase, and the year is another header's."""
        return self.text.endswith("})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `many`: holds several unlabelled sub-columns (a matrix of levels)."""

    name: str
    phrases: tuple[Phrase, ...]
    required: bool
    many: bool


@dataclass(frozen=True, slots=True)
class TableKind:
    """What identifies one kind of table and its columns.

    `key` is the column whose cells make the rows; with `key_pattern` every match in that column
    makes one. `unheaded` names the column left of the first headed one; where `unheaded_starts`
    are given, there is such a column only where a text in it starts so. `groups` are headers over
    several columns: they give years, not columns. Where kinds share their headers, the nearest
    of the `titles` above decides; `title_required`: no such table without one.
    `require_any`: at least one of these columns. `side_by_side`: no header stands under another
    one, as the labels of rows do that read alike. Where a table has figures of several years,
    `of_rows` are the columns of every year, and none of `of_a_year` is without one. In
    `may_be_blank` a drawn cell without text is one. `goes_on`: rows at the head of the next page,
    without a header, are its own: it has scores or grades, which no other table at its edges has.
    """

    name: str
    columns: tuple[Column, ...]
    groups: tuple[Column, ...]
    key: str
    key_pattern: re.Pattern[str] | None
    unheaded: str | None
    unheaded_starts: tuple[str, ...]
    titles: tuple[Phrase, ...]
    title_required: bool
    require_any: tuple[str, ...]
    side_by_side: bool
    of_rows: tuple[str, ...]
    of_a_year: tuple[str, ...]
    may_be_blank: tuple[str, ...]
    goes_on: bool

    def column(self, name: str) -> Column:
        """A column by its name, which is declared."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all kinds of tables, in the order of the file."""

    tables: tuple[TableKind, ...]

    @property
    def key_patterns(self) -> list[re.Pattern[str]]:
        """What the keys of rows look like, by the kinds of tables that have such."""
        return [table.key_pattern for table in self.tables if table.key_pattern is not None]

    def kind(self, name: str) -> TableKind:
        """The words of a kind of table, which is declared."""
        return next(table for table in self.tables if table.name == name)


def letters(text: str) -> str:
    """The letters and digits of a text, lower case, ligatures and full-width forms resolved.

    Chinese beside English says the same once more, and is left out.
    """
    folded = unicodedata.normalize("NFKC", without_gloss(text)).casefold()
    return "".join(char for char in folded if char.isalnum())


def without_gloss(text: str) -> str:
    """A text without the Chinese beside its English; Chinese alone as it is."""
    if text.isascii() or not CHINESE.search(text) or not LATIN.search(text):
        return text
    return " ".join(EMPTIED.sub("", CHINESE.sub(" ", text)).split())


def is_chinese(text: str) -> bool:
    """Whether the letters of a text are Chinese."""
    return CHINESE.search(text) is not None and LATIN.search(text) is None


def phrase_of(text: str) -> Phrase:
    """A declared wording as letters and digits, with its {placeholders}."""
    atoms: list[Atom] = []
    for piece in re.split(r"(\{\w+\})", text):
        if piece.startswith("{"):
            atoms.append(piece)
        else:
            atoms.extend(letters(piece))
    return Phrase(text, tuple(atoms), None if "{" in text else "".join(atoms))


def consumed(phrase: Phrase, start: int, text: str) -> tuple[int, dict[str, str]] | None:
    """At which atom one stands after `text` (letters only), and the years it filled in.

    None where the text does not go on from `start`.
    """
    if phrase.plain is not None:
        return (start + len(text), {}) if phrase.plain.startswith(text, start) else None
    atoms = phrase.atoms
    words: dict[str, str] = {}
    at, i = 0, start
    while at < len(text):
        if i == len(atoms):
            return None
        atom = atoms[i]
        if atom.startswith("{"):
            width = _digits(atom)
            year = text[at : at + width]
            if len(year) < width or not year.isdigit():
                return None
            if atom != SHORT_YEAR:
                words[atom[1:-1]] = year
            at += width
        elif text[at] == atom:
            at += 1
        else:
            return None
        i += 1
    return i, words


def _digits(atom: Atom) -> int:
    return 2 if atom == SHORT_YEAR else 4


def load_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of a TOML file. Raises `LayoutChanged` naming what the file lacks."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    try:
        tables = raw["tables"]
        for words in tables.values():  # another setting of a kind has its titles
            if "kind" in words:
                words["titles"] = tables[words["kind"]]["titles"]
        return Vocabulary(tuple(_table(name, words) for name, words in tables.items()))
    except (KeyError, TypeError, re.error) as error:
        raise LayoutChanged(
            "the vocabulary is malformed",
            document=path.name,
            text=str(error),
            todo="Compare the entry with its neighbours in the file",
        ) from error


def _table(name: str, raw: dict[str, Any]) -> TableKind:
    pattern = raw.get("key_pattern")
    return TableKind(
        name=raw.get("kind", name),
        columns=tuple(_column(column) for column in raw["columns"]),
        groups=tuple(_column(group) for group in raw.get("groups", [])),
        key=raw["key"],
        key_pattern=re.compile(pattern) if pattern else None,
        unheaded=raw.get("unheaded"),
        unheaded_starts=tuple(letters(text) for text in raw.get("unheaded_starts", [])),
        titles=tuple(phrase_of(text) for text in raw.get("titles", [])),
        title_required=raw.get("title_required", False),
        require_any=tuple(raw.get("require_any", [])),
        side_by_side=raw.get("side_by_side", False),
        of_rows=tuple(raw.get("of_rows", [])),
        of_a_year=tuple(raw.get("of_a_year", [])),
        may_be_blank=tuple(raw.get("may_be_blank", [])),
        goes_on=raw.get("goes_on", False),
    )


def _column(raw: dict[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        phrases=tuple(phrase_of(text) for text in raw["headers"]),
        required=raw.get("required", False),
        many=raw.get("many", False),
    )
