"""What a model says about itself: columns, key, order, domain in words.

Input: a model of this folder. Output: plain descriptions that DDL, dictionary, Parquet metadata
and `datapackage.json` are rendered from. Grain: one `Column` per column.
Raises: nothing for the models of this folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from schemas.columns import Table


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of a model: pandera's name of it and its parameters."""

    name: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, as its model describes it."""

    name: str
    type: pa.DataType
    nullable: bool
    is_key: bool
    unit: str | None
    description: str
    checks: tuple[Check, ...]

    @property
    def domain(self) -> str | None:
        """Values allowed, in words; None where any value of the type is."""
        words = [words_of(check) for check in self.checks]
        return ", ".join(words) or None


@cache
def columns_of(model: type[Table]) -> tuple[Column, ...]:
    """The columns of a model, in order."""
    key = key_of(model)
    return tuple(
        Column(
            name=name,
            type=field.dtype.type.pyarrow_dtype,
            nullable=field.nullable,
            is_key=name in key,
            unit=field.metadata["unit"],
            description=field.description,
            checks=_checks(field.checks),
        )
        for name, field in model.to_schema().columns.items()
    )


@cache
def key_of(model: type[Table]) -> tuple[str, ...]:
    """The columns whose values name a row; empty for a table without a key."""
    return tuple(model.to_schema().unique or ())


@cache
def order_of(model: type[Table]) -> tuple[str, ...]:
    """The columns a table is sorted by: its key, or what the model names instead."""
    return model._sorted_by


@cache
def row_checks_of(model: type[Table]) -> tuple[Check, ...]:
    """The rules that a model sets over a whole row."""
    return _checks(model.to_schema().checks)


def description_of(model: type[Table]) -> str:
    """What a table holds, in one line; it says the grain."""
    return " ".join((model.__doc__ or "").split())


@cache
def arrow_schema_of(model: type[Table]) -> pa.Schema:
    """The Arrow schema of a table, with its descriptions as metadata."""
    fields = [
        pa.field(
            column.name,
            column.type,
            nullable=column.nullable,
            metadata={
                "description": column.description,
                **({"unit": column.unit} if column.unit else {}),
            },
        )
        for column in columns_of(model)
    ]
    metadata = {"description": description_of(model), "key": " ".join(key_of(model))}
    return pa.schema(fields, metadata=metadata)


def name_of(model: type[Table]) -> str:
    """The name of a table: 'StudyOptions' is `study_options`."""
    name = model.__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def words_of(check: Check) -> str:
    """A rule in words: of a column what its values are, of a row what must hold."""
    match check.name, check.parameters:
        case "isin", {"allowed_values": values}:
            return "one of " + " / ".join(str(value) for value in values)
        case "str_matches", {"pattern": pattern}:
            return f"like {pattern}"
        case "greater_than_or_equal_to", {"min_value": low}:
            return f"at least {low:g}"
        case "less_than_or_equal_to", {"max_value": high}:
            return f"at most {high:g}"
        case "non_descending", {"columns": names}:
            return f"{' <= '.join(names)} must hold"
        case "any_present", {"columns": names}:
            return f"one of {', '.join(names)} must be there"
        case "tidy_text", {"but": _}:
            return "no text may be empty or padded with blanks"
    raise NotImplementedError(f"no words for the check {check.name!r}")


def _checks(checks: list[Any]) -> tuple[Check, ...]:
    return tuple(Check(str(check.name), dict(check.statistics or {})) for check in checks)
