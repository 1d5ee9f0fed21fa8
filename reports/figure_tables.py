"""Tables of figures: weightings, conversion scales, the bonus, rankings.

Input: the warehouse, its places, the programmes. Output: heads and rows of one table each, and the
points of the bonus chart. Grain: one cell a value. Raises nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from reports.places import Places
from reports.programmes import Figure
from reports.rows import Row, Warehouse
from schemas.subjects import declared_positions

STRENGTHS = 4  # shades of the heat map


def weighting_matrix(
    warehouse: Warehouse, places: Places, edition: int | None, programmes: list[Row]
) -> Row:
    """Programme x subject: the largest weight, for subjects that any formula names."""
    cells: dict[tuple[str, str], Row] = {}
    for row in warehouse.rows(
        """SELECT jupas_code, subject, max(weight) AS weight, arg_max(role, weight) AS role,
                  arg_max(alternative, weight) AS alternative, arg_max(slot, weight) AS slot,
                  bool_or(is_named) AS is_named
           FROM subject_weights WHERE edition = ? GROUP BY ALL""",
        edition,
    ):
        cells[row["jupas_code"], row["subject"]] = row
    named = {subject for (_, subject), row in cells.items() if row["is_named"]}
    order = declared_positions()
    subjects = sorted(named, key=lambda name: order[name])
    top = max((row["weight"] for row in cells.values()), default=1)
    others = _any_other(warehouse, edition)
    rows = []
    for programme in programmes:
        code = programme["code"]
        shown = []
        for subject in subjects:
            cell = cells.get((code, subject))
            shown.append(_weight_cell(cell, places, edition, subject, top) if cell else None)
        rows.append({"programme": programme, "cells": shown, "others": others.get(code)})
    return {"subjects": subjects, "rows": rows}


def _any_other(warehouse: Warehouse, edition: int | None) -> dict[str, float]:
    return {
        row["jupas_code"]: row["weight"]
        for row in warehouse.rows(
            """SELECT jupas_code, max(weight) AS weight FROM weightings
               WHERE edition = ? AND subject = '*' GROUP BY ALL""",
            edition,
        )
    }


def _weight_cell(cell: Row, places: Places, edition: int | None, subject: str, top: float) -> Row:
    name = subject if cell["is_named"] else "*"
    key = (edition, cell["jupas_code"], cell["alternative"], cell["slot"], name)
    place = places.number("weightings", key, "weight")
    extra = (cell["weight"] - 1) / (top - 1) if top > 1 else 0
    return {
        "figure": Figure(cell["weight"], place),
        "role": cell["role"],
        "named": cell["is_named"],
        "strength": round(max(extra, 0) * STRENGTHS),
    }


def conversion_table(warehouse: Warehouse, places: Places, edition: int | None) -> Row:
    """Scale x converted score: the levels that count so much."""
    rows = warehouse.rows("FROM conversions WHERE edition = ? ORDER BY scale, level", edition)
    scores = sorted({row["score"] for row in rows}, reverse=True)
    scales: dict[str, dict[float, list[Figure]]] = {}
    for row in rows:
        place = places.number("conversions", (edition, row["scale"], row["level"]), "score")
        levels = scales.setdefault(row["scale"], defaultdict(list))
        levels[row["score"]].append(Figure(row["level"], place))
    ordered = sorted(scales, key=lambda scale: (not scale.startswith("Category"), scale))
    return {
        "scores": scores,
        "rows": [
            {"scale": scale, "cells": [scales[scale].get(score, []) for score in scores]}
            for scale in ordered
        ],
    }


def bonus_table(warehouse: Warehouse, places: Places, edition: int | None) -> Row:
    """Category x converted score: percent of the highest attainable score."""
    rows = warehouse.rows("FROM bonuses WHERE edition = ? ORDER BY category", edition)
    scores = sorted({row["converted_score"] for row in rows})
    by_cell = {(row["category"], row["converted_score"]): row["bonus_percent"] for row in rows}
    categories = list(dict.fromkeys(row["category"] for row in rows))

    def at(category: str, score: float) -> Figure | None:
        if (category, score) not in by_cell:
            return None
        number = places.number("bonuses", (edition, category, score), "bonus_percent")
        return Figure(by_cell[category, score], number)

    return {
        "scores": scores,
        "rows": [
            {"category": category, "cells": [at(category, score) for score in scores]}
            for category in categories
        ],
        "points": sorted({(row["converted_score"], row["bonus_percent"]) for row in rows}),
    }


def ranking_table(warehouse: Warehouse, places: Places) -> Row:
    """Ranking, subject, region x year: rank, by every source that prints it."""
    rows = warehouse.rows("FROM rankings ORDER BY ranking, subject, region, year, source")
    years = sorted({row["year"] for row in rows})
    lines: dict[tuple[Any, ...], dict[int, list[Row]]] = {}
    for row in rows:
        key = (row["source"], row["ranking"], row["year"], row["subject"], row["region"])
        line = (row["ranking"], row["subject"], row["region"], row["publisher"])
        lines.setdefault(line, defaultdict(list))[row["year"]].append(
            {
                "rank": Figure(row["rank"], places.number("rankings", key, "rank")),
                "source": row["source"],
            }
        )
    return {
        "years": years,
        "worst": max((row["rank"] for row in rows), default=1),
        "rows": [
            {
                "ranking": ranking,
                "subject": subject,
                "region": region,
                "publisher": publisher,
                "cells": [cells.get(year, []) for year in years],
                "contradictory": any(
                    len({one["rank"].value for one in cell}) > 1 for cell in cells.values()
                ),
            }
            for (ranking, subject, region, publisher), cells in lines.items()
        ],
    }
