"""Downloads against a real server on this machine: what heals, what is refused, what is asked."""

import contextlib
import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from errors import AdmissionsError, DocumentRefused, SourceUnavailable
from extract.web.blocks import text_blocks
from extract.web.download import Downloader, Fetched
from extract.web.exchange import FetchLimits
from extract.web.links import linked_documents
from extract.web.sources import Source
from transform.pages.recognition import detect_page

PAGE = b"<!DOCTYPE html><html><body><p>A page.</p></body></html>"
Reply = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server whose replies a test sets by path; a list of replies is used up one by one."""

    url: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    at_once: int = 0
    most_at_once: int = 0

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            self.at_once -= 1

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def source(self, path: str = "/page", **changes: Any) -> Source:
        entry: dict[str, Any] = {
            "name": "home",
            "kind": "page",
            "url": self.url + path,
            "licence": "",
            "allowed_hosts": ("127.0.0.1",),
        }
        return Source(**entry | changes)


def reply(
    status: int = 200, body: bytes = PAGE, media_type: str = "text/html", **headers: str
) -> Reply:
    def send(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.requests.append((self.path, dict(self.headers)))
            waiting = found.replies.get(
                self.path.partition("?")[0], [reply(404, b"", "text/plain")]
            )
            act = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            with contextlib.suppress(OSError):  # clients hang up in some tests
                act(self)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def downloader(**changes: Any) -> Downloader:
    limits = {"pause_s": 0.0, "backoff_s": 0.01, "attempts": 3, "read_s": 5.0, "total_s": 20.0}
    return Downloader(FetchLimits(**limits | changes))


def test_page_with_its_headers(site: Site) -> None:
    site.replies["/page"] = [reply(ETag='"v1"', Set_Cookie="a=b")]
    before = datetime.now(UTC)
    fetched = downloader().fetch(site.source())
    assert isinstance(fetched, Fetched)
    assert fetched.final_url == site.url + "/page"
    assert fetched.body == PAGE
    assert fetched.headers["etag"] == '"v1"'
    assert "set-cookie" not in fetched.headers
    assert before <= fetched.fetched_at <= datetime.now(UTC)
    assert not fetched.not_modified
    sent = site.requests[-1][1]
    assert sent["User-Agent"].startswith("hkust-admissions/")


def test_contact_is_in_the_user_agent(site: Site) -> None:
    site.replies["/page"] = [reply()]
    Downloader(FetchLimits(pause_s=0), contact="mailto:data@example.org").fetch(site.source())
    assert "mailto:data@example.org" in site.requests[-1][1]["User-Agent"]


def test_unchanged_page_is_304(site: Site) -> None:
    site.replies["/page"] = [reply(304, b"")]
    fetched = downloader().fetch(
        site.source(), etag='"v1"', last_modified="Mon, 03 Nov 2025 00:00:00 GMT"
    )
    assert (fetched.not_modified, fetched.body) == (True, b"")
    sent = site.requests[-1][1]
    assert sent["If-None-Match"] == '"v1"'
    assert sent["If-Modified-Since"] == "Mon, 03 Nov 2025 00:00:00 GMT"


def test_304_that_nobody_asked_for(site: Site) -> None:
    site.replies["/page"] = [reply(304, b"")]
    with pytest.raises(DocumentRefused, match="304"):
        downloader().fetch(site.source())


@pytest.mark.parametrize("as_date", [False, True])
def test_429_waits_as_long_as_asked(site: Site, as_date: bool) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=7), usegmt=True)
    site.replies["/page"] = [reply(429, b"", Retry_After=at if as_date else "7"), reply()]
    waits: list[float] = []
    loader = Downloader(FetchLimits(pause_s=0, backoff_s=0.01), sleep=waits.append)
    assert loader.fetch(site.source()).body == PAGE
    assert 4 < max(waits) <= 7


def test_429_beyond_the_deadline_gives_up_at_once(site: Site) -> None:
    site.replies["/page"] = [reply(429, b"", Retry_After="3600")]
    with pytest.raises(SourceUnavailable, match=r"429.*3600 s"):
        downloader().fetch(site.source())
    assert site.paths() == ["/page"]


def test_500_then_200(site: Site) -> None:
    site.replies["/page"] = [reply(500, b""), reply()]
    assert downloader().fetch(site.source()).body == PAGE
    assert site.paths() == ["/page", "/page"]


def test_500_for_ever(site: Site) -> None:
    site.replies["/page"] = [reply(503, b"")]
    with pytest.raises(SourceUnavailable, match="503"):
        downloader().fetch(site.source())
    assert site.paths() == ["/page"] * 3


def test_404_is_not_tried_again(site: Site) -> None:
    with pytest.raises(SourceUnavailable, match="404"):
        downloader().fetch(site.source())
    assert site.paths() == ["/page"]


@pytest.mark.slow
@pytest.mark.parametrize("in_headers", [False, True])
def test_slow_drip_ends_at_the_deadline(site: Site, in_headers: bool) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        start = (
            b"HTTP/1.1 200 OK\r\n"
            if in_headers
            else b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        )
        handler.wfile.write(start)
        for _ in range(300):
            handler.wfile.write(b"X-A: b\r\n" if in_headers else b"x")
            time.sleep(0.05)

    site.replies["/page"] = [drip]
    with pytest.raises(SourceUnavailable, match="took too long"):
        downloader(total_s=1.0).fetch(site.source())


def test_cut_connection_is_tried_again(site: Site) -> None:
    def cut(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(PAGE)
        handler.connection.shutdown(socket.SHUT_RDWR)

    site.replies["/page"] = [cut, reply()]
    assert downloader().fetch(site.source()).body == PAGE
    site.replies["/page"] = [cut]
    with pytest.raises(SourceUnavailable, match="no whole answer"):
        downloader().fetch(site.source())


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Site(f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(SourceUnavailable):
        downloader(attempts=2).fetch(nobody.source())


def test_redirect_within_the_allowed_hosts(site: Site) -> None:
    site.replies["/page"] = [reply(302, b"", Location="/new")]
    site.replies["/new"] = [reply()]
    fetched = downloader().fetch(site.source())
    assert fetched.final_url == site.url + "/new"


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:1/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://x/",
        "//x.org/",
    ],
)
def test_redirect_to_a_foreign_host_or_scheme(site: Site, target: str) -> None:
    site.replies["/page"] = [reply(302, b"", Location=target)]
    with pytest.raises(DocumentRefused):
        downloader().fetch(site.source())
    assert site.paths() == ["/page"]


def test_redirects_without_end(site: Site) -> None:
    site.replies["/page"] = [reply(302, b"", Location="/page")]
    with pytest.raises(SourceUnavailable, match="redirects"):
        downloader().fetch(site.source())


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[::1", "/page"])
def test_only_web_addresses(site: Site, url: str) -> None:
    with pytest.raises(DocumentRefused):
        downloader().fetch(site.source(), url)
    assert site.requests == []


def test_gzip(site: Site) -> None:
    site.replies["/page"] = [reply(body=gzip.compress(PAGE), Content_Encoding="gzip")]
    assert downloader().fetch(site.source()).body == PAGE


def test_gzip_bomb(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    site.replies["/page"] = [reply(body=bomb, Content_Encoding="gzip")]
    with pytest.raises(DocumentRefused, match="larger than 1,000,000 bytes"):
        downloader(body_bytes=1_000_000).fetch(site.source())


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "deflate"])
def test_compression_nobody_asked_for(site: Site, encoding: str) -> None:
    site.replies["/page"] = [reply(Content_Encoding=encoding)]
    with pytest.raises(DocumentRefused):
        downloader().fetch(site.source())


def test_broken_gzip(site: Site) -> None:
    site.replies["/page"] = [reply(body=b"no gzip", Content_Encoding="gzip")]
    with pytest.raises(DocumentRefused, match="cannot be read"):
        downloader().fetch(site.source())


def test_body_too_large(site: Site) -> None:
    site.replies["/page"] = [reply(body=bytes(2000))]
    with pytest.raises(DocumentRefused, match="larger than 1,000 bytes"):
        downloader(body_bytes=1000).fetch(site.source())


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("image/png", PAGE),
        ("application/json", b"{}"),
        ("application/pdf", PAGE),
        ("text/html", b"%PDF-1.7 ..."),
        ("", PAGE),
    ],
)
def test_wrong_type(site: Site, media_type: str, body: bytes) -> None:
    site.replies["/page"] = [reply(body=body, media_type=media_type)]
    with pytest.raises(DocumentRefused, match="Open the address in a browser"):
        downloader().fetch(site.source())


def test_what_came_in_place_of_a_pdf_is_told(site: Site) -> None:
    body = b"<html><p>Please log in</html>"
    site.replies["/page"] = [reply(body=body, media_type="application/pdf")]
    said = "neither a page nor a PDF: an HTML page, served as: 'application/pdf'"
    with pytest.raises(DocumentRefused, match=said):
        downloader().fetch(site.source())


def test_pdf(site: Site) -> None:
    site.replies["/a.pdf"] = [reply(body=b"%PDF-1.7 x", media_type="application/pdf")]
    assert downloader().fetch(site.source(), site.url + "/a.pdf").body == b"%PDF-1.7 x"


def test_error_page_with_200_in_place_of_a_pdf(site: Site) -> None:
    site.replies["/a.pdf"] = [reply()]
    with pytest.raises(DocumentRefused, match="a page where a PDF should be"):
        downloader().fetch(site.source("/a.pdf"))


def test_error_page_with_200_in_place_of_a_page(site: Site) -> None:
    body = b"<html><body><h1>Page not found</h1>" + b"<p>Try our other pages.</p>" * 40 + b"</body>"
    site.replies["/page"] = [reply(body=body)]
    fetched = downloader().fetch(site.source())
    with pytest.raises(DocumentRefused, match="error page"):
        detect_page(text_blocks(fetched.body, fetched.headers["content-type"]))


def test_robots_txt_that_forbids(site: Site) -> None:
    site.replies["/page"] = [reply()]
    site.replies["/robots.txt"] = [
        reply(body=b"User-agent: *\nDisallow: /page\n", media_type="text/plain")
    ]
    with pytest.raises(SourceUnavailable, match=r"robots\.txt forbids"):
        downloader().fetch(site.source())
    assert site.paths() == []


def test_robots_txt_is_asked_once(site: Site) -> None:
    site.replies["/page"] = [reply()]
    loader = downloader()
    loader.fetch(site.source())
    loader.fetch(site.source())
    assert [path for path, _ in site.requests] == ["/robots.txt", "/page", "/page"]


def test_robots_txt_that_cannot_be_had_forbids(site: Site) -> None:
    site.replies["/page"] = [reply()]
    site.replies["/robots.txt"] = [reply(500, b"")]
    with pytest.raises(SourceUnavailable, match="500"):
        downloader().fetch(site.source())
    assert site.paths() == []


def test_pause_between_requests_to_a_host(site: Site) -> None:
    site.replies["/page"] = [reply()]
    waits: list[float] = []
    Downloader(FetchLimits(pause_s=60), sleep=waits.append).fetch(site.source())
    assert [round(wait_s) for wait_s in waits] == [60]  # after robots.txt, before the page


def test_pause_that_robots_txt_asks_for(site: Site) -> None:
    site.replies["/page"] = [reply()]
    rules = b"User-agent: *\nCrawl-delay: 20\n"
    site.replies["/robots.txt"] = [reply(body=rules, media_type="text/plain")]
    waits: list[float] = []
    loader = Downloader(FetchLimits(pause_s=1), sleep=waits.append)
    loader.fetch(site.source())
    loader.fetch(site.source())
    assert [round(wait_s) for wait_s in waits] == [1, 20]


def test_one_request_at_a_time(site: Site) -> None:
    def slow(handler: http.server.BaseHTTPRequestHandler) -> None:
        with site.counted():  # until the reply: the next request may come with its last byte
            time.sleep(0.05)
        reply()(handler)

    site.replies["/page"] = [slow]
    loader = downloader()
    threads = [threading.Thread(target=loader.fetch, args=(site.source(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.paths() == ["/page"] * 4
    assert site.most_at_once == 1


def test_links_of_an_index_page(site: Site) -> None:
    body = (
        b'<nav><a href="/menu">m</a></nav><a href="a.pdf">A</a><a href="/x/B.PDF#page=2">B</a>'
        b'<a href="a.pdf">again</a><a href="http://elsewhere.org/c.pdf">C</a>'
        b'<a href="javascript:x.pdf">D</a>'
        b'<a href="http://[bad.pdf">E</a><a href="/page.html">F</a>'
    )
    site.replies["/list/"] = [reply(body=body)]
    source = site.source("/list/", kind="index", follow=r"(?i)\.pdf$")
    fetched = downloader().fetch(source)
    assert linked_documents(fetched.body, None, fetched.final_url, source) == [
        site.url + "/list/a.pdf",
        site.url + "/x/B.PDF",
    ]


def test_every_failure_is_ours(site: Site) -> None:
    def garbage(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\xff garbage\r\n\r\n")

    site.replies["/page"] = [garbage]
    with pytest.raises(AdmissionsError) as caught:
        downloader().fetch(site.source())
    assert site.url + "/page" in str(caught.value)
