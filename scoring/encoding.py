"""Rows of applicants -> results as codes, and the applicants that can't be used.

Input: an Arrow batch with applicant_id, category, subject, level; rows of one applicant together.
Output: ids, `Results`, rejects. Grain: one entry an applicant, in order of appearance; without an
id each run of rows is one.
Raises nothing for bad rows: they reject their applicant, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from errors import UnknownValue
from schemas.names import MODULES
from schemas.subjects import subjects
from scoring.eligibility import CITIZENSHIP
from scoring.levels import LevelTable, Result
from scoring.plan import Plan
from scoring.profile import clash_of
from scoring.totals import Results

COLUMNS = ("applicant_id", "category", "subject", "level")
UNUSABLE = "unusable"  # in place of a category: the row can't be used, its `subject` says why
BIT_OF_SUBJECT = {name: bit for bit, name in enumerate(subjects())}  # Category A and C: below 64


class Reject(NamedTuple):
    """Who can't be used and why. `rows`: positions in the batch of the rows at fault."""

    applicant_id: str
    reason: str
    rows: list[int]


@dataclass(frozen=True)
class Encoded:
    """Usable applicants and the rejected ones."""

    ids: pa.Array
    results: Results
    rejects: list[Reject]


def encoded_applicants(rows: pa.RecordBatch, plan: Plan) -> Encoded:
    """The applicants of a batch."""
    ids = rows.column("applicant_id")
    starts = applicant_starts(ids)
    applicants = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(ids)))
    held = Held(*_kinds(rows, plan.rules.levels), applicants, starts)
    rejects = _rejected(held)
    first_ids = ids.take(pa.array(starts))
    blank = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(first_ids, "")), "")
    for index in np.flatnonzero(blank.to_numpy(zero_copy_only=False)).tolist():
        rejects[index] = "blank applicant_id", list(held.rows_of(index))
    usable = np.ones(len(starts), dtype=bool)
    usable[list(rejects)] = False
    results = coded_results(held, plan)
    if rejects:
        results = results.part(usable)
    return Encoded(
        first_ids.filter(pa.array(usable)) if rejects else first_ids,
        results,
        [Reject(first_ids[i].as_py() or "", *rejects[i]) for i in sorted(rejects)],
    )


def applicant_starts(ids: pa.Array) -> NDArray[np.intp]:
    """Row numbers at which another applicant begins."""
    if len(ids) == 0:
        return np.empty(0, dtype=np.intp)
    changes = pc.fill_null(pc.not_equal(ids[1:], ids[:-1]), True)
    return np.concatenate([[0], np.flatnonzero(changes.to_numpy(zero_copy_only=False)) + 1])


Kind = Result | str  # a usable result, or why there is none


class Held(NamedTuple):
    """What a batch holds: the distinct kinds of rows, each row's index into them, its applicant by
    number, the row at which each applicant begins."""

    kinds: Sequence[Kind]
    kind_of_row: NDArray[np.integer]
    applicants: NDArray[np.intp]
    starts: NDArray[np.intp]

    def rows_of(self, applicant: int) -> range:
        following = applicant + 1
        is_last = following == len(self.starts)
        return range(
            self.starts[applicant], len(self.kind_of_row) if is_last else self.starts[following]
        )


def _kinds(rows: pa.RecordBatch, levels: LevelTable) -> tuple[list[Kind], NDArray[np.int32]]:
    """The distinct (category, subject, level) and each row's index into them. Read once each, by
    the very function that reads a single profile."""
    values, combined = [], np.zeros(len(rows), dtype=np.int64)
    for name in COLUMNS[1:]:
        column = rows.column(name)
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        texts = [*(text or "" for text in column.dictionary.to_pylist()), ""]
        missing = len(texts) - 1
        codes = column.indices.fill_null(missing).to_numpy(zero_copy_only=False)
        combined = combined * len(texts) + codes
        values.append(texts)
    size = len(values[0]) * len(values[1]) * len(values[2])
    present = np.flatnonzero(np.bincount(combined, minlength=size))
    index = np.zeros(size, dtype=np.int32)
    index[present] = np.arange(len(present))
    shape = tuple(len(texts) for texts in values)
    kinds = [
        _kind(*(texts[code] for texts, code in zip(values, codes, strict=True)), levels=levels)
        for codes in zip(*np.unravel_index(present, shape), strict=True)
    ]
    return kinds, index[combined]


def _kind(category: str, subject: str, level: str, *, levels: LevelTable) -> Kind:
    if category == UNUSABLE:
        return subject
    if not subject.strip():
        return "blank subject"
    if not level.strip():
        return f"{subject.strip()}: blank level"
    if not category.strip():
        return f"{subject}={level}: blank category"
    try:
        return levels.result(category, subject, level)
    except UnknownValue as error:
        hint = f". {error.todo}" if error.todo else ""
        return f"{subject}={level}: {error.what}{hint}"


def _rejected(held: Held) -> dict[int, tuple[str, list[int]]]:
    """Why an applicant can't be used, with the rows at fault, by index."""
    unreadable = np.array([isinstance(kind, str) for kind in held.kinds], dtype=bool)
    suspects = set(held.applicants[unreadable[held.kind_of_row]].tolist())
    suspects |= set(np.flatnonzero(_conflicting(held)).tolist())
    rejects = {}
    for index in sorted(suspects):
        own = [(row, held.kinds[held.kind_of_row[row]]) for row in held.rows_of(index)]
        unusable = {row: kind for row, kind in own if isinstance(kind, str)}
        problems, at_fault = list(dict.fromkeys(unusable.values())), set(unusable)
        results = [(row, kind) for row, kind in own if isinstance(kind, Result)]
        if clash := clash_of([result for _, result in results]):
            problems.append(clash[0])
            at_fault |= {results[position][0] for position in clash[1]}
        rejects[index] = "; ".join(problems), sorted(at_fault)
    return rejects


def _conflicting(held: Held) -> NDArray[np.bool_]:
    """Who has a subject twice or M1 with M2: sums of one bit a subject differ from their union.
    Category B holds any name and has no bits."""
    if len(held.starts) == 0:
        return np.zeros(0, dtype=bool)
    bit_of_kind = [
        1 << BIT_OF_SUBJECT[kind.subject]
        if isinstance(kind, Result) and kind.category != "B"
        else 0
        for kind in held.kinds
    ]
    bits = np.array(bit_of_kind, dtype=np.uint64)[held.kind_of_row]
    union = np.bitwise_or.reduceat(bits, held.starts)
    modules = np.uint64(sum(1 << BIT_OF_SUBJECT[name] for name in MODULES))
    conflicting: NDArray[np.bool_] = np.add.reduceat(bits, held.starts) != union
    conflicting |= (union & modules) == modules
    conflicting[_with_applied_twice(held)] = True
    return conflicting


def _with_applied_twice(held: Held) -> NDArray[np.intp]:
    """Who has a subject of Category B twice, by index."""
    number: dict[str, int] = {}
    number_of_kind = np.full(len(held.kinds), -1)
    for position, kind in enumerate(held.kinds):
        if isinstance(kind, Result) and kind.category == "B":
            number_of_kind[position] = number.setdefault(kind.subject, len(number))
    rows = np.flatnonzero((number_of_kind >= 0)[held.kind_of_row])
    if len(rows) == 0:
        return rows
    pairs = held.applicants[rows] * len(number) + number_of_kind[held.kind_of_row[rows]]
    distinct, counts = np.unique(pairs, return_counts=True)
    twice: NDArray[np.intp] = distinct[counts > 1] // len(number)
    return twice


def coded_results(held: Held, plan: Plan) -> Results:
    """Results as codes; rows that can't be used count nothing (their applicants are left out)."""
    kinds, applicants, count = held.kinds, held.applicants, len(held.starts)
    codes = np.zeros(len(kinds), dtype=np.intp)
    group = np.zeros(len(kinds), dtype=np.int8)  # 0: no score; -1 elective, -2 C, -3 B; else 1 + d
    attained = np.zeros(len(kinds), dtype=bool)
    for position, kind in enumerate(kinds):
        if isinstance(kind, str):
            continue
        attained[position] = kind.subject == CITIZENSHIP and kind.attained
        if kind.score == 0:
            continue
        if kind.category == "A":
            codes[position] = plan.codes.code(kind.subject, kind.score)
            dedicated = kind.subject in plan.dedicated
            group[position] = 1 + plan.dedicated.index(kind.subject) if dedicated else -1
        else:
            codes[position] = plan.codes.scores.index(kind.score)
            group[position] = -2 if kind.category == "C" else -3
    code_of_row, group_of_row = codes[held.kind_of_row], group[held.kind_of_row]

    def of_group(number: int) -> NDArray[np.intp]:
        rows = np.flatnonzero(group_of_row == number)
        return _by_position(applicants[rows], code_of_row[rows], count)

    languages = -np.sort(-of_group(-2), axis=0)
    return Results(
        {name: of_group(1 + d).max(axis=0, initial=0) for d, name in enumerate(plan.dedicated)},
        of_group(-1),
        languages,
        of_group(-3).max(axis=0, initial=0),
        np.bincount(applicants[group_of_row != 0], minlength=count) > 5,
        np.bincount(applicants[attained[held.kind_of_row]], minlength=count) > 0,
    )


def _by_position(
    applicants: NDArray[np.intp], codes: NDArray[np.intp], count: int
) -> NDArray[np.intp]:
    """Codes of each applicant one below the other, then 0. Shape (most results, count)."""
    counts = np.bincount(applicants, minlength=count)
    before = np.cumsum(counts) - counts
    positions = np.arange(len(applicants)) - before[applicants]
    table = np.zeros((int(counts.max(initial=0)), count), dtype=np.intp)
    table[positions, applicants] = codes
    return table
