"""Words that call figures other ones than the scores of the students admitted in a year.

Input: a note or a title. Output: what it says for certain, whether it may say so, the years of its
figures. Grain: one text. Nothing here raises.

'Reference score' and 'Estimated' do; 'provided for reference', 'not the average score' and
'Average level 5 is recommended' may not, and are for a person to look at.
"""

from __future__ import annotations

import re

FIGURES = re.compile(r"\b(?:scores?|medians?|quartiles?|figures?)\b", re.IGNORECASE)
# Said of figures, whatever stands beside them.
ALWAYS = (
    r"simulated|simulations?|estimate[ds]?|projected|projections?|predicted|predictions?"
    r"|provisional|preliminary|tentative|indicative|unofficial"
)
# Said of figures only where their word follows, or alone.
OF_SCORES = r"means?|averages?|approximate|targets?|upper quartile|non-JUPAS"
OF_FIGURES = rf"reference|expected|{OF_SCORES}"
CERTAIN = re.compile(
    rf"\b(?:{ALWAYS})\b"
    rf"|\b(?:{OF_FIGURES})(?: [\w'’-]+){{0,2}} {FIGURES.pattern}"
    r"|\b(?:mean|averages?) of\b"
    rf"|^\W*(?:{OF_FIGURES})\W*$"
    rf"|^\W*(?:is |are )?not (?:an? |the )?(?:[\w-]+ ){{0,3}}{FIGURES.pattern}",
    re.IGNORECASE,
)
IN_TITLES = re.compile(rf"\b(?:{OF_SCORES})\b", re.IGNORECASE)
MAYBE = re.compile(rf"\b(?:{ALWAYS}|{OF_FIGURES}|approximately|not)\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:not|no|nor|without|excluding|excludes?|than)(?: [\w'’-]+){0,2} $", re.IGNORECASE
)
OF_A_YEAR = re.compile(
    rf"{FIGURES.pattern} (?:of|in|for|from) (?:the )?(?P<behind>20\d\d)"
    rf"|\b(?P<before>20\d\d) (?:[\w-]+ ){{0,2}}{FIGURES.pattern}(?! formula)"
    r"|^\W*(?:are )?(?:for |of |from )?(?:the )?(?P<alone>20\d\d)(?:[-/]\d\d)?"
    r"(?: (?:admissions?|entry|intake|cohort|cycle|exercise|data|results?|only)){0,2}\W*$",
    re.IGNORECASE,
)
FEW = 4  # words: further on a note speaks of a year by the way


def other_kind(text: str, *, speaks_of_scores: bool = False) -> str | None:
    """The words that call figures of another kind for certain.

    speaks_of_scores : a title on scores: 'Mean' behind it is said of them; 'for reference' is not.
    """
    for pattern in (CERTAIN, IN_TITLES) if speaks_of_scores else (CERTAIN,):
        for found in pattern.finditer(text):
            if not DENIED.search(text[: found.start()]):
                return found[0]
    return None


def may_be_others(text: str) -> bool:
    """Whether a text has words that may call its figures of another kind."""
    return MAYBE.search(text) is not None


def years_of_figures(text: str) -> set[int]:
    """The years that a text says right away its figures are of."""
    return {
        int(year)
        for found in OF_A_YEAR.finditer(text)
        if len(text[: found.start()].split()) < FEW and not re.search(r"formula|compar", text)
        for year in found.groups()
        if year
    }
