"""The report of a release: one HTML file that needs nothing else.

Input: the folder of a release, with `warehouse.duckdb` in it. Output: `report/index.html`.
Grain: one page a release. Raises nothing of its own: what a release lacks, its page says.

The page holds its style, scripts and data. A Content-Security-Policy names the hashes of just
those, so that nothing else can run or be fetched, whatever a document says.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from errors import AdmissionsError
from reports import charts
from reports.comparable import comparable_scores
from reports.edition_changes import change_sections
from reports.figure_tables import bonus_table, conversion_table, ranking_table, weighting_matrix
from reports.formula_effects import effects_table
from reports.pictures import PagePictures, pages_without_picture, pictures_island, pictures_that_fit
from reports.places import Places, places_of
from reports.programmes import (
    major_names,
    programme_rows,
    reported_edition,
    requirement_names,
    schools_of,
    short_major,
)
from reports.quality import quality_rows
from reports.rows import Row, Warehouse
from reports.score_history import (
    formulas_by_year,
    school_intervals,
    score_columns,
    score_rows,
    with_drawings,
)
from reports.scoring_data import scoring_data
from scoring.standing import edition_point_scale

HERE = Path(__file__).parent
NO_PICTURES = PagePictures()
MOST_BYTES = 1_400_000  # of the page: opens at once from a disk, and travels as an attachment
SCRIPTS = (
    "scorer.js",
    "elements.js",
    "commands.js",
    "page_pictures.js",
    "page_map.js",
    "places.js",
    "figure_keys.js",
    "lookup.js",
    "address.js",
    "results_form.js",
    "comparison.js",
    "explorer.js",
)


def write_report(release_folder: Path, pictures: PagePictures = NO_PICTURES) -> None:
    """Write `report/index.html` into a release's folder, which holds its warehouse already.

    Parameters
    ----------
    pictures : of the pages that values were read on. Those that fit stand in the report.
    """
    with Warehouse.of(release_folder) as warehouse:
        page = report_page(warehouse, pictures)
    folder = release_folder / "report"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(page, encoding="utf-8")


def compile_templates() -> None:
    """Do now what the first page would do: half a second."""
    for name in _environment().list_templates(extensions=["jinja"]):
        _environment().get_template(name)


def report_page(warehouse: Warehouse, pictures: PagePictures = NO_PICTURES) -> str:
    """The page as text."""
    places = places_of(warehouse)
    style = (HERE / "report.css").read_text(encoding="utf-8")
    script = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    content = _content(warehouse, places)
    island = {
        "programmes": content["programmes"],
        "scoring": content["scoring"],
        "majors": content["majors"],
        "requirements": content["requirements"],
        "places": places.island(),
    }
    content |= {
        "style": Markup(style),
        "script": Markup(script),
        "island": Markup(island_text(island)),
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"script-src {_hash(script)}",
                f"style-src {_hash(style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
    }
    none = _rendered(content, places, PagePictures({}, pictures.without))
    if not pictures.drawn:
        return none
    room = MOST_BYTES - len(none.encode())
    return _rendered(content, places, pictures_that_fit(pictures, places.pages, room))


def _rendered(content: Row, places: Places, pictures: PagePictures) -> str:
    names = {row["sha256"]: row["name"] for row in content["quality"]["documents"]}
    return _environment().get_template("report.html.jinja").render(
        **content,
        pictures=Markup(island_text(pictures_island(pictures, places.document_numbers))),
        without_picture=pages_without_picture(pictures, names),
    )  # fmt: skip


def _content(warehouse: Warehouse, places: Places) -> Row:
    """Everything the template shows."""
    edition = reported_edition(warehouse)
    programmes = programme_rows(warehouse, places, edition) if edition else []
    columns = score_columns(warehouse)
    scores = with_drawings(score_rows(warehouse, places, programmes, columns))
    newest = max((n for n, c in enumerate(columns) if c.simulated_for is None), default=None)
    simulated = next((n for n, c in enumerate(columns) if c.simulated_for == edition), None)
    formulas = formulas_by_year(warehouse)
    conversions = warehouse.rows("FROM conversions")
    point_scale = edition_point_scale(conversions, edition) if edition else None
    by_code = {row["code"]: row["cells"] for row in scores}
    for programme in programmes:
        cells = by_code.get(programme["code"], [])
        programme["newest"] = comparable_scores(
            programme["code"],
            cells[newest] if cells and newest is not None else None,
            cells[simulated] if cells and simulated is not None else None,
            edition,
            formulas,
            None if point_scale is None else float(point_scale),
        )
        programme["scores"] = [
            {"column": column.name, "cell": cell}
            for column, cell in zip(columns, cells, strict=False)
            if cell is not None
        ]
    scoring, unscored = _scoring(warehouse, edition)
    quality = quality_rows(warehouse)
    return {
        "edition": edition,
        "programmes": programmes,
        "schools": schools_of(programmes),
        "score_schools": list(dict.fromkeys(row["school"] for row in scores)),
        "columns": columns,
        "newest": columns[newest].name if newest is not None else None,
        "newest_at": newest,
        "shares": school_intervals(scores, newest) if newest is not None else None,
        "scores": scores,
        "scoring": scoring,
        "unscored": unscored,
        "matrix": weighting_matrix(warehouse, places, edition, programmes),
        "conversions": conversion_table(warehouse, places, edition),
        "bonuses": bonus_table(warehouse, places, edition),
        "rankings": ranking_table(warehouse, places),
        "changes": change_sections(warehouse),
        "effects": effects_table(warehouse),
        "quality": quality,
        "samples": any(row["origin"] == "sample" for row in quality["documents"]),
        "majors": major_names(warehouse),
        "requirements": requirement_names(),
    }


def _scoring(warehouse: Warehouse, edition: int | None) -> tuple[Row | None, str | None]:
    """The scorer's data, or why this release has none."""
    if edition is None:
        return None, "no edition with requirements is in this release"
    try:
        return scoring_data(warehouse, edition), None
    except AdmissionsError as error:
        return None, str(error)


def utc_time(moment: dt.datetime, month: str = "%b") -> str:
    """A moment as '22 Nov 2026 07:12 UTC', whatever zone this machine is in."""
    return moment.astimezone(dt.UTC).strftime(f"%-d {month} %Y %H:%M UTC")


def island_text(data: Any) -> str:
    """Data as JSON that no HTML parser can take for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _plain(value: Any) -> Any:
    """Records as their fields."""
    return {name: getattr(value, name) for name in value.__slots__}


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["charts"] = charts
    environment.filters["short_major"] = short_major
    environment.filters["utc"] = utc_time
    environment.filters["plain"] = lambda number: f"{number:g}"
    return environment
