"""Downloads: one document or page over http, politely and within limits.

Input: a `Source` and what the archive knows of its last capture. Output: `Fetched`.
Grain: one address. Raises: `SourceUnavailable` where the network, the server or robots.txt says no
(the last good capture stays in use), `DocumentRefused` for a wrong type, an oversized body, a bomb,
a redirect to a foreign host.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from errors import AdmissionsError, DocumentRefused, SourceUnavailable
from extract.signatures import file_look, is_pdf
from extract.web.addresses import address
from extract.web.exchange import Answer, FetchLimits, Unsteady, exchange
from extract.web.robots import MAX_ROBOTS_BYTES, Robots, robots_for
from extract.web.sources import Source

log = logging.getLogger(__name__)

AGENT = "hkust-admissions"
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
PDF_TYPES = ("application/pdf", "application/octet-stream")
BY_HAND = (
    "Open the address in a browser; if the document is there, save it and give its file to "
    "`admissions refresh`"
)
_REDIRECTS = (301, 302, 303, 307, 308)
_HEALING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `body` is decompressed, and empty where `not_modified`; header names are
    lower case."""

    final_url: str
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime
    not_modified: bool


class Downloader:
    """Fetches addresses one at a time per host, with a pause between requests.

    `contact` (an address or a mail) goes into the User-Agent, so that a webmaster can reach whoever
    runs this. `sleep` is `time.sleep` but in tests.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        contact: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or FetchLimits()
        about = f" (+{contact})" if contact else ""
        self.user_agent = f"{AGENT}/0.1{about} reads public admissions pages, a few a day"
        self._sleep = sleep
        self._turns: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}
        self._guard = threading.Lock()

    def fetch(
        self,
        source: Source,
        url: str | None = None,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """Fetches `url` (the source's own by default; for an index, a link it follows).

        With `etag` or `last_modified` of the last capture, an unchanged document costs a 304.
        """
        wanted = url or source.url
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        deadline = time.monotonic() + self.limits.total_s
        try:
            self._check_robots(wanted, source, deadline)
            final_url, answer = self._followed(wanted, source, headers, deadline)
        except AdmissionsError as error:
            raise error.at(document=wanted) from error.__cause__
        fetched_at = datetime.now(UTC)
        if answer.status == 304:
            if not headers:
                raise DocumentRefused("answered 304 to an unconditional request", document=wanted)
            return Fetched(final_url, answer.headers, b"", fetched_at, True)
        _check_type(answer, wanted)
        return Fetched(final_url, answer.headers, answer.body, fetched_at, False)

    def _followed(
        self, url: str, source: Source, headers: dict[str, str], deadline: float
    ) -> tuple[str, Answer]:
        """The answer at the end of the redirects, every one to an allowed host."""
        for _ in range(self.limits.redirects + 1):
            _check_host(url, source)
            answer = self._steady(url, headers, self.limits.body_bytes, deadline)
            if answer.status not in _REDIRECTS:
                return url, answer
            target = urljoin(url, answer.headers.get("location", ""))
            if address(url).scheme == "https" and address(target).scheme == "http":
                raise DocumentRefused("redirects from https to http", text=target)
            if _origin(target) != _origin(url) and address(target).hostname in source.allowed_hosts:
                self._check_robots(target, source, deadline)
            url = target
        raise SourceUnavailable(f"redirects more than {self.limits.redirects} times", text=url)

    def _steady(
        self, url: str, headers: dict[str, str], body_bytes: int, deadline: float
    ) -> Answer:
        """One address, tried again where trying again can help."""
        retrying = Retrying(
            stop=stop_after_attempt(self.limits.attempts),
            wait=lambda state: self._wait_s(state, deadline),
            retry=retry_if_exception_type(Unsteady),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._asked, url, headers, body_bytes, deadline)
        except Unsteady as error:
            raise SourceUnavailable(error.what, todo="Try again later") from error.__cause__

    def _asked(self, url: str, headers: dict[str, str], body_bytes: int, deadline: float) -> Answer:
        """One request in its host's turn. Raises `Unsteady` for what may heal."""
        host = address(url).netloc
        with self._guard:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            pause_s = self._free_at.get(host, 0.0) - time.monotonic()
            if pause_s > 0:
                self._sleep(min(pause_s, max(0.0, deadline - time.monotonic())))
            try:
                sent = headers | {"User-Agent": self.user_agent}
                answer = exchange(url, sent, body_bytes, deadline, self.limits)
            finally:
                robots = self._robots.get(_origin(url), Robots())
                pause_s = max(
                    self.limits.pause_s, min(robots.delay_s or 0, self.limits.longest_pause_s)
                )
                self._free_at[host] = time.monotonic() + pause_s
        if answer.status in _HEALING:
            raise Unsteady(f"server answered {answer.status}", answer.headers.get("retry-after"))
        if answer.status not in (200, 304, *_REDIRECTS) and not url.endswith("/robots.txt"):
            raise SourceUnavailable(
                f"server answered {answer.status}",
                todo="Open the address in a browser; if it moved, change it in sources.toml",
            )
        return answer

    def _wait_s(self, state: RetryCallState, deadline: float) -> float:
        """Doubling, or as long as the server asks; not beyond the deadline."""
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, Unsteady):
            return 0.0
        backoff_s: float = self.limits.backoff_s * 2 ** (state.attempt_number - 1)
        wait_s = max(backoff_s, _retry_after_s(error.retry_after))
        if time.monotonic() + wait_s > deadline:
            raise SourceUnavailable(f"{error.what}; next try in {wait_s:.0f} s is too late")
        log.info("%s: %s; next try in %.1f s", state.args[0], error.what, wait_s)
        return wait_s

    def _check_robots(self, url: str, source: Source, deadline: float) -> None:
        """Refuses what the site's robots.txt forbids. No robots.txt (4xx) allows; one that cannot
        be had does not."""
        _check_host(url, source)
        origin, parts = _origin(url), address(url)
        if origin not in self._robots:
            answer = self._robots_answer(f"{origin}/robots.txt", source, deadline)
            text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            self._robots[origin] = robots_for(text, AGENT)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self._robots[origin].allows(path):
            raise SourceUnavailable(
                "robots.txt forbids this address",
                todo="Save the page in a browser and give its file to `admissions refresh`",
            )

    def _robots_answer(self, url: str, source: Source, deadline: float) -> Answer:
        for _ in range(self.limits.redirects + 1):
            answer = self._steady(url, {}, MAX_ROBOTS_BYTES, deadline)
            if answer.status not in _REDIRECTS:
                return answer
            url = urljoin(url, answer.headers.get("location", ""))
            _check_host(url, source)
        raise SourceUnavailable("robots.txt redirects without end", text=url)


def _origin(url: str) -> str:
    parts = address(url)
    return f"{parts.scheme}://{parts.netloc}"


def _check_host(url: str, source: Source) -> None:
    if address(url).hostname not in source.allowed_hosts:
        raise DocumentRefused(
            f"leads to a host that source {source.name!r} does not allow",
            text=url,
            todo="If it moved there for good, add the host to allowed_hosts in sources.toml",
        )


def _check_type(answer: Answer, url: str) -> None:
    """A page's type for pages; a PDF's for bytes that are a PDF, and only for those."""
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if not answer.body:
        raise DocumentRefused("an empty body", document=url, todo=BY_HAND)
    if media_type not in (PDF_TYPES if is_pdf(answer.body) else PAGE_TYPES):
        raise DocumentRefused(
            f"neither a page nor a PDF: {file_look(answer.body)}, served as",
            document=url,
            text=media_type or "no content type",
            todo=BY_HAND,
        )
    if address(url).path.casefold().endswith(".pdf") and not is_pdf(answer.body):
        raise DocumentRefused(
            "a page where a PDF should be", document=url, text=media_type, todo=BY_HAND
        )


def _retry_after_s(printed: str | None) -> float:
    """Seconds that a Retry-After header asks for; 0 where there is none that can be read."""
    if printed is None:
        return 0.0
    if printed.strip().isdecimal():
        return float(min(int(printed.strip()[:9]), 86_400))
    try:
        at = parsedate_to_datetime(printed)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
