"""Why a value differs between two editions, where it is not that their documents do.

Input: values that corrections set; the tables and observations of two releases.
Output: the cause of a change. Grain: one value. Raises: nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

import schemas
from schemas.audit import CORRECTION


@dataclass(frozen=True, slots=True)
class ValueId:
    """One value: table, key as JSON as in `audit.observations`, column."""

    table: str
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class Causes:
    """Values that differ for another reason than that the documents do."""

    corrected: Collection[ValueId] = field(default_factory=frozenset)
    reread: Collection[ValueId] = field(default_factory=frozenset)

    def of(self, *values: ValueId, respelt: bool = False) -> str:
        """Why a value differs between the two editions it is given for.

        respelt : the documents differ in its spelling alone.
        """
        for name, listed in (("correction", self.corrected), ("our reading changed", self.reread)):
            if any(value in listed for value in values):
                return name
        return "respelt" if respelt else "documents differ"


def corrected_values(observations: pd.DataFrame) -> frozenset[ValueId]:
    """Values of a release that a declared correction set."""
    rules = observations["rule"].astype("string").fillna("")
    return frozenset(_values_of(observations[rules.str.startswith(CORRECTION)]))


def reread_values(
    tables: Mapping[str, pd.DataFrame],
    observations: pd.DataFrame,
    earlier_tables: Mapping[str, pd.DataFrame],
    earlier_observations: pd.DataFrame,
) -> frozenset[ValueId]:
    """Values that differ from the release before although the same documents were read.

    Parameters
    ----------
    tables, observations : of this release. earlier_... : of the release before.
    """
    now, before = _documents_by_value(observations), _documents_by_value(earlier_observations)
    return frozenset(
        value
        for name in tables.keys() & earlier_tables.keys()
        for value in _differing_values(name, tables[name], earlier_tables[name])
        if value in now and value in before and now[value] == before[value]
    )


def _documents_by_value(observations: pd.DataFrame) -> dict[ValueId, set[str]]:
    documents: defaultdict[ValueId, set[str]] = defaultdict(set)
    sha256s = observations["document_sha256"].tolist()
    for value, sha256 in zip(_values_of(observations), sha256s, strict=True):
        documents[value].add(str(sha256))
    return documents


def _values_of(observations: pd.DataFrame) -> Iterator[ValueId]:
    for row in schemas.rows_from(observations):
        yield ValueId(str(row["table_name"]), str(row["key"]), str(row["column_name"]))


def _differing_values(name: str, now: pd.DataFrame, before: pd.DataFrame) -> Iterator[ValueId]:
    """Values of rows that both frames have, and that differ."""
    model = schemas.TABLES[name]
    earlier = {schemas.key_json(model, row): row for row in schemas.rows_from(before)}
    for row in schemas.rows_from(now):
        key = schemas.key_json(model, row)
        if key in earlier:
            for column in row.keys() & earlier[key].keys():
                if row[column] != earlier[key][column]:
                    yield ValueId(name, key, column)
