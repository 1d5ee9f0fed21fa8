"""Scores a second: brute force, exact scorer and batch, on the same invented applicants.

Run: python -m benchmarks scoring [--applicants 1000000], or this file for a table on the terminal.
Output: a table; the batch's figures include reading and writing Parquet, and its memory.
The three must agree on the applicants that all of them score, else the run fails.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from scoring.batch import score_batch
from scoring.exact import exact_score
from scoring.partition import score_partition
from scoring.plan import plan_of
from tests.unit.brute_force import brute_force
from tests.unit.rules_2026 import golden_rules

CORE = ["English Language", "Chinese Language", "Mathematics"]
ELECTIVES = ["Biology", "Chemistry", "Physics", "Economics", "History", "Geography"]
ELECTIVES += ["Information and Communication Technology", "Visual Arts", "Chinese History"]
OTHERS = ["M1", "M2", "Citizenship and Social Development", "French", "Hotel Operations"]
LEVELS = ["5**", "5*", "5", "4", "3", "2", "1", "Attained", "B2", "Attained with Distinction (I)"]
SHARE_OF_LEVELS = [0.04, 0.08, 0.14, 0.25, 0.27, 0.15, 0.07]


@dataclass(frozen=True)
class Figure:
    name: str
    applicants: int
    scores: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def invented_applicants(count: int, seed: int = 2026) -> pa.Table:
    """Applicants as in real cohorts: 3 core subjects, 2 to 4 electives, some M1/M2, French, ApL."""
    random = np.random.default_rng(seed)
    names = [*CORE, *ELECTIVES, *OTHERS]
    subjects = np.full((count, 11), -1, dtype=np.int8)
    subjects[:, :3] = range(3)
    picks = np.argsort(random.random((count, len(ELECTIVES))), axis=1)[:, :4] + 3
    electives = random.choice([2, 3, 4], count, p=[0.45, 0.45, 0.1])
    for place in range(4):
        subjects[:, 3 + place] = np.where(place < electives, picks[:, place], -1)
    chance = random.random((3, count))
    module = np.where(chance[0] < 0.1, names.index("M1"), names.index("M2"))
    subjects[:, 7] = np.where(chance[0] < 0.25, module, -1)
    subjects[:, 8] = names.index("Citizenship and Social Development")
    subjects[:, 9] = np.where(chance[1] < 0.03, names.index("French"), -1)
    subjects[:, 10] = np.where(chance[2] < 0.05, names.index("Hotel Operations"), -1)
    levels = random.choice(7, subjects.shape, p=SHARE_OF_LEVELS).astype(np.int8)
    levels[:, 8:] = [7, 8, 9]
    taken = subjects >= 0
    subject, level = subjects[taken], levels[taken]
    applicant = np.repeat(np.arange(count), taken.sum(axis=1))
    category = np.select(
        [subject == names.index("French"), subject == names.index("Hotel Operations")], [1, 2]
    )
    columns = [
        pa.array([f"A{number:07d}" for number in range(count)]).take(pa.array(applicant)),
        *(
            pa.array(values).take(pa.array(index.astype(np.int32)))
            for values, index in ((["A", "C", "B"], category), (names, subject), (LEVELS, level))
        ),
    ]
    return pa.table(columns, names=["applicant_id", "category", "subject", "level"])


def timed(name: str, applicants: int, programmes: int, work) -> tuple[Figure, object]:
    watch = Watch()
    watch.start()
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    cpu = watch.stop()
    return Figure(name, applicants, applicants * programmes, seconds, cpu, watch.peak_bytes), result


class Watch(threading.Thread):
    """Samples this process and those below it: CPU seconds and the peak of their memory together.

    Linux only (/proc). Memory that processes share counts for each of them.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.cpu_seconds: dict[int, float] = {}
        self.started_with: dict[int, float] = {}
        self.peak_bytes = 0
        self.sample()
        self.started_with = dict(self.cpu_seconds)

    def run(self) -> None:
        while not self.ended.wait(0.1):
            self.sample()

    def sample(self) -> None:
        together = 0
        for process in family(os.getpid()):
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            ticks = int(fields[11]) + int(fields[12])
            self.cpu_seconds[process] = ticks / os.sysconf("SC_CLK_TCK")
            together += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        self.peak_bytes = max(self.peak_bytes, together)

    def stop(self) -> float:
        """CPU seconds used since the start."""
        self.sample()
        self.ended.set()
        self.join()
        return sum(self.cpu_seconds.values()) - sum(self.started_with.values())


def family(process: int) -> list[int]:
    """The process and all below it."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(pid) for t in threads for pid in (t / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [process, *(below for child in children for below in family(child))]


def scoring_figures(
    applicants: int = 1_000_000, workers: int | None = None
) -> tuple[list[Figure], str]:
    """Figures of the four ways to score, and a line about what they scored.

    Raises SystemExit where they disagree.
    """
    rules = golden_rules()
    plan, programmes = plan_of(rules), rules.programmes
    few = invented_applicants(100)
    people: dict[str, list] = {}
    for row in few.to_pylist():
        result = rules.levels.result(row["category"], row["subject"], row["level"])
        people.setdefault(row["applicant_id"], []).append(result)

    def by_brute_force() -> list[Fraction]:
        return [
            brute_force(
                (
                    [[(s.role, s.take, dict(s.weights)) for s in side] for side in f.alternatives],
                    f.weighted_elective_cap,
                    f.category_c_once,
                    f.bonus_categories,
                    f.highest_attainable,
                ),
                [(r.category, r.subject, r.score) for r in results],
            )[0]
            for results in list(people.values())[:5]
            for f in (programme.formula for programme in programmes)
        ]

    def by_exact_scorer() -> list[Fraction]:
        return [
            exact_score(programme.formula, rules.bonus, results).total
            for results in people.values()
            for programme in programmes
        ]

    many = invented_applicants(applicants)
    part = many.slice(0, 200_000).combine_chunks().to_batches()[0]
    part_applicants = len(set(part["applicant_id"].to_pylist()))
    brute, naive = timed("brute force", 5, len(programmes), by_brute_force)
    exact, right = timed("exact scorer", len(people), len(programmes), by_exact_scorer)
    vector, _ = timed(
        "score_partition, one core, no files",
        part_applicants,
        len(programmes),
        lambda: score_partition(part, plan),
    )
    small = score_partition(few.combine_chunks().to_batches()[0], plan).scores["score"]
    if naive != right[: len(naive)] or small.to_pylist() != [float(total) for total in right]:
        raise SystemExit("the scorers disagree")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "applicants.parquet"), Path(folder, "scores.parquet")
        pq.write_table(many, source)
        del many
        batch, summary = timed(
            "score-batch, Parquet to Parquet",
            applicants,
            len(programmes),
            lambda: score_batch(source, target, rules, workers=workers),
        )
        sizes = [path.stat().st_size / 1e6 for path in (source, target)]
    about = (
        f"{len(programmes)} programmes, {len(plan.formulas)} distinct formulas; "
        f"{summary.rejects} rejects; {sizes[0]:.0f} MB in, {sizes[1]:.0f} MB out; "
        f"score-batch with all its processes at most {batch.peak_bytes / 2**20:.0f} MB"
    )
    return [brute, exact, vector, batch], about


def scoring_table(applicants: int) -> str:
    """The figures as Markdown. With both cores free, a batch takes half its CPU seconds."""
    figures, about = scoring_figures(applicants)
    lines = [
        "| scorer | applicants | scores | wall s | CPU s | scores a second | scores a CPU second |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {f.name} | {f.applicants:,} | {f.scores:,} | {f.seconds:.2f} | {f.cpu_seconds:.2f} "
        f"| {f.scores / f.seconds:,.0f} | {f.scores / f.cpu_seconds:,.0f} |"
        for f in figures
    ]
    return "\n".join([*lines, "", f"{about}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applicants", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=None)
    options = parser.parse_args()
    figures, about = scoring_figures(options.applicants, options.workers)
    table = Table("scorer", "applicants", "scores", "seconds", "CPU seconds", "scores a second")
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.applicants:,}",
            f"{figure.scores:,}",
            f"{figure.seconds:.2f}",
            f"{figure.cpu_seconds:.2f}",
            f"{figure.scores / figure.seconds:,.0f}",
        )
    console = Console(width=120)
    console.print(table)
    console.print(f"{about} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
