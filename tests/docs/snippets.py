"""Fenced blocks of a Markdown page, and how a reader would run them.

Input: a page. Output: `Snippet`s, each with the output the page prints under it, if any.
Grain: one fenced block. Raises what the snippet raises.

    ```python     run in one namespace a page, top to bottom; in recipes each block by itself
    ```sql        each statement run on the warehouse; the last must give rows
    ```sh         `admissions ...` run in this process, `duckdb FILE "SQL"` by the Python package
    ```output     what the block before prints; `...` stands for anything

A block that can't run here stands under a comment that says why: <!-- not run: needs R -->
"""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import duckdb

from tests.flows.harness import admissions

RUN = ("python", "sql", "sh", "r")
WAREHOUSE = "data/current/warehouse.duckdb"
_FENCE = re.compile(
    r"(?:^ *<!-- not run: (?P<reason>.+?) -->\n)?"
    r"^(?P<indent> *)```(?P<language>\w+)\n(?P<code>.*?)^(?P=indent)```$"
    r"(?:\n\n(?P=indent)```output\n(?P<output>.*?)^(?P=indent)```$)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One block. `reason`: why it isn't run here."""

    language: str
    code: str
    output: str | None
    reason: str | None
    line: int


def snippets_of(page: Path) -> list[Snippet]:
    """The blocks of a page in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Snippet(
            found["language"],
            dedent(found["code"]),
            None if found["output"] is None else dedent(found["output"]),
            found["reason"],
            text[: found.start("code")].count("\n") + 1,
        )
        for found in _FENCE.finditer(text)
    ]


def printed_by(snippet: Snippet, namespace: dict[str, Any]) -> str:
    """Run a block in the current folder; what it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        if snippet.language == "python":
            exec(compile(snippet.code, f"snippet at line {snippet.line}", "exec"), namespace)
        elif snippet.language == "sql":
            run_sql(WAREHOUSE, snippet.code)
        elif snippet.language == "sh":
            for command in commands_of(snippet.code):
                run_command(command)
        else:
            raise NotImplementedError(f"nobody can run {snippet.language} here")
    return out.getvalue()


def commands_of(code: str) -> Iterator[list[str]]:
    """Words of each command of a shell block; comments and line joins are the shell's."""
    for line in code.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            yield words


def run_command(words: list[str]) -> None:
    """Run one command of those that can run here."""
    match words:
        case ["admissions", *arguments]:
            # Not cli.main: where Prefect was imported before, it ends the process.
            ended = admissions(*arguments)
            if ended.code:
                raise AssertionError(f"{shlex.join(words)}: {ended}")
            sys.stdout.write(ended.out)
        case ["duckdb", path, statement]:
            run_sql(path, statement)
        case _:
            raise NotImplementedError(f"say why it is not run: {shlex.join(words)}")


def run_sql(path: str, statements: str) -> None:
    """Run SQL on a DuckDB file; a last statement without rows is a mistake of the page."""
    with duckdb.connect(path, read_only=path != ":memory:") as connection:
        rows = connection.execute(statements).fetchall()
    if not rows:
        raise AssertionError(f"no rows: {statements}")


def same_output(wanted: str, printed: str) -> bool:
    """The output is as the page prints it, trailing blanks and `...` aside."""
    lines = "\n".join(line.rstrip() for line in wanted.strip("\n").splitlines())
    pattern = re.escape(lines).replace(re.escape("..."), ".*?")
    text = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, text, re.DOTALL) is not None
