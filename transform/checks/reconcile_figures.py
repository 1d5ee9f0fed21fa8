"""Figures held against arithmetic, against each other and against other sources.

Input: merged rows. Output: rows of `audit.checks`, passed ones included.
Grain: one row a check and subject. Nothing here raises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from extract.headers.vocabulary import letters
from schemas.decimals import decimals_of
from transform.checks.findings import Row, Tables, finding, identity, programme
from transform.formulae import highest_attainable, parse_canonical
from transform.scores.point_scale import SCALES, with_bonus

LARGE_MOVE = 0.35  # of last year's median: worth a look at the page


def _top_scores(tables: Tables) -> dict[object, Fraction]:
    """The score for 5** by edition: of its conversion table, of its scores, or by its formulae."""
    tops = {
        row["edition"]: Fraction(str(row["score"]))
        for row in tables["conversions"]
        if row["scale"] == "Category A" and row["level"] == "5**"
    }
    formulas: dict[object, list[Row]] = defaultdict(list)
    for row in tables["formulas"]:
        formulas[row["edition"]].append(row)
    for edition, rows in formulas.items():
        scales = {r["point_scale"] for r in tables["scores"] if r["formula_year"] == edition}
        if edition in tops:
            continue
        if len(scales) == 1:
            tops[edition] = Fraction(str(scales.pop()))
            continue
        fitting = [top for top in map(Fraction, map(str, SCALES)) if _all_reach(rows, top)]
        tops[edition] = fitting[0] if len(fitting) == 1 else Fraction("8.5")
    return tops


def _all_reach(rows: Iterable[Row], top: Fraction) -> bool:
    return all(
        row.get("highest_attainable") is not None
        and Fraction(str(row["highest_attainable"])) == _reached(row, top)
        for row in rows
    )


def _reached(row: Row, top: Fraction) -> Fraction:
    return highest_attainable(parse_canonical(str(row["formula"])), top)


def _formula_reaches_printed(tables: Tables) -> Iterator[Row]:
    tops = _top_scores(tables)
    for row in tables["formulas"]:
        printed = row.get("highest_attainable")
        computed = _reached(row, tops[row["edition"]])
        yield identity(
            "highest attainable recomputed from the formula", programme(row),
            printed is not None and Fraction(str(printed)) == computed,
            expected=f"{float(computed):g}", actual=printed,
            detail=f"formula: {row['formula']}",
        )  # fmt: skip


def _score_table_fits_formula(tables: Tables) -> Iterator[Row]:
    formulas = {(row["edition"], row["jupas_code"]): row for row in tables["formulas"]}
    for row in tables["scores"]:
        formula = formulas.get((row["formula_year"], row["jupas_code"]))
        printed = row.get("highest_attainable")
        if formula is None or printed is None:
            continue
        expected = with_bonus(_reached(formula, Fraction(str(row["point_scale"]))))
        yield identity(
            "highest attainable of the score table is 1.05 x the formula's", _score(row),
            Decimal(str(printed)) == expected, expected=expected, actual=printed,
        )  # fmt: skip


def _scores_in_order(tables: Tables) -> Iterator[Row]:
    for row in tables["scores"]:
        figures = [row.get(n) for n in ("lower_quartile", "median", "highest_attainable")]
        present = [float(str(value)) for value in figures if value is not None]
        yield identity(
            "lower quartile <= median <= highest attainable", _score(row),
            present == sorted(present), actual=" <= ".join(f"{value:g}" for value in present),
        )  # fmt: skip


def _bonus_percent(tables: Tables) -> Iterator[Row]:
    """5% for the highest score of the edition's scale, less in proportion, as exact as the
    edition prints them: 4.12, or 4.1 where none has a second decimal."""
    tops: dict[object, Decimal] = {}
    for row in tables["bonuses"]:  # its highest score, where no conversion gives that of 5**
        score = Decimal(str(row["converted_score"]))
        tops[row["edition"]] = max(score, tops.get(row["edition"], score))
    for row in tables["conversions"]:
        if row["scale"] == "Category A" and row["level"] == "5**":
            tops[row["edition"]] = Decimal(str(row["score"]))
    decimals: dict[object, int] = defaultdict(int)
    for row in tables["bonuses"]:
        printed_to = decimals_of(float(str(row["bonus_percent"])))
        decimals[row["edition"]] = max(decimals[row["edition"]], printed_to)
    for row in tables["bonuses"]:
        score, printed = Decimal(str(row["converted_score"])), Decimal(str(row["bonus_percent"]))
        top = tops[row["edition"]]
        step = Decimal(1).scaleb(-decimals[row["edition"]])
        expected = (score / top * 5).quantize(step, ROUND_HALF_UP)
        yield identity(
            f"bonus percent = score / {float(top):g} x 5",
            f"{row['edition']} {row['category']} {score}",
            printed == expected, expected=expected, actual=printed,
        )  # fmt: skip


def _bonus_scores_are_conversions(tables: Tables) -> Iterator[Row]:
    """Every score of Category A from 3 up has its bonus, and only those."""
    by_edition: dict[object, set[float]] = defaultdict(set)
    for row in tables["conversions"]:
        if row["scale"] == "Category A" and float(str(row["score"])) >= 3:
            by_edition[row["edition"]].add(float(str(row["score"])))
    printed: dict[object, set[float]] = defaultdict(set)
    for row in tables["bonuses"]:
        if row["category"] == "A":
            printed[row["edition"]].add(float(str(row["converted_score"])))
    for edition in by_edition.keys() & printed.keys():
        yield identity(
            "bonus for every Category A score from 3 up", str(edition),
            by_edition[edition] == printed[edition],
            expected=sorted(by_edition[edition]), actual=sorted(printed[edition]),
        )  # fmt: skip


LEVEL_ORDER = ("5**", "5*", "5", "4", "3", "2", "1")


def _conversions_fall(tables: Tables) -> Iterator[Row]:
    by_edition: dict[object, dict[str, float]] = defaultdict(dict)
    for row in tables["conversions"]:
        if row["scale"] == "Category A":
            by_edition[row["edition"]][str(row["level"])] = float(str(row["score"]))
    for edition, scores in by_edition.items():
        ordered = [scores[level] for level in LEVEL_ORDER if level in scores]
        known = set(scores) <= set(LEVEL_ORDER) and {"5**", "5*", "5", "4", "3", "2"} <= set(scores)
        falling = all(a > b for a, b in pairwise(ordered))
        yield identity(
            "Category A levels 5** to 2 convert to falling scores", str(edition),
            known and falling, actual=" > ".join(f"{level} {scores[level]:g}" for level in scores),
        )  # fmt: skip


def _scholarship_steps(tables: Tables) -> Iterator[Row]:
    by_edition: dict[object, list[Row]] = defaultdict(list)
    for row in tables["scholarships"]:
        by_edition[row["edition"]].append(row)
    for edition, rows in by_edition.items():
        rows.sort(key=lambda row: int(str(row["stars_min"])))
        tops = [row["stars_max"] for row in rows]
        follow = all(
            top is not None and int(str(top)) + 1 == int(str(row["stars_min"]))
            for top, row in zip(tops, rows[1:], strict=False)
        )
        yield identity(
            "scholarship steps follow each other without gap", str(edition),
            follow and tops[-1] is None,
            actual=", ".join(f"{row['stars_min']}-{row['stars_max'] or ''}" for row in rows),
        )  # fmt: skip


def _moves(tables: Tables) -> Iterator[Row]:
    medians = {
        (row["scores_year"], row["jupas_code"]): float(str(row["median"]))
        for row in tables["scores"]
        if row["basis"] == "admitted" and row.get("median") is not None
    }
    for (year, code), median in medians.items():
        before = medians.get((int(str(year)) - 1, code))
        if before:
            yield finding(
                "median near last year's", f"{year} {code}",
                abs(median / before - 1) <= LARGE_MOVE, expected=before, actual=median,
            )  # fmt: skip


def _rankings_agree(tables: Tables) -> Iterator[Row]:
    ranks: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in tables["rankings"]:
        ranks[row["ranking"], row["year"], row["subject"], row["region"]].append(row)
    for key, rows in ranks.items():
        yield finding(
            "sources agree on a rank", " ".join(str(part) for part in key if part),
            len({row["rank"] for row in rows}) == 1,
            detail="; ".join(f"{row['source']}: {row['rank']}" for row in rows)
            if len(rows) > 1 else None,
        )  # fmt: skip


def _listings_counted(tables: Tables) -> Iterator[Row]:
    """'3 extended majors' lists three."""
    facts = {
        letters(str(row["label"])): row for row in tables["facts"] if row["source"] == "brochure"
    }
    counts: dict[str, int] = defaultdict(int)
    for row in tables["listings"]:
        counts[str(row["list"])] += 1
    for name, count in counts.items():
        fact = facts.get(letters(name))
        if fact is not None and fact.get("value") is not None:
            yield identity(
                "a list is as long as its figure says", name,
                float(str(fact["value"])) == count, expected=fact["value"], actual=count,
            )  # fmt: skip


def _score(row: Row) -> str:
    return f"{row['scores_year']} {row['jupas_code']} {row['basis']}, formula {row['formula_year']}"


CHECKS: tuple[Callable[[Tables], Iterable[Row]], ...] = (
    _formula_reaches_printed,
    _score_table_fits_formula,
    _scores_in_order,
    _bonus_percent,
    _bonus_scores_are_conversions,
    _conversions_fall,
    _scholarship_steps,
    _moves,
    _rankings_agree,
    _listings_counted,
)
