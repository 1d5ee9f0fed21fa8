"""The admission scholarship scheme.

Input: a `scholarships` table. Output: readings of `scholarships`. Grain: one step of the scheme.
Raises: `UnknownValue` for a step or an award that does not read as one.
"""

from __future__ import annotations

import re

from extract.cells import Table
from transform.readings import Ledger
from transform.values import only_cell, unknown

STARS = re.compile(
    r"(?P<at_least>≥|at least )?\s*(?P<low>\d+)"
    r"(?:(?:\s*[-–—]\s*|\s+to\s+)(?P<high>\d+)|\s*(?P<more>\+|or (?:above|more)))?"
    r"(?:\s*(?:\*|stars?))?(?:\s*(?P<late>or (?:above|more)))?",
    re.IGNORECASE,
)
YEARLY = r"(?: p\.a\.| per annum| a year| per year)?"
HKD = r"(?:HKD|HK\$)\s?"
AWARD = re.compile(
    rf"(?:(?P<tuition>Full|Half)[ -]tuition)?(?: fees?)?(?: (?:waiver|exemption))?{YEARLY}"
    rf"(?:(?: plus |, )?(?:annual )?living allowance of {HKD}(?P<allowance>[\d,]+){YEARLY})?"
    rf"(?:{HKD}(?P<cash>[\d,]+))?"
    r"(?:,\s*|\s*(?P<bracket>\())"
    r"(?:(?P<renewable>renewable) for (?:the )?"
    r"(?:norm(?:al|ative) (?:duration|period)|first (?:\w+ )?years?) of study|one-off)"
    r"(?(bracket)\))",
    re.IGNORECASE,
)
QUOTES = str.maketrans("", "", "\"'“”‘’")


def read_scholarships(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of the table of scholarships."""
    for row in table.rows:
        stars, amount = only_cell(row, "stars", table), only_cell(row, "amount", table)
        step = STARS.fullmatch(stars.text)
        if step is None or (step["high"] and (step["at_least"] or step["late"])):
            raise unknown("not a number of stars", stars)
        award = AWARD.fullmatch(amount.text.translate(QUOTES))
        if award is None or not any(award.group("tuition", "allowance", "cash")):
            raise unknown("not a scholarship that is known", amount)
        low = int(step["low"])
        open_ended = step["at_least"] or step["more"] or step["late"]
        high = None if open_ended else int(step["high"] or step["low"])
        key = {"edition": edition, "stars_min": low}
        add = ledger.add
        add("scholarships", key, "stars_max", high, stars, "upper end of the step")
        tuition = award["tuition"]
        add("scholarships", key, "tuition", tuition.lower() if tuition else None, amount, "award")
        add("scholarships", key, "allowance_hkd", _hkd(award["allowance"]), amount, "award")
        add("scholarships", key, "cash_hkd", _hkd(award["cash"]), amount, "award")
        add("scholarships", key, "renewable", bool(award["renewable"]), amount, "award")
        add("scholarships", key, "description", amount.text, amount, "text")


def _hkd(printed: str | None) -> int | None:
    return int(printed.replace(",", "")) if printed else None
