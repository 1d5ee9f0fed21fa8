"""The university's pages: rows as reviewed, from samples, captures and other markup alike."""

import contextlib
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from errors import AdmissionsError, DocumentRefused, LayoutChanged, UnknownValue
from extract.web.blocks import text_blocks
from tests.unit.page_rows import (
    CAPTURED_AT,
    MARKUPS,
    ROOT,
    SAMPLES,
    SOURCES,
    as_text,
    in_other_markup,
    printed,
    read,
    reviewed,
    rows_of,
    without,
)
from transform.checks.reconcile_figures import _rankings_agree
from transform.pages.lines import ON_PURPOSE, UNREAD
from transform.pages.page import read_page
from transform.pages.recognition import detect_page
from transform.pages.seen import merge_seen

CAPTURES = Path(os.environ.get("SHARED", ROOT.parent / "shared")) / "captures"
needs_captures = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason="needs the captures of the shared folder, which is not here"
)


def page(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def home(*lines: str) -> dict[str, list[dict[str, object]]]:
    """Rows of a text with the given lines read as the home page."""
    blocks = text_blocks(page(*lines), "text/plain")
    return rows_of(read_page(blocks, "home", "0" * 64, CAPTURED_AT))


def sample(source: str) -> bytes:
    return (SAMPLES / f"{source}.html").read_bytes()


@pytest.mark.parametrize("source", SOURCES)
def test_sample_gives_the_reviewed_rows(source: str) -> None:
    ledger = read(sample(source), "text/html")
    assert printed(rows_of(ledger)) == reviewed(source)
    assert [reject for reject in ledger.rejects if reject.reason.startswith(UNREAD)] == []


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    "source", [*SOURCES[2:], *(pytest.param(long, marks=pytest.mark.slow) for long in SOURCES[:2])]
)
def test_other_markup_gives_the_same_rows(source: str, markup: str) -> None:
    rows = printed(rows_of(read(in_other_markup(source, markup), "text/html")))
    assert without(rows) == without(reviewed(source))


@pytest.mark.parametrize("source", SOURCES)
def test_plain_text_gives_the_same_rows(source: str) -> None:
    rows = printed(rows_of(read(as_text(source), "text/plain")))
    assert without(rows, "url") == without(reviewed(source), "url")


@needs_captures
@pytest.mark.parametrize("source", SOURCES)
def test_capture_gives_the_same_facts(source: str) -> None:
    """The samples retell the captures' prose; titles, figures, dates, names are the same."""
    ledger = read((CAPTURES / f"{source}.txt").read_bytes(), "text/plain")
    rows = rows_of(ledger)
    retold = ("url", "summary", "text", "affiliation", "item_id", "label")
    mine, theirs = printed(rows), reviewed(source)
    if source == "ais":  # the milestones are retold too
        assert len(mine.pop("highlights")) == len(theirs.pop("highlights"))
    assert without(mine, *retold) == without(theirs, *retold)
    for table in mine.keys() - {"facts", "sdgs", "rankings"}:
        assert {r["item_id"] for r in mine[table]} == {r["item_id"] for r in theirs[table]}


@needs_captures
def test_capture_leaves_one_line_unread() -> None:
    unread = [
        reject.text
        for source in SOURCES
        for reject in read((CAPTURES / f"{source}.txt").read_bytes(), "text/plain").rejects
        if reject.reason.startswith(UNREAD)
    ]
    assert unread == ["Research and Discovery Champions Award"]


@pytest.mark.parametrize("source", SOURCES)
def test_rows_build_frames(source: str) -> None:
    for table, rows in rows_of(read(sample(source), "text/html")).items():
        assert len(schemas.frame_of(schemas.TABLES[table], rows)) == len(rows)


@pytest.mark.parametrize("source", SOURCES)
def test_every_block_is_accounted_for(source: str) -> None:
    """A block stands in a reading's text, in a reject, or is the heading of a section."""
    blocks = text_blocks(sample(source), "text/html")
    ledger = read_page(blocks, source, "0" * 64, CAPTURED_AT)
    told = {reject.place.block for reject in ledger.rejects}
    told |= {reading.place.block for reading in ledger.readings}
    texts = "\n".join(reading.text for reading in ledger.readings)
    lost = [b.text for b in blocks if b.block not in told and b.text not in texts]
    assert set(lost) <= {
        "Rankings",
        "Facts and Figures",
        "HKUST firsts",
        "Awards & Recognitions",
        "Sustainable Development Goals",
        "Events",
        "What's Happening",
        "In the Media",
        "Press Releases and Stories",
    }


def test_announcement() -> None:
    (news,) = rows_of(read(sample("ais"), "text/html"))["news"]
    assert news["published_on"] == date(2025, 7, 10)
    assert news["category"] == "Announcements"
    tags = news["tags"]
    assert isinstance(tags, tuple)
    assert (len(tags), tags[0], tags[4], tags[-1]) == (
        30,
        "Achievements",
        "Field Trips & Visits",
        "Fintech",
    )


def test_announcement_without_a_date() -> None:
    blocks = text_blocks(page("Announcements", "A title", "No date here."), "text/plain")
    with pytest.raises(LayoutChanged, match="no title with a date"):
        read_page(blocks, "ais", "0" * 64, CAPTURED_AT)


def test_a_rank_holds_in_every_region_it_names() -> None:
    rows = home(
        "Rankings",
        "# 25",
        "Global Employability University Ranking 2026",
        "No. 1 in Hong Kong, No. 3 in Greater China",
    )["rankings"]
    assert {row["region"]: row["rank"] for row in rows} == {
        "World": 25,
        "Hong Kong": 1,
        "Greater China": 3,
    }
    assert {row["year"] for row in rows} == {2026}


def test_rankings_may_stand_under_their_names() -> None:
    rows = home(
        "Rankings",
        "THE Impact Rankings 2025",
        "# 19",
        "No. 1 in Hong Kong",
        "QS Asia University Rankings 2026",
        "# 6",
    )["rankings"]
    assert {(row["ranking"], row["region"], row["rank"]) for row in rows} == {
        ("THE Impact Rankings", "World", 19),
        ("THE Impact Rankings", "Hong Kong", 1),
        ("QS Asia University Rankings", "Asia", 6),
    }


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["# 3", "Galactic University Ranking 2026"], "no declared ranking"),
        (["# 3", "No. 4 Globally", "THE Impact Rankings 2025"], "two ranks for one region"),
        (["# 3", "THE Impact Rankings"], "without a year"),
    ],
)
def test_a_rank_in_doubt_is_a_reject(lines: list[str], reason: str) -> None:
    body = page("Rankings", *lines, "Facts and Figures", "10", "Unicorn Start-Ups")
    ledger = read_page(text_blocks(body, "text/plain"), "home", "0" * 64, CAPTURED_AT)
    assert "rankings" not in rows_of(ledger)
    assert [reject.text for reject in ledger.rejects] == lines
    assert all(reason in reject.reason for reject in ledger.rejects)


def test_a_figure_and_its_label_on_one_line() -> None:
    rows = home("Facts & Figures", "1,900 + start-ups", "Founded in 1991.", "27 %", "of it", "Top")
    assert rows["facts"] == [
        {
            "source": "home",
            "label": "start-ups",
            "value": 1900.0,
            "qualifier": "+",
            "text": "1,900 + start-ups / Founded in 1991.",
        },
        {
            "source": "home",
            "label": "Top",
            "value": 27.0,
            "qualifier": "%",
            "unit": "% of it",
            "text": "27 % / of it / Top",
        },
    ]


def test_a_new_category_needs_no_code() -> None:
    body = sample("provost").replace(b"Recognition</div>", b"Brand New Kind</div>")
    rows = rows_of(read(body, "text/html"))["news"]
    assert len(rows) == 18
    assert [row["title"] for row in rows if row["category"] == "Brand New Kind"] == [
        'HKUST Provost Prof. Yike GUO Named "Leader of the Year 2024"'
    ]


def test_a_new_section_is_told_and_touches_no_other() -> None:
    new = b"<h1>Something Else</h1><p>New.</p><h2 class="
    body = sample("home").replace(b"<h2 class=", new, 6).replace(new, b"<h2 class=", 5)
    ledger = read(body, "text/html")
    assert printed(rows_of(ledger)) == reviewed("home")
    unread = [reject.text for reject in ledger.rejects if reject.reason.startswith(UNREAD)]
    assert unread == ["Something Else", "New."]


def test_an_item_seen_on_two_pages_has_one_id() -> None:
    title = "HKUST Commences Preparations for New Medical School"
    ids = {
        row["item_id"]
        for source in ("home", "provost")
        for row in rows_of(read(sample(source), "text/html"))["news"]
        if row["title"] == title
    }
    assert ids == {"hkust-commences-preparations-for-new-medical-16be349f"}


def test_a_title_repeats_on_two_days() -> None:
    notice = ("Press Releases", "Weekly Notice to All")
    body = page(
        *("Press Releases and Stories", "2025"),
        *(*notice, "3 May 2025", "First."),
        *(*notice, "10 May 2025", "Second."),
    )
    ledger = read_page(text_blocks(body, "text/plain"), "press", "0" * 64, CAPTURED_AT)
    rows = rows_of(ledger)["news"]
    assert [(row["published_on"], row["summary"]) for row in rows] == [
        (date(2025, 5, 3), "First."),
        (date(2025, 5, 10), "Second."),
    ]
    assert [str(row["item_id"])[-10:] for row in rows] == ["2025-05-03", "2025-05-10"]


def test_rows_over_several_captures() -> None:
    day = timedelta(days=1)
    old = sample("home")
    new = old.replace(b"1900 +", b"2000 +").replace(b"Active HKUST", b"Live HKUST")
    new = new.replace(b"HKUST Holds Eighth", b"HKUST Holds Ninth")
    captures = [
        (CAPTURED_AT + day * n, read(body, "text/html", CAPTURED_AT + day * n).readings)
        for n, body in ((2, new), (0, old), (1, old))
    ]
    ledger = read(old, "text/html")
    ledger.readings[:] = merge_seen(captures)
    rows = rows_of(ledger)
    seen = {str(row["title"])[:18]: (row["first_seen"], row["last_seen"]) for row in rows["news"]}
    assert seen["HKUST Holds Eighth"] == (CAPTURED_AT, CAPTURED_AT + day)
    assert seen["HKUST Holds Ninth "] == (CAPTURED_AT + 2 * day, CAPTURED_AT + 2 * day)
    assert seen["HKUST Commences Pr"] == (CAPTURED_AT, CAPTURED_AT + 2 * day)
    labels = {row["label"] for row in rows["facts"]}
    assert "Live HKUST Start-up Companies" in labels
    assert "Active HKUST Start-up Companies" not in labels


def test_contradicting_ranks_are_listed() -> None:
    row: dict[str, object] = {"ranking": "R", "year": 2026, "subject": "", "region": "World"}
    rows = [
        row | {"source": "home", "rank": 44},
        row | {"source": "brochure", "rank": 43},
        row | {"source": "brochure", "rank": 9, "year": 2025},
        row | {"source": "home", "rank": 1, "region": "Hong Kong"},
    ]
    found = list(_rankings_agree({"rankings": rows}))
    assert [(one["subject"], one["status"]) for one in found] == [
        ("R 2026 World", "failed"),
        ("R 2025 World", "passed"),
        ("R 2026 Hong Kong", "passed"),
    ]
    assert found[0]["detail"] == "home: 44; brochure: 43"


@pytest.mark.parametrize("source", SOURCES)
def test_page_is_known_by_its_words(source: str) -> None:
    assert detect_page(text_blocks(sample(source), "text/html")) == source


def test_some_other_page_is_not_known() -> None:
    body = page("A page about gardening", *["Roses are red and violets are blue."] * 60)
    assert detect_page(text_blocks(body, "text/plain")) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["HKUST"],
        ["404", *["Some words of a menu that goes on and on."] * 60],
        ["Page not found", "The page you requested could not be found. " * 6],
        ["Just a moment...", "Checking your browser before accessing the site. " * 6],
        ["We use cookies to improve your experience. Accept all cookies? " * 5],
    ],
)
def test_no_page_at_all(lines: list[str]) -> None:
    blocks = text_blocks(page(*lines), "text/plain")
    with pytest.raises(DocumentRefused):
        detect_page(blocks)
    with pytest.raises(DocumentRefused):
        read_page(blocks, "home", "0" * 64, CAPTURED_AT)


def test_unknown_source() -> None:
    with pytest.raises(UnknownValue):
        read_page([], "elsewhere", "0" * 64, CAPTURED_AT)


WORDS = st.sampled_from(
    """News & Stories|News|Medical Education, Research|Rankings|# 19|# 1 in China|in China|Globally
    No. 19 Globally, No. 1 in Hong Kong|THE Impact Rankings 2025|Patent Influence Metric|1900 +|27 %
    of Faculty|Facts and Figures|HKUST firsts|Awards & Recognitions|School of Science|Some Prize|X X
    Sustainable Development Goals|SDG 9|8|8 Decent Work|17 Goals|99|Events|Nov|28|February 29
    January 05 - January 30, 2026 12:00 pm - 11:59 pm|10/07/2025|99/99/2025|Features|2025|Visit
    What's Happening|Press Releases|Key milestones|In 2024, it was.|A sentence that ends here.|SHARE
    """.replace("\n", "|").split("|")
).map(str.strip) | st.text(max_size=12)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(SOURCES), st.sampled_from(["p", "h3", ""]))
def test_any_page_is_read_or_refused(lines: list[str], source: str, tag: str) -> None:
    text = "".join(f"<{tag}>{line}</{tag}>" for line in lines) if tag else "\n".join(lines)
    with contextlib.suppress(AdmissionsError):
        blocks = text_blocks(text.encode("utf-8", "replace"), "text/html" if tag else "text/plain")
        with contextlib.suppress(AdmissionsError):
            detect_page(blocks)
        ledger = read_page(blocks, source, "0" * 64, CAPTURED_AT)
        for table, rows in rows_of(ledger).items():
            schemas.frame_of(schemas.TABLES[table], rows)
        assert all(r.reason.startswith((ON_PURPOSE, UNREAD)) for r in ledger.rejects)
