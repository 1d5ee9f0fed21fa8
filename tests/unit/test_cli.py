"""The command line by itself: usage, exit codes, plain text. No release is read here."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from rich.table import Table

from flows.console import PlainConsole
from flows.plain_text import PlainFormatter, plain, plain_line
from tests.flows.harness import SAMPLES, admissions
from tests.unit.rules_2026 import golden_rules
from warehouse.code_version import code_version

PROFILE = "English Language=4, Mathematics=4"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def test_detect_of_what_is_not_there(tmp_path: Path) -> None:
    said = admissions("detect", tmp_path / "none.pdf").message
    assert said.endswith("none.pdf: cannot be read (No such file or directory). Check the path")


def test_detect_of_an_address() -> None:
    said = admissions("detect", "https://example.org/a.pdf").message
    assert said == "detect looks at a file: 'https://example.org/a.pdf'. Download it first"


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("report",),
        ("diff", "2025", "2026"),
        ("trace", "scores", "jupas_code=JS5240"),
        ("score", "--profile", PROFILE),
        ("score-batch", SAMPLES / "pages" / "home.html", "-o", "out.csv"),
    ],
)
def test_no_release_yet(empty: Path, arguments: tuple[str, ...]) -> None:
    said = admissions(*arguments, "--data", empty).message
    assert said == f"{empty}: no release yet. Run `admissions refresh --data {empty}` first"
    assert not list(empty.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("refresh", "--nonsense"),
        ("refresh", "--data"),
        ("status", "surplus"),
        ("diff", "2025"),
        ("diff", "last", "2026"),
        ("trace", "scores"),
        ("score",),
        ("score", "--profile", "M1=5", "--edition", "soon"),
        ("score", "--profile", ""),
        ("score", "--profile", " , "),
        ("score", "--profile", "English 5"),
        ("score", "--profile", "English=5, Mathematics"),
        ("score", "--profile", "English="),
        ("score", "--profile", "=5"),
        ("score-batch", "applicants.csv"),
        ("score-batch", "applicants.csv", "-o", "scores.xlsx"),
        ("detect",),
        ("no-such-command",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    ended = admissions(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "Usage: " in ended.err or "Error: " in ended.err


def test_wrong_usage_says_what_is_wrong() -> None:
    said = admissions("score-batch", "ok.csv", "-o", "o3.xlsx").err
    assert "o3.xlsx: scores are written as .csv or .parquet" in said
    assert ".score-batch-" not in said
    assert "the profile is empty" in admissions("score", "--profile", "").err
    assert "no level given: 'English 5'" in admissions("score", "--profile", "English 5").err


@pytest.fixture
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.cli_scoring.needed_release", lambda data: data)
    monkeypatch.setattr("scoring.rules.rules_of", lambda release, edition: golden_rules())


@pytest.mark.usefixtures("_rules")
def test_rejects_are_announced_once(tmp_path: Path) -> None:
    applicants, out = tmp_path / "applicants.csv", tmp_path / "scores.csv"
    applicants.write_text(
        "applicant_id,category,subject,level\n"
        "A1,A,English Language,5\nA2,A,English Language,6\n,A,Physics,4\n"
    )
    ended = admissions("score-batch", applicants, "-o", out)
    assert (ended.code, ended.out) == (0, f"{out}: 33 scores of 1 applicant\n")
    assert ended.err == f"2 applicants rejected: see {out}.rejects.csv\n"
    applicants.write_text(applicants.read_text().replace(",A,Physics,4", "A1,A,Physics,4"))
    ended = admissions("score-batch", applicants, "-o", out)
    assert f"1 applicant rejected: see {out}.rejects.csv\n" in ended.err
    assert ended.err.count("rejected") == 1


@pytest.mark.usefixtures("_rules")
def test_quiet_says_nothing_but_errors(tmp_path: Path) -> None:
    applicants, out = tmp_path / "applicants.csv", tmp_path / "scores.csv"
    applicants.write_text("applicant_id,category,subject,level\nA1,A,English Language,5\n")
    ended = admissions("score-batch", applicants, "-o", out, "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert out.exists()


def test_scores_over_the_applicants_are_refused_first(tmp_path: Path) -> None:
    applicants = tmp_path / "a.csv"
    applicants.write_text("never read")
    said = admissions("score-batch", applicants, "-o", applicants, "--data", tmp_path).message
    assert said.startswith(f"{applicants}: the scores would replace the applicants")
    assert applicants.read_text() == "never read"


@pytest.mark.parametrize("arguments", [("--version",), ("status", "--version")])
def test_version_tells_release_and_code(arguments: tuple[str, ...]) -> None:
    ended = admissions(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert re.fullmatch(rf"admissions [\d.]+ \(code {code_version()[:10]}\)\n", ended.out)


def test_help_names_every_command() -> None:
    out = admissions("--help").out
    for command in (
        "refresh", "status", "score", "score-batch", "trace", "diff", "detect", "report",
        "schedule",
    ):  # fmt: skip
        assert re.search(rf"^  {command} ", out, re.MULTILINE)


def test_text_of_documents_is_plain() -> None:
    """ESC, CSI, bell, backspace, carriage return and a direction override act on no terminal."""
    assert plain("a\x1b[31mb\x9b2Jc\x07\x08\rd\u202ee") == "a�[31mb�2Jc���d�e"
    assert plain({"k\x1b": ["x\x00", 5, None]}) == {"k�": ["x�", 5, None]}
    assert plain("Größe 8.5\t科大\n") == "Größe 8.5\t科大\n"
    assert plain_line("two\nlines\x1b") == "two lines�"


def test_logs_are_plain() -> None:
    record = logging.LogRecord("flows", 30, "", 0, "read %s", ("\x1b]0;owned\x07",), None)
    assert PlainFormatter("%(message)s").format(record) == "read �]0;owned�"


def test_a_console_prints_markup_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    PlainConsole().print("[/b] [link=http://x]y[/link] :key: \x1b[2J", soft_wrap=True)
    assert capsys.readouterr().out == "[/b] [link=http://x]y[/link] :key: �[2J\n"


def test_where_no_terminal_is_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("a", "b", box=None, pad_edge=False)
    table.add_row("x", "y" * 400)
    table.add_row("x", "y")
    PlainConsole().print(table)
    assert capsys.readouterr().out.splitlines() == ["a  b", "x  " + "y" * 400, "x  y"]
