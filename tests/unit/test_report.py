"""Parts of the report on inline data: places, moves, shares, differences, JSON, drawings."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from reports import charts
from reports.comparable import comparable_scores
from reports.edition_changes import TERMS, WORDS, differences
from reports.places import Places
from reports.programmes import Figure, short_major
from reports.report import island_text, utc_time
from reports.rows import showable
from reports.score_history import Cell, Column, _with_changes, school_intervals

KEY = '{"edition": 2026, "jupas_code": "JS5101"}'


def observation(column: str = "title", *, page: int = 5, text: str = "IRE ^", **other: object):
    return {
        "table_name": "programmes", "key": KEY, "column_name": column, "document_sha256": "b" * 64,
        "page": page, "x0": 100.2, "top": 200.5, "x1": 180.75, "bottom": 209, "block": None,
        "text": text, "rule": "name without its marks", **other,
    }  # fmt: skip


def places(*observations: dict[str, object]) -> Places:
    return Places(list(observations), [{"sha256": "b" * 64, "name": "b.pdf", "pages": 9}])


def cell(median: float | None, *, year: int = 2025, quartile: float | None = None, **other: object):
    values = {"basis": "admitted", "formula_year": year, "point_scale": 8.5,
              "highest": Figure(50.0, None), "median": Figure(median, None),
              "lower_quartile": Figure(quartile, None), "withheld": None}  # fmt: skip
    return Cell(**(values | other))


# ---- places --------------------------------------------------------------------------------


def test_a_value_is_found_by_table_key_and_column():
    found = places(observation(), observation("school"))
    assert found.number("programmes", (2026, "JS5101"), "title") == 0
    assert found.number("programmes", (2026, "JS5101"), "school") == 1
    assert found.number("programmes", (2025, "JS5101"), "title") is None


def test_a_value_printed_twice_has_two_places():
    island = places(observation(), observation(page=7)).island()
    (value,) = island["values"]
    table, key, column, *readings = value
    assert (island["tables"][table], island["keys"][key]) == ("programmes", KEY)
    assert island["columns"][column] == "title"
    spots = [island["spots"][number] for number in readings[::2]]
    assert [spot[:7] for spot in spots] == [
        [0, 5, None, 100, 200, 181, 209],
        [0, 7, None, 100, 200, 181, 209],
    ]
    assert [island["texts"][spot[7]] for spot in spots] == ["IRE ^", "IRE ^"]


def test_values_of_one_merged_cell_share_a_place():
    other = observation(key='{"edition": 2026, "jupas_code": "JS5102"}')
    assert len(places(observation(), other).island()["spots"]) == 1


def test_pages_are_counted_by_what_was_read_on_them():
    web = observation("remarks", page=None, x0=None, top=None, x1=None, bottom=None, block=3)
    found = places(observation(), observation("school"), observation(page=7), web)
    assert found.pages == {("b" * 64, 5): 2, ("b" * 64, 7): 1}


# ---- moves ---------------------------------------------------------------------------------


def test_a_change_is_marked_where_the_formula_changed():
    formulas = {(2024, "JS1"): "a", (2025, "JS1"): "a", (2026, "JS1"): "b"}
    cells = [cell(36.75, year=2024), cell(38.25, year=2025), cell(40.0, year=2026)]
    _, second, third = _with_changes("JS1", cells, formulas)
    assert (second.change, second.like) == (1.5, True)
    assert (third.change, third.like) == (1.75, False)


def test_an_unknown_formula_is_neither_like_nor_unlike_but_another_highest_score_tells():
    before = cell(36.75, year=2024)
    assert _with_changes("JS1", [before, cell(38.25)], {})[1].like is None
    higher = cell(38.25, highest=Figure(60.0, None))
    assert _with_changes("JS1", [before, higher], {})[1].like is False
    unknown = cell(38.25, highest=Figure(None, None))
    assert _with_changes("JS1", [before, unknown], {})[1].like is None
    assert _with_changes("JS1", [unknown, before], {})[1].like is None


@pytest.mark.parametrize(
    "before",
    [None, cell(None), cell(43.0, basis="reference"), cell(33.0, point_scale=7.0)],
)
def test_no_change_is_told_from_what_does_not_compare(before: Cell | None):
    assert _with_changes("JS1", [before, cell(38.25)], {})[1].change is None


NEW_FORMULA = {(2025, "JS1"): "a", (2026, "JS1"): "b"}
SIMULATED = cell(46.0, year=2026, basis="simulated", highest=Figure(80.33, None))


@pytest.mark.parametrize(
    ("formulas", "simulated", "like", "instead"),
    [
        (NEW_FORMULA, SIMULATED, False, SIMULATED),
        (NEW_FORMULA, None, False, None),
        (NEW_FORMULA | {(2026, "JS1"): "a"}, SIMULATED, True, SIMULATED),
        ({}, None, None, None),
        ({}, SIMULATED, False, SIMULATED),  # another highest attainable score tells
        (NEW_FORMULA, cell(40.0, year=2024, basis="simulated"), False, None),
    ],
)
def test_scores_by_another_formula_are_told_and_what_stands_for_them(
    formulas: dict[tuple[int, str], str],
    simulated: Cell | None,
    like: bool | None,
    instead: Cell | None,
):
    found = comparable_scores("JS1", cell(43.49), simulated, 2026, formulas)
    assert found is not None
    assert (found.like, found.simulated) == (like, instead)


def test_scores_on_another_point_scale_do_not_compare():
    printed = cell(33.0, year=2026, point_scale=7.0)
    for scale, like in ((8.5, False), (7.0, True), (None, True)):
        found = comparable_scores("JS1", printed, None, 2026, {}, scale)
        assert found is not None
        assert found.like is like


def test_without_scores_there_is_nothing_to_compare():
    assert comparable_scores("JS1", None, SIMULATED, 2026, NEW_FORMULA) is None


def test_shares_are_of_the_programmes_own_highest_score():
    rows = [
        {"code": "JS1", "school": "S", "cells": [cell(40.0, quartile=35.0)]},
        {"code": "JS2", "school": "S", "cells": [cell(45.0)]},
        {"code": "JS3", "school": "T", "cells": [None]},
    ]
    shares = school_intervals(rows, 0)
    assert shares["by_code"] == {"JS1": (70.0, 80.0), "JS2": (None, 90.0)}
    assert shares["by_school"] == {"S": (70.0, 85.0, 90.0)}
    assert shares["axis"] == 60


def test_columns_are_named_by_year_and_formula():
    assert Column(2025, None).name == "2025"
    assert Column(2025, 2026).name == "2025 by the 2026 formula"


# ---- texts ---------------------------------------------------------------------------------


def test_differences_are_marked_word_by_word():
    assert differences("Civil and Environmental", "Civil & Environmental", WORDS) == [
        ("Civil ", "same"), ("and", "old"), ("&", "new"), (" Environmental", "same"),
    ]  # fmt: skip


def test_a_moment_is_told_in_universal_time():
    hong_kong = dt.timezone(dt.timedelta(hours=8))
    assert utc_time(dt.datetime(2026, 3, 2, 7, 5, tzinfo=hong_kong)) == "1 Mar 2026 23:05 UTC"


def test_differences_of_formulae_are_marked_term_by_term():
    old = "best 1 of (Biology x2 / Physics x2) + best 2 other (* x1)"
    new = "best 1 of (Biology x1 / Physics x2) + best 2 other (* x1)"
    assert differences(old, new, TERMS) == [
        ("best 1 of (", "same"), ("Biology x2", "old"), ("Biology x1", "new"),
        (" / Physics x2) + best 2 other (* x1)", "same"),
    ]  # fmt: skip


def test_data_cannot_leave_its_island():
    text = island_text({"title": "</script><!--<script>&\u2028\x00"})
    assert not re.search("[<>&\u2028\x00]", text)
    assert json.loads(text) == {"title": "</script><!--<script>&\u2028\x00"}


def test_characters_that_cannot_be_shown_are_told():
    assert showable("a\x00b\x1b[31m\u202ec\td\n") == "a\ufffdb\ufffd[31m\ufffdc\td\n"
    assert showable(["\x07", 3]) == ["\ufffd", 3]


def test_a_tag_of_an_extended_major_is_short():
    assert short_major("ai_major") == "AI"
    assert short_major("digital_media_major") == "Digital media"


# ---- drawings ------------------------------------------------------------------------------


def test_an_interval_lies_between_its_shares():
    drawn = charts.interval("JS1: 80 %", 60, 70.0, 80.0)
    assert 'x="25.0%" y="5" width="25.0%"' in drawn
    assert '<circle class="mid" cx="50.0%"' in drawn


def test_labels_of_drawings_are_escaped():
    assert 'aria-label="&lt;b&gt; &#34;"' in charts.ranks([1], 10, '<b> "')


def test_a_move_across_two_formulae_is_dashed():
    drawn = charts.move([30, 32, 35], [None, None, None], [None, True, False], 2, "JS1")
    assert drawn.count('class="mid broken"') == 1
    assert drawn.count('class="mid"') == 4  # one plain line, three points


def test_a_move_without_figures_is_not_drawn():
    assert charts.move([None], [None], [None], 1, "JS1") == ""


def test_the_bonus_curve_tells_its_figures():
    drawn = charts.bonus_curve([(3.0, 1.76), (8.5, 5.0)])
    assert re.findall('class="value"[^>]*>([^<]*)<', drawn) == ["1.76", "5.00"]
