"""Items of pages as nobody has seen them: news, events, awards, goals, announcements."""

from datetime import UTC, date, datetime

import pytest

from errors import DocumentRefused, LayoutChanged
from extract.web.blocks import text_blocks
from tests.unit.page_rows import CAPTURED_AT, told
from transform.pages.lines import Line
from transform.pages.recognition import detect_page, refuse_document
from transform.pages.seen import merge_seen
from transform.readings import Ledger

LAB = "HKUST Opens New Quantum Research Laboratory in Sai Kung"
PRIZES = "HKUST Wins Three Prizes at Geneva Invention Exhibition"
TEXT = "The University said today that it would do all of this with its partners."
MORE = "Its partners said today that they would do all of this with the University."
PAGE = "Press Releases and Stories"
KIND = "Press Releases"


def news(source: str, content: str | tuple[str, ...]) -> tuple[list[tuple[object, ...]], list[str]]:
    """Section, category, title, day and summary of each item; the lines unread."""
    rows, unread = told(source, content, datetime(2026, 12, 1, tzinfo=UTC))
    columns = ("section", "category", "title", "published_on", "summary")
    return [tuple(row.get(name) for name in columns) for row in rows.get("news", [])], unread


TWO = [
    ("2026", KIND, LAB, date(2026, 7, 10), TEXT),
    ("2026", KIND, PRIZES, date(2026, 5, 3), MORE),
]


@pytest.mark.parametrize(
    "lines",
    [
        (KIND, LAB, "Posted on 10 July 2026", TEXT, KIND, PRIZES, "3 May 2026", MORE),
        (KIND, "10 July 2026", LAB, TEXT, KIND, "3 May 2026", PRIZES, MORE),
        ("10 July 2026", KIND, LAB, TEXT, "3 May 2026", KIND, PRIZES, MORE),
        (KIND, LAB, TEXT, "10 July 2026", KIND, PRIZES, MORE, "3 May 2026"),
        (f"{KIND} | 10 July 2026", LAB, TEXT, f"{KIND} | 3 May 2026", PRIZES, MORE),
        (f"{KIND} Jul 10, 2026", LAB, TEXT, f"{KIND} May 3, 2026", PRIZES, MORE),
        (KIND, LAB, "10/07/2026", TEXT, KIND, PRIZES, "03/05/2026", MORE, "25/12/2025"),
    ],
)
def test_days_wherever_they_stand(lines: tuple[str, ...]) -> None:
    rows, unread = news("press", (PAGE, "2026", *lines))
    assert rows == TWO
    assert unread == [line for line in lines if line == "25/12/2025"]


def test_a_day_that_reads_two_ways_is_null() -> None:
    rows, unread = news("press", (PAGE, "2026", KIND, LAB, "03/04/2026", TEXT))
    assert rows == [("2026", KIND, LAB, None, TEXT)]
    assert unread == ["03/04/2026"]


@pytest.mark.parametrize("printed", ["4 Mar", "03/04/2026", "4 March 2026"])
def test_the_day_of_the_markup_tells(printed: str) -> None:
    time = f'<time datetime="2026-03-04T09:00:00+08:00">{printed}</time>'
    html = f"<h1>{PAGE}</h1><h2>2026</h2><p>{KIND}</p><h3>{LAB}</h3>{time}<p>{TEXT}</p>"
    assert news("press", html) == ([("2026", KIND, LAB, date(2026, 3, 4), TEXT)], [])


def test_markup_of_another_day_is_in_doubt() -> None:
    time = '<time datetime="2026-03-05">4 March 2026</time>'
    html = f"<h1>{PAGE}</h1><h2>2026</h2><p>{KIND}</p><h3>{LAB}</h3>{time}<p>{TEXT}</p>"
    assert news("press", html) == ([("2026", KIND, LAB, None, TEXT)], ["4 March 2026"])


def test_a_menu_of_years_is_no_section() -> None:
    items = (KIND, LAB, TEXT, KIND, PRIZES, MORE)
    rows, _ = news("press", (PAGE, "2027", "2026", "2025", *items))
    assert [row[0] for row in rows] == [PAGE, PAGE]
    rows, _ = news("press", (PAGE, "2027", *items[:3], "2026", *items[3:]))
    assert [row[0] for row in rows] == ["2027", "2026"]


@pytest.mark.parametrize(
    ("end", "unread"),
    [
        ("<p>We use cookies to give you the best experience.</p><a>Accept all</a>", []),
        ('<div id="cookie-bar"><p>This site keeps data about each of you.</p></div>', []),
        ('<div class="site-footer"><p>Clear Water Bay, Hong Kong, is home to us.</p></div>', []),
        ("<p>The University and its partners. All rights reserved.</p>", []),
        ("<p>Showing 1 to 10 of 50 results.</p>", []),
        ("<h2>Contacts</h2><p>Please write to us at any time.</p>",
         ["Contacts", "Please write to us at any time."]),
        ("<h3>Quick Links</h3><ul><li>Jobs at HKUST</li></ul>", ["Quick Links", "Jobs at HKUST"]),
        ("<p>A word about this page and who made it.</p>",
         ["A word about this page and who made it."]),
    ],
)  # fmt: skip
def test_the_end_of_a_page_is_no_text_of_its_last_item(end: str, unread: list[str]) -> None:
    items = "".join(
        f"<p>{KIND}</p><h3>{title}</h3><p>{text}</p>"
        for title, text in ((LAB, TEXT), (PRIZES, MORE))
    )
    rows, left = news("press", f"<h1>{PAGE}</h1><h2>2026</h2>{items}{end}")
    assert [row[-1] for row in rows] == [TEXT, MORE]
    assert left == unread


def test_an_undeclared_kind_is_no_text_of_the_item_above() -> None:
    lines = (KIND, LAB, TEXT, "Speeches", "Annual Address", MORE, KIND, PRIZES, MORE)
    rows, unread = news("press", (PAGE, "2026", *lines))
    assert [row[2:] for row in rows] == [(LAB, None, TEXT), (PRIZES, None, MORE)]
    assert unread == ["Speeches", "Annual Address", MORE]


def test_a_category_is_no_title() -> None:
    rows, unread = news("press", (PAGE, "2026", KIND, KIND, LAB, TEXT))
    assert [row[2] for row in rows] == [LAB]
    assert unread == [KIND]


def test_a_heading_over_two_lines_is_one_title() -> None:
    title = LAB.replace("Quantum ", "Quantum<br>")
    html = f"<h1>{PAGE}</h1><h2>2026</h2><p>{KIND}</p><h3>{title}</h3><p>{TEXT}</p>"
    assert news("press", html)[0] == [("2026", KIND, LAB, None, TEXT)]


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("<p>News</p><ul><li>Research</li><li>Medicine</li></ul><h3>{}</h3>",
         ("Research", "Medicine")),
        ("<p>News</p><p>Research, Medicine</p><h3>{}</h3>", ("Research", "Medicine")),
        ("<p>News</p><h3>{}</h3>", ()),
        ("<h3>{}</h3><p>News</p>", ()),
        ("<p><span>News</span> | <span>10 Jul 2026</span></p><h3>{}</h3>", ()),
    ],
)  # fmt: skip
def test_category_and_tags_around_a_marked_title(head: str, tags: tuple[str, ...]) -> None:
    items = "".join(f"{head.format(title)}<p>{TEXT}</p>" for title in (LAB, PRIZES))
    rows, unread = told("home", f"<h2>News &amp; Stories</h2>{items}")
    assert [(row["category"], row["title"], row["tags"]) for row in rows["news"]] == [
        ("News", LAB, tags),
        ("News", PRIZES, tags),
    ]
    assert unread == []


def test_a_category_named_like_a_section() -> None:
    lines = ("News & Stories", "News", "Research", LAB, TEXT, "Events", "Research", PRIZES, MORE)
    rows, unread = news("home", lines)
    assert [row[1:3] for row in rows] == [("News", LAB), ("Events", PRIZES)]
    assert unread == []


# Announcements: tags, category, title, day, text.

TAGS = ("Achievements", "T&M-DDP", "EVMT", "ENVR", "PPOL")


@pytest.mark.parametrize(
    "lines",
    [
        ("Announcements", LAB, "10 July 2026", TEXT),
        ("Announcements", "10 July 2026", LAB, TEXT),
        ("Announcements", LAB, "25/12/2025", TEXT),
        ("News", LAB, "Published: 10 Jul 2026", TEXT),
    ],
)
def test_the_head_of_an_announcement(lines: tuple[str, ...]) -> None:
    (row,) = told("ais", (*TAGS, *lines))[0]["news"]
    assert (row["title"], row["category"], row["tags"]) == (LAB, lines[0], TAGS)
    assert row["published_on"] in (date(2026, 7, 10), date(2025, 12, 25))


@pytest.mark.parametrize(
    "lines",
    [
        ("Announcements", LAB, TEXT, "Deadline", "30 June 2026"),
        (LAB, "Announcements", "10 July 2026", TEXT),
    ],
)
def test_an_announcement_without_a_day_of_its_own(lines: tuple[str, ...]) -> None:
    with pytest.raises(LayoutChanged, match="no title with a date"):
        told("ais", (*TAGS, *lines))


def test_a_marked_title_and_its_byline() -> None:
    tags = "".join(f"<li>{tag.replace('&', '&amp;')}</li>" for tag in TAGS)
    head = f"<p>Announcements</p><h1>{LAB}</h1><p>By the Office</p><p>30 June 2026</p>"
    rows, unread = told("ais", f"<ul>{tags}</ul>{head}<p>{TEXT}</p>")
    (row,) = rows["news"]
    assert (row["title"], row["published_on"]) == (LAB, date(2026, 6, 30))
    assert unread == ["By the Office"]


@pytest.mark.parametrize(
    ("printed", "text", "read"),
    [
        ("03/04/2025", TEXT, date(2025, 4, 3)),  # the site's order, as declared
        ("03/04/2025", f"{TEXT} It ends on 12/31/2025.", None),  # the page has another
        ("03/12/2025", TEXT, None),  # the capture is of 22 November
    ],
)
def test_the_declared_order_may_be_refuted(printed: str, text: str, read: date | None) -> None:
    rows, unread = told("ais", (*TAGS, "Announcements", LAB, printed, text))
    assert rows["news"][0].get("published_on") == read
    assert unread == ([] if read else [printed])


# Events.

CONCERT, TRIP = "Melodies of Hope Concert", "Guilin Service Learning Trip"


def events(*lines: str) -> tuple[list[tuple[object, ...]], list[str]]:
    rows, unread = told("home", ("Events", *lines))
    columns = ("title", "category", "starts_at")
    return [tuple(row.get(name) for name in columns) for row in rows.get("events", [])], unread


FIRST, SECOND = datetime(2026, 7, 10, 6, 30, tzinfo=UTC), datetime(2027, 1, 25, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "unread"),
    [
        ((CONCERT, "10 July 2026 14:30", TRIP, "26 January 2027"), []),
        (("10 July 2026 14:30", CONCERT, "26 January 2027", TRIP), []),
        (("The best of it all.", "10 July 2026 14:30", CONCERT, "26 January 2027", TRIP), []),
        ((CONCERT, "Date: 10 July 2026", "Time: 2:30 pm", "Venue: LT-A",
          TRIP, "Date: 26 January 2027", "Venue: Atrium"), []),
        ((CONCERT, "10 July 2026 14:30", "Lecture Theater A", TRIP, "26 January 2027"),
         ["Lecture Theater A"]),
    ],
)  # fmt: skip
def test_events_and_their_days(lines: tuple[str, ...], unread: list[str]) -> None:
    assert events(*lines) == ([(CONCERT, None, FIRST), (TRIP, None, SECOND)], unread)


@pytest.mark.parametrize(
    "card",
    [
        "<h3>{}</h3><p>{}</p><p>Come and join us.</p>",
        "<h3>{}</h3><p>Come and join us for a great time together</p><p>{}</p>",
    ],
)
def test_a_marked_title_of_an_event(card: str) -> None:
    cards = card.format(CONCERT, "10 July 2026 14:30") + card.format(TRIP, "26 January 2027")
    rows, _ = told("home", f"<h2>Events</h2>{cards}")
    assert [(row["title"], row["starts_at"]) for row in rows["events"]] == [
        (CONCERT, FIRST),
        (TRIP, SECOND),
    ]


@pytest.mark.parametrize("day", ["10 Jul 2026, Online", "31 June 2026", "03/04/2026 14:30"])
def test_an_event_on_a_day_that_cannot_be_read(day: str) -> None:
    rows, unread = events(CONCERT, day, TRIP, "26 January 2027")
    assert rows == [(TRIP, None, SECOND)]
    assert unread == [CONCERT, day]


def test_an_event_of_no_year() -> None:
    rows, unread = events(CONCERT, "March 12 02:00 pm - 05:00 pm")
    assert rows == [(CONCERT, None, None)]
    assert unread == ["March 12 02:00 pm - 05:00 pm"]


# Awards and goals.

CHAN, CHEMISTRY, MEDAL = "Prof. CHAN Tai Man", "Department of Chemistry", "Croucher Medal"
WONG, BIOLOGY, PRIZE = "Dr. WONG Siu Ming", "Division of Life Science", "Falling Walls Prize"


def awards(*lines: str) -> tuple[list[tuple[object, ...]], list[str]]:
    rows, unread = told("home", ("Awards & Recognitions", *lines, "Facts", "10", "Unicorns"))
    columns = ("recipient", "affiliation", "award")
    return [tuple(row.get(name) for name in columns) for row in rows.get("awards", [])], unread


@pytest.mark.parametrize(
    ("lines", "first", "unread"),
    [
        ((CHAN, CHEMISTRY, MEDAL), (CHAN, CHEMISTRY, MEDAL), []),
        ((f"{CHAN} – Adviser", CHEMISTRY, MEDAL), (CHAN, f"Adviser; {CHEMISTRY}", MEDAL), []),
        ((CHAN, MEDAL, CHEMISTRY), (CHAN, CHEMISTRY, MEDAL), []),
        ((CHAN, CHEMISTRY, "Thirty Under 30"), (CHAN, CHEMISTRY, "Thirty Under 30"), []),
        ((CHAN, CHEMISTRY), None, [CHAN, CHEMISTRY]),
        ((CHAN, "A List of the Cited"), None, [CHAN, "A List of the Cited"]),
        ((CHAN, "Manager of the Fund", MEDAL), None, [CHAN, "Manager of the Fund", MEDAL]),
    ],
)  # fmt: skip
def test_awards(lines: tuple[str, ...], first: tuple[str, ...] | None, unread: list[str]) -> None:
    others = [(WONG, BIOLOGY, PRIZE)]
    assert awards(*lines, WONG, BIOLOGY, PRIZE) == (([first] if first else []) + others, unread)


def test_awards_over_their_recipients() -> None:
    rows, unread = awards(MEDAL, CHAN, CHEMISTRY, PRIZE, WONG, BIOLOGY)
    assert rows == [(CHAN, CHEMISTRY, MEDAL), (WONG, BIOLOGY, PRIZE)]
    assert unread == []


def test_goals() -> None:
    heading = "Sustainable Development Goals"
    lines = ("SDG 1 - No Poverty", "SDG2", "Zero Hunger", "8 Decent Work and", "Economic Growth")
    rows, unread = told("home", (heading, *lines, "12 Responsible", "something or other"))
    assert {row["number"]: row["title"] for row in rows["sdgs"]} == {
        1: "No Poverty",
        2: "Zero Hunger",
        8: "Decent Work and Economic Growth",
    }
    assert unread == ["something or other", "12 Responsible"]


def test_buttons_are_no_firsts() -> None:
    lines = ("Explore More", "1 / 8", LAB, "Watch Video", PRIZES, "Honours", TEXT[:-1])
    rows, unread = told("home", ("HKUST firsts", *lines))
    assert [row["title"] for row in rows["highlights"]] == [LAB, PRIZES]
    assert unread == ["1 / 8", "Honours", TEXT[:-1]]


# Pages.


def test_the_page_of_another_university() -> None:
    text = "\n".join(("News and Stories", "Rankings", "Facts and Figures", "Events", TEXT * 9))
    assert detect_page(text_blocks(text.encode(), "text/plain")) is None
    assert detect_page(text_blocks(f"{text}\nHKUST".encode(), "text/plain")) == "home"


def test_captures_of_one_moment_contradict_each_other_openly() -> None:
    ledgers = []
    for value in (1900.0, 2000.0):
        ledger = Ledger(str(value))
        place = text_blocks(b"1900", "text/plain")[0]
        key = {"source": "home", "label": "Start-ups"}
        ledger.add("facts", key, "value", value, Line(place), "number")
        ledgers.append((CAPTURED_AT, ledger.readings))
    assert {reading.value for reading in merge_seen(ledgers)} == {1900.0, 2000.0}


def test_the_text_of_a_brochure_is_refused() -> None:
    blocks = text_blocks(b"2026 JUPAS Admissions Requirements\nJS5101", "text/plain")
    with pytest.raises(DocumentRefused, match="Give its PDF"):
        refuse_document(blocks)
