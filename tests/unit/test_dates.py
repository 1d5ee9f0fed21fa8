"""Dates as the pages print them."""

from datetime import date, datetime, time

import pytest

from transform.pages.clock import times_printed
from transform.pages.dates import Order, looks_dated, month_and_day, order_of
from transform.pages.days import date_printed, day_in_title
from transform.pages.spans import HONG_KONG, Span, moments, span_printed, years_of


def span(text: str) -> Span:
    found = span_printed(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/07/2025", date(2025, 7, 10)),  # day first: the page is of 10 July
        ("2025-07-10", date(2025, 7, 10)),
        ("1 October 2025", date(2025, 10, 1)),
        ("October 1, 2025", date(2025, 10, 1)),
        ("Wed, 1 Oct 2025", date(2025, 10, 1)),
        ("Thu, 1 Oct 2025", None),  # that day was a Wednesday
        ("1 October 2025 (Wed)", date(2025, 10, 1)),
        ("Posted on 1 October 2025", date(2025, 10, 1)),
        ("Date: 1 Oct 2025, 3:30 pm", date(2025, 10, 1)),
        ("Last updated: 1 Oct 2025", None),
        ("1-Oct-2025", date(2025, 10, 1)),
        ("2025/10/01", date(2025, 10, 1)),
        ("01.10.2025", date(2025, 10, 1)),
        ("2025年10月1日", date(2025, 10, 1)),
        ("📅 1 Oct 2025", date(2025, 10, 1)),
        ("10/25/2025", date(2025, 10, 25)),  # there is no 25th month
        ("31/02/2025", None),
        ("13/13/2025", None),
        ("May 2026", None),
        ("8-9 December 2023", None),
        ("2025", None),
        ("", None),
    ],
)
def test_date_printed(text: str, expected: date | None) -> None:
    assert date_printed(text) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [("day", date(2025, 4, 3)), ("month", date(2025, 3, 4)), (None, None)],
)
def test_a_numeric_day_that_reads_two_ways(order: Order | None, expected: date | None) -> None:
    assert date_printed("03/04/2025", order) == expected


@pytest.mark.parametrize(
    ("texts", "declared", "order"),
    [
        (["03/04/2025"], None, None),
        (["03/04/2025"], "day", "day"),
        (["03/04/2025", "from 25/04/2025 on"], None, "day"),
        (["03/04/2025", "04/25/2025"], None, "month"),
        (["04/25/2025"], "day", None),
        (["04/25/2025", "25/04/2025"], None, None),
        (["25/04/2025"], "day", "day"),
    ],
)
def test_order_of_a_page(texts: list[str], declared: Order | None, order: Order | None) -> None:
    assert order_of(texts, declared) == order


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("10 Jul 2025, Online", True),
        ("31 June 2025", True),
        ("03/04/2025", True),
        ("July 2026", True),
        ("To be confirmed", True),
        ("香港科技大學與清華大學簽署三項合作協議 (2026年7月10日)", False),
        ("10 Jul 2025, 2:30 - 4:00", True),
        ("Open Day 2026", False),
        ("Fireworks (1 October 2025)", False),
        ("10 Jul 2026 (Cancelled)", True),
        ("HKUST Opens a Laboratory on 10 July 2025", False),
        ("AEP - Boat Trip (Oct 10, 2026)", False),
    ],
)
def test_lines_about_a_day(text: str, is_it: bool) -> None:
    assert looks_dated(text) is is_it


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("14:30 - 16:00", time(14, 30), time(16)),
        ("2:00 - 4:00 pm", time(14), time(16)),
        ("11:00 - 1:00 pm", time(11), time(13)),
        ("2:00 pm - 4:00", time(14), time(16)),
        ("11:00 am - 1:00", time(11), time(13)),
        ("10:00 pm - 2:00", time(22), time(2)),
        ("2 - 4 pm", time(14), time(16)),
        ("9.30 a.m. to 12 noon", time(9, 30), time(12)),
        ("2:30pm (hong kong time)", time(14, 30), None),
        ("12:00 am", time(0), None),
    ],
)
def test_times(text: str, opens: time, closes: time | None) -> None:
    assert times_printed(text) == (opens, closes)


@pytest.mark.parametrize(
    "text", ["2:30 - 4:00", "10:00 - 4:00", "3:00", "14:30 GMT", "25:00", "13:00 pm", "2.30", "5"]
)
def test_no_times(text: str) -> None:
    assert times_printed(text) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Program (AEP) - “Fireworks with the Provost” (1 October 2025)", date(2025, 10, 1)),
        ("Program (AEP) - “Sunset Happy Hour” (10 May 2024)", date(2024, 5, 10)),
        ("Guilin Service Learning Trip 桂林服務學習之旅 (Jan 2026)", None),
        ("(1 May 2024) or (2 May 2024)", None),
        ("Forum 2023", None),
    ],
)
def test_date_in_title(title: str, expected: date | None) -> None:
    assert day_in_title(title, "day").on == expected


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        (
            "January 26 - January 31, 2026 08:00 am - 04:00 pm",
            "2026-01-26 08:00",
            "2026-01-31 16:00",
        ),
        (
            "January 05 - January 30, 2026 12:00 pm - 11:59 pm",
            "2026-01-05 12:00",
            "2026-01-30 23:59",
        ),
        ("December 30 - January 2, 2026", "2025-12-30 00:00", "2026-01-02 23:59"),
        ("8-9 December 2023", "2023-12-08 00:00", "2023-12-09 23:59"),
        ("Dec 31, 2025 10:00 pm - 2:00 am", "2025-12-31 22:00", "2026-01-01 02:00"),
        ("3 to 5 Nov 2026", "2026-11-03 00:00", "2026-11-05 23:59"),
        ("10 Jul 2026 2:30 pm - 11 Jul 2026 4:00 pm", "2026-07-10 14:30", "2026-07-11 16:00"),
        ("Friday, 10 July 2026 | 14:30–16:00 HKT", "2026-07-10 14:30", "2026-07-10 16:00"),
        ("2026-07-10 at 14:30", "2026-07-10 14:30", None),
        ("January 26, 2026 19:30", "2026-01-26 19:30", None),
        ("1 October 2025", "2025-10-01 00:00", None),
    ],
)
def test_start_and_end(text: str, starts: str, ends: str | None) -> None:
    """On the clocks of Hong Kong."""
    found = span(text)
    assert found.year is not None
    moment = moments(found, found.year)
    assert moment == tuple(
        None if told is None else datetime.fromisoformat(f"{told}+08:00") for told in (starts, ends)
    )
    assert moment[0].tzinfo is HONG_KONG


def test_span_without_a_year() -> None:
    found = span("November 28 01:30 pm - 04:00 pm")
    assert (found.year, found.month, found.day) == (None, 11, 28)
    assert (found.opens, found.closes) == (time(13, 30), time(16, 0))


@pytest.mark.parametrize(
    "text",
    ["", "28", "Nov", "Feb 30, 2026", "Jan 31 - 26, 2026", "May 5 13:00 pm", "12/2026", "soon",
     "Monday, 10 July 2026", "10 Jul 2026 2:30 - 4:00", "3 & 5 Nov 2026", "10 Jul 2026 9:00 GMT"],
)  # fmt: skip
def test_no_span(text: str) -> None:
    assert span_printed(text) is None


def test_year_from_the_neighbours_outweighs_the_capture() -> None:
    spans = [span("November 28"), span("January 05, 2026"), span("Jan 26"), span("Mar 1, 2026")]
    assert years_of(spans, date(2030, 6, 1)) == [2025, 2026, 2026, 2026]


def test_year_that_the_neighbours_dispute_is_null() -> None:
    spans = [span("March 1, 2024"), span("February 1"), span("May 1, 2026")]
    assert years_of(spans, date(2025, 1, 1)) == [2024, None, 2026]


@pytest.mark.parametrize(
    ("captured_on", "year"),
    [
        (date(2025, 11, 22), 2025),
        (date(2025, 12, 20), 2025),  # still listed three weeks after
        (date(2026, 1, 15), 2026),
    ],
)
def test_year_from_the_capture(captured_on: date, year: int) -> None:
    assert years_of([span("November 28")], captured_on) == [year]


def test_year_that_nothing_tells_is_null() -> None:
    assert years_of([span("November 28")], None) == [None]


def test_year_by_the_weekday() -> None:
    assert years_of([span("Friday, November 28")], date(2026, 6, 1)) == [2025]


def test_neighbour_further_than_half_a_year_tells_no_year() -> None:
    spans = [span("January 12"), span("January 5, 2026")]
    assert years_of(spans, date(2026, 1, 10)) == [None, 2026]


def test_leap_day_in_a_common_year_is_null() -> None:
    assert years_of([span("February 29")], date(2025, 2, 20)) == [None]


@pytest.mark.parametrize(
    ("text", "badge"),
    [
        ("Nov", (11, None)),
        ("28", (None, 28)),
        ("Nov28", (11, 28)),
        ("Jan 05", (1, 5)),
        ("Nova", (None, None)),
    ],
)
def test_calendar_badge(text: str, badge: tuple[int | None, int | None]) -> None:
    assert month_and_day(text) == badge
