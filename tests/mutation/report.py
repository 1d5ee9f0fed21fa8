"""Counts of outcomes as Markdown, and examples of what stays silent.

Input: `Outcome`s. Output: Markdown. Grain: one line a kind and operation, or a table.
Nothing here raises.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.mutation.decidable import undecidable
from tests.mutation.harness import HARMLESS, SILENT, VERDICTS, Outcome

UNDECIDABLE = "not decidable"
EXAMPLES = 2


def verdict_of(outcome: Outcome) -> str:
    """The outcome's verdict, silent ones that nothing could find apart."""
    return UNDECIDABLE if undecidable(outcome) else outcome.verdict


def silent_share(outcomes: Sequence[Outcome]) -> float:
    """Silent mutants as a share of those that change something and can be decided."""
    counts = Counter(verdict_of(outcome) for outcome in outcomes)
    decidable = len(outcomes) - counts[HARMLESS] - counts[UNDECIDABLE]
    return counts[SILENT] / decidable if decidable else 0.0


def report(outcomes: Sequence[Outcome]) -> str:
    """All counts and examples."""
    share = silent_share(outcomes)
    return "\n".join(
        [
            *_counts(
                "object, operation", lambda o: f"{o.mutant.kind}, {o.mutant.operation}", outcomes
            ),
            "",
            *_counts("where the object stands", lambda o: o.table, outcomes),
            "",
            f"Silent, of those that change a value and can be decided: **{share:.1%}**.",
            "",
            *_examples("Silent", SILENT, outcomes),
            "",
            *_examples("Not decidable from the documents", UNDECIDABLE, outcomes),
        ]
    )


def _counts(
    title: str, group: Callable[[Outcome], str], outcomes: Sequence[Outcome]
) -> Iterator[str]:
    columns = (*VERDICTS[:-1], UNDECIDABLE, SILENT)
    counts = Counter((group(outcome), verdict_of(outcome)) for outcome in outcomes)
    yield f"| {title} | mutants | {' | '.join(columns)} |"
    yield f"|---|{'--:|' * (len(columns) + 1)}"
    for name in sorted({name for name, _ in counts}):
        row = [counts[name, column] for column in columns]
        yield f"| {name} | {sum(row)} | {' | '.join(map(str, row))} |"
    totals = [sum(counts[name, c] for name in {n for n, _ in counts}) for c in columns]
    yield f"| **all** | {sum(totals)} | {' | '.join(map(str, totals))} |"


def _examples(title: str, verdict: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Some mutants of each type: kind, operation and the table and column that they change."""
    types: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if verdict_of(outcome) == verdict:
            change = outcome.changes[0]
            what = f"{change.table}.{change.column}" if change.column else f"rows of {change.table}"
            types[outcome.mutant.kind, outcome.mutant.operation, what].append(outcome)
    yield f"{title}, by type:"
    yield ""
    for (kind, operation, what), some in sorted(types.items()):
        yield f"- {kind}, {operation}: {what} ({len(some)})"
        for outcome in some[:EXAMPLES]:
            yield f"  - page {outcome.mutant.page}: `{_short(str(outcome.changes[0]))}`"


def _short(text: str, limit: int = 150) -> str:
    plain = text.replace("`", "'").replace("|", "/")
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
