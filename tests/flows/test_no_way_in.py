"""Hostile text in documents and files stays text: in SQL, HTML, terminals, spreadsheets, paths."""

from __future__ import annotations

import ast
import csv
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from errors import AdmissionsError
from tests.flows.harness import ROOT, SAMPLES, admissions, whole_release
from tests.flows.steps import refreshed
from tests.typeset.edition import Named, edition_2026
from tests.typeset.layout import Layout
from tests.typeset.leaflet import typeset_leaflet

pytestmark = pytest.mark.slow  # runs refreshes

PACKAGES = ("extract", "transform", "schemas", "warehouse", "scoring", "reports", "flows")
TITLES = (
    "<script>alert(1)</script>",
    "'; DROP TABLE scores; --",
    '=HYPERLINK("http://x.example","y")',
    "{{ 7*7 }} ${7*7} [/b] :bomb:",
)
HOSTILE_LINES = "A\x1b[31mB\x9b2JC\u202eD\x07E <script>alert(2)</script>"
UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a leaflet whose titles attack, and of a page whose news do."""
    folder = tmp_path_factory.mktemp("hostile")
    edition = edition_2026()
    named = [
        replace(programme, name=Named(title))
        for programme, title in zip(edition.programmes, TITLES, strict=False)
    ]
    rest = edition.programmes[len(TITLES) :]
    edition = replace(edition, programmes=(*named, *rest))
    leaflet = folder / "[bold]leaflet[end].pdf"
    typeset_leaflet("requirements", edition, Layout(), leaflet)
    page = folder / "press.html"
    text = (SAMPLES / "pages" / "press.html").read_text(encoding="utf-8")
    title = re.search(r'<h3 class="node__title"><a [^>]*>([^<]+)<', text)
    assert title is not None
    attack = HOSTILE_LINES.replace("<", "&lt;").replace(">", "&gt;")
    page.write_text(text.replace(title[1], f"{title[1]} {attack}"), encoding="utf-8")
    data = folder / "data"
    refreshed(data, [leaflet, page], report=True)
    return data


def test_titles_stay_titles(hostile: Path) -> None:
    with duckdb.connect(hostile / "current" / "warehouse.duckdb", read_only=True) as connection:
        found = connection.sql(
            "SELECT title FROM programmes WHERE edition = 2026 ORDER BY jupas_code"
        ).fetchall()
        assert {title for (title,) in found} >= set(TITLES)
        assert connection.sql("SELECT count(*) FROM scores").fetchall() == [(0,)]
    assert whole_release(hostile) is not None


def test_the_report_holds_no_markup_of_theirs(hostile: Path) -> None:
    page = (hostile / "current" / "report" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "alert(1)" in page  # as text
    assert not UNSHOWABLE.search(page)
    assert "Content-Security-Policy" in page and "default-src 'none'" in html.unescape(page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all("src=" not in script for script in scripts) and len(scripts) <= 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("trace", "programmes", "jupas_code=JS5101"),
        ("trace", "news", "source=press"),
        ("score", "--profile", "English Language=5"),
        ("score", "--profile", "English Language=5", "--json"),
        ("diff", "2026", "2026"),
    ],
)
def test_terminals_get_plain_text(hostile: Path, arguments: tuple[str, ...]) -> None:
    ended = admissions(*arguments, "--data", hostile)
    assert "unexpected" not in ended.err, ended
    assert not UNSHOWABLE.search(ended.out + ended.err)
    if arguments[0] == "status":
        assert "[bold]leaflet" in ended.out
    if "--json" in arguments and ended.code == 0:
        json.loads(ended.out)


def test_names_of_files_are_plain_too(tmp_path: Path) -> None:
    document = tmp_path / "a\x1b[2J\nb.pdf"
    document.write_bytes(b"nothing")
    with pytest.raises(AdmissionsError):
        refreshed(tmp_path / "data", [document])
    ended = admissions("detect", document)
    assert len(ended.err.splitlines()) == 1 and not UNSHOWABLE.search(ended.err)


def test_spreadsheets_run_nothing(samples_data: Path, tmp_path: Path) -> None:
    ids = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "-5", "+7.5", "A-1", "'quoted"]
    rows = [
        (name, "A", subject, level)
        for name in ids
        for subject, level in (("English Language", "5"), ("Mathematics", "4"))
    ]
    rows += [(f"{name}!bad", "A", "=cmd|' /C calc'!A0", "5") for name in ids[:4]]
    applicants, out = tmp_path / "applicants.csv", tmp_path / "scores.csv"
    with applicants.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([("applicant_id", "category", "subject", "level"), *rows])
    ended = admissions("score-batch", applicants, "-o", out, "--data", samples_data)
    assert ended.code == 0, ended
    for path in (out, out.with_name("scores.csv.rejects.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            cells = {cell for row in csv.reader(file) for cell in row}
        risky = {c for c in cells if re.match(r"[=+@\t\r\n]|-", c)}
        assert risky <= {"-5", "+7.5"}, risky
    with out.open(newline="", encoding="utf-8") as file:
        scored = {row["applicant_id"] for row in csv.DictReader(file)}
    assert scored == {
        "'=1+1",
        "'+1+1",
        "'-2+3",
        "'@SUM(A1)",
        "x",
        "-5",
        "+7.5",
        "A-1",
        "'quoted",
    }


def test_no_shell_and_no_code_from_text() -> None:
    """No eval, exec, pickle, os.system or shell=True anywhere; processes are our interpreter's."""
    for path in _program_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            assert name not in {
                "eval", "exec", "os.system", "os.popen", "pickle.loads", "pickle.load",
                "yaml.load", "marshal.loads", "subprocess.getoutput",
            }, f"{path.name}:{node.lineno} {name}"  # fmt: skip
            assert not any(k.arg == "shell" for k in node.keywords), f"{path.name}:{node.lineno}"
            if name.startswith("subprocess."):
                assert "sys.executable" in ast.unparse(node), f"{path.name}:{node.lineno}"


# What is put into the text of a query, each looked at: names that schemas/ or DuckDB's catalogue
# give, quoted paths of our own making, constants. A new one has to be looked at too.
PUT_INTO_SQL = {
    "applicant_files.py": {"source", "target"},
    "database.py": {
        "ddl.literal(str(path))", "ddl.literal(STORAGE_VERSION)", "BLOCK_BYTES", "target",
    },
    "quality.py": {"MOST_EXAMPLES", "MOST_RUNS"},
    "releases.py": {"schema", "name"},
    "scoring_data.py": {"name"},
    "tracing.py": {"model"},
    "validation.py": {"quoted(schema)", "quoted(name)", "quoted(view)"},
}  # fmt: skip


def test_sql_is_put_together_only_from_our_own_names() -> None:
    calls = {"execute", "sql", "query", "executemany", "rows", "value"}
    for path in _program_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute | ast.Name
            ):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name not in calls:
                continue
            put = {
                ast.unparse(part.value)
                for argument in node.args
                for part in ast.walk(argument)
                if isinstance(part, ast.FormattedValue)
            }
            known = PUT_INTO_SQL.get(path.name, set())
            assert put <= known, f"{path.name}:{node.lineno} {put - known}"


def test_an_apostrophe_in_a_folder_s_name(samples_data: Path, tmp_path: Path) -> None:
    """Scattered applicants are sorted by DuckDB, in a folder beside the scores."""
    folder = tmp_path / "it's here"
    folder.mkdir()
    applicants, out = folder / "a'b.csv", folder / "scores.csv"
    rows = [("2", "English Language"), ("1", "English Language"), ("2", "Mathematics")]
    applicants.write_text(
        "applicant_id,category,subject,level\n"
        + "".join(f"{name},A,{subject},4\n" for name, subject in rows)
    )
    ended = admissions("score-batch", applicants, "-o", out, "--data", samples_data)
    assert ended.code == 0 and "66 scores of 2 applicants" in ended.out, ended


def _program_files() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
