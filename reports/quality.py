"""How far the figures can be trusted: checks, texts that became no value, documents, runs.

Input: schema `audit`. Output: rows for the quality section. Grain: one a check, reason, document,
run. Raises nothing.
"""

from __future__ import annotations

import re

from reports.rows import Row, Warehouse

MOST_RUNS = 10
MOST_EXAMPLES = 3


def quality_rows(warehouse: Warehouse) -> Row:
    """Everything the quality section shows."""
    return {
        "checks": warehouse.rows(
            """SELECT check_name, severity, count(*) AS subjects,
                      count(*) FILTER (status = 'passed') AS passed,
                      count(*) FILTER (status = 'explained') AS explained,
                      count(*) FILTER (status = 'failed') AS failed
               FROM audit.checks GROUP BY ALL ORDER BY failed DESC, explained DESC, check_name"""
        ),
        "findings": warehouse.rows(
            "FROM audit.checks WHERE status <> 'passed' ORDER BY status DESC, check_name, subject"
        ),
        # Reasons with the number of texts and the first of them.
        "rejects": warehouse.rows(
            f"""SELECT documents.name AS document, reason, count(*) AS texts,
                       list(text ORDER BY page, top, block)[:{MOST_EXAMPLES}] AS examples
                FROM audit.rejects
                JOIN audit.documents ON sha256 = document_sha256
                GROUP BY ALL ORDER BY texts DESC, document, reason"""
        ),
        "documents": _documents(warehouse),
        "runs": warehouse.rows(
            f"FROM audit.runs ORDER BY started_at DESC, release_id DESC LIMIT {MOST_RUNS}"
        ),
        "observations": warehouse.value("SELECT count(*) FROM audit.observations"),
    }


def _documents(warehouse: Warehouse) -> list[Row]:
    rows = warehouse.rows(
        """SELECT documents.*, coalesce(observations.count, 0) AS observations
           FROM audit.documents
           LEFT JOIN (SELECT document_sha256, count(*) AS count FROM audit.observations GROUP BY ALL
                     ) AS observations ON document_sha256 = sha256
           ORDER BY year DESC NULLS LAST, name, sha256"""
    )
    for row in rows:
        # Only a web address becomes a link: anything else may be a script.
        row["link"] = row["url"] if re.match(r"https?://", row["url"] or "") else None
    return rows
