"""The admission scholarship scheme.

Input: a `scholarships` table. Output: readings of `scholarships`. Grain: one step of the scheme.
Raises: `UnknownValue` for a step or an award that does not read as one.
"""

from __future__ import annotations

import re

from extract.cells import Table
from transform.readings import Ledger
from transform.values import only_cell, unknown

STARS = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+)|\s+(or above))?", re.IGNORECASE)
AWARD = re.compile(
    r"(?:(?P<tuition>Full|Half) tuition)?(?: fees?)?(?: p\.a\.)?"
    r"(?:(?: plus |, )?(?:annual )?living allowance of HKD\s?(?P<allowance>[\d,]+)(?: p\.a\.)?)?"
    r"(?:HKD\s?(?P<cash>[\d,]+))?"
    r",\s*(?:(?P<renewable>renewable) for (?:the )?norm(?:al|ative) (?:duration|period) of study"
    r"|one-off)",
    re.IGNORECASE,
)


def read_scholarships(table: Table, edition: int, ledger: Ledger) -> None:
    """Readings of the table of scholarships."""
    for row in table.rows:
        stars, amount = only_cell(row, "stars", table), only_cell(row, "amount", table)
        step = STARS.fullmatch(stars.text)
        if step is None:
            raise unknown("not a number of stars", stars)
        award = AWARD.fullmatch(amount.text)
        if award is None or not any(award.group("tuition", "allowance", "cash")):
            raise unknown("not a scholarship that is known", amount)
        low = int(step[1])
        high = None if step[3] else int(step[2] or step[1])
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
