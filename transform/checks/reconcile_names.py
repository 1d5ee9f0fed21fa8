"""Programmes held against the lists they stand in: complete, the same, named alike.

Input: merged rows. Output: rows of `audit.checks`, passed ones included.
Grain: one row a check and subject. Nothing here raises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from schemas.spelling import bare_title
from transform.checks.findings import Row, Tables, finding, identity, programme

MINIMUMS = 6


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
        yield identity(
            "programme complete", programme(row), holds,
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
        yield finding(
            "programmes of the edition and of last year's scores", str(edition), codes == before,
            "warn", detail=_difference(codes - before, before - codes),
        )  # fmt: skip


def _names_agree(tables: Tables) -> Iterator[Row]:
    """A programme has one name and one school in all tables of neighbouring years, or a remark
    says that it was renamed from all others."""
    renamed = [row for row in tables["remarks"] if row["meaning"] == "renamed"]
    names: dict[object, list[Row]] = defaultdict(list)
    for row in tables["programme_names"]:
        names[row["jupas_code"]].append(row)
    for code, rows in names.items():
        for column in ("title", "school"):
            told = [row for row in rows if row.get(column) is not None]
            said = {bare_title(str(row[column])) for row in told}
            found = finding(
                f"one {column} in all tables", str(code), len(said) <= 1,
                detail="; ".join(
                    f"{row['edition']} {row['printed_in']}: {row[column]}" for row in told
                ) if len(said) > 1 else None,
            )  # fmt: skip
            remark = _renaming(told, renamed) if column == "title" and len(said) > 1 else None
            if remark is not None:
                found |= {"status": "explained", "detail": f"{found['detail']}. {remark}"}
            yield found


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
        yield finding(
            "required subjects are those the formula picks from", f"{key[0]} {key[1]}",
            subjects == weighted.get(key),
            expected=", ".join(sorted(subjects)),
            actual=", ".join(sorted(weighted.get(key, set()))) or None,
        )  # fmt: skip


def _difference(only_here: set[str], only_there: set[str]) -> str | None:
    parts = []
    if only_here:
        parts.append(f"no scores last year: {', '.join(sorted(only_here))}")
    if only_there:
        parts.append(f"scores but no longer offered: {', '.join(sorted(only_there))}")
    return "; ".join(parts) or None


def _renaming(told: Sequence[Row], renamed: Iterable[Row]) -> str | None:
    """The remark that names every title but the newest edition's, None for none."""
    newest = max(told, key=lambda row: int(str(row["edition"])))
    now = bare_title(str(newest["title"]))
    before = {bare_title(str(row["title"])) for row in told} - {now}
    for remark in renamed:
        if all(name in bare_title(str(remark["text"])) for name in before):
            return f"{remark['edition']} remark {remark['mark']}: {remark['text']}"
    return None


def _count(rows: Iterable[Row]) -> dict[tuple[object, object], int]:
    counts: dict[tuple[object, object], int] = defaultdict(int)
    for row in rows:
        counts[row["edition"], row["jupas_code"]] += 1
    return counts


CHECKS: tuple[Callable[[Tables], Iterable[Row]], ...] = (
    _programmes_complete,
    _programme_lists,
    _names_agree,
    _subjects_fit_formula,
)
