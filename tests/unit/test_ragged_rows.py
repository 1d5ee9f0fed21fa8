"""Rows of a CSV with too many or too few cells: whom they reject, and when the file is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from errors import DocumentRefused
from scoring import applicant_files
from scoring.batch import score_batch
from tests.unit.rules_2026 import golden_rules

RULES = golden_rules()
HEADER = "applicant_id,category,subject,level"
BAFS = "Business, Accounting and Financial Studies"
TOO_FEW, TOO_MANY = (f"a row of {cells} cells where the header has 4" for cells in (3, 5))


def outcome(folder: Path, *lines: str) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Who was scored, and who was rejected with reason and rows."""
    (folder / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    score_batch(folder / "in.csv", folder / "out.csv", RULES, workers=1, partition_rows=3)
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        scored = list(dict.fromkeys(row["applicant_id"] for row in csv.DictReader(file)))
    with (folder / "out.csv.rejects.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["applicant_id"]: (row["reason"], row["rows"]) for row in csv.DictReader(file)}
    return scored, rows


def refusal(folder: Path, *lines: str) -> str:
    with pytest.raises(DocumentRefused) as refused:
        outcome(folder, *lines)
    assert not (folder / "out.csv").exists()
    return str(refused.value).removeprefix(f"{folder / 'in.csv'}: ")


@pytest.mark.parametrize("block_bytes", [1 << 20, 80])
def test_a_ragged_row_rejects_its_applicant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    """A comma in a name, a cell forgotten: among rows, first, last, next to a blank line."""
    monkeypatch.setattr(applicant_files, "CSV_BLOCK_BYTES", block_bytes)
    scored, rejects = outcome(
        tmp_path,
        HEADER,
        "first,A,Physics",  # row 2
        "A1,A,English Language,5",
        f"B2,A,{BAFS},5",
        "B2,A,Mathematics,4",
        "",
        "C3,A,Physics,9",  # row 6
        "C3,A,Mathematics,4",
        " C3 ,A,Chemistry",
        "D4,A,Physics,5",
        f'D4,A,"{BAFS}",5',
        "last,a,Physics,5,",  # row 11
        "last,Ｂ",
    )
    assert scored == ["A1", "D4"]
    unknown = "Physics=9: unknown level of Physics. Known levels: 5**, 5*, 5, 4, 3, 2, 1, U"
    assert rejects == {
        "first": (TOO_FEW, "2"),
        "B2": (TOO_MANY, "4"),
        "C3": (f"{unknown}; {TOO_FEW}", "6; 8"),
        "last": (f"{TOO_MANY}; a row of 2 cells where the header has 4", "11 to 12"),
    }


def test_a_ragged_row_far_from_its_applicants_others_rejects_it(tmp_path: Path) -> None:
    rows = [f"{name},A,{subject},4" for subject in ("Physics", "Chemistry") for name in "ABC"]
    scored, rejects = outcome(tmp_path, HEADER, *rows, "B,A,Biology")
    assert (scored, rejects) == (["A", "C"], {"B": (TOO_FEW, "8")})


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (HEADER, "A,Physics,5"),  # the id is missing
        (HEADER, "Chan, Tai Man,A,Physics,5"),  # the comma is in the id
        (HEADER, "A1"),
        ("name,applicant_id,category,subject,level", "Chan, Tai Man,A1,A,Physics,5"),
        ("subject,level,category,applicant_id", f"{BAFS},5,A,A1"),
    ],
)
def test_a_row_that_may_be_anyones_is_refused_by_number_and_text(
    tmp_path: Path, header: str, row: str
) -> None:
    good = ",".join("x" for _ in header.split(","))
    cells, columns = row.count(",") + 1, header.count(",") + 1
    assert refusal(tmp_path, header, good, row) == (
        f"row 3 has {cells} cells where the header has {columns}: {row!r}. Give it as many cells "
        "as the first row; a comma within a cell takes quotes around the cell"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ['A1,A,"Physics,5', "A2,A,Physics,5"],
            "row 3 has 3 cells where the header has 4: "
            "'A1,A,\"Physics,5 A2,A,Physics,5 A3,A,Physics,4'",
        ),
        (
            ['A1,A,"Physics,5', 'A2,A,Chemistry",5'],
            "row 3 has a cell of 2 lines: 'Physics,5 A2,A,Chemistry'",
        ),
        (
            ['"A1,A,Physics,5', 'A2",A,Chemistry,5'],
            "row 3 has a cell of 2 lines: 'A1,A,Physics,5 A2'",
        ),
    ],
)
def test_a_quote_that_swallows_lines_is_refused_where_it_stands(
    tmp_path: Path, rows: list[str], said: str
) -> None:
    message = refusal(tmp_path, HEADER, "A0,A,Physics,5", *rows, "A3,A,Physics,4")
    todo = 'A quote (") that is not closed takes in the lines below it: look at this row'
    assert message == f"{said}. {todo}"


def test_a_name_on_two_lines_swallows_nothing(tmp_path: Path) -> None:
    two_lines = '"Business,\nAccounting and Financial Studies"'
    assert outcome(tmp_path, HEADER, f"A1,A,{two_lines},5") == (["A1"], {})


def test_a_header_that_fits_no_row_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, HEADER, "A1,A,Physics,5,", "A2,A,Physics,4,")
    assert message == (
        "can't be read as csv: no row has the 4 cells that the header has; row 2: "
        "'A1,A,Physics,5,'. Give the header as many cells as the rows"
    )
