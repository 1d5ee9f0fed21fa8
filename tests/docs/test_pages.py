"""Pages: generated ones are fresh, links lead somewhere, snippets run and print what they say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

import errors
import schemas
from docs.build import DOCS, GENERATED, pages, stale_pages
from docs.dependencies import asked_for
from docs.links import dead_links
from flows.commands import app
from tests.docs.snippets import RUN, Snippet, printed_by, same_output, snippets_of

pytestmark = pytest.mark.slow  # makes a release

ROOT = DOCS.parent
WRITTEN = [page for page in sorted(DOCS.glob("*.md")) if page.name not in GENERATED]
PASTED = ("recipes.md",)  # pages of which a reader takes one block
PACKAGES = ("extract", "transform", "schemas", "warehouse", "scoring", "reports", "flows")


def test_generated_pages_are_fresh() -> None:
    assert stale_pages() == [], "run `make docs`"


def test_every_link_leads_somewhere() -> None:
    assert dead_links(pages()) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One two\n[b](b.md) [a](#one-two) [x](#three) `[c](c.md)`\n")
    assert dead_links([tmp_path / "a.md"]) == ["a.md: dead link b.md", "a.md: dead link #three"]


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    missing = [page.name for page in DOCS.glob("*.md") if f"({page.name})" not in index]
    assert missing == ["index.md"]


def test_the_dependencies_listed_are_those_asked_for() -> None:
    """Versions are those of the machine that made the page; which ones are asked for is ours."""
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    shipped, tools = text.split("\n## ")[1:]
    assert set(re.findall(r"\*\*(.+?)\*\*", shipped)) == asked_for()
    assert set(re.findall(r"\*\*(.+?)\*\*", tools)) == asked_for("dev")


def test_every_command_is_documented_with_all_its_options() -> None:
    group: Any = typer.main.get_command(app)
    reference = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in group.commands.items():
        assert command.help, name
        assert f"## admissions {name}\n" in reference
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


def test_every_command_is_shown_at_work() -> None:
    group: Any = typer.main.get_command(app)
    text = "\n".join(page.read_text(encoding="utf-8") for page in WRITTEN)
    assert [name for name in group.commands if f"admissions {name}" not in text] == []


def test_every_table_and_column_is_in_the_dictionary() -> None:
    text = (DOCS / "dictionary.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    for prefix, models in (("", schemas.TABLES), ("audit.", schemas.AUDIT)):
        for name, model in models.items():
            for column in schemas.columns_of(model):
                assert column.description, f"{name}.{column.name}"
                row = rf"^\| \**{column.name}\** \| \S.*{re.escape(column.description[:20])}"
                assert re.search(row, sections[prefix + name], re.MULTILINE), column.name


def test_every_setting_of_the_environment_is_in_the_runbook() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    )
    runbook = (DOCS / "runbook.md").read_text(encoding="utf-8")
    names = set(re.findall(r"\bADMISSIONS_[A-Z_]*[A-Z]", code))
    assert sorted(name for name in names if name not in runbook) == []


def test_every_error_a_person_may_see_is_in_the_runbook() -> None:
    runbook = (DOCS / "runbook.md").read_text(encoding="utf-8")
    kinds = [kind.__name__ for kind in errors.AdmissionsError.__subclasses__()]
    assert [kind for kind in kinds if f"`{kind}`" not in runbook] == []


def test_pictures_are_small_and_all_shown() -> None:
    pictures = sorted((DOCS / "pictures").glob("*"))
    text = "\n".join(page.read_text(encoding="utf-8") for page in [*WRITTEN, ROOT / "README.md"])
    assert [picture.name for picture in pictures if f"pictures/{picture.name})" not in text] == []
    assert all(picture.stat().st_size < 150_000 for picture in pictures)


def runnable(page: Path) -> list[Snippet]:
    return [snippet for snippet in snippets_of(page) if snippet.language in RUN]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_snippets_run_and_print_what_the_page_says(page: Path, workplace: Path) -> None:
    namespace: dict[str, Any] = {}
    for snippet in runnable(page):
        if snippet.reason is not None:
            continue
        if page.name in PASTED:
            namespace = {}
        printed = printed_by(snippet, namespace)
        if snippet.output is not None:
            assert same_output(snippet.output, printed), (
                f"{page.name}, line {snippet.line} prints:\n{printed}"
            )


def test_most_snippets_are_run() -> None:
    snippets = [snippet for page in WRITTEN for snippet in runnable(page)]
    skipped = [snippet for snippet in snippets if snippet.reason is not None]
    assert len(snippets) > 20
    assert len(skipped) < len(snippets) / 2


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_toml_in_the_pages_is_toml(page: Path) -> None:
    for snippet in snippets_of(page):
        if snippet.language == "toml":
            tomllib.loads(snippet.code)


def test_output_may_leave_lines_out() -> None:
    assert same_output("a\n...\nd\n", "a  \nb\nc\nd\n")
    assert not same_output("a\n...\nd\n", "a\nb\n")
    assert not same_output("a\n", "a\nb\n")
