"""Printed formula and notes -> `Formula`; canonical text -> `Formula`.

Input: the text of one formula cell as printed, marks inlined where they stand; the document's
remarks by mark. Output: one `Formula`. Raises `FormulaUnreadable` (an `UnknownValue`) with text,
caret and page for whatever the grammar doesn't cover, and for marks and notes that don't find
each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path

from lark import Lark, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lexer import Token

from errors import UnknownValue
from schemas.subjects import full_names, spelling_hint, spelling_key, subjects
from transform.formulae.binding import bound_formula
from transform.formulae.canonical import canonical_formula
from transform.formulae.notes import Notes, notes_of
from transform.formulae.text import FormulaUnreadable, SpacelessText, spaceless_text
from transform.formulae.tree import Formula


def parse_formula(
    formula_text: str,
    remarks: Mapping[str, str] | None = None,
    *,
    document: str | None = None,
    page: int | None = None,
) -> Formula:
    """The formula printed in one cell, with its notes.

    remarks : for marks that the cell itself doesn't define, what the document's remarks say: the
        declared key 'category_c_once', or the remark's text. Other remarks may be among them.
    """
    source = spaceless_text(formula_text)
    try:
        total, *notes = (c for c in _tree(source, "printed").children if isinstance(c, Tree))
        remarked = {spaceless_text(mark).spaceless: text for mark, text in (remarks or {}).items()}
        return bound_formula(total, notes_of(notes, source), _remark_reader(remarked), source)
    except UnknownValue as error:
        raise _placed(error, formula_text, document, page) from None


@lru_cache(maxsize=1024)  # checks ask for the same formula several times
def parse_canonical(canonical_text: str) -> Formula:
    """The formula that `canonical` wrote. Raises `FormulaUnreadable` for any other text."""
    source = spaceless_text(canonical_text)
    try:
        return canonical_formula(_tree(source, "canonical"))
    except UnknownValue as error:
        raise _placed(error, canonical_text, None, None) from None


@cache
def formula_parser() -> Lark:
    """One LALR parser for both notations. SUBJECT is any declared spelling that can be scored."""
    spellings = {
        spelling_key(spelling)
        for subject in subjects().values()
        if subject.category == "A" and subject.scored
        for spelling in (subject.name, *subject.aliases)
    }
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    terminal = "|".join(re.escape(spelling).replace("/", r"\/") for spelling in longest_first)
    return Lark(
        f"{grammar}\nSUBJECT.3: /{terminal}/i\n",
        parser="lalr",
        start=["printed", "note", "canonical"],
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _tree(source: SpacelessText, start: str) -> Tree[Token]:
    try:
        return formula_parser().parse(source.spaceless, start=start)
    except UnexpectedInput as error:
        unreadable = _unreadable(error, source)
    raise unreadable  # not from Lark's error: that holds the parser and can't go between processes


def _unreadable(error: UnexpectedInput, source: SpacelessText) -> FormulaUnreadable:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return FormulaUnreadable("the formula ends too early", position=len(source.printed))
    position = source.position(error.pos_in_stream)
    start = re.split(_WORD_STARTS, source.printed[:position])[-1].lstrip()
    if isinstance(error, UnexpectedCharacters | UnexpectedToken) and "SUBJECT" in _expected(error):
        return _unknown_subject(source, position - len(start))  # with the 'Economics and' before it
    if spelling_key(start) in full_names() and source.printed[position : position + 1].isalpha():
        return _unknown_subject(source, position - len(start))  # 'Economics' of a longer name
    return FormulaUnreadable(
        "the formula can't be read from here",
        todo="A new wording belongs in transform/formulae/grammar.lark",
        position=position,
    )


def _expected(error: UnexpectedCharacters | UnexpectedToken) -> Collection[str]:
    found = error.allowed if isinstance(error, UnexpectedCharacters) else error.expected
    return found or ()


_WORD_STARTS = r"[/+(),:\n]|(?i:\bfrom\b|\bof\b)"
_WORD_ENDS = r"[/+(),\n]|\s[xX]\s*\d"


def _unknown_subject(source: SpacelessText, position: int) -> FormulaUnreadable:
    """Names the word at `position` in the printed text."""
    word = re.split(_WORD_ENDS, source.printed[position:], maxsplit=1)[0]
    word = re.sub(r"\W+$", "", word)  # marks of notes
    if not word:
        return FormulaUnreadable("a subject is missing", todo="Look at the page", position=position)
    name = full_names().get(spelling_key(word))
    if name is not None:
        what = f"{name} can't stand in a formula, where scored subjects of Category A do"
        return FormulaUnreadable(what, todo="Look at the page", position=position)
    hint = spelling_hint(word)
    todo = f"{hint} If not, add" if hint.endswith("?") else "Add"
    todo += " it to schemas/subjects.toml"
    return FormulaUnreadable(f"{word!r} is not a subject we know", todo=todo, position=position)


def _remark_reader(remarked: Mapping[str, str]) -> Callable[[str], Notes | None]:
    def remark_notes(mark: str) -> Notes | None:
        if mark not in remarked:
            return None
        if remarked[mark] == "category_c_once":
            return Notes(category_c_once=True)
        source = spaceless_text(remarked[mark])
        try:
            return notes_of([_tree(source, "note")], source)
        except FormulaUnreadable:
            return None  # a remark about something else: the mark stays unexplained

    return remark_notes


def _placed(
    error: UnknownValue, text: str, document: str | None, page: int | None
) -> FormulaUnreadable:
    """The error with its cell and page; one raised by the tree itself has no place in the text."""
    what, position = error.what, 0
    if isinstance(error, FormulaUnreadable):
        position = error.position
    elif error.text is not None:
        what = f"{what} ({error.text})"
    return FormulaUnreadable(
        what, document=document, page=page, text=text, todo=error.todo, position=position
    )
