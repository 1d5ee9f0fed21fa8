"""SQL that makes the tables, generated from the models: types, keys, checks, comments.

Input: models of `schemas`. Output: SQL statements. Grain: one CREATE a table, one COMMENT a table
and a column. Raises: nothing for the models of `schemas`.

Every name and text in this SQL comes from `schemas/`; nothing that a document prints gets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from schemas import Check, Column, Table, columns_of, description_of, key_of, name_of, row_checks_of
from schemas.columns import DAY, FLAG, INTEGER, MOMENT, NUMBER, TEXT, TEXTS

SQL_TYPES: dict[pa.DataType, str] = {
    TEXT: "VARCHAR",
    INTEGER: "BIGINT",
    NUMBER: "DOUBLE",
    FLAG: "BOOLEAN",
    DAY: "DATE",
    MOMENT: "TIMESTAMP WITH TIME ZONE",
    TEXTS: "VARCHAR[]",
}


def table_statements(schema: str, model: type[Table]) -> Iterator[str]:
    """CREATE TABLE with all its constraints, then its comments."""
    table = f"{quoted(schema)}.{quoted(name_of(model))}"
    lines = [*_column_lines(model), *_constraints(model)]
    yield f"CREATE TABLE {table} (\n    " + ",\n    ".join(lines) + "\n)"
    yield f"COMMENT ON TABLE {table} IS {literal(description_of(model))}"
    for column in columns_of(model):
        yield column_comment(table, column.name, comment_of(column))


def column_comment(table: str, column: str, comment: str) -> str:
    """COMMENT ON one column of a table, given by its quoted name."""
    return f"COMMENT ON COLUMN {table}.{quoted(column)} IS {literal(comment)}"


def comment_of(column: Column) -> str:
    """The description of a column with its unit."""
    return f"{column.description} [{column.unit}]" if column.unit else column.description


def enum_statement(name: str, values: Iterable[str]) -> str:
    """CREATE TYPE of an enumeration."""
    return f"CREATE TYPE {quoted(name)} AS ENUM ({', '.join(literal(v) for v in values)})"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A text or number as an SQL literal."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def _column_lines(model: type[Table]) -> Iterator[str]:
    for column in columns_of(model):
        required = "" if column.nullable else " NOT NULL"
        yield f"{quoted(column.name)} {SQL_TYPES[column.type]}{required}"


def _constraints(model: type[Table]) -> Iterator[str]:
    if key := key_of(model):
        yield f"PRIMARY KEY ({', '.join(quoted(name) for name in key)})"
    for column in columns_of(model):
        for check in column.checks:
            yield f"CHECK ({_column_condition(quoted(column.name), check)})"
    for check in row_checks_of(model):
        for condition in _row_conditions(model, check):
            yield f"CHECK ({condition})"


def _column_condition(column: str, check: Check) -> str:
    match check.name, check.parameters:
        case "isin", {"allowed_values": values}:
            return f"{column} IN ({', '.join(literal(value) for value in values)})"
        case "str_matches", {"pattern": pattern}:
            return f"regexp_full_match({column}, {literal(pattern)})"
        case "greater_than_or_equal_to", {"min_value": low}:
            return f"{column} >= {literal(low)}"
        case "less_than_or_equal_to", {"max_value": high}:
            return f"{column} <= {literal(high)}"
    raise NotImplementedError(f"no SQL for the check {check.name!r}")


def _row_conditions(model: type[Table], check: Check) -> Iterator[str]:
    match check.name, check.parameters:
        case "non_descending", {"columns": names}:
            for i, low in enumerate(names):
                for high in names[i + 1 :]:
                    yield f"{quoted(low)} <= {quoted(high)}"
        case "any_present", {"columns": names}:
            yield " OR ".join(f"{quoted(name)} IS NOT NULL" for name in names)
        case "tidy_text", {"but": exceptions}:
            for column in columns_of(model):
                if column.type == TEXT and column.name not in exceptions:
                    name = quoted(column.name)
                    yield f"{name} <> '' AND {name} = trim({name})"
        case _:
            raise NotImplementedError(f"no SQL for the check {check.name!r}")
