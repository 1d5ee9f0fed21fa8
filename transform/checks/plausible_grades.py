"""Grades, ranks and awards against their order.

Input: merged rows. Output: rows of `audit.checks`. Grain: one scale, ranking or edition.
Nothing here raises.

What must hold by its meaning, whatever the year, blocks a release; the rest warns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from schemas.subjects import subjects
from transform.checks.findings import Row, Tables, finding, number

LETTERS = "ABCDEFG"
CEFR = ("C2", "C1", "B2", "B1", "A2", "A1")
ATTAINED = {
    "Attained with Distinction (II)": 0, "Attained with Distinction (I)": 1,
    "Attained with Distinction": 1, "Attained": 2,
}  # fmt: skip


def grade_rows(tables: Tables) -> Iterator[Row]:
    """Checks of conversions, bonuses, ranks and awards."""
    yield from _grades_fall(tables)
    yield from _grades_without_gap(tables)
    yield from _scales_known(tables)
    yield from _languages_alike(tables)
    yield from _reprinted_scale(tables)
    yield from _bonus_categories(tables)
    yield from _ranks_nested(tables)
    yield from _awards_rise(tables)


def grade_rank(level: str) -> tuple[str, float] | None:
    """(family, rank) of a grade: within a family a smaller rank is better. None if unknown."""
    if level in ATTAINED:
        return "attained", ATTAINED[level]
    if level in CEFR:
        return "CEFR", CEFR.index(level)
    match = re.fullmatch(r"N([1-5])", level)
    if match:
        return "N", int(match[1])
    match = re.fullmatch(r"([A-GU])(\*{0,2}|\+{0,2})", level)
    if match and match[1] != "U":
        return "letters", LETTERS.index(match[1]) - 0.3 * len(match[2])
    match = re.fullmatch(r"([1-9])(\*{0,2})", level)
    if match:
        return "figures", -int(match[1]) - 0.3 * len(match[2])
    return None


def _scales(tables: Tables) -> dict[tuple[object, str], dict[str, float]]:
    scales: dict[tuple[object, str], dict[str, float]] = defaultdict(dict)
    for row in tables["conversions"]:
        scales[row["edition"], str(row["scale"])][str(row["level"])] = float(str(row["score"] or 0))
    return scales


def _grades_fall(tables: Tables) -> Iterator[Row]:
    """On one scale a better grade never converts to less."""
    for (edition, scale), scores in _scales(tables).items():
        ranks = {level: grade_rank(level) for level in scores}
        families = {rank[0] for rank in ranks.values() if rank}
        ordered = sorted(scores, key=lambda level: ranks[level] or ("", 0.0))
        falling = all(scores[a] >= scores[b] for a, b in pairwise(ordered))
        yield finding(
            "a better grade converts to no less", f"{edition} {scale}",
            falling and len(families) == 1 and all(ranks.values()), "block",
            actual=", ".join(f"{level} {scores[level]:g}" for level in ordered),
        )  # fmt: skip


def _grades_without_gap(tables: Tables) -> Iterator[Row]:
    """A scale lists every grade between its best and its lowest."""
    for (edition, scale), scores in _scales(tables).items():
        ranks = sorted({round(rank[1]) for level in scores if (rank := grade_rank(level))})
        whole = ranks == list(range(ranks[0], ranks[-1] + 1)) if ranks else False
        yield finding(
            "a scale has every grade between its ends", f"{edition} {scale}", whole,
            actual=", ".join(scores),
        )  # fmt: skip


def _scales_known(tables: Tables) -> Iterator[Row]:
    """Scales outside the alternatives in Chinese are categories or languages of Category C."""
    languages = {subject.name for subject in subjects().values() if subject.category == "C"}
    for edition, scale in _scales(tables):
        if not scale.startswith("ACL: "):
            known = scale in languages or re.fullmatch(r"Category [AB]|Category C\b.*\)", scale)
            yield finding("a conversion scale is known", f"{edition} {scale}", bool(known))


def _languages_alike(tables: Tables) -> Iterator[Row]:
    """Languages graded by the same CEFR levels convert alike."""
    by_edition: dict[object, dict[str, dict[str, float]]] = defaultdict(dict)
    for (edition, scale), scores in _scales(tables).items():
        if set(scores) <= set(CEFR):
            by_edition[edition][scale] = scores
    for edition, scales in by_edition.items():
        distinct = {tuple(sorted(scores.items())) for scores in scales.values()}
        yield finding(
            "languages with CEFR levels convert alike", str(edition), len(distinct) == 1,
            detail="; ".join(f"{name}: {scores}" for name, scores in scales.items()),
        )  # fmt: skip


def _reprinted_scale(tables: Tables) -> Iterator[Row]:
    """The scale of Category C that the alternatives in Chinese print again is the same."""
    scales = _scales(tables)
    for (edition, scale), scores in scales.items():
        again = scales.get((edition, f"ACL: HKDSE {scale}"))
        if again is not None:
            yield finding(
                "a scale printed twice is the same", f"{edition} {scale}", again == scores,
                expected=scores, actual=again,
            )  # fmt: skip


def _bonus_categories(tables: Tables) -> Iterator[Row]:
    """Categories B and C have a bonus for each score from 3 up that they convert to."""
    converted: dict[tuple[object, str], set[float]] = defaultdict(set)
    for (edition, scale), scores in _scales(tables).items():
        if scale != "Category A" and not scale.startswith("ACL: "):
            category = "B" if scale == "Category B" else "C"
            converted[edition, category] |= {score for score in scores.values() if score >= 3}
    printed: dict[tuple[object, str], set[float]] = defaultdict(set)
    for row in tables["bonuses"]:
        printed[row["edition"], str(row["category"])].add(float(str(row["converted_score"])))
    for key in converted.keys() & printed.keys():
        yield finding(
            "a bonus for every score from 3 up that a category converts to", f"{key[0]} {key[1]}",
            converted[key] == printed[key],
            expected=sorted(converted[key]), actual=sorted(printed[key]),
        )  # fmt: skip


def _ranks_nested(tables: Tables) -> Iterator[Row]:
    """Nobody ranks worse in a part of the world than in the whole."""
    inside = ("Hong Kong", "Greater China", "Asia", "World")
    ranks: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for row in tables["rankings"]:
        key = (row["source"], row["ranking"], row["year"], row["subject"])
        ranks[key][str(row["region"])] = int(str(row["rank"]))
    for claim, by_region in ranks.items():
        ordered = [by_region[region] for region in inside if region in by_region]
        if len(ordered) > 1:
            yield finding(
                "a rank in a region is no worse than a wider one",
                " ".join(str(part) for part in claim if part), ordered == sorted(ordered), "block",
                actual=by_region,
            )  # fmt: skip


def _awards_rise(tables: Tables) -> Iterator[Row]:
    """More stars never earn less: none, half, full tuition; then the allowance."""
    steps: dict[object, list[Row]] = defaultdict(list)
    for row in tables["scholarships"]:
        steps[row["edition"]].append(row)
    worth = {"None": 0, "half": 1, "full": 2}
    for edition, rows in steps.items():
        rows.sort(key=lambda row: int(str(row["stars_min"])))
        awards = [
            (
                worth[str(row.get("tuition"))],
                bool(row.get("renewable")),
                number(row, "allowance_hkd") or 0,
                number(row, "cash_hkd") or 0,
            )
            for row in rows
        ]
        yield finding("more stars earn no less", str(edition), awards == sorted(awards))
