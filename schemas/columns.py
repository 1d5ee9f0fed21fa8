"""The words that tables are described with: column types, fields, checks, the base model.

Input: nothing. Output: what the table modules of this folder import.
Raises: nothing.

Every column is Arrow-backed (`pandas.ArrowDtype`): what pandas holds is what DuckDB and Parquet
store, bit for bit. A missing value is `pandas.NA` in every type, so an integer with a gap stays
an integer and NaN never stands for "not printed".

    annotation   pandas                                   Python value in a row   DuckDB
    Text         string[pyarrow]                          str                     VARCHAR
    Integer      int64[pyarrow]                           int                     BIGINT
    Number       double[pyarrow]                          float (or int)          DOUBLE
    Flag         bool[pyarrow]                            bool                    BOOLEAN
    Day          date32[day][pyarrow]                     datetime.date           DATE
    Moment       timestamp[us, tz=Asia/Hong_Kong]         datetime with tzinfo    TIMESTAMPTZ
    Texts        list<item: string>[pyarrow]              tuple of str            VARCHAR[]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

import pandas as pd
import pandera.pandas as pa_pandas
import pyarrow as pa
import pyarrow.compute as pc
from pandera import extensions
from pandera.typing import Series

TIME_ZONE = "Asia/Hong_Kong"

TEXT = pa.string()
INTEGER = pa.int64()
NUMBER = pa.float64()
FLAG = pa.bool_()
DAY = pa.date32()
MOMENT = pa.timestamp("us", tz=TIME_ZONE)
TEXTS = pa.list_(pa.string())

Text = Series[Annotated[pd.ArrowDtype, TEXT]]
Integer = Series[Annotated[pd.ArrowDtype, INTEGER]]
Number = Series[Annotated[pd.ArrowDtype, NUMBER]]
Flag = Series[Annotated[pd.ArrowDtype, FLAG]]
Day = Series[Annotated[pd.ArrowDtype, DAY]]
Moment = Series[Annotated[pd.ArrowDtype, MOMENT]]
Texts = Series[Annotated[pd.ArrowDtype, TEXTS]]

# HKDSE was first sat in 2012; a year outside is a misread figure.
FIRST_YEAR, LAST_YEAR = 2012, 2099
JUPAS_CODE = r"^JS[0-9]{4}$"
HKDSE_LEVEL = r"^([1-4]|5\*{0,2})$"
SHA256 = r"^[0-9a-f]{64}$"


def column(
    description: str,
    *,
    null: str | None = None,
    unit: str | None = None,
    one_of: Sequence[str] | None = None,
    pattern: str | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Any:
    """A column of a table: what it means, its unit and its domain.

    Parameters
    ----------
    description : one sentence; it becomes COMMENT, dictionary entry and Parquet metadata.
    null : what a missing value means ('where not printed'), said after the description; None where
        none may be missing.
    unit : 'score', 'percent', 'HKD', 'years', 'PDF points', ... None where there is none.
    one_of, pattern, at_least, at_most : the domain; each becomes a CHECK in DuckDB.
    """
    checks: dict[str, Any] = {}
    if one_of is not None:
        checks["isin"] = list(one_of)
    if pattern is not None:
        checks["str_matches"] = pattern
    if at_least is not None:
        checks["ge"] = at_least
    if at_most is not None:
        checks["le"] = at_most
    if null is not None:
        description += f"; NULL {null}"
    return pa_pandas.Field(
        description=description, nullable=null is not None, metadata={"unit": unit}, **checks
    )


def year(description: str, *, null: str | None = None) -> Any:
    """A column that holds a year."""
    return column(description, null=null, unit="year", at_least=FIRST_YEAR, at_most=LAST_YEAR)


def score(description: str, *, null: str | None = None, at_most: float | None = None) -> Any:
    """A column that holds scores."""
    return column(description, null=null, unit="score", at_least=0, at_most=at_most)


def edition_year() -> Any:
    """The `edition` column."""
    return year("Admission (intake) year the row applies to")


def jupas_code() -> Any:
    """The `jupas_code` column."""
    return column("JUPAS code of the choice, as printed", pattern=JUPAS_CODE)


def position(of_what: str) -> Any:
    """The `position` column: the printed order, counted from 1."""
    return column(f"Printed order of the {of_what}, from 1", at_least=1)


class Table(pa_pandas.DataFrameModel):
    """Base of every table: exact columns in order, exact types, no coercion.

    A table's docstring is its description; its first words say the grain. Class keywords:

    key : the columns that name a row, in the order the table is sorted by.
    sorted_by : for a table without a key, the columns it is sorted by.
    non_descending : columns whose values never fall from left to right, where present.
    any_present : columns of which at least one is there.
    untidy : texts that may be empty or padded. Any other such text is a misread cell.
    """

    _sorted_by: ClassVar[tuple[str, ...]]

    def __init_subclass__(
        cls,
        *,
        key: tuple[str, ...] = (),
        sorted_by: tuple[str, ...] = (),
        non_descending: tuple[str, ...] = (),
        any_present: tuple[str, ...] = (),
        untidy: tuple[str, ...] = (),
    ) -> None:
        cls._sorted_by = key or sorted_by
        options: dict[str, Any] = {
            "name": cls.__name__,
            "strict": True,
            "coerce": False,
            "ordered": True,
            "unique": list(key) or None,
            "tidy_text": {"but": untidy},
        }
        if non_descending:
            options["non_descending"] = {"columns": non_descending}
        if any_present:
            options["any_present"] = {"columns": any_present}
        cls.Config = type("Config", (pa_pandas.DataFrameModel.Config,), options)
        super().__init_subclass__()  # type: ignore[no-untyped-call]


@extensions.register_check_method(statistics=["but"])  # type: ignore[untyped-decorator]
def tidy_text(frame: pd.DataFrame, *, but: Sequence[str]) -> pd.Series[bool]:
    """Rows whose texts are neither empty nor padded with blanks, `but` for these columns."""
    tidy = pd.Series(True, index=frame.index)
    for name, dtype in frame.dtypes.items():
        if isinstance(dtype, pd.ArrowDtype) and dtype.pyarrow_dtype == TEXT and name not in but:
            # Arrow's own functions: pandas' take three times as long over columns this short
            text = pa.array(frame[str(name)])
            is_tidy = pc.and_(pc.not_equal(text, ""), pc.equal(text, pc.utf8_trim_whitespace(text)))
            tidy &= is_tidy.fill_null(True).to_numpy(zero_copy_only=False)
    return tidy


@extensions.register_check_method(statistics=["columns"])  # type: ignore[untyped-decorator]
def non_descending(frame: pd.DataFrame, *, columns: Sequence[str]) -> pd.Series[bool]:
    """Rows in which the `columns` present never fall: a missing value is skipped over."""
    rises = pd.Series(True, index=frame.index)
    for i, low in enumerate(columns):
        for high in columns[i + 1 :]:
            falls = (frame[low] > frame[high]).fillna(value=False)
            rises &= ~falls.astype(bool)
    return rises


@extensions.register_check_method(statistics=["columns"])  # type: ignore[untyped-decorator]
def any_present(frame: pd.DataFrame, *, columns: Sequence[str]) -> pd.Series[bool]:
    """Rows in which at least one of the `columns` is there."""
    present: pd.Series[bool] = frame[list(columns)].notna().any(axis=1)
    return present
