"""Checks: what the documents print is held against itself, other documents and arithmetic.

Input: merged rows and contradictions. Output: rows of `audit.checks`, passed ones included.
Grain: one row a check and subject.
Nothing here raises: the release is stopped by the rows that say 'block' and 'failed'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from extract.vocabulary import letters
from transform.formulae import highest_attainable, parse_canonical
from transform.merge import Contradiction, Merged
from transform.scores import with_bonus

Row = dict[str, object]
Tables = Mapping[str, Sequence[Row]]
MINIMUMS = 6
LARGE_MOVE = 0.35  # of last year's median: worth a look at the page


def check_rows(merged: Merged, names: Mapping[str, str]) -> list[Row]:
    """All checks over the rows of a release. `names`: document name by sha256, for messages."""
    tables: Tables = defaultdict(list, merged.tables)
    rows = [_contradiction(found, names) for found in merged.contradictions]
    for check in CHECKS:
        rows.extend(check(tables))
    return rows


def _row(
    check: str, subject: str, holds: bool, severity: str = "block",
    expected: object = None, actual: object = None, detail: str | None = None,
) -> Row:  # fmt: skip
    return {
        "check_name": check,
        "subject": subject,
        "severity": severity,
        "status": "passed" if holds else "failed",
        "expected": None if expected is None else str(expected),
        "actual": None if actual is None else str(actual),
        "detail": detail,
    }


def _contradiction(found: Contradiction, names: Mapping[str, str]) -> Row:
    key = " ".join(str(value) for _, value in found.key)
    said = "; ".join(
        f"{names.get(r.document, r.document[:8])}"
        f"{f', page {r.place.page}' if r.place.page else ''}: "
        f"{' '.join(r.text.split())!r} = {r.value!r}"
        for r in found.readings
    )
    values = [str(reading.value) for reading in found.readings]
    return _row(
        "documents agree", f"{found.table} {key} {found.column}", False,
        expected=values[0], actual=values[-1], detail=said,
    )  # fmt: skip


def _formula_reaches_printed(tables: Tables) -> Iterator[Row]:
    for row in tables["formulas"]:
        printed = row.get("highest_attainable")
        computed = highest_attainable(parse_canonical(str(row["formula"])))
        yield _row(
            "highest attainable recomputed from the formula", _programme(row),
            printed is not None and Fraction(str(printed)) == computed,
            expected=f"{float(computed):g}", actual=printed,
            detail=f"formula: {row['formula']}",
        )  # fmt: skip


def _score_table_fits_formula(tables: Tables) -> Iterator[Row]:
    formulas = {(row["edition"], row["jupas_code"]): row for row in tables["formulas"]}
    for row in tables["scores"]:
        formula = formulas.get((row["formula_year"], row["jupas_code"]))
        printed = row.get("highest_attainable")
        if formula is None or printed is None or row["point_scale"] != 8.5:
            continue
        expected = with_bonus(highest_attainable(parse_canonical(str(formula["formula"]))))
        yield _row(
            "highest attainable of the score table is 1.05 x the formula's", _score(row),
            Decimal(str(printed)) == expected, expected=expected, actual=printed,
        )  # fmt: skip


def _scores_in_order(tables: Tables) -> Iterator[Row]:
    for row in tables["scores"]:
        figures = [row.get(n) for n in ("lower_quartile", "median", "highest_attainable")]
        present = [float(str(value)) for value in figures if value is not None]
        yield _row(
            "lower quartile <= median <= highest attainable", _score(row),
            present == sorted(present), actual=" <= ".join(f"{value:g}" for value in present),
        )  # fmt: skip


def _bonus_percent(tables: Tables) -> Iterator[Row]:
    for row in tables["bonuses"]:
        score, printed = Decimal(str(row["converted_score"])), Decimal(str(row["bonus_percent"]))
        expected = (score / Decimal("8.5") * 5).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield _row(
            "bonus percent = score / 8.5 x 5", f"{row['edition']} {row['category']} {score}",
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
        yield _row(
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
        yield _row(
            "Category A levels 5** to 2 convert to falling scores", str(edition),
            known and falling, actual=" > ".join(f"{level} {scores[level]:g}" for level in scores),
        )  # fmt: skip


def _programmes_complete(tables: Tables) -> Iterator[Row]:
    """Each programme of a requirements spread has six minimums, options and a formula."""
    minimums = _count(tables["minimum_requirements"])
    options = _count(tables["study_options"])
    formulas = _count(tables["formulas"])
    for row in tables["programmes"]:
        key = (row["edition"], row["jupas_code"])
        wanted = row.get("choice_type") is None  # known from a leaflet only
        holds = formulas.get(key) == 1 and (
            wanted or (minimums.get(key) == MINIMUMS and options.get(key, 0) > 0)
        )
        yield _row(
            "programme complete", _programme(row), holds,
            expected="6 minimums, at least 1 option, 1 formula",
            actual=f"{minimums.get(key, 0)}, {options.get(key, 0)}, {formulas.get(key, 0)}",
        )  # fmt: skip


def _programme_lists(tables: Tables) -> Iterator[Row]:
    """The programmes of an edition and those of the scores made for it; one list may be longer."""
    required: dict[object, set[str]] = defaultdict(set)
    for row in tables["programmes"]:
        required[row["edition"]].add(str(row["jupas_code"]))
    scored: dict[object, set[str]] = defaultdict(set)
    for row in tables["scores"]:
        scored[row["scores_year"]].add(str(row["jupas_code"]))
    for edition, codes in required.items():
        before = scored.get(int(str(edition)) - 1)
        if before is None:
            continue
        yield _row(
            "programmes of the edition and of last year's scores", str(edition), codes == before,
            "warn", detail=_difference(codes - before, before - codes),
        )  # fmt: skip


def _difference(only_here: set[str], only_there: set[str]) -> str | None:
    parts = []
    if only_here:
        parts.append(f"no scores last year: {', '.join(sorted(only_here))}")
    if only_there:
        parts.append(f"scores but no longer offered: {', '.join(sorted(only_there))}")
    return "; ".join(parts) or None


def _names_agree(tables: Tables) -> Iterator[Row]:
    """A programme has one name and one school in all tables of neighbouring years."""
    names: dict[object, list[Row]] = defaultdict(list)
    for row in tables["programme_names"]:
        names[row["jupas_code"]].append(row)
    for code, rows in names.items():
        for column in ("title", "school"):
            said = {_plain_name(str(row[column])) for row in rows if row.get(column) is not None}
            yield _row(
                f"one {column} in all tables", str(code), len(said) <= 1, "warn",
                detail="; ".join(
                    f"{row['edition']} {row['printed_in']}: {row[column]}"
                    for row in rows if row.get(column) is not None
                ) if len(said) > 1 else None,
            )  # fmt: skip


def _plain_name(name: str) -> str:
    words = name.replace("&", " and ").replace(" an ", " ")
    return letters(words)


def _subjects_fit_formula(tables: Tables) -> Iterator[Row]:
    """Where a list of required subjects stands, the formula's 'best from' has the same subjects."""
    wanted: dict[tuple[object, object], set[str]] = defaultdict(set)
    for row in tables["subject_requirements"]:
        wanted[row["edition"], row["jupas_code"]].add(str(row["subject"]))
    weighted: dict[tuple[object, object], set[str]] = defaultdict(set)
    for row in tables["weightings"]:
        if row["role"] == "best_from":
            weighted[row["edition"], row["jupas_code"]].add(str(row["subject"]))
    for key, subjects in wanted.items():
        yield _row(
            "required subjects are those the formula picks from", f"{key[0]} {key[1]}",
            subjects == weighted.get(key), "warn",
            expected=", ".join(sorted(subjects)),
            actual=", ".join(sorted(weighted.get(key, set()))),
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
        yield _row(
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
            yield _row(
                "median near last year's", f"{year} {code}",
                abs(median / before - 1) <= LARGE_MOVE, "warn", expected=before, actual=median,
            )  # fmt: skip


def _rankings_agree(tables: Tables) -> Iterator[Row]:
    ranks: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in tables["rankings"]:
        ranks[row["ranking"], row["year"], row["subject"], row["region"]].append(row)
    for key, rows in ranks.items():
        yield _row(
            "sources agree on a rank", " ".join(str(part) for part in key if part),
            len({row["rank"] for row in rows}) == 1, "warn",
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
            yield _row(
                "a list is as long as its figure says", name,
                float(str(fact["value"])) == count, expected=fact["value"], actual=count,
            )  # fmt: skip


CHECKS: tuple[Callable[[Tables], Iterable[Row]], ...] = (
    _formula_reaches_printed,
    _score_table_fits_formula,
    _scores_in_order,
    _bonus_percent,
    _bonus_scores_are_conversions,
    _conversions_fall,
    _programmes_complete,
    _programme_lists,
    _names_agree,
    _subjects_fit_formula,
    _scholarship_steps,
    _moves,
    _rankings_agree,
    _listings_counted,
)


def _count(rows: Iterable[Row]) -> dict[tuple[object, object], int]:
    counts: dict[tuple[object, object], int] = defaultdict(int)
    for row in rows:
        counts[row["edition"], row["jupas_code"]] += 1
    return counts


def _programme(row: Row) -> str:
    return f"{row['edition']} {row['jupas_code']}"


def _score(row: Row) -> str:
    return f"{row['scores_year']} {row['jupas_code']} {row['basis']}, formula {row['formula_year']}"
