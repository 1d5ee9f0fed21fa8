"""Tables of schema `audit`: where values were read, what was checked, what changed.

Input: nothing. Output: models for `observations`, `checks`, `rejects`, `changes`,
`formula_effects`, `documents`, `runs`, `dictionary`. Grain: each table's docstring.
"""

from __future__ import annotations

from typing import Any

from schemas.columns import (
    JUPAS_CODE,
    SHA256,
    Flag,
    Integer,
    Moment,
    Number,
    Table,
    Text,
    column,
    score,
    year,
)

CORRECTION = "correction: "  # how the rule of a value begins that a declared correction set


def _document() -> Any:
    return column("SHA-256 of the document: see `audit.documents`", pattern=SHA256)


def _page() -> Any:
    return column("Page of the document, from 1", null="for web pages", at_least=1, unit="page")


def _edge(which: str) -> Any:
    return column(
        f"{which} of the box, from the top left corner of the page's MediaBox, which may lie "
        "outside what a viewer shows (its CropBox)",
        null="for web pages",
        unit="PDF points",
    )


def _block() -> Any:
    return column("Text block of a web page, from 1", null="for PDFs", at_least=1)


class Observations(
    Table,
    sorted_by=(
        "table_name",
        "key",
        "column_name",
        "document_sha256",
        "page",
        "block",
        "top",
        "x0",
        "rule",
        "text",
    ),
    any_present=("page", "block"),
    untidy=("text",),
):
    """One row per value read at one place of one document: where every value comes from."""

    table_name: Text = column("Table the value belongs to")
    key: Text = column("Key of the row, as JSON with the key's columns in order")
    column_name: Text = column("Column the value belongs to")
    document_sha256: Text = _document()
    page: Integer = _page()
    x0: Number = _edge("Left edge")
    top: Number = _edge("Top edge")
    x1: Number = _edge("Right edge")
    bottom: Number = _edge("Bottom edge")
    block: Integer = _block()
    text: Text = column("Text as printed; '' where the absence of text is what was read")
    rule: Text = column("What turned the text into the value")


class Checks(Table, key=("check_name", "subject")):
    """One row per check and subject: what was reconciled, with what outcome."""

    check_name: Text = column("Name of the check")
    subject: Text = column("What was checked ('2026 JS5101')")
    severity: Text = column("'block' stops a release, 'warn' does not", one_of=("block", "warn"))
    status: Text = column(
        "'explained': failed, with a declared reason in `detail`",
        one_of=("passed", "failed", "explained"),
    )
    expected: Text = column("What had to hold", null="where a sentence says it all")
    actual: Text = column("What was found", null="where a sentence says it all")
    detail: Text = column("In words, with places", null="for none")


class Rejects(
    Table,
    sorted_by=("document_sha256", "page", "block", "top", "x0", "text", "reason"),
    any_present=("page", "block"),
    untidy=("text",),
):
    """One row per text in scope that became no value: nothing is lost silently."""

    document_sha256: Text = _document()
    page: Integer = _page()
    x0: Number = _edge("Left edge")
    top: Number = _edge("Top edge")
    x1: Number = _edge("Right edge")
    bottom: Number = _edge("Bottom edge")
    block: Integer = _block()
    text: Text = column("Text as printed")
    reason: Text = column("Why it became no value")


class Changes(Table, sorted_by=("from_edition", "to_edition", "table_name", "key", "column_name")):
    """One row per value that differs between two editions, and per row new or gone."""

    from_edition: Integer = year("The earlier edition (or scores year)")
    to_edition: Integer = year("The later edition (or scores year)")
    table_name: Text = column("Table that differs")
    key: Text = column("Key of the row without the year, as JSON with the key's columns in order")
    column_name: Text = column("Column that differs", null="for a row new or gone")
    change: Text = column(
        "'renamed': another title, or another code of a programme with the same title; a title "
        "merely spelt otherwise is 'changed'",
        one_of=("new", "gone", "renamed", "changed"),
    )
    old_value: Text = column("Value in the earlier edition", null="for none")
    new_value: Text = column("Value in the later edition", null="for none")
    size: Number = column("New minus old, for figures", null="otherwise")
    rank: Integer = column(
        "Place among the moves of this column, 1 is the largest",
        null="where there is no size",
        unit="rank",
        at_least=1,
    )
    cause: Text = column(
        "Why it differs; 'respelt': the documents differ, but only in how they spell a title",
        one_of=("documents differ", "respelt", "our reading changed", "correction"),
    )


class FormulaEffects(Table, key=("from_edition", "to_edition", "jupas_code", "profile")):
    """One row per changed formula and fixed profile: what the change does to a best-5 score."""

    from_edition: Integer = year("The earlier edition")
    to_edition: Integer = year("The later edition")
    jupas_code: Text = column("JUPAS code", pattern=JUPAS_CODE)
    profile: Text = column("Applicant of the fixed set: see scoring/profiles.toml")
    old_best5: Number = score("Best-5 score under the earlier formula, without bonus")
    new_best5: Number = score("Best-5 score under the later formula, without bonus")
    difference: Number = column("New minus old", unit="score")


class Documents(Table, key=("sha256",)):
    """One row per document of the release: what it is and where it came from."""

    sha256: Text = column("SHA-256 of the bytes", pattern=SHA256)
    origin: Text = column(
        "'sample': bundled with the project; 'file', 'url': given by the user; "
        "'registry': from the source registry",
        one_of=("sample", "file", "url", "registry"),
    )
    kind: Text = column("What it is, told by its own words", null="if not told")
    title: Text = column("Its own title", null="for none")
    year: Integer = year("Year it is for, by its own words", null="for none")
    name: Text = column("File name or last part of the URL, as the user knows it")
    url: Text = column("Where it was fetched", null="for files")
    fetched_at: Moment = column("When these bytes were first had")
    bytes: Integer = column("Size", unit="bytes", at_least=1)
    pages: Integer = column("Pages", null="for web pages", at_least=1, unit="pages")
    media_type: Text = column("Media type ('application/pdf')", pattern=r"^[a-z]+/[a-z0-9.+-]+$")


class Runs(Table, key=("release_id",), non_descending=("started_at", "finished_at")):
    """One row per release up to this one: what made it."""

    release_id: Text = column("Id of the release: a counter and the start of the fingerprint")
    fingerprint: Text = column(
        "SHA-256 over the documents' identities and the code version", pattern=SHA256
    )
    code_version: Text = column("SHA-256 over the program's files", pattern=SHA256)
    started_at: Moment = column("When the run started")
    finished_at: Moment = column("When the tables were complete")
    documents: Integer = column("Documents in the release", at_least=0)
    observations: Integer = column("Values read from them", at_least=0)
    checks_failed: Integer = column("Checks that failed (they warned)", at_least=0)


class Dictionary(Table, key=("schema_name", "table_name", "column_name")):
    """One row per column of the warehouse: this dictionary."""

    schema_name: Text = column("Schema of the table", one_of=("main", "audit"))
    table_name: Text = column("Table or view")
    column_name: Text = column("Column")
    type: Text = column("DuckDB type")
    unit: Text = column("Unit of the figures", null="for none")
    is_key: Flag = column("Part of the table's key")
    is_nullable: Flag = column("May be NULL")
    domain: Text = column("Values allowed, in words", null="for no limit")
    description: Text = column("What the column means")
