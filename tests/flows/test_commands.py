"""The commands that read a release: good and bad input, exit codes, plain output."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.flows.harness import (
    COMMAND,
    SAMPLES,
    Ended,
    admissions,
    admissions_process,
    archived,
    environment,
)

PROFILE = (
    "English Language=4, Chinese Language=3, Mathematics=4, Physics=4, Economics=3, History=2, "
    "Citizenship and Social Development=Attained"
)
ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
pytestmark = pytest.mark.slow  # reads the samples


def good(ended: Ended) -> str:
    assert (ended.code, ended.err) == (0, ""), ended
    assert not ESCAPE.search(ended.out)
    return ended.out


def test_status(samples_data: Path) -> None:
    out = good(admissions("status", "--data", samples_data))
    assert "edition 2026: 33 programmes, requirements and formulae" in out
    assert "scores 2025, admitted: 33 programmes" in out
    assert re.search(r"brochure-2026.pdf +brochure +2026 +sample +9 ", out)
    assert "0 open findings" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("diff", "2025", "2026", "--json"),
        ("trace", "scores", "jupas_code=JS5240"),
        ("score", "--profile", PROFILE),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_reader_that_goes_is_no_failure(
    samples_data: Path, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    with (tmp_path / "said").open("w+b") as said:
        process = subprocess.Popen(
            [*COMMAND, *arguments, "--data", str(samples_data)],
            env=environment(), stdout=subprocess.PIPE, stderr=said,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=120) == 0
        assert said.seek(0, 2) == 0


def test_a_refresh_needs_no_streams(own_data: Path) -> None:
    command = ["/bin/sh", "-c", '"$@" <&- >&- 2>&-', "sh", *COMMAND, "refresh"]
    run = subprocess.run([*command, "--data", str(own_data)], env=environment(), timeout=300)
    assert run.returncode == 0
    assert not (own_data / "last-failure.md").exists()


def test_an_encoding_that_lacks_characters_is_no_failure(samples_data: Path) -> None:
    ended = admissions_process(
        "trace", "news", "source=provost", "--data", samples_data, PYTHONIOENCODING="ascii"
    )
    assert (ended.code, ended.err) == (0, "")
    assert "\\u201c" in ended.out and ended.out.isascii()


@pytest.mark.usefixtures("prefect")
def test_common_options_stand_before_or_after_the_command(samples_data: Path) -> None:
    assert good(admissions("-v", "status", "--data", samples_data)) == good(
        admissions("status", "--data", samples_data, "--verbose")
    )
    assert good(admissions("refresh", "--quiet", "--data", samples_data)) == ""


def test_options_stand_before_or_after_positionals(samples_data: Path) -> None:
    keys = ("scores", "jupas_code=JS5240", "scores_year=2025", "basis=admitted")
    options = ("--column", "median", "--data", samples_data)
    after = good(admissions("trace", *keys, *options))
    before = good(admissions("trace", *options, *keys))
    between = good(admissions("trace", keys[0], *options, *keys[1:]))
    assert after == before == between
    assert after.startswith("median = 48.45\n    brochure-2026.pdf, page 7, box ")
    assert "'48.45'" in after


def test_trace_of_a_web_page_names_its_block(samples_data: Path) -> None:
    out = good(admissions("trace", "sdgs", "number=4", "--data", samples_data))
    assert out.startswith("title = Quality Education\n    ")
    assert re.search(r"home\.html, block \d+: '4 Quality Education'", out)


def test_trace_writes_a_picture_of_the_place(samples_data: Path, tmp_path: Path) -> None:
    png = tmp_path / "box.png"
    good(
        admissions(
            "trace", "scores", "jupas_code=JS5240", "--png", png, "--data", samples_data
        )
    )  # fmt: skip
    assert png.read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scors", "a=b"), "unknown table: 'scors'. Did you mean scores?"),
        (("scores", "code=JS5240"), "unknown column: 'code'"),
        (("scores", "JS5240"), "not KEY=VALUE: 'JS5240'. Write jupas_code=JS5240"),
        (("scores", "jupas_code=JS9999"), "no such row of scores: 'jupas_code=JS9999'"),
        (("scores", "jupas_code=JS5240", "--column", "medain"), "Did you mean median?"),
        (("scores", "jupas_code=' OR 1=1 --"), "no such row of scores"),
        (("scores;DROP TABLE scores", "a=b"), "unknown table"),
    ],
)
def test_trace_of_what_is_not_there(
    samples_data: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in admissions("trace", *arguments, "--data", samples_data).message


def test_trace_to_a_place_that_cannot_be_written(samples_data: Path, tmp_path: Path) -> None:
    png = tmp_path / "missing" / "box.png"
    ended = admissions(
        "trace", "scores", "jupas_code=JS5240", "--png", png, "--data", samples_data
    )  # fmt: skip
    assert ended.message == (
        f"{png}: cannot be read or written (No such file or directory). Check the path and the disk"
    )


def test_diff(samples_data: Path) -> None:
    out = good(admissions("diff", "2025", "2026", "--data", samples_data))
    assert re.match(r"\d+ changes from 2025 to 2026\n", out)
    found = json.loads(good(admissions("diff", "--json", "2025", "2026", "--data", samples_data)))
    assert f"{len(found)} changes" in out
    assert "\nformulas: 10\n" in out and "\nformulas, as printed: 27\n" in out
    assert not re.search(r"(?m) +$", out)
    renamed = [
        change
        for change in found
        if change["table_name"] == "programmes" and "JS5711" in change["key"]
    ]
    assert any("Integrative Systems" in str(change["old_value"]) for change in renamed)
    with duckdb.connect(
        str(samples_data / "current" / "warehouse.duckdb"), read_only=True
    ) as opened:
        recorded = opened.sql(
            "SELECT table_name, key, column_name, cause FROM audit.changes "
            "WHERE (from_edition, to_edition) = (2025, 2026)"
        ).fetchall()
    told = [(c["table_name"], c["key"], c["column_name"], c["cause"]) for c in found]
    assert sorted(told, key=str) == sorted(recorded, key=str)


def test_diff_of_editions_that_no_table_has_both_of(samples_data: Path) -> None:
    said = admissions("diff", "2024", "2026", "--data", samples_data).message
    assert said == "no table has both 2024 and 2026. 2024 can be compared with 2025"
    assert admissions("diff", "2025", "2025", "--data", samples_data).out.startswith("0 changes")


def test_trace_tells_what_it_does_not_find(samples_data: Path) -> None:
    def said(*arguments: str) -> str:
        return admissions("trace", "scores", *arguments, "--data", samples_data).message

    row = ("jupas_code=JS5240", "scores_year=2025", "basis=admitted")
    assert said(*row, "--column", "withheld").startswith("no document gives withheld in this row")
    assert said(*row, "--column", "basis").startswith(
        "basis names the row of scores and has no place"
    )
    assert said(*row, "jupas_code=JS5250").startswith("two values of jupas_code: ")
    assert said("=JS5240").startswith("not KEY=VALUE: '=JS5240'")
    found = admissions("trace", "scores", "median=48.45", "--data", samples_data)
    assert "jupas_code" not in found.out and "median = 48.45" in good(found)


def test_diff_of_an_edition_that_is_not_there(samples_data: Path) -> None:
    said = admissions("diff", "1999", "2026", "--data", samples_data).message
    assert said.startswith("the release has nothing of this edition: '1999'. It has ")


def test_detect(samples_data: Path) -> None:
    out = good(admissions("detect", SAMPLES / "expected-scores-2025.pdf"))
    assert out.startswith("expected-scores-2025.pdf: expected scores, latest year 2025\n")
    assert out.endswith("\nIt would load.\n")
    found = json.loads(good(admissions("detect", SAMPLES / "brochure-2026.pdf", "--json")))
    assert (found["kind"], found["year"], found["refused"]) == ("brochure", 2026, None)
    kinds = {table["kind"] for page in found["pages"] for table in page["tables"]}
    assert {"requirements", "scores"} <= kinds


def test_detect_leaves_nothing_behind(samples_data: Path) -> None:
    before = archived(samples_data)
    admissions("detect", SAMPLES / "pages" / "home.html")
    assert archived(samples_data) == before


def test_score(samples_data: Path) -> None:
    """The case worked by hand in SCORING.md: 26.05 in JS5300."""
    out = good(admissions("score", "--profile", PROFILE, "--data", samples_data))
    assert out.startswith("Edition 2026: 33 programmes\n")
    assert re.search(
        r"^JS5811 .* no: needs one of Biology / Chemistry at level 3$", out, re.MULTILINE
    )
    assert re.search(r"JS5300 .* 26\.05 ", out)
    found = json.loads(
        good(
            admissions(
                "score", "--profile", PROFILE, "--explain", "js5300", "--json",
                "--data", samples_data,
            )
        )
    )  # fmt: skip
    (programme,) = found["programmes"]
    assert found["edition"] == 2026 and "26.05" in json.dumps(programme)
    everyone = json.loads(
        good(admissions("score", "--profile", PROFILE, "--json", "--data", samples_data))
    )
    assert len({tuple(one["standing"]) for one in everyone["programmes"]}) == 1  # one form for all
    assert everyone["not_scored"] == {}


def test_score_on_a_narrow_terminal(samples_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal, as far as the console knows
    monkeypatch.setenv("COLUMNS", "80")
    ended = admissions("score", "--profile", "English=4", "--data", samples_data)
    lines = [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in ended.out.splitlines()]
    assert re.search(r"^JS5101 .* no$", "\n".join(lines), re.MULTILINE)
    assert max(map(len, lines)) <= 80 and "needs" not in ended.out
    assert " ".join(lines).endswith("how a score comes about and what is missing.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--profile", "Englsh=5"), "English Language"),
        (("--profile", "English Language=7"), "'7'"),
        (("--profile", "M1=5, M2=5"), "M1"),
        (("--profile", PROFILE, "--explain", "JS5399"), "no such programme: 'JS5399'"),
        (("--profile", PROFILE, "--edition", "1999"), "1999"),
    ],
)
def test_score_of_what_cannot_be_scored(
    samples_data: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in admissions("score", *arguments, "--data", samples_data).message


def test_report_is_built_again(own_data: Path) -> None:
    out = good(admissions("report", "--data", own_data))
    assert Path(out.strip()) == own_data / "report" / "index.html"
    assert (own_data / "report" / "index.html").read_bytes() == (
        own_data / "current" / "report" / "index.html"
    ).read_bytes()
