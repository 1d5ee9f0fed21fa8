"""`admissions score` and `admissions score-batch`.

Input: the command line, the current release. Output: tables or JSON on stdout, files of scores.
Raises: `AdmissionsError`s of the scoring; close spellings are suggested.
"""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from errors import AdmissionsError, UnknownValue
from flows.plain_text import plain

WIDE = 170  # columns where there is no terminal to fit in

if TYPE_CHECKING:
    from scoring.explanation import Explanation
    from scoring.profile import Counsel


def show_scores(
    data: Path, profile: str, edition: int | None, explain: str | None, as_json: bool
) -> None:
    """Score one applicant over every programme of an edition."""
    from scoring.applicant import conflict, profile_results
    from scoring.profile import counsel_of

    counsel = counsel_of(_release(data), edition)
    results = profile_results(profile, counsel.rules.levels)
    problem = conflict(results)
    if problem is not None:
        raise UnknownValue(problem, text=profile)
    explanations = counsel.explanations(results)
    if explain is not None:
        explanations = [_of_code(explanations, explain)]
    if as_json:
        content: dict[str, Any] = {
            "edition": counsel.rules.edition,
            "programmes": [explanation.to_json() for explanation in explanations],
        }
        if explain is not None:
            content["advice"] = _advice_json(counsel, results, explanations[0])
        sys.stdout.write(json.dumps(plain(content), ensure_ascii=False, indent=2) + "\n")
    elif explain is not None:
        sys.stdout.write(plain(explanations[0].to_text()) + "\n")
        sys.stdout.write(_advice_text(counsel, results, explanations[0]))
    else:
        _table(counsel, explanations)


def _release(data: Path) -> Path:
    from warehouse.current import current_release

    release = current_release(data)
    if release is None:
        raise AdmissionsError(
            "no release yet", document=str(data), todo="Run `admissions refresh` first"
        )
    return release


def _of_code(explanations: list[Explanation], code: str) -> Explanation:
    codes = {explanation.programme.jupas_code: explanation for explanation in explanations}
    found = codes.get(code.upper())
    if found is None:
        near = [known for known in codes if sorted(known) == sorted(code.upper())]
        near += get_close_matches(code.upper(), list(codes), 1)
        raise UnknownValue(
            "no such programme", text=code,
            todo=f"Did you mean {near[0]}?" if near else f"There are {', '.join(codes)}",
        )  # fmt: skip
    return found


def _table(counsel: Counsel, explanations: list[Explanation]) -> None:
    from rich.table import Table

    from flows.console import PlainConsole
    from scoring.rules import rounded

    table = Table(box=None, pad_edge=False, title_justify="left")
    for name in ("code", "programme"):
        table.add_column(name)
    for name in ("score", "best 5", "bonus", "to median", "to LQ"):
        table.add_column(name, justify="right")
    table.add_column("eligible")
    for explanation in sorted(explanations, key=lambda e: (not e.eligible, e.programme.jupas_code)):
        score = explanation.score
        distances = explanation.standing.distances(score.total)
        table.add_row(
            explanation.programme.jupas_code,
            explanation.title,
            str(rounded(score.total)),
            str(rounded(score.best5)),
            str(rounded(score.bonus)),
            *(
                f"{rounded(distances[name]):+}" if name in distances else "-"
                for name in ("median", "lower_quartile")
            ),
            "yes" if explanation.eligible else f"no: {'; '.join(explanation.unmet)}",
        )
    console = PlainConsole(width=None if sys.stdout.isatty() else WIDE)
    console.print(
        f"Edition {counsel.rules.edition}: {len(explanations)} programmes", highlight=False
    )
    console.print(table)
    console.print(
        "'-': no scores made with this formula. --explain CODE tells how a score comes about.",
        highlight=False,
    )


def _advice_text(counsel: Counsel, results: Any, explanation: Explanation) -> str:
    from scoring.rules import rounded

    single, fewest = counsel.advice(results, explanation.programme.jupas_code)
    lines = [
        f"  One level more helps most in {rise.subject} ({rise.level_from} to {rise.level_to}): "
        f"{rounded(single.before)} becomes {rounded(single.after)}"
        for rise in single.rises
    ]
    if fewest is not None and fewest.rises:
        steps = ", ".join(f"{r.subject} {r.level_from} to {r.level_to}" for r in fewest.rises)
        lines.append(
            f"  Fewest rises to last year's lower quartile: {steps}, {rounded(fewest.after)}"
        )
    elif fewest is not None:
        lines.append("  Last year's lower quartile is reached already")
    return "".join(f"{line}\n" for line in lines)


def _advice_json(counsel: Counsel, results: Any, explanation: Explanation) -> dict[str, object]:
    single, fewest = counsel.advice(results, explanation.programme.jupas_code)

    def plain(advice: Any) -> object:
        return advice and {
            "rises": [
                {"subject": r.subject, "from": r.level_from, "to": r.level_to, "levels": r.steps}
                for r in advice.rises
            ],
            "before": float(advice.before),
            "after": float(advice.after),
        }

    return {"best_single_rise": plain(single), "fewest_rises_to_lower_quartile": plain(fewest)}


def run_batch(data: Path, applicants: Path, out: Path, edition: int | None) -> None:
    """Score a file of applicants; say how many, and where the rejects are."""
    from scoring.batch import score_batch
    from scoring.rules import rules_of

    summary = score_batch(applicants, out, rules_of(_release(data), edition))
    sys.stdout.write(f"{out}: {summary.scores:,} scores of {summary.applicants:,} applicants\n")
    if summary.rejects:
        sys.stderr.write(
            f"warning: {summary.rejects:,} applicants rejected: see {summary.rejects_path}\n"
        )
