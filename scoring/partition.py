"""The pure function of the batch: rows of applicants in, rows of scores out.

Input: an Arrow batch of applicants (all rows of each of them, together) and a `Plan`. Output: an
Arrow batch of scores and the rejects. Grain: one row an applicant and programme. Raises nothing for
bad rows. Holds no state, reads and writes nothing, pickles: it runs under any executor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scoring.eligibility import CHECKS
from scoring.eligible_many import unmet_bits
from scoring.encoding import Reject, encoded_applicants
from scoring.plan import Plan
from scoring.totals import Results, best_scores

SCORES = pa.schema(
    [
        pa.field("applicant_id", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("jupas_code", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("best5", pa.float64(), nullable=False),
        pa.field("bonus", pa.float64(), nullable=False),
        pa.field("eligible", pa.bool_(), nullable=False),
        pa.field("reason", pa.dictionary(pa.int16(), pa.string())),
    ]
)


class ScoredPartition(NamedTuple):
    """A batch of `SCORES`, and who has none."""

    scores: pa.RecordBatch
    rejects: list[Reject]


def score_partition(applicants: pa.RecordBatch, plan: Plan) -> ScoredPartition:
    """Scores of every usable applicant over every programme, in order of appearance and code."""
    encoded = encoded_applicants(applicants, plan)
    count, programmes = len(encoded.results), plan.rules.programmes
    totals, best5 = best_scores(plan, encoded.results)
    formula_of = np.array(plan.formula_of)
    score_rows = np.ascontiguousarray(totals.T).take(formula_of, axis=1).ravel()
    best5_rows = np.ascontiguousarray(best5.T).take(formula_of, axis=1).ravel()
    bonus_rows = np.ascontiguousarray((totals - best5).T).take(formula_of, axis=1).ravel()
    eligible, reason = _eligibility(plan, encoded.results)
    applicant = np.repeat(np.arange(count, dtype=np.int32), len(programmes))
    code = np.tile(np.arange(len(programmes), dtype=np.int8), count)
    codes = pa.array([programme.jupas_code for programme in programmes])
    scores = pa.record_batch(
        [
            pa.DictionaryArray.from_arrays(pa.array(applicant), encoded.ids.cast(pa.string())),
            pa.DictionaryArray.from_arrays(pa.array(code), codes),
            pa.array(score_rows),
            pa.array(best5_rows),
            pa.array(bonus_rows),
            eligible,
            reason,
        ],
        schema=SCORES,
    )
    return ScoredPartition(scores, encoded.rejects)


def _eligibility(plan: Plan, results: Results) -> tuple[pa.Array, pa.Array]:
    """Columns `eligible` and `reason`. The dictionary holds each occurring reason once: Arrow's
    Parquet writer drops a dictionary with duplicates."""
    minimums_of = np.array(plan.minimums_of)
    bits = np.ascontiguousarray(unmet_bits(plan.requirements, results).T)
    texts = [text for reasons in plan.requirements.reasons for text in reasons]
    first = np.arange(bits.shape[1], dtype=np.int16) * np.int16(1 << len(CHECKS))
    numbers = bits + first
    occurring = np.flatnonzero(np.bincount(numbers.ravel(), minlength=len(texts)))
    distinct = list(dict.fromkeys(texts[n] for n in occurring if texts[n] is not None))
    place = np.zeros(len(texts), dtype=np.int16)
    for number in occurring:
        if texts[number] is not None:
            place[number] = distinct.index(texts[number])
    eligible = (bits == 0).take(minimums_of, axis=1).ravel()
    indices = place[numbers].take(minimums_of, axis=1).ravel()
    dictionary = pa.array(distinct, pa.string())
    reason = pa.DictionaryArray.from_arrays(pa.array(indices, mask=eligible), dictionary)
    return pa.array(eligible), reason
