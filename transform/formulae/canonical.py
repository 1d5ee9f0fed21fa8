"""The one written form of a formula, the same whatever marks and line breaks a document prints.

    English Language x2 + Mathematics x2 + best 1 of (Biology x2 / M2 x1.5) + best 2 other (* x1)

Alternatives are written out whole and parted by ' OR '; the cap and 'Category C once' follow
after '|'. `*` is any subject without a weight of its own in the slot.
Input and output: `Formula` <-> text, through `parse_canonical`. Raises nothing of its own.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from lark import Tree
from lark.lexer import Token

from schemas.subjects import ANY_OTHER, subject_name
from transform.formulae.notes import count_of
from transform.formulae.tree import Formula, Role, Slot


def canonical(formula: Formula) -> str:
    """The canonical text: two formulae have the same one exactly when they are equal."""
    parts = [" OR ".join(" + ".join(map(_slot_text, side)) for side in formula.alternatives)]
    if formula.weighted_elective_cap is not None:
        parts.append(f"at most {formula.weighted_elective_cap} weighted electives")
    if formula.category_c_once:
        parts.append("Category C once")
    return " | ".join(parts)


def weight_text(weight: Fraction) -> str:
    """A weight as documents print it: '2', '1.5'."""
    decimal = Decimal(weight.numerator) / Decimal(weight.denominator)
    return f"{decimal.normalize():f}"


def _slot_text(slot: Slot) -> str:
    entries = " / ".join(f"{name} x{weight_text(weight)}" for name, weight in slot.weights)
    if slot.role == "fixed":
        return entries
    return f"best {slot.take} {'of' if slot.role == 'best_from' else 'other'} ({entries})"


def canonical_formula(tree: Tree[Token]) -> Formula:
    """The formula of a canonical text's tree."""
    sides = [child for child in tree.children if isinstance(child, Tree)]
    traits = [child for child in tree.children if isinstance(child, Token)]
    caps = [count_of(token) for token in traits if token.type == "COUNT"]
    return Formula(
        tuple(
            tuple(_slot(slot) for slot in side.children if isinstance(slot, Tree)) for side in sides
        ),
        weighted_elective_cap=caps[0] if caps else None,
        category_c_once=any(token.type == "CATEGORY_C_ONCE" for token in traits),
    )


def _slot(tree: Tree[Token]) -> Slot:
    entries = tuple(_entry(entry) for entry in tree.find_data("entry"))
    if tree.data == "canonical_fixed":
        return Slot("fixed", 1, entries)
    role: Role = "best_from" if str(tree.children[1]).lower() == "of" else "other"
    return Slot(role, count_of(tree.children[0]), entries)


def _entry(tree: Tree[Token]) -> tuple[str, Fraction]:
    member, number = (child for child in tree.children if isinstance(child, Token))
    name = ANY_OTHER if member.type == "ANY" else subject_name(member)
    return name, Fraction(str(number))
