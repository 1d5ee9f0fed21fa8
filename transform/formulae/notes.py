"""What the notes under a formula say: weights by mark, the cap on electives, Category C once.

Input: the trees of the notes. Output: one `Notes`. Grain: one `Weighting` per note.
Raises `FormulaUnreadable` where two notes contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from lark import Tree
from lark.lexer import Token

from schemas.subjects import ANY_OTHER, subject_name
from transform.formulae.text import FormulaUnreadable, SpacelessText

COUNT_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True)
class Weighting:
    """The weight of each subject of a note; `adds` is True for 'X can also be counted'."""

    weights: dict[str, Fraction]
    position: int
    adds: bool = False


@dataclass(slots=True)
class Notes:
    """All notes of one cell. A mark may have one weighting and one addition."""

    weightings: dict[str, list[Weighting]] = field(default_factory=dict)
    weighted_elective_cap: int | None = None
    category_c_once: bool = False
    category_c_marks: frozenset[str] = frozenset()
    announcements: tuple[str, ...] = ()


def notes_of(trees: Iterable[Tree[Token]], source: SpacelessText) -> Notes:
    """The notes read together. Raises `FormulaUnreadable` for a mark explained twice."""
    notes = Notes()
    for tree in trees:
        position = source.position(tree.meta.start_pos)
        if tree.data in ("weighting", "also_counts"):
            read = _weighting(tree, source) if tree.data == "weighting" else _addition(tree, source)
            for mark in _marks(tree):
                known = notes.weightings.setdefault(mark, [])
                if any(other.adds == read.adds for other in known):
                    raise FormulaUnreadable(
                        f"the mark {mark} is explained twice", position=position
                    )
                known.append(read)
        elif tree.data == "cap":
            if notes.weighted_elective_cap is not None:
                raise FormulaUnreadable("the cap is printed twice", position=position)
            notes.weighted_elective_cap = count_of(tree.children[-1])
        elif tree.data == "category_c":
            notes.category_c_once = True
            notes.category_c_marks |= frozenset(_marks(tree))
        else:
            notes.announcements += (source.as_printed(tree.meta.start_pos, tree.meta.end_pos),)
    return notes


def count_of(token: object) -> int:
    """'2' or 'TWO' as a number; one where nothing is printed ('Best from' takes one)."""
    if token is None:
        return 1
    word = str(token).lower()
    return COUNT_WORDS[word] if word in COUNT_WORDS else int(word)


def weight_of(token: object) -> Fraction:
    """'1.5' as a fraction, '150%' as the same."""
    printed = str(token)
    return Fraction(printed[:-1]) / 100 if printed.endswith("%") else Fraction(printed)


def _marks(tree: Tree[Token]) -> list[str]:
    return [
        str(child)
        for child in tree.children
        if isinstance(child, Token) and child.type == "NOTE_MARK"
    ]


def _weighting(tree: Tree[Token], source: SpacelessText) -> Weighting:
    weights: dict[str, Fraction] = {}
    for group in tree.find_data("group"):
        *members, number = (child for child in group.children if isinstance(child, Token))
        for member in members:
            name = ANY_OTHER if member.type == "OTHER" else subject_name(member)
            if name in weights:
                raise FormulaUnreadable(
                    "one note weighs a subject twice", position=source.position(member.start_pos)
                )
            weights[name] = weight_of(number)
    return Weighting(weights, source.position(tree.meta.start_pos))


def _addition(tree: Tree[Token], source: SpacelessText) -> Weighting:
    _, subject, number = tree.children
    weight = weight_of(number)
    position = source.position(tree.meta.start_pos)
    return Weighting({subject_name(str(subject)): weight}, position, adds=True)
