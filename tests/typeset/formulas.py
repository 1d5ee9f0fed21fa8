"""Invented best-5 formulas: how HKUST words them and what they can reach at most.

Input: subjects and weights. Output: printed lines, the highest attainable score, the slots of
CONTRACT's `weightings`. Grain: one formula of one programme. Raises nothing.

The highest attainable score is found by trying every assignment, independently of the product's
own scorer: it is the truth that scorer is held against.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import permutations

ANY = "*"
FULL_MARK = Decimal("8.5")
NUMBER_WORDS = {1: "ONE", 2: "TWO", 3: "THREE"}
FULL_NAMES = {
    "English": "English Language",
    "Chinese": "Chinese Language",
    "Math": "Mathematics",
    "ICT": "Information and Communication Technology",
}
Weights = tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True)
class Formula:
    """`fixed` + best `pool_take` from `pool` + best `other_take` others, perhaps OR another.

    `pool_weights` and `other_weights` stand in notes below ('* Weighting: ...'), `pool_inline`
    in the line itself ('x 1.5'). With `one_note_for_both` the pool's note weights both slots.
    """

    fixed: tuple[tuple[str, float], ...]
    other_take: int
    pool: tuple[str, ...] = ()
    pool_take: int = 0
    pool_weights: Weights = ()
    pool_inline: float | None = None
    other_weights: Weights = ()
    one_note_for_both: bool = False
    cap: int | None = None
    category_c_once: bool = False
    better_of: Formula | None = None


@dataclass(frozen=True)
class Wording:
    """How an edition words its formulas; all of these forms stand in HKUST's own documents.

    `tight_weights` prints '(x2)' instead of '(x 2)'; `marks` are the signs of pool and other note.
    """

    tight_weights: bool = True
    pool_mark: str = "*"
    other_mark: str = "~"
    category_c_mark: str = "▲"
    cap_label: str = "Notes"
    category_c_in_words: bool = False
    space_before_mark: bool = True


@dataclass(frozen=True)
class FormulaLine:
    """One printed line: pieces of text with their role ('', 'mark', 'label', 'strong')."""

    pieces: tuple[tuple[str, str], ...] = field(default=())

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


def number(value: float) -> str:
    """2 for 2.0, 1.5 for 1.5."""
    return f"{value:g}"


def formula_lines(formula: Formula, wording: Wording) -> list[FormulaLine]:
    """The printed lines of `formula`, notes included."""
    if formula.better_of:
        first, second = _terms(formula, wording), _pool_and_others(formula.better_of, wording)
        fixed = [(t, role) for t, role in first if role == "fixed"]
        rest = [piece for piece in first if piece[1] != "fixed"]
        lines = [
            FormulaLine(
                (*[(t, "") for t, _ in fixed], (" + Better of ", ""), *rest[1:], (" OR", "strong"))
            ),
            FormulaLine(tuple(second[1:])),
        ]
    else:
        lines = [
            FormulaLine(tuple((t, "" if r == "fixed" else r) for t, r in _terms(formula, wording)))
        ]
    if formula.pool_weights:
        lines.append(_note(wording.pool_mark, formula.pool_weights, wording))
    if formula.other_weights:
        mark = wording.other_mark if formula.pool_weights else wording.pool_mark
        lines.append(_note(mark, formula.other_weights, wording))
    if formula.cap:
        lines.append(
            FormulaLine(
                (
                    (f"{wording.cap_label}: The highest score of at most ", "note"),
                    (f"{NUMBER_WORDS[formula.cap]} weighted electives", "note strong"),
                    (" will be taken in the Best 5 score calculation.", "note"),
                )
            )
        )
    if formula.category_c_once and wording.category_c_in_words:
        line = "Cat. C subjects may be used once in the score calculation."
        lines.append(FormulaLine(((line, ""),)))
    return lines


def _terms(formula: Formula, wording: Wording) -> list[tuple[str, str]]:
    fixed = " + ".join(
        subject if weight == 1 else f"{subject} x {number(weight)}"
        for subject, weight in formula.fixed
    )
    return [(fixed, "fixed"), *_pool_and_others(formula, wording)]


def _pool_and_others(formula: Formula, wording: Wording) -> list[tuple[str, str]]:
    gap = " " if wording.space_before_mark else ""
    pieces: list[tuple[str, str]] = []
    if formula.pool:
        take = {1: ""}.get(formula.pool_take, f"{formula.pool_take} ")
        word = "of" if formula.pool_inline else "from"
        pieces += [(" + ", ""), (f"Best {take}{word} {' / '.join(formula.pool)}", "")]
        if formula.pool_inline:
            pieces.append((f" x {number(formula.pool_inline)}", ""))
        if formula.pool_weights:
            pieces += [(gap, ""), (wording.pool_mark, "mark")]
    noun = "subject" if formula.other_take == 1 else "subjects"
    pieces += [(" + ", ""), (f"Best {formula.other_take} other {noun}", "")]
    if formula.one_note_for_both:
        pieces += [(gap, ""), (wording.pool_mark, "mark")]
    elif formula.other_weights:
        mark = wording.other_mark if formula.pool_weights else wording.pool_mark
        pieces += [(gap, ""), (mark, "mark")]
    if formula.category_c_once and not wording.category_c_in_words:
        pieces += [(gap, ""), (wording.category_c_mark, "mark")]
    return pieces


def _note(mark: str, weights: Weights, wording: Wording) -> FormulaLine:
    times = "x" if wording.tight_weights else "x "
    groups = ", ".join(
        ("other subjects" if subjects == (ANY,) else " / ".join(subjects))
        + f" ({times}{number(weight)})"
        for subjects, weight in weights
    )
    return FormulaLine(((mark, "mark"), (" Weighting: ", "label"), (groups, "")))


def formula_text(formula: Formula, wording: Wording) -> str:
    """The printed formula on one line, single spaces."""
    return " ".join(" ".join(line.text for line in formula_lines(formula, wording)).split())


@cache
def highest_attainable(formula: Formula, full_mark: Decimal = FULL_MARK) -> Decimal:
    """Full mark x the best weights that an applicant with one of M1/M2 can reach."""
    one = full_mark * max(_best_weights(formula, module) for module in ("M1", "M2"))
    if formula.better_of:
        return max(one, highest_attainable(formula.better_of, full_mark))
    return one


def highest_with_bonus(formula: Formula, full_mark: Decimal = FULL_MARK) -> Decimal:
    """1.05 x the highest attainable, rounded half up to 2 decimals as the score tables print it."""
    exact = highest_attainable(formula, full_mark) * Decimal("1.05")
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _best_weights(formula: Formula, module: str) -> Decimal:
    excluded = {"M1", "M2"} - {module} | {subject for subject, _ in formula.fixed}
    pool_weight = _weight_table(formula.pool_weights)
    other_weight = (
        pool_weight if formula.one_note_for_both else _weight_table(formula.other_weights)
    )
    named = [
        s for s in dict.fromkeys((*formula.pool, *pool_weight, *other_weight)) if s not in excluded
    ]
    named = [s for s in named if s != ANY] + ["other 1", "other 2", "other 3"]
    slots = formula.pool_take + formula.other_take
    best = 0.0
    for chosen in permutations(named, slots):
        if any(subject not in formula.pool for subject in chosen[: formula.pool_take]):
            continue
        weights = [
            formula.pool_inline or pool_weight.get(s, 1.0) for s in chosen[: formula.pool_take]
        ] + [other_weight.get(s, other_weight.get(ANY, 1.0)) for s in chosen[formula.pool_take :]]
        if formula.cap:
            weighted = sorted((w for w in weights if w > 1), reverse=True)
            plain = [w for w in weights if w <= 1]
            weights = weighted[: formula.cap] + [1.0] * len(weighted[formula.cap :]) + plain
        best = max(best, sum(weights))
    return Decimal(str(best + sum(weight for _, weight in formula.fixed)))


def _weight_table(weights: Weights) -> dict[str, float]:
    return {subject: weight for subjects, weight in weights for subject in subjects}


def slots(formula: Formula) -> list[dict[str, object]]:
    """CONTRACT's `weightings` without edition and code: alternatives and slots count from 1."""
    rows: list[dict[str, object]] = []
    alternatives = [replace(formula, better_of=None)] + [f for f in [formula.better_of] if f]
    for alternative, one in enumerate(alternatives, 1):
        parts: list[tuple[str, int, dict[str, float]]] = [
            ("fixed", 1, {subject: weight}) for subject, weight in one.fixed
        ]
        pool = _weight_table(one.pool_weights)
        if one.pool:
            weights = {s: one.pool_inline or pool.get(s, 1.0) for s in one.pool}
            parts.append(("best_from", one.pool_take, weights))
        others = pool if one.one_note_for_both else _weight_table(one.other_weights)
        parts.append(("other", one.other_take, {ANY: 1.0, **others}))
        for slot, (role, take, weights) in enumerate(parts, 1):
            rows.extend(
                {
                    "alternative": alternative,
                    "slot": slot,
                    "subject": FULL_NAMES.get(subject, subject),
                    "role": role,
                    "take": take,
                    "weight": weight,
                }
                for subject, weight in weights.items()
            )
    return rows
