"""Files of applicants in, files of scores out: formats, rejects, partitions, order, equality."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from errors import DocumentRefused
from scoring.batch import score_batch
from scoring.eligibility import unmet_requirements
from scoring.exact import exact_score
from tests.unit.rules_2026 import golden_rules

ALL = golden_rules()
RULES = replace(ALL, programmes=ALL.programmes[::8])  # what is about files needs no more
HEADER = ["applicant_id", "category", "subject", "level"]
PROFILES = [
    [("A", "English Language", "5"), ("A", "Mathematics", "5*"), ("A", "Physics", "4")],
    [("A", "English Language", "4"), ("A", "Chinese Language", "4"), ("C", "French", "B2")],
    [
        ("A", "English Language", "5**"),
        ("A", "Chinese Language", "4"),
        ("A", "Mathematics", "5"),
        ("A", "Citizenship and Social Development", "Attained"),
        ("A", "Biology", "5"),
        ("A", "Economics", "3"),
        ("A", "M2", "5"),
        ("B", "Hotel Operations", "Attained with Distinction (II)"),
    ],
]


def rows_of(people: dict[str, list[tuple[str, str, str]]]) -> list[list[str]]:
    return [[name, *row] for name, rows in people.items() for row in rows]


def people(count: int) -> dict[str, list[tuple[str, str, str]]]:
    return {f"P{number:04d}": PROFILES[number % len(PROFILES)] for number in range(count)}


def written(path: Path, rows: list[list[str]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADER, *rows])
    else:
        columns = list(zip(*rows, strict=True)) or [[]] * len(HEADER)
        table = pa.table({name: list(column) for name, column in zip(HEADER, columns, strict=True)})
        pq.write_table(table, path, row_group_size=7)
    return path


def scores_in(path: Path) -> list[dict[str, object]]:
    table = pa_csv.read_csv(path) if path.suffix == ".csv" else pq.read_table(path)
    # CSV has no NULL: an empty reason
    return [row | {"reason": row["reason"] or None} for row in table.to_pylist()]


def rejects_in(out: Path) -> dict[str, str]:
    with Path(f"{out}.rejects.csv").open(encoding="utf-8", newline="") as file:
        return {row["applicant_id"]: row["reason"] for row in csv.DictReader(file)}


def right_scores(people, rules=RULES) -> list[dict[str, object]]:
    codes = {programme.jupas_code for programme in rules.programmes}
    return [
        {"applicant_id": name, **right}
        for name, rows in people.items()
        for right in right_scores_of(tuple(rows))
        if right["jupas_code"] in codes
    ]


@cache
def right_scores_of(rows: tuple[tuple[str, str, str], ...]) -> list[dict[str, object]]:
    results = [ALL.levels.result(*row) for row in rows]
    right = []
    for programme in ALL.programmes:
        score = exact_score(programme.formula, ALL.bonus, results)
        unmet = unmet_requirements(programme.minimums, results)
        right.append(
            {
                "jupas_code": programme.jupas_code,
                "score": float(score.total),
                "best5": float(score.best5),
                "bonus": pytest.approx(float(score.bonus), abs=1e-9),
                "eligible": not unmet,
                "reason": "; ".join(unmet) or None,
            }
        )
    return right


@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
@pytest.mark.parametrize("target", ["out.csv", "out.parquet"])
def test_scores_in_every_format_are_the_exact_ones(tmp_path, source, target):
    everyone = people(20)
    applicants = written(tmp_path / source, rows_of(everyone))
    out = tmp_path / target
    summary = score_batch(applicants, out, ALL, workers=1, partition_rows=10)
    assert (summary.applicants, summary.scores, summary.rejects) == (20, 660, 0)
    assert scores_in(out) == right_scores(everyone, ALL)
    assert rejects_in(out) == {}
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [source, target, f"{target}.rejects.csv"]
    )


@pytest.mark.slow
def test_worker_processes_give_the_same_file(tmp_path):
    applicants = written(tmp_path / "in.parquet", rows_of(people(60)))
    score_batch(applicants, tmp_path / "one.parquet", RULES, workers=1, partition_rows=40)
    score_batch(applicants, tmp_path / "two.parquet", RULES, workers=2, partition_rows=40)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_scores_are_plain_strings_and_numbers_to_any_reader(tmp_path):
    applicants = written(tmp_path / "in.csv", rows_of(people(2)))
    score_batch(applicants, tmp_path / "out.parquet", RULES)
    schema = pq.read_schema(tmp_path / "out.parquet")
    assert [str(kind) for kind in schema.types] == [
        "string", "string", "double", "double", "double", "bool", "string",
    ]  # fmt: skip


def test_rejected_applicants_are_named_and_the_rest_scored(tmp_path):
    good = PROFILES[2]
    everyone = {
        "alchemist": [*good, ("A", "=Alchemy", "5")],
        "misspelt": [*good, ("A", "Physiks", "4")],
        "level nine": [("A", "English Language", "9"), ("A", "Mathematics", "5")],
        "both": [*good, ("A", "M1", "5")],
        "twice": [*good, ("A", "Biology", "4")],
        "alias": [*good, ("A", "Bio", "4")],
        "applied twice": [*good, ("B", "Hotel Operations", "Attained")],
        "category": [*good, ("D", "History", "4")],
        "misplaced": [*good, ("B", "History", "Attained")],
        "no subject": [*good, ("A", "", "=4")],
        "no level": [*good, ("A", "History", " ")],
        "no category": [*good, ("", "History", "4")],
        "good": good,
    }
    applicants = written(tmp_path / "in.csv", rows_of(everyone))
    out = tmp_path / "out.csv"
    summary = score_batch(applicants, out, RULES)
    assert (summary.applicants, summary.rejects) == (1, 12)
    assert scores_in(out) == right_scores({"good": good})
    assert rejects_in(out) == {
        # without ' a spreadsheet would run it
        "alchemist": "'=Alchemy=5: unknown subject. Did you mean Chemistry?",
        "misspelt": "Physiks=4: unknown subject. Did you mean Physics?",
        "level nine": (
            "English Language=9: unknown level of English Language. "
            "Known levels: 5**, 5*, 5, 4, 3, 2, 1, U"
        ),
        "both": "M1 with M2",
        "twice": "Biology twice",
        "alias": "Biology twice",
        "applied twice": "Hotel Operations twice",
        "category": "History=4: unknown category. A, B and C exist",
        "misplaced": "History=Attained: not a Category B subject",
        "no subject": "blank subject",
        "no level": "History: blank level",
        "no category": "History=4: blank category",
    }


def test_full_width_subjects_and_levels_are_the_same(tmp_path):
    typed = [
        ("Ａ", "Ｅnglish　Language", "５＊＊"),
        ("A", "Mathematics", "５*"),
        ("ａ", "Ｍ２", "４"),
    ]
    meant = [("A", "English Language", "5**"), ("A", "Mathematics", "5*"), ("A", "M2", "4")]
    twice = [*meant, ("A", "Ｍ２", "5")]
    applicants = written(tmp_path / "in.csv", rows_of({"typed": typed, "twice": twice}))
    score_batch(applicants, tmp_path / "out.csv", RULES)
    assert scores_in(tmp_path / "out.csv") == right_scores({"typed": meant})
    assert rejects_in(tmp_path / "out.csv") == {"twice": "M2 twice"}


def test_rows_of_an_applicant_need_not_stand_together(tmp_path):
    everyone = people(30)
    rows = rows_of(everyone)
    random.Random(3).shuffle(rows)
    applicants = written(tmp_path / "in.csv", rows)
    out = tmp_path / "out.parquet"
    summary = score_batch(applicants, out, RULES, workers=1, partition_rows=20)
    assert summary.applicants == 30
    assert scores_in(out) == right_scores(everyone)  # in the order of applicant_id


def test_ids_need_not_ascend(tmp_path):
    everyone = dict(reversed(people(30).items()))
    applicants = written(tmp_path / "in.parquet", rows_of(everyone))
    score_batch(applicants, tmp_path / "out.parquet", RULES, workers=1, partition_rows=20)
    assert scores_in(tmp_path / "out.parquet") == right_scores(everyone)


def test_no_applicants_give_no_scores(tmp_path):
    applicants = written(tmp_path / "in.csv", [])
    summary = score_batch(applicants, tmp_path / "out.csv", RULES)
    assert summary.scores == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("applicant_id,jupas_code")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.csv", None, "no such file"),
        ("in.xlsx", b"", "come as .csv or .parquet"),
        (
            "in.csv",
            b"applicant_id,subject,level\n1,Physics,5\n",
            "has no column category; columns found: 'applicant_id, subject, level'. "
            "Expected: applicant_id, category, subject, level",
        ),
        (
            "in.csv",
            b"Applicant_ID;category;subject;level\n1;A;Physics;5\n",
            "the delimiter is ';', where ',' is expected",
        ),
        ("in.csv", b"applicant_id,category,subject,Level,LEVEL\n", "has 2 columns level"),
        ("in.csv", b"", "has no column applicant_id"),
        ("in.parquet", b"not parquet", "can't be read as parquet"),
        ("in.csv", b"applicant_id,category,subject,level\n1,A\n", "can't be read as csv"),
    ],
)
def test_a_file_that_is_none_is_refused_and_the_old_scores_stay(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.csv"
    out.write_text("scores of yesterday", encoding="utf-8")
    with pytest.raises(DocumentRefused, match=message):
        score_batch(tmp_path / name, out, RULES)
    assert out.read_text(encoding="utf-8") == "scores of yesterday"


@pytest.mark.parametrize("nested", [["5"], {"level": "5"}], ids=["list", "struct"])
def test_a_cell_of_several_values_is_refused(tmp_path, nested):
    columns = [["A1"], ["A"], ["Physics"], [nested]]
    table = pa.table(dict(zip(HEADER, columns, strict=True)))
    pq.write_table(table, tmp_path / "in.parquet")
    with pytest.raises(DocumentRefused, match="column level holds several values in a cell"):
        score_batch(tmp_path / "in.parquet", tmp_path / "out.csv", RULES)


@pytest.mark.parametrize("out", ["a.csv", "other/../a.csv", "link.csv", "hard.csv"])
def test_scores_never_replace_the_applicants(tmp_path, out):
    applicants = written(tmp_path / "a.csv", rows_of(people(2)))
    before = applicants.read_bytes()
    (tmp_path / "other").mkdir()
    (tmp_path / "link.csv").symlink_to(applicants)
    (tmp_path / "hard.csv").hardlink_to(applicants)
    with pytest.raises(DocumentRefused, match="the scores would replace the applicants"):
        score_batch(applicants, tmp_path / out, RULES)
    assert applicants.read_bytes() == before


def test_rejects_never_replace_the_applicants(tmp_path):
    applicants = written(tmp_path / "a.csv.rejects.csv", rows_of(people(2)))
    before = applicants.read_bytes()
    with pytest.raises(DocumentRefused, match="the rejects would replace the applicants"):
        score_batch(applicants, tmp_path / "a.csv", RULES)
    assert applicants.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.rejects.csv"]


@pytest.mark.parametrize("name", ["out.csv", "out.csv.rejects.csv"])
def test_a_folder_in_the_place_of_the_scores_is_refused(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(DocumentRefused, match=f"{name}: is a folder"):
        score_batch(written(tmp_path / "in.csv", []), tmp_path / "out.csv", RULES)
    with pytest.raises(DocumentRefused, match="is a folder, not a file"):
        score_batch(tmp_path, tmp_path / "new.csv", RULES)


@pytest.mark.parametrize("name", ["scores.xlsx", "scores", "scores.arrow"])
def test_another_suffix_is_refused_by_the_users_name_before_anything_is_done(tmp_path, name):
    out = tmp_path / "new" / name
    with pytest.raises(DocumentRefused) as refused:
        score_batch(tmp_path / "missing.csv", out, RULES)
    assert str(refused.value) == f"{out}: scores are written as .csv or .parquet"
    assert not out.parent.exists()


@pytest.mark.parametrize("name", ["part-0.csv", "sorted.parquet", "as-read.parquet"])
def test_scores_may_have_the_names_of_our_own_files(tmp_path, name):
    everyone = people(30)
    rows = rows_of(everyone)
    random.Random(3).shuffle(rows)
    applicants = written(tmp_path / "in.csv", rows)
    score_batch(applicants, tmp_path / name, RULES, workers=1, partition_rows=20)
    assert scores_in(tmp_path / name) == right_scores(everyone)


@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
def test_rows_without_an_id_are_nobodys(tmp_path, source):
    good = PROFILES[0]
    rows = [
        ["B", *good[0]],
        ["B", *good[1]],
        ["", "A", "Physics", "4"],
        ["  ", "A", "Economics", "4"],
        ["C", *good[0]],
        ["\u3000", "", "", ""],
        ["D", *good[0]],
    ]
    if source == "in.parquet":
        rows[2][0] = rows[5][0] = None
    out = tmp_path / "out.csv"
    applicants = written(tmp_path / source, rows)
    summary = score_batch(applicants, out, RULES, workers=1, partition_rows=2)
    right = right_scores({"B": good[:2], "C": good[:1], "D": good[:1]})
    assert scores_in(out) == right  # in the order of the file: they scatter no one
    assert (summary.applicants, summary.rejects) == (3, 2)
    rejected = Path(f"{out}.rejects.csv").read_text(encoding="utf-8").splitlines()
    numbers = ("4 to 5", "7") if source == "in.csv" else ("3 to 4", "6")
    assert rejected == [
        "applicant_id,reason,rows", *[f",blank applicant_id,{rows}" for rows in numbers]
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
@pytest.mark.parametrize("scattered", [False, True])
def test_rejects_name_the_rows_of_the_file(tmp_path, source, scattered):
    good = [("A", subject, "4") for subject in ("English Language", "Mathematics", "M1")]
    rows = [["A", *row] for row in good]
    rows += [["B", *good[0]], ["B", "A", "Alchemy", "4"], ["B", "A", "Physics", "9"]]
    rows += [["C", *row] for row in (*good, ("A", "Physics", "6"), ("A", "Math", "3"))]
    rows += [["D", *row] for row in (*good, ("A", "History", "4"), ("A", "M2", "4"))]
    at_fault = {"B": [5, 6], "C": [8, 10, 11], "D": [14, 16]}  # rows from 1
    order = list(range(len(rows)))
    if scattered:
        random.Random(5).shuffle(order)
    applicants = written(tmp_path / source, [rows[place] for place in order])
    score_batch(applicants, tmp_path / "out.csv", RULES, workers=1, partition_rows=4)
    with (tmp_path / "out.csv.rejects.csv").open(encoding="utf-8", newline="") as file:
        told = {row["applicant_id"]: numbers_in(row["rows"]) for row in csv.DictReader(file)}
    header = source == "in.csv"
    assert told == {
        name: {order.index(row - 1) + 1 + header for row in own} for name, own in at_fault.items()
    }


def numbers_in(rows: str) -> set[int]:
    ends = [[int(end) for end in run.split(" to ")] for run in rows.split("; ")]
    return {row for run in ends for row in range(run[0], run[-1] + 1)}


@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
@pytest.mark.parametrize("scattered", [False, True])
def test_blanks_around_an_id_are_no_part_of_it(tmp_path, source, scattered):
    first, second, third = PROFILES[0]
    rows = [[" A14 ", *first], ["A14", *second], ["A14\u00a0", *third], ["B 1", *first]]
    if scattered:
        rows = [rows[3], rows[0], ["\tB 1", *second], *rows[1:3]]
    applicants = written(tmp_path / source, rows)
    out = tmp_path / "out.parquet"
    score_batch(applicants, out, RULES, workers=1, partition_rows=2)
    last = [first, second] if scattered else [first]
    assert scores_in(out) == right_scores({"A14": [first, second, third], "B 1": last})


def test_whole_numbers_that_pandas_made_floats_are_ids_as_before(tmp_path):
    ids = [1.0, 1.0, 2.0, None, float("nan"), 12345678901.0, 2.5]
    subjects = ["English Language", "Mathematics", *["English Language"] * 5]
    columns = [pa.array(ids), ["A"] * 7, subjects, ["4"] * 7]
    applicants, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.table(dict(zip(HEADER, columns, strict=True))), applicants)
    summary = score_batch(applicants, out, RULES)
    scored = dict.fromkeys(row["applicant_id"] for row in scores_in(out))
    assert list(scored) == ["1", "2", "12345678901", "2.5"]
    assert rejects_in(out) == {"": "blank applicant_id"}
    assert summary.applicants == 4


@pytest.mark.parametrize(
    "header",
    [
        ["Applicant_ID", "CATEGORY", "Subject", "Level"],
        [" applicant_id", "category ", "\tsubject", " level "],
        ["Applicant ID", "Category", "Subject", "level"],
    ],
)
@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
def test_columns_are_known_by_other_spellings(tmp_path, monkeypatch, source, header):
    monkeypatch.setitem(globals(), "HEADER", header)
    everyone = people(5)
    applicants = written(tmp_path / source, rows_of(everyone))
    score_batch(applicants, tmp_path / "out.csv", RULES)
    assert scores_in(tmp_path / "out.csv") == right_scores(everyone)


def test_the_exact_name_of_a_column_goes_before_other_spellings(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "HEADER", [*HEADER, "Level"])
    applicants = written(tmp_path / "in.csv", [[*row, "none"] for row in rows_of(people(2))])
    score_batch(applicants, tmp_path / "out.csv", RULES)
    assert scores_in(tmp_path / "out.csv") == right_scores(people(2))
