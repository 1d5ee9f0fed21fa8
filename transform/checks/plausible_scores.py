"""Scores against the scores that should be near them.

Input: merged rows. Output: rows of `audit.checks`. Grain: one check and programme.
Nothing here raises.

Margins are those of all years at hand (2024 to 2026) with room on both sides: these checks warn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transform.checks.findings import Row, Tables, finding, number

QUARTILE_SHARE_MIN = 0.75  # of the median: 0.85 to 1 in 2024 and 2025
SIMULATED_APART_MAX = 0.12  # of the share of the highest attainable: at most 0.04 in 2025
EXPECTED_SHARES = (0.75, 1.15)  # of last year's lower quartile: 0.84 to 1.02 in 2025
BONUS_SHARE = 0.05


def score_rows(tables: Tables) -> Iterator[Row]:
    """Checks of admitted, simulated, expected and competitive scores."""
    yield from _quartile_near_median(tables)
    yield from _average_fits_quartile(tables)
    yield from _simulated_near_admitted(tables)
    yield from _expected_near(tables)
    yield from _expected_complete(tables)


def _who(row: Row) -> str:
    who = f"{row['scores_year']} {row['jupas_code']} {row['basis']}"
    return f"{who}, formula {row['formula_year']}, {row['point_scale']} points"


def _quartile_near_median(tables: Tables) -> Iterator[Row]:
    for row in tables["scores"]:
        median, quartile = number(row, "median"), number(row, "lower_quartile")
        if median and quartile:
            yield finding(
                "lower quartile near the median",
                _who(row),
                quartile >= QUARTILE_SHARE_MIN * median,
                expected=f"at least {QUARTILE_SHARE_MIN:.0%} of {median:g}",
                actual=quartile,
            )


def _average_fits_quartile(tables: Tables) -> Iterator[Row]:
    """Lower quartile = average x sum of the weights + a bonus of 0 to 5% of the highest."""
    for row in tables["scores"]:
        average = number(row, "lower_quartile_per_subject")
        quartile, highest = number(row, "lower_quartile"), number(row, "highest_attainable")
        if average is None or quartile is None or highest is None:
            continue
        best5 = highest / (1 + BONUS_SHARE)
        weights = best5 / float(str(row["point_scale"]))
        low, high = average * weights, average * weights + BONUS_SHARE * best5
        rounding = 0.01 * weights
        yield finding(
            "lower quartile fits its per-subject average", _who(row),
            low - rounding <= quartile <= high + rounding,
            expected=f"{low:.2f} to {high:.2f}", actual=quartile,
            detail=f"{average:g} x {weights:g} and at most 5% of {best5:.2f}",
        )  # fmt: skip


def _simulated_near_admitted(tables: Tables) -> Iterator[Row]:
    """One year's applicants reach about the same share of the highest by either formula."""
    admitted = {
        (row["scores_year"], row["jupas_code"]): row
        for row in tables["scores"] if row["basis"] == "admitted"
    }  # fmt: skip
    for row in tables["scores"]:
        other = admitted.get((row["scores_year"], row["jupas_code"]))
        if row["basis"] != "simulated" or other is None:
            continue
        for column in ("median", "lower_quartile"):
            mine, theirs = _share(row, column), _share(other, column)
            if mine and theirs:
                yield finding(
                    f"simulated {column.replace('_', ' ')} near the admitted one", _who(row),
                    abs(mine / theirs - 1) <= SIMULATED_APART_MAX,
                    expected=f"{theirs:.1%} of the highest", actual=f"{mine:.1%}",
                )  # fmt: skip


def _share(row: Row, column: str) -> float | None:
    figure, highest = number(row, column), number(row, "highest_attainable")
    return figure / highest if figure and highest else None


def _expected_near(tables: Tables) -> Iterator[Row]:
    """What is expected of applicants lies near what those of the year before had."""
    before: dict[tuple[int, object], Row] = {
        (int(str(row["scores_year"])) + 1, row["jupas_code"]): row
        for row in tables["scores"] if row["basis"] in ("admitted", "reference")
    }  # fmt: skip
    for row in tables["expected_scores"]:
        last = before.get((int(str(row["entry_year"])), row["jupas_code"]))
        low, high = number(row, "low"), number(row, "high")
        if last is None or low is None or high is None:
            continue
        base = number(last, "lower_quartile") or number(last, "median")
        if base:
            yield finding(
                f"{row['basis']} score near last year's",
                f"{row['entry_year']} {row['jupas_code']}",
                EXPECTED_SHARES[0] * base <= low <= high <= EXPECTED_SHARES[1] * base,
                expected=f"{EXPECTED_SHARES[0]:g} to {EXPECTED_SHARES[1]:g} x {base:g}",
                actual=f"{low:g} to {high:g}",
            )


def _expected_complete(tables: Tables) -> Iterator[Row]:
    """A leaflet of expected scores gives one for each programme that it names."""
    for printed_in, basis in (
        ("expected scores", "expected"),
        ("competitive ranges", "competitive"),
    ):
        named: dict[object, set[str]] = defaultdict(set)
        for row in tables["programme_names"]:
            if row["printed_in"] == printed_in:
                named[row["edition"]].add(str(row["jupas_code"]))
        for edition, codes in named.items():
            given = {
                str(row["jupas_code"]) for row in tables["expected_scores"]
                if row["entry_year"] == edition and row["basis"] == basis
            }  # fmt: skip
            lacking = sorted(codes - given)
            yield finding(
                f"an {basis} score for every programme"
                if basis == "expected"
                else f"a {basis} range for every programme",
                str(edition),
                not lacking,
                detail=", ".join(lacking) or None,
            )
