"""Checks of what is plausible: redundancy between the tables of the documents, domains, shapes.

Input: merged rows and the readings behind them. Output: rows of `audit.checks`, passed ones too.
Grain: one row a check and subject.
Nothing here raises.

`reconcile` has the identities of arithmetic. Here are facts that a document states more
than once in other words: each was written because changing one mark of a sample changed a released
value and nothing said so (`docs/mutations.md`). Most warn: a new layout is no error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from extract.headers.vocabulary import letters
from schemas.names import MAJORS
from schemas.subjects import is_subject
from transform.checks.findings import Row, Tables, finding, programme
from transform.checks.plausible_cells import cell_rows
from transform.checks.plausible_grades import grade_rows
from transform.checks.plausible_scores import score_rows
from transform.checks.plausible_texts import degree_of, text_rows
from transform.lookups import general_level, names_subjects
from transform.merge import Merged
from transform.readings import Reading, Reject

# What a remark on an option cannot be about: these are matters of the choice or of its levels.
NOT_OF_OPTIONS = {
    "interview_compulsory",
    "duration",
    "category_c_second_elective",
    "category_c_once",
}
# In a remark without a declared meaning these may be one; with one of them, they say more than it.
NAMES_FLAG = re.compile(r"\binterviews?\b|\bextended major\b", re.IGNORECASE)
SAYS_MORE = re.compile(
    r"\b(?:except|excluding|only|not?|unless|non-jupas|(?:from|before|until) 20\d\d)\b"
    r"|\w\s*/\s*\w|[.;]\s+\w|extended major\b.*\bextended major\b",
    re.IGNORECASE,
)
# What makes a document a brochure rather than an extract, and what it then has too.
BROCHURE_HAS = {"minimum_requirements", "scores"}
BROCHURE_ALSO_HAS = {
    "conversions", "Category A", "French", "ACL", "bonuses",
    "chinese_alternatives", "scholarships", "preferred_levels", "rankings", "facts", "listings",
}  # fmt: skip


def plausibility_rows(
    merged: Merged,
    readings: Sequence[Reading],
    rejects: Sequence[Reject],
    names: Mapping[str, str],
) -> list[Row]:
    """All plausibility checks over the rows of a release and where they were read.

    `names`: document name by sha256, for messages.
    """
    tables: Tables = defaultdict(list, merged.tables)
    rows = [row for check in CHECKS for row in check(tables)]
    return [*rows, *cell_rows(readings, rejects, names), *_brochures_whole(readings, names)]


def _levels_reach_general(tables: Tables) -> Iterator[Row]:
    for row in tables["minimum_requirements"]:
        least = general_level(int(str(row["edition"])), str(row["requirement"]))
        level = str(row["level"])
        graded = level in ("5*", "5**") or (level.isdigit() and level >= least)
        yield finding(
            "minimum level reaches the general requirement",
            f"{programme(row)} {row['requirement']}",
            level == least if least == "Attained" else graded,
            expected=f"{least} or more",
            actual=level,
        )


def _remarks_used(tables: Tables) -> Iterator[Row]:
    """Every remark belongs to some programme, option, level or formula of its edition."""
    for remark in tables["remarks"]:
        edition, mark, meaning = remark["edition"], str(remark["mark"]), remark["meaning"]
        options = [row for row in tables["study_options"] if row["edition"] == edition]
        if not options:
            continue
        used = (
            any(mark in str(row.get("note_marks") or "").split() for row in options)
            or any(row.get(str(meaning)) for row in options if meaning in MAJORS)
            or any(
                str(remark["text"]) in str(row.get("remarks") or "")
                for row in tables["programmes"] if row["edition"] == edition
            )
            or any(
                row["category_c_accepted"]
                for row in tables["minimum_requirements"]
                if row["edition"] == edition and meaning == "category_c_second_elective"
            )
            or any(
                mark in str(row.get("formula_text"))
                for row in tables["formulas"] if row["edition"] == edition
            )
        )  # fmt: skip
        yield finding(
            "a remark's mark is used", f"{edition} {mark}", used, detail=str(remark["text"])
        )


def _remarks_understood(tables: Tables) -> Iterator[Row]:
    """What a remark says of interviews and extended majors is what its meaning says, and no more:
    'Interview is compulsory for Non-JUPAS applicants only' is not 'Interview is compulsory'."""
    for remark in tables["remarks"]:
        text, meaning = str(remark["text"]), remark["meaning"]
        more = (NAMES_FLAG if meaning == "note" else SAYS_MORE).search(text)
        yield finding(
            "a remark means what is declared", f"{remark['edition']} {remark['mark']}",
            more is None or meaning not in (*MAJORS, "interview_compulsory", "note"),
            detail=text,
        )  # fmt: skip


def _marks_in_place(tables: Tables) -> Iterator[Row]:
    """Marks of options mean something about options, marks of choices about choices."""
    meanings = {(row["edition"], row["mark"]): row for row in tables["remarks"]}
    for row in tables["study_options"]:
        marks = str(row.get("note_marks") or "").split()
        known = [
            meanings[row["edition"], mark] for mark in marks if (row["edition"], mark) in meanings
        ]
        odd = [str(remark["mark"]) for remark in known if remark["meaning"] in NOT_OF_OPTIONS]
        yield finding(
            "a study option's marks are about options",
            f"{programme(row)} {row['position']}",
            not odd,
            actual=" ".join(odd) or None,
            detail=str(row["title"]),
        )
    of_options = [row for row in tables["remarks"] if row["meaning"] in MAJORS]
    for row in tables["programmes"]:
        said = str(row.get("remarks") or "")
        wrong = [str(remark["mark"]) for remark in of_options if str(remark["text"]) in said]
        yield finding(
            "a choice's marks are about choices",
            programme(row),
            not wrong,
            actual=" ".join(wrong) or None,
        )


def _options_once(tables: Tables) -> Iterator[Row]:
    titles: dict[str, list[str]] = defaultdict(list)
    for row in tables["study_options"]:
        titles[programme(row)].append(letters(str(row["title"])))
    for who, said in titles.items():
        yield finding("a programme lists an option once", who, len(set(said)) == len(said))


def _options_agree(tables: Tables) -> Iterator[Row]:
    """An option that several choices offer is open to the same extended majors in each."""
    flags: dict[tuple[object, str], dict[str, tuple[bool, ...]]] = defaultdict(dict)
    for row in tables["study_options"]:
        key = (row["edition"], str(row["title"]))
        flags[key][programme(row)] = tuple(bool(row[major]) for major in MAJORS)
    for (edition, title), by_choice in flags.items():
        if len(by_choice) > 1:
            yield finding(
                "an option has the same extended majors in every choice",
                f"{edition} {title}",
                len(set(by_choice.values())) == 1,
                detail="; ".join(f"{who}: {said}" for who, said in by_choice.items()),
            )  # fmt: skip


def _degrees_offer_themselves(tables: Tables) -> Iterator[Row]:
    """A choice named as a degree is program-based and has that degree among its options."""
    options: dict[str, set[str]] = defaultdict(set)
    for row in tables["study_options"]:
        options[programme(row)].add(letters(str(row["title"])))
    for row in tables["programmes"]:
        title = str(row["title"])
        if row.get("choice_type") is None or degree_of(title) is None:
            continue
        yield finding(
            "a choice named as a degree is program-based", programme(row),
            row["choice_type"] == "program-based", actual=row["choice_type"], detail=title,
        )  # fmt: skip
        yield finding(
            "a choice named as a degree offers it", programme(row),
            letters(title) in options[programme(row)], expected=title,
        )  # fmt: skip


def _both_choice_types(tables: Tables) -> Iterator[Row]:
    """The legend's two colours mean two kinds of choice: an edition has both."""
    kinds: dict[object, set[object]] = defaultdict(set)
    for row in tables["programmes"]:
        if row.get("choice_type") is not None:
            kinds[row["edition"]].add(row["choice_type"])
    for edition, found in kinds.items():
        yield finding("an edition has choices of both kinds", str(edition), len(found) == 2)


def _preferred_known(tables: Tables) -> Iterator[Row]:
    """Preferred subjects are subjects, or known words for several, each once."""
    for row in tables["preferred_levels"]:
        named = [piece.strip() for piece in str(row["subjects"]).split("/")]
        odd = [piece for piece in named if not (names_subjects(piece) or is_subject(piece))]
        twice = len(set(named)) < len(named)
        yield finding(
            "preferred subjects are known",
            f"{row['scores_year']} {row['jupas_code']} {row['position']}",
            not odd and not twice,
            actual=row["subjects"],
        )


def _brochures_whole(readings: Sequence[Reading], names: Mapping[str, str]) -> Iterator[Row]:
    """A brochure has every kind of table: nothing else misses one whose header cannot be seen."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        kinds[reading.document].add(reading.table)
        if reading.table == "conversions":
            scale = str(dict(reading.key)["scale"])
            kinds[reading.document].add("ACL" if scale.startswith("ACL: ") else scale)
    for document, found in kinds.items():
        if found >= BROCHURE_HAS:
            lacking = sorted(BROCHURE_ALSO_HAS - found)
            yield finding(
                "a brochure has every kind of table", f"{names[document]} ({document[:8]})",
                not lacking, detail=f"none of: {', '.join(lacking)}" if lacking else None,
            )  # fmt: skip


CHECKS: tuple[Callable[[Tables], Iterable[Row]], ...] = (
    _levels_reach_general,
    _remarks_used,
    _remarks_understood,
    _marks_in_place,
    _options_once,
    _options_agree,
    _degrees_offer_themselves,
    _both_choice_types,
    _preferred_known,
    score_rows,
    grade_rows,
    text_rows,
)
