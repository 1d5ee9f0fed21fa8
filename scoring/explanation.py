"""One programme's score told in words: what counts where, the bonus and why, what was left out.

Input: a `Programme`, its `Score`, the results, what is unmet, its `Standing`. Output: text to read
aloud, or JSON values. Numbers are rounded half up for the text only. Raises nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from schemas.subjects import ANY_OTHER, subjects
from scoring.exact import BEST, Placement, Score
from scoring.figures import inexact, rounded
from scoring.levels import Result
from scoring.ruleset import BonusRule, Programme, Slot
from scoring.standing import Standing


@dataclass(frozen=True)
class Explanation:
    """One applicant in one programme."""

    programme: Programme
    title: str
    score: Score
    results: tuple[Result, ...]
    unmet: tuple[str, ...]
    standing: Standing
    bonus_rule: BonusRule

    @property
    def eligible(self) -> bool:
        return not self.unmet

    def to_text(self) -> str:
        """Several lines, as a counsellor would read them to an applicant."""
        score = self.score
        lines = [f"{self.programme.jupas_code} {self.title}: {rounded(score.total)}", *self._side()]
        lines += [f"  {_spoken(placement)}" for placement in score.placements]
        lines += [f"  {empty}: no subject for it, 0" for empty in self._empty_slots()]
        lines += [f"  Best five together: {rounded(score.best5)}", f"  {self._spoken_bonus()}"]
        lines += [f"  Left out: {name}: {why}" for name, why in self.left_out()]
        if self.eligible:
            lines.append("  Eligible: all minimum requirements are met")
        else:
            lines.append(f"  Not eligible: {'; '.join(self.unmet)}")
        return "\n".join([*lines, *(f"  {line}" for line in self._spoken_standing())])

    def to_json(self) -> dict[str, object]:
        """The same as plain values; scores are exact to double precision, `shown` is rounded."""
        yardstick = self.standing.yardstick
        distances = self.standing.distances(self.score.total)
        return {
            "jupas_code": self.programme.jupas_code,
            "title": self.title,
            "score": float(self.score.total),
            "shown": str(rounded(self.score.total)),
            "best5": float(self.score.best5),
            "bonus": float(self.score.bonus),
            "eligible": self.eligible,
            "reasons": list(self.unmet),
            "formula": self.programme.canonical,
            "alternative": self.score.alternative,
            "slots": [_placement_values(placement) for placement in self.score.placements],
            "bonus_subject": self.score.bonus_result and self.score.bonus_result.subject,
            "left_out": [{"subject": name, "reason": why} for name, why in self.left_out()],
            "standing": {
                "scores_year": yardstick and yardstick.scores_year,
                "basis": yardstick and yardstick.basis,
                "note": self.standing.note,
                "median": yardstick and inexact(yardstick.median),
                "lower_quartile": yardstick and inexact(yardstick.lower_quartile),
                "to_median": inexact(distances.get("median")),
                "to_lower_quartile": inexact(distances.get("lower_quartile")),
                "expected": [
                    {"basis": basis, "low": float(low), "high": float(high)}
                    for basis, low, high in self.standing.expected
                ],
            },
        }

    def left_out(self) -> list[tuple[str, str]]:
        """(subject, why) of every result that neither fills a slot nor earns the bonus."""
        used = {placement.result for placement in self.score.placements}
        return [
            (result.subject, self._why_left_out(result))
            for result in self.results
            if result not in used and result != self.score.bonus_result
        ]

    def _why_left_out(self, result: Result) -> str:
        if result.subject in subjects() and not subjects()[result.subject].scored:
            return "it is required but never scored"
        if result.score == 0:
            return f"{result.level} has no score"
        bonus = f"Category {result.category} earns no bonus here"
        if result.category in self.programme.formula.bonus_categories:
            bonus = "another subject earns the bonus"
            if not self.bonus_rule.earns(result.category, result.score):
                bonus = f"level {result.level} is too low for the bonus"
            elif self.score.bonus_result is None:
                bonus = "there is no sixth scored subject, so no bonus"
        in_best5 = "AC" if self.programme.formula.category_c_once else "A"
        if result.category in in_best5:
            return f"others count more among the best five, and {bonus}"
        return f"Category {result.category} is not among the best five, and {bonus}"

    def _side(self) -> list[str]:
        totals = self.score.side_totals
        if len(totals) < 2:
            return []
        shown = " or ".join(str(rounded(total)) for total in totals)
        return [
            f"  The better of the formula's {len(totals)} sides ({shown}) is side "
            f"{self.score.alternative}"
        ]

    def _empty_slots(self) -> list[str]:
        empty = []
        slots = self.programme.formula.alternatives[self.score.alternative - 1]
        for position, slot in enumerate(slots, 1):
            filled = sum(placement.slot == position for placement in self.score.placements)
            empty += [_slot_name(slot)] * (slot.take - filled)
        return empty

    def _spoken_bonus(self) -> str:
        sixth, formula = self.score.bonus_result, self.programme.formula
        if sixth is not None:
            part = self.bonus_rule.rate * sixth.score
            return (
                f"Bonus for a sixth subject, {sixth.subject} {sixth.level}: {_plain(sixth.score)} "
                f"earns {rounded(100 * part)} % of the highest attainable "
                f"{_plain(formula.highest_attainable)}, {rounded(self.score.bonus)}"
            )
        if sum(result.score > 0 for result in self.results) <= BEST:
            return "No bonus: it takes six scored subjects"
        return (
            "No bonus: no subject left that may earn it "
            f"(Category {', '.join(formula.bonus_categories)} only, at a sufficient level)"
        )

    def _spoken_standing(self) -> list[str]:
        yardstick, lines = self.standing.yardstick, []
        if yardstick is None:
            lines.append(f"Against last year: {self.standing.note}")
        else:
            distances = self.standing.distances(self.score.total)
            told = [
                f"{_signed(distance)} the {name.replace('_', ' ')}"
                for name, distance in distances.items()
            ]
            basis = f"{yardstick.basis} scores of {yardstick.scores_year}"
            lines.append(f"Against the {basis}: {', '.join(told)}")
        for basis, low, high in self.standing.expected:
            span = _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
            lines.append(f"Published as {basis} score: {span}")
        return lines


def _spoken(placement: Placement) -> str:
    result = placement.result
    text = f"{result.subject} {result.level}: {_plain(result.score)}"
    if placement.weight != 1:
        text += f" x {_plain(placement.weight)} = {_plain(placement.points)}"
    if placement.weight != placement.own_weight:
        text += " (counts x 1: no more weighted electives are allowed)"
    return text


def _placement_values(placement: Placement) -> dict[str, object]:
    return {
        "slot": placement.slot,
        "role": placement.role,
        "subject": placement.result.subject,
        "category": placement.result.category,
        "level": placement.result.level,
        "score": float(placement.result.score),
        "weight": float(placement.weight),
        "own_weight": float(placement.own_weight),
        "points": float(placement.points),
    }


def _slot_name(slot: Slot) -> str:
    names = [name for name, _ in slot.weights if name != ANY_OTHER]
    return "Another subject" if slot.role == "other" else " / ".join(names)


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"


def _signed(distance: Fraction) -> str:
    if distance == 0:
        return "exactly at"
    return f"{rounded(abs(distance))} {'above' if distance > 0 else 'below'}"
