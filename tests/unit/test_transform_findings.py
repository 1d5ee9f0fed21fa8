"""What an adversarial tester found: years, scales, marks and options that were read wrongly."""

from __future__ import annotations

import pytest

from errors import LayoutChanged, UnknownValue
from extract.cells import Cell, DocumentCells, Header, Line, PageCells, Row, Run, Table
from transform.dated import DatedWords
from transform.findings import Tables
from transform.formulae import canonical, parse_formula
from transform.lookups import point_scales_in, school_named, years_in
from transform.point_scale import fitting_share, point_scale_of
from transform.reconcile_figures import CHECKS
from transform.remarks import remarks_of
from transform.scores import _may_be_reference, preferred_pairs
from transform.stacked import check_one_option
from transform.values import code_and_rest, figure, figure_range, only_cell, title_of


def line(text: str, top: float = 0.0, x0: float = 10.0, size: float = 7.0) -> Line:
    run = Run(text, x0, top, x0 + 4 * len(text), top + size, size, False, "#000000", False)
    return Line((run,))


def cell(*lines: str, width: float = 200.0) -> Cell:
    printed = tuple(line(text, 10.0 * i) for i, text in enumerate(lines))
    return Cell(("median",), 1, 6.0, 0.0, 6.0 + width, 10.0 * len(lines), printed, None)


def table(top: float, *headers: tuple[str, dict[str, str]], page: int = 1) -> Table:
    made = tuple(Header("median", text, words, page, 0, top, 9, top + 9) for text, words in headers)
    return Table("scores", page, 0, top, 300, top + 50, made, (), ())


def page(number: int, tables: tuple[Table, ...], *lines: Line) -> PageCells:
    return PageCells(number, 500, 400, tables, lines, ())


TITLE = "{} HKUST JUPAS Admissions Scores"


def scores_year(asked: Table, *pages: PageCells) -> int | None:
    return DatedWords(DocumentCells(pages)).year("scores_year", asked)


def test_nearest_dated_line_above_wins() -> None:
    first, second = table(40, ("Median", {})), table(200, ("Median", {}))
    leaf = page(1, (first, second), line(TITLE.format(2024), 20), line(TITLE.format(2023), 180))
    assert (scores_year(first, leaf), scores_year(second, leaf)) == (2024, 2023)


def test_continued_table_inherits_its_year() -> None:
    first, other = table(40, ("Median", {})), table(40, ("Median ", {}), page=2)
    goes_on = Table("scores", 3, 0, 20, 300, 60, first.headers, (), ())
    pages = (
        page(1, (first,), line(TITLE.format(2024), 20)),
        page(2, (other,), line(TITLE.format(2023), 20)),
        page(3, (goes_on,)),
    )
    assert scores_year(goes_on, *pages) == 2024


def test_two_years_are_refused() -> None:
    mixed = table(40, ("2024 Median", {"scores_year": "2024"}), ("", {"scores_year": "2023"}))
    titled = table(40, ("2023 Median", {"scores_year": "2023"}))
    plain = table(40, ("Median", {}))
    both = (line(TITLE.format(2024), 10), line(TITLE.format(2023), 20))
    for leaf, asked in (
        (page(1, (mixed,)), mixed),
        (page(1, (titled,), both[0]), titled),
        (page(1, (plain,), *both), plain),
    ):
        with pytest.raises(LayoutChanged, match="two years"):
            scores_year(asked, leaf)


def test_pointer_to_another_document_dates_nothing() -> None:
    asked = table(40, ("Median", {}))
    pointer = "Scores are final. See the brochure for the 2024 program-specific formulae."
    said = "Weighted scores follow the 2025 program-specific formulae."
    for text, year in ((pointer, None), (said, 2025)):
        dated = DatedWords(DocumentCells((page(1, (asked,), line(text, 20)),)))
        assert dated.year("formula_year", asked) == year
    assert dated.on_scores("formula_year", 2025)


def test_every_phrase_with_a_year_is_seen() -> None:
    found = years_in("scores_year", f"{TITLE.format(2024)} and {TITLE.format(2023)}")
    assert {mention.years["scores_year"] for mention in found} == {2023, 2024}


def test_scales_named_and_shown() -> None:
    assert point_scales_in("On the 7-point scale; HKUST will use an 8.5-point scale.") == {
        7.0: True,
        8.5: False,
    }
    assert point_scale_of([36.75, 55.13, 51.45]) == 7
    assert fitting_share([36.75, 55.13, 51.45], 8.5) < 1


def test_seven_point_edition_reaches_its_figures() -> None:
    formula = canonical(parse_formula("English x 2 + Math x 2 + Best 3 other subjects", {}))
    for top in (7, 8.5):
        row: dict[str, object] = {"edition": 2023, "jupas_code": "JS5300", "formula": formula}
        row["highest_attainable"] = 7 * top
        tables: Tables = {"formulas": [row], "conversions": [], "scores": []}
        assert [found["status"] for found in CHECKS[0](tables)] == ["passed"]


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


def test_mark_within_a_name_is_refused() -> None:
    assert title_of((line("BSc in Physics #"),)).marks == ("#",)
    for text in ("BSc in China Studies # and Society", "BSc in China Studies# and Society"):
        with pytest.raises(UnknownValue, match="middle of a name"):
            title_of((line(text),))


@pytest.mark.parametrize(
    "lines",
    [
        ("BSc in Physics #", "Mathematics"),
        ("• BSc in Physics",),
        ("Economics", "Finance"),
        ("BSc in one long name that fills the line up", "BSc in Physics"),
    ],
)
def test_stacked_options_are_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnknownValue, match="options"):
        check_one_option(cell(*lines))


def test_wrapped_option_is_one() -> None:
    check_one_option(cell("All Joint-school Programs", "Offered by the School of Humanities #"))
    check_one_option(cell("BSc in Ocean Science and Technology (with the", "Artificial one)"))


def test_remark_in_one_run() -> None:
    leaf = page(1, (), line("REMARKS", 10), line("# Students may choose.", 20))
    assert remarks_of(leaf)["#"].text == "Students may choose."


def test_plus_that_starts_a_line_of_a_remark_is_no_mark() -> None:
    texts = [line("BSc RMBI", 20, x0=20), line("+ MSc Fintech.", 30, x0=20)]
    leaf = page(1, (), line("REMARKS", 5), line("#", 20), *texts, line("+ New in 2026.", 40))
    assert {mark: remark.text for mark, remark in remarks_of(leaf).items()} == {
        "#": "BSc RMBI + MSc Fintech.", "+": "New in 2026.",
    }  # fmt: skip


def test_line_under_a_remark_whose_mark_is_glued_on_belongs_to_it() -> None:
    texts = [line("@ A fee for local", 20, x0=10), line("students in 2027.", 29, x0=24)]
    leaf = page(1, (), line("REMARKS", 5), *texts)
    assert remarks_of(leaf)["@"].text == "A fee for local students in 2027."


def test_brackets_of_a_code_go_with_it() -> None:
    whole = cell("Science (Group A) (JS5102)")
    code, rest = code_and_rest(whole.lines, whole)
    assert (code, title_of(rest).text) == ("JS5102", "Science (Group A)")


def test_small_wordings() -> None:
    assert school_named("SCHOOL OF BUSINESS & MANAGEMENT") == "School of Business and Management"
    assert preferred_pairs(cell("Science subjects/ICT: Level 5")) == [("Science subjects/ICT", "5")]


def test_level_that_wraps_goes_with_its_subjects() -> None:
    wrapped = cell("Science/ICT Level", "5**", "Math/M1/M2 Level", "4")
    assert preferred_pairs(wrapped) == [("Science/ICT", "5**"), ("Math/M1/M2", "4")]
    with pytest.raises(UnknownValue):
        preferred_pairs(cell("Science/ICT Level 5** Math/M1/M2 Level 4"))


def test_column_that_is_missing_is_named() -> None:
    with pytest.raises(LayoutChanged, match=r"no column school.*vocabulary\.toml"):
        only_cell(Row({}, None), "school", table(0, ("JUPAS Code", {})))


def test_lone_figure_under_reference_headers_may_be_either() -> None:
    plain = table(0, ("2024 Admissions Score", {}))
    either = table(0, ("2024 Admissions Score/ Reference Score for 2025 New Programs", {}))
    alone = {"median": cell("49"), "lower_quartile": cell("-")}
    assert _may_be_reference(alone["median"], alone, either)
    assert not _may_be_reference(alone["median"], alone, plain)
    assert not _may_be_reference(cell("49"), alone | {"lower_quartile": cell("47")}, either)
