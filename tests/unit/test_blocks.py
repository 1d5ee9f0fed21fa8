"""Pages and texts as sequences of blocks."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import AdmissionsError, DocumentRefused
from extract.web.blocks import TextBlock, text_blocks


def html(markup: str, **more: str) -> list[tuple[str, int, str, str | None]]:
    blocks = text_blocks(markup.encode(), "text/html; charset=utf-8", **more)
    assert [block.block for block in blocks] == list(range(1, len(blocks) + 1))
    return [(block.kind, block.level, block.text, block.href) for block in blocks]


def texts(markup: str) -> list[str]:
    return [text for _, _, text, _ in html(markup)]


def test_headings_items_links_and_dates() -> None:
    markup = """<body><h2>News &amp; Stories</h2><ul><li>One<li>Two</ul>
        <p><a href="/a">Whole link</a></p><p>Part <a href="/b">link</a></p>
        <time>28 Nov</time><p>• Bullet</p><h3><a href="/c">Title</a></h3>"""
    assert html(markup) == [
        ("heading", 2, "News & Stories", None),
        ("item", 0, "One", None),
        ("item", 0, "Two", None),
        ("link", 0, "Whole link", "/a"),
        ("text", 0, "Part link", None),
        ("date", 0, "28 Nov", None),
        ("item", 0, "Bullet", None),
        ("heading", 3, "Title", "/c"),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>One<p>Two",
        "<div><div>One</div><div><div>Two</div></div></div>",
        "<table><tr><td>One<td>Two</table>",
        "<dl><dt>One<dd>Two</dl>",
        "One<br>Two",
        "<section>One<article>Two</article></section>",
        "<x-card>One</x-card><x-card>Two</x-card>",
        "<div><span>One</span><span>Two</span></div>",
        "<a href=/x><div>One</div><div>Two</div></a>",
        "<p>&#79;ne</p>\n\n<p>T<b>w</b>o</p>",
    ],
)
def test_breaks_are_where_a_browser_sets_them(markup: str) -> None:
    assert texts(markup) == ["One", "Two"]


def test_inline_markup_does_not_break() -> None:
    assert texts("<p>World<i>’s</i> <span>Top</span> <b>2</b>%, <span>H</span><span>ello") == [
        "World’s Top 2%, Hello"
    ]


def test_boilerplate_is_dropped() -> None:
    markup = """<head><title>T</title></head><body><header role=banner>B</header><nav>N</nav>
        <script>S</script><style>S</style><noscript>N</noscript><p hidden>H</p>
        <p style="display: none">D</p><div aria-hidden=true>A</div><form>F</form>
        <article><header>Kept</header></article><footer>C</footer>"""
    assert texts(markup) == ["Kept"]


def test_links_are_completed() -> None:
    page = '<a href="x.html">L</a>'
    assert html(page, base_url="https://a.org/b/c")[0][3] == "https://a.org/b/x.html"
    canonical = '<head><link rel="canonical" href="https://b.org/d/"></head>' + page
    assert html(canonical)[0][3] == "https://b.org/d/x.html"
    assert html(canonical, base_url="https://a.org/")[0][3] == "https://a.org/x.html"
    assert html('<head><base href="/z/"></head>' + page, base_url="https://a.org/q/")[0][3] == (
        "https://a.org/z/x.html"
    )


@pytest.mark.parametrize("href", ["", "#top", "javascript:x()", "mailto:a@b", "http://[bad"])
def test_links_that_lead_nowhere(href: str) -> None:
    assert html(f'<p><a href="{href}">L</a>')[0][3] is None


def test_plain_text_is_a_block_a_line() -> None:
    body = "News & Stories\n\n  Two   words\u00a0here \n• A bullet\r\n".encode()
    assert text_blocks(body, "text/plain") == [
        TextBlock("text", 0, "News & Stories", None, 1),
        TextBlock("text", 0, "Two words here", None, 2),
        TextBlock("item", 0, "A bullet", None, 3),
    ]


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("科技".encode(), None),
        ("科技".encode("utf-8-sig"), "big5"),  # a byte order mark outranks the declaration
        ("科技".encode("big5"), "Big5"),
        ("科技".encode("gb18030"), "GBK"),
        ("科技".encode("utf-16"), None),
    ],
)
def test_encodings(body: bytes, encoding: str | None) -> None:
    assert text_blocks(body, "text/plain", encoding)[0].text == "科技"


def test_meta_charset() -> None:
    body = '<meta charset="big5"><p>科技'.encode("big5")
    assert text_blocks(body, "text/html")[0].text == "科技"


@pytest.mark.parametrize(
    ("body", "media_type", "encoding"),
    [
        (b"x", "application/pdf", None),
        (b"x", "", None),
        (b"\xff\xfe\xfd", "text/plain", None),
        (b"caf\xe9", "text/plain", "utf-8"),
        (b"x", "text/plain", "utf-7"),
        (b"x", "text/plain", "no such encoding"),
        (b"x", "text/plain", "hex"),
        (b"a\0b", "text/plain", None),
        ("lost \ufffd".encode(), "text/html", None),
        (b"x" * 5_000_000, "text/plain", None),
        (b"<div>" * 100_000, "text/html", None),
        (b"".join(b"<b a=%d>" % n for n in range(1900)) + b"<p>x" * 9000, "text/html", None),
        (b"<p " + b" ".join(b"a%d" % n for n in range(20_000)) + b">", "text/html", None),
        (b"<p " + b"".join(b'a%d=""' % n for n in range(20_000)) + b">", "text/html", None),
    ],
)
def test_refused(body: bytes, media_type: str, encoding: str | None) -> None:
    with pytest.raises(DocumentRefused):
        text_blocks(body, media_type, encoding)


MARKUP = st.lists(
    st.sampled_from(
        """<div> </div> <p> <a\thref='x'> </a> <h2> </h2> <table> <tr> <td> </table> <ul> <li> </ul>
        <br> <time> </time> <span> </span> <b> <svg> <![CDATA[ <!-- --> <script> </script> &amp;
        &#x0; &#xD800; <base\thref='//['> <template> <frameset> <body> </html> text 2025 ' " < >
        """.split()  # noqa: SIM905
    )
    | st.text(max_size=8),
    max_size=60,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(MARKUP.map(" ".join), st.sampled_from(["text/html", "text/plain"]))
def test_any_markup_is_read_or_refused(markup: str, media_type: str) -> None:
    try:
        blocks = text_blocks(markup.encode("utf-8", "surrogatepass"), media_type)
    except AdmissionsError:
        return
    assert all(block.text == " ".join(block.text.split()) for block in blocks)
    assert all(block.text for block in blocks)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["text/html", "text/plain", "application/xhtml+xml"]),
    st.none() | st.sampled_from(["utf-8", "big5", "utf-16", "latin-1", "idna", "punycode"]),
)
def test_any_bytes_are_read_or_refused(body: bytes, media_type: str, encoding: str | None) -> None:
    with contextlib.suppress(AdmissionsError):
        text_blocks(body, media_type, encoding)


def test_no_control_characters_or_turns_of_direction() -> None:
    page = "<p>No.\u009b1 in\u202e Hong\u2066 Kong\x85again</p>".encode()
    assert [block.text for block in text_blocks(page, "text/html")] == ["No.1 in Hong Kong again"]
