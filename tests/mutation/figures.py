"""Many mutants at once, and their counts.

Input: a number of mutants and a seed. Output: `Outcome`s, and tables of counts as Markdown.
Grain: one outcome a mutant. Nothing here raises.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache

from tests.mutation.harness import Baseline, Outcome, baseline, remembering
from tests.mutation.mutants import Mutant, mutants_of, sample_of

CHUNK = 8
_MEMORY = ExitStack()


@cache
def samples() -> Baseline:
    """The unmutated samples, read once a process (and its forks)."""
    return baseline()


def outcomes(count: int, seed: int, workers: int | None = None) -> list[Outcome]:
    """What becomes of a sample of mutants, in the order of `Mutant`."""
    everything = [m for name, pages in samples().pages() for m in mutants_of(name, pages)]
    chosen = sample_of(everything, count, seed)
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        with remembering():
            return [_outcome(mutant) for mutant in chosen]
    # Forked, so that the workers have the baseline and need not read it again.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, fork, initializer=_remember) as pool:
        return list(pool.map(_outcome, chosen, chunksize=CHUNK))


def _remember() -> None:
    _MEMORY.enter_context(remembering())  # for as long as the worker lives


def _outcome(mutant: Mutant) -> Outcome:
    return samples().outcome(mutant)
