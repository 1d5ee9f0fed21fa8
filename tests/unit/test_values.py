"""Printed cells to values: figures, ranges, names, codes; refused where a part is left over."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from errors import LayoutChanged, UnknownValue
from extract.cells import Line, Row, Run
from tests.unit.cells import cell, line, table
from transform.lookups import FILE, is_withheld
from transform.values import code_and_rest, figure, figure_range, only_cell, title_of
from warehouse.code_version import ROOT


def test_marks_behind_figures() -> None:
    for text in ("36.75*", "36.75 #", "36.75∗", "36.75†", "36.75¹"):
        assert figure(cell(text)) == 36.75
    for text in ("36.75+", "36.75~", "36.751#2"):
        with pytest.raises(UnknownValue, match="withheld"):
            figure(cell(text))
    for text in ("32-34@", "32 to 34", "32 ~ 34", "32\u00ad34"):
        assert figure_range(text, cell(text)) == (32, 34)
    with pytest.raises(UnknownValue, match="falls"):
        figure_range("34-32", cell("34-32"))


def test_marks_before_figures_and_raised_letters_behind_them() -> None:
    assert figure(cell("*36.75")) == 36.75
    body = line("36.75").runs[0]
    raised = Run("a", body.x1, -1.0, body.x1 + 4, 3.0, 4.0, False, "#000000", True)
    assert figure(replace(cell("36.75"), lines=(Line((body, raised)),))) == 36.75
    for text in ("36.75a", "~36.75", "+36.75"):
        with pytest.raises(UnknownValue, match="withheld"):
            figure(cell(text))


def test_marks_alone_stand_for_no_figure() -> None:
    for text in ("*", "**", "^", "† ‡", "Not released", "Withheld*"):
        assert is_withheld(text)
    for text in ("", "+", "36.75*"):
        assert not is_withheld(text)


def test_marks_behind_a_name_in_any_font() -> None:
    marks = tomllib.loads((ROOT / FILE).read_text("utf-8"))["marks"]
    assert len(marks) == 13
    for mark, likes in marks.items():
        for printed in (mark, *likes):
            assert title_of((line(f"BSc in Physics {printed}"),)).marks == (mark,)
    assert title_of((line("BSc in Physics∗"),)).marks == ("*",)
    assert title_of((line("C++"),)).marks == ()


def test_mark_within_a_name_is_refused() -> None:
    assert title_of((line("BSc in Physics #"),)).marks == ("#",)
    for text in ("BSc in China Studies # and Society", "BSc in China Studies# and Society"):
        with pytest.raises(UnknownValue, match="middle of a name"):
            title_of((line(text),))


def test_brackets_of_a_code_go_with_it() -> None:
    whole = cell("Science (Group A) (JS5102)")
    code, rest = code_and_rest(whole.lines, whole)
    assert (code, title_of(rest).text) == ("JS5102", "Science (Group A)")


@pytest.mark.parametrize(
    "text",
    ["JS5102 – Science (Group A)", "JS5102: Science (Group A)", "JS5102-Science (Group A)",
     "Science (Group A) - JS5102", "Science (Group A) | JS5102"],
)  # fmt: skip
def test_a_dash_between_code_and_name_is_no_part_of_it(text: str) -> None:
    whole = cell(text)
    code, rest = code_and_rest(whole.lines, whole)
    assert (code, title_of(rest).text) == ("JS5102", "Science (Group A)")


def test_column_that_is_missing_is_named() -> None:
    with pytest.raises(LayoutChanged, match=r"no column school.*vocabulary\.toml"):
        only_cell(Row({}, None), "school", table(0, ("JUPAS Code", {})))
