"""Terms and notes brought together by their marks.

Input: the tree of the printed sum and the `Notes` of its cell. Output: the `Formula`.
Raises `FormulaUnreadable` for a mark without a note, a note without a mark, a list whose weights
are incomplete, a note that weighs a subject no marked slot can take, and weights printed twice.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lark import Tree
from lark.lexer import Token

from schemas.subjects import ANY_OTHER, subject_name
from transform.formulae.notes import Notes, Weighting, count_of, weight_of
from transform.formulae.text import FormulaUnreadable, SpacelessText
from transform.formulae.tree import Formula, Role, Slot

ROLES: dict[str, Role] = {
    "fixed": "fixed",
    "best_from": "best_from",
    "best_weighted": "best_from",
    "others": "other",
}


def bound_formula(
    total: Tree[Token],
    notes: Notes,
    remark_notes: Callable[[str], Notes | None],
    source: SpacelessText,
) -> Formula:
    """The formula of the sum. `remark_notes` is what the document says of a mark, if anything."""
    binder = _Binder(notes, remark_notes, source)
    common = [binder.slot(term) for term in _terms(total)]
    better = next(total.find_data("better"), None)
    if better is None:
        alternatives = [tuple(common)]
    else:
        sides = [child for child in better.children if isinstance(child, Tree)]
        alternatives = [(*common, *map(binder.slot, _terms(side))) for side in sides]
    binder.check_all_notes_used()
    return Formula(
        tuple(alternatives),
        weighted_elective_cap=binder.cap,
        category_c_once=binder.category_c_once,
        notes=notes.announcements,
    )


def _terms(tree: Tree[Token]) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree) and child.data in ROLES]


class _Binder:
    """Gives each term its weights and remembers which notes have been used."""

    def __init__(
        self, notes: Notes, remark_notes: Callable[[str], Notes | None], source: SpacelessText
    ) -> None:
        self.notes, self.remark_notes, self.source = notes, remark_notes, source
        self.cap = notes.weighted_elective_cap
        self.category_c_once = notes.category_c_once
        self.used: dict[str, set[str]] = {}  # mark -> subjects that marked slots can take

    def slot(self, term: Tree[Token]) -> Slot:
        role = ROLES[term.data]
        tokens = [child for child in term.children if isinstance(child, Token)]
        pairs = [w.children for w in term.find_data("weighted")]
        marks = [token for token in tokens if token.type == "MARK"]
        numbers = [token for token in tokens if token.type == "NUMBER"]
        names = [subject_name(token) for token in tokens if token.type == "SUBJECT"]
        counts = [token for token in tokens if token.type == "COUNT"]
        if role == "other":
            names = [ANY_OTHER]
        weightings = [read for mark in marks for read in self._weightings(mark)]
        weights = {name: weight_of(numbers[0]) if numbers else Fraction(1) for name in names}
        weights |= {subject_name(str(name)): weight_of(number) for name, number in pairs}
        replaced = [read for read in weightings if not read.adds]
        if len(replaced) + len(numbers) + bool(pairs) > 1 or len(weights) < len(names + pairs):
            raise self._unreadable("the weights of this term are printed twice", term)
        for read in replaced:
            weights = self._weights_of(role, names, read)
        for read in weightings:
            if read.adds:
                if role != "best_from" or weights.keys() & read.weights.keys():
                    raise FormulaUnreadable(
                        "this subject can't be added to the marked term", position=read.position
                    )
                weights |= read.weights
        for mark in marks:
            self.used.setdefault(str(mark), set()).update(weights)
        return Slot(role, count_of(counts[0] if counts else None), tuple(weights.items()))

    def _weightings(self, mark: Token) -> list[Weighting]:
        printed = str(mark)
        if printed in self.notes.weightings:
            return self.notes.weightings[printed]
        if printed in self.notes.category_c_marks:
            return []
        said = self.remark_notes(printed)
        if said is None:
            raise FormulaUnreadable(
                f"the mark {printed} has no note in this cell and no remark on formulae",
                position=self.source.position(mark.start_pos),
            )
        self.category_c_once |= said.category_c_once
        if said.weighted_elective_cap is not None:
            self.cap = said.weighted_elective_cap
        return [read for readings in said.weightings.values() for read in readings]

    def _weights_of(self, role: Role, names: list[str], read: Weighting) -> dict[str, Fraction]:
        if role == "other":
            return {ANY_OTHER: Fraction(1)} | read.weights
        weights = {}
        for name in names:
            if name not in read.weights and ANY_OTHER not in read.weights:
                raise FormulaUnreadable(
                    f"the note has no weight for {name}", position=read.position
                )
            weights[name] = read.weights[name if name in read.weights else ANY_OTHER]
        return weights

    def check_all_notes_used(self) -> None:
        """Raises `FormulaUnreadable` for a note, or a subject of one, that no term takes up."""
        for mark, weightings in self.notes.weightings.items():
            for read in weightings:
                if mark not in self.used:
                    raise FormulaUnreadable(
                        f"no term carries the mark {mark} of this note", position=read.position
                    )
                taken = self.used[mark]
                lost = [name for name in read.weights if name not in taken]
                if lost:
                    raise FormulaUnreadable(
                        f"the note weighs {', '.join(lost)}, which no marked term can take",
                        position=read.position,
                    )
        for mark in self.notes.category_c_marks - self.used.keys():
            raise FormulaUnreadable(f"no term carries the mark {mark} of a note")

    def _unreadable(self, what: str, term: Tree[Token]) -> FormulaUnreadable:
        return FormulaUnreadable(what, position=self.source.position(term.meta.start_pos))
