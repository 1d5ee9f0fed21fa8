"""`admissions score` and `admissions score-batch`.

Input: the command line, the current release. Output: tables or JSON on stdout, files of scores.
Raises: `AdmissionsError`s of the scoring; close spellings are suggested. `typer.BadParameter` for
what no release could score: a profile that isn't one, scores in a file of another kind.
"""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from errors import DocumentRefused, UnknownValue
from flows.plain_text import plain, plain_line
from flows.releases import needed_release

if TYPE_CHECKING:
    from scoring.advice import Advice
    from scoring.counsel import Counsel
    from scoring.explanation import Explanation
    from scoring.ruleset import Rules

REASONS_FIT = 140  # columns from which on there is room for reasons beside the other columns


def show_scores(
    data: Path, profile: str, edition: int | None, explain: str | None, as_json: bool
) -> None:
    """Score one applicant over every programme of an edition."""
    from scoring.counsel import counsel_of
    from scoring.profile import profile_entries, profile_results

    try:
        profile_entries(profile)
    except UnknownValue as error:
        raise typer.BadParameter(plain_line(str(error)), param_hint="--profile") from error
    counsel = counsel_of(needed_release(data), edition)
    results = profile_results(profile, counsel.rules.levels)
    explanations = counsel.explanations(results)
    if explain is not None:
        explanations = [_of_code(counsel.rules, explanations, explain)]
    if as_json:
        content: dict[str, Any] = {
            "edition": counsel.rules.edition,
            "programmes": [explanation.to_json() for explanation in explanations],
            "not_scored": dict(counsel.rules.unscorable),
        }
        if explain is not None:
            content["advice"] = _advice_json(
                *counsel.advice(results, explanations[0].programme.jupas_code)
            )
        sys.stdout.write(json.dumps(plain(content), ensure_ascii=False, indent=2) + "\n")
    elif explain is not None:
        advice = _advice_lines(*counsel.advice(results, explanations[0].programme.jupas_code))
        sys.stdout.write("\n".join([plain(explanations[0].to_text()), *advice]) + "\n")
    else:
        _table(counsel, explanations)


def _of_code(rules: Rules, explanations: list[Explanation], code: str) -> Explanation:
    codes = {explanation.programme.jupas_code: explanation for explanation in explanations}
    found = codes.get(code.upper())
    if found is None:
        if code.upper() in rules.unscorable:
            raise UnknownValue(rules.unscorable[code.upper()], text=code)
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
    from scoring.figures import rounded

    table = Table(box=None, pad_edge=False, title_justify="left")
    for name in ("code", "programme"):
        table.add_column(name)
    for name in ("score", "best 5", "bonus", "to median", "to LQ"):
        table.add_column(name, justify="right")
    table.add_column("eligible")
    console = PlainConsole()
    reasons_fit = console.width >= REASONS_FIT
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
            _eligible(explanation, with_reasons=reasons_fit),
        )
    console.print(
        f"Edition {counsel.rules.edition}: {len(explanations)} programmes", highlight=False
    )
    console.print(table)
    for code, reason in counsel.rules.unscorable.items():
        console.print(f"{code} is not scored: {reason}", soft_wrap=True)
    console.print(
        "'-': no scores made with this formula. --explain CODE tells how a score comes about"
        + (" and what is missing." if not reasons_fit else "."),
        highlight=False,
    )


def _eligible(explanation: Explanation, *, with_reasons: bool) -> str:
    if explanation.eligible:
        return "yes"
    return f"no: {'; '.join(explanation.unmet)}" if with_reasons else "no"


def _advice_lines(single: Advice, fewest: Advice | None) -> list[str]:
    from scoring.figures import rounded

    lines = [
        f"  One level more helps most in {rise.subject} ({rise.level_from} to {rise.level_to}): "
        f"{rounded(single.before)} becomes {rounded(single.after)}"
        for rise in single.rises
    ]
    if fewest is None:
        return lines
    if not fewest.reachable:
        lines.append(
            "  Last year's lower quartile can't be reached with these subjects: with all at their "
            f"highest level the score is {rounded(fewest.after)}"
        )
    elif fewest.more_than is not None:
        lines.append(f"  Last year's lower quartile takes more than {fewest.more_than} level rises")
    elif fewest.rises:
        steps = ", ".join(f"{r.subject} {r.level_from} to {r.level_to}" for r in fewest.rises)
        lines.append(
            f"  Fewest rises to last year's lower quartile: {steps}, {rounded(fewest.after)}"
        )
    else:
        lines.append("  Last year's lower quartile is reached already")
    return lines


def _advice_json(single: Advice, fewest: Advice | None) -> dict[str, object]:
    def values(advice: Advice) -> dict[str, object]:
        return {
            "rises": [
                {"subject": r.subject, "from": r.level_from, "to": r.level_to, "levels": r.steps}
                for r in advice.rises
            ],
            "before": float(advice.before),
            "after": float(advice.after),
        }

    told = fewest is not None and fewest.reachable and fewest.more_than is None
    return {
        "best_single_rise": values(single),
        "fewest_rises_to_lower_quartile": values(fewest) if fewest and told else None,
        "lower_quartile_reachable": fewest and fewest.reachable,
        "lower_quartile_takes_more_rises_than": fewest and fewest.more_than,
        "score_at_highest_levels": float(fewest.after) if fewest and not told else None,
    }


def run_batch(
    data: Path, applicants: Path, out: Path, edition: int | None, *, quiet: bool = False
) -> None:
    """Score a file of applicants; say how many. That there are rejects is logged."""
    from flows.progress import batch_display
    from scoring.batch import score_batch
    from scoring.figures import counted
    from scoring.rules import rules_of
    from scoring.score_files import refuse_place, refuse_suffix

    try:
        refuse_suffix(out)
    except DocumentRefused as error:
        raise typer.BadParameter(plain_line(str(error)), param_hint="-o") from error
    refuse_place(applicants, out)
    rules = rules_of(needed_release(data), edition)
    with batch_display(applicants, quiet=quiet) as progress:
        summary = score_batch(applicants, out, rules, progress=progress)
    if not quiet:
        scores, scored = counted(summary.scores, "score"), counted(summary.applicants, "applicant")
        sys.stdout.write(f"{out}: {scores} of {scored}\n")
