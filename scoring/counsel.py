"""One applicant over all programmes of an edition, from the warehouse alone.

Input: a release folder and a profile text or results. Output: `Explanation`s in the order
of JUPAS codes. Grain: one a programme. Raises what reading the profile and the rules raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UnknownValue
from scoring.advice import Advice, best_single_rise, fewest_rises
from scoring.eligibility import unmet_requirements
from scoring.exact import Score, exact_score
from scoring.explanation import Explanation
from scoring.levels import Result
from scoring.plan import plan_of
from scoring.rules import TABLES as RULE_TABLES
from scoring.rules import Rows, release_tables, rules_of_tables
from scoring.ruleset import Formula, Rules
from scoring.standing import TABLES as STANDING_TABLES
from scoring.standing import Standing, standings_of_tables

TABLES = tuple(dict.fromkeys((*RULE_TABLES, *STANDING_TABLES, "programmes")))


@dataclass(frozen=True)
class Counsel:
    """Everything needed to advise on one edition."""

    rules: Rules
    standings: Mapping[str, Standing]
    titles: Mapping[str, str]

    def explanations(self, results: Sequence[Result]) -> list[Explanation]:
        """The applicant in every programme, by JUPAS code. Equal formulae are computed once."""
        scores: dict[Formula, Score] = {}
        explanations = []
        for programme in self.rules.programmes:
            if programme.formula not in scores:
                scores[programme.formula] = exact_score(
                    programme.formula, self.rules.bonus, results
                )
            explanations.append(
                Explanation(
                    programme,
                    self.titles[programme.jupas_code],
                    scores[programme.formula],
                    tuple(results),
                    tuple(unmet_requirements(programme.minimums, results)),
                    self.standings[programme.jupas_code],
                    self.rules.bonus,
                )
            )
        return explanations

    def advice(self, results: Sequence[Result], jupas_code: str) -> tuple[Advice, Advice | None]:
        """The best single rise, and the fewest rises to last year's lower quartile (None: there is
        no comparable quartile)."""
        programme = self.rules.programme(jupas_code)
        single = best_single_rise(self.rules, programme, results)
        yardstick = self.standings[jupas_code].yardstick
        if yardstick is None or yardstick.lower_quartile is None:
            return single, None
        target = yardstick.lower_quartile
        return single, fewest_rises(plan_of(self.rules), programme, results, target)


def counsel_of(release: Path, edition: int | None = None) -> Counsel:
    """The counsel for `edition`, the newest that can be scored if None, from a release folder."""
    return counsel_of_tables(release_tables(release, TABLES), edition)


def counsel_of_tables(tables: Mapping[str, Rows], edition: int | None = None) -> Counsel:
    """The same from rows of the tables in `TABLES`."""
    rules = rules_of_tables(tables, edition)
    titles = {
        row["jupas_code"]: row["title"]
        for row in tables["programmes"]
        if row["edition"] == rules.edition
    }
    if untitled := [p.jupas_code for p in rules.programmes if p.jupas_code not in titles]:
        raise UnknownValue("programmes with a formula but no title", text=", ".join(untitled))
    return Counsel(rules, standings_of_tables(tables, rules.edition), titles)
