"""What is said of a row that breaks its table's model.

Input: the model, the row, or what pandera found. Output: a `RowRefused`, one line that names table,
key, column and value. Grain: one row. Raises nothing: the callers raise it. Documents and pages are
not known here: `flows.broken_rows` adds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pandera.errors
import pyarrow as pa

from errors import UnknownValue
from schemas.columns import Table
from schemas.description import columns_of, key_of, name_of, order_of, row_checks_of, words_of


class RowRefused(UnknownValue):
    """A row that breaks its model.

    Parameters
    ----------
    columns : those at fault; none where the row as a whole is.
    """

    def __init__(
        self,
        model: type[Table],
        row: Mapping[str, object],
        what: str,
        *,
        columns: Sequence[str] = (),
        text: str | None = None,
        todo: str | None = None,
    ) -> None:
        self.table, self.columns = name_of(model), tuple(columns)
        self.key = {name: row[name] for name in key_of(model) or order_of(model) if name in row}
        shown = ", ".join(f"{name}={value!r}" for name, value in self.key.items())
        super().__init__(f"{self.table} ({shown}): {what}", text=text, todo=todo)

    def __reduce__(self) -> tuple[object, ...]:
        """Between processes it is the message that counts."""
        return UnknownValue(self.what, text=self.text, todo=self.todo).__reduce__()


def broken_rule(
    model: type[Table], frame: pd.DataFrame, error: pandera.errors.SchemaErrors
) -> UnknownValue:
    """The first failure of a validation; how many more rows fail."""
    cases = error.failure_cases
    placed = cases[cases["index"].notna()]
    if placed.empty:
        case = cases.iloc[0]
        return UnknownValue(
            f"{name_of(model)}: {case['check']} fails", text=str(case["failure_case"])
        )
    case = placed.sort_values("index", kind="stable").iloc[0]
    (row,) = pa.Table.from_pandas(
        frame.iloc[[int(case["index"])]], preserve_index=False
    ).to_pylist()
    more = placed["index"].nunique() - 1
    rule = str(case["check"]).split("(")[0]
    at_fault: list[str] = []
    if case["schema_context"] == "DataFrameSchema":
        # A rule over a row is reported once for each column: the row says more than one of them.
        check = next(check for check in row_checks_of(model) if check.name == rule)
        what = words_of(check)
        at_fault += [name for name in check.parameters.get("columns", ()) if row[name] is not None]
        shown: object = {name: value for name, value in row.items() if value is not None}
    elif rule == "not_nullable":
        what, shown = f"{case['column']} is missing and may not be", None
    else:
        column = next(c for c in columns_of(model) if c.name == case["column"])
        what, shown = f"{column.name} must be {column.domain}", case["failure_case"]
        at_fault.append(column.name)
    return RowRefused(
        model, row, what + (f" (and {more} more rows)" if more else ""),
        columns=at_fault, text=None if shown is None else str(shown),
    )  # fmt: skip
