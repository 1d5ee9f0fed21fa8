"""One http request and its answer, within time and size, whatever the server does.

Input: an address, headers, limits, a deadline. Output: an `Answer` with the decompressed body.
Grain: one request on one connection of its own.
Raises: `Unsteady` for what may heal (no connection, time out, cut off), `DocumentRefused` for an
answer that is too large or cannot be decompressed, `SourceUnavailable` past the deadline.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from errors import DocumentRefused, SourceUnavailable


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Times in seconds, sizes in bytes. `total_s` is for a document with all tries and pauses."""

    connect_s: float = 10.0
    read_s: float = 20.0  # between two pieces of an answer
    total_s: float = 180.0
    body_bytes: int = 60_000_000  # decompressed; the 2026 brochure has a tenth of that
    redirects: int = 5
    attempts: int = 4
    backoff_s: float = 1.0
    pause_s: float = 1.0  # between two requests to one host
    longest_pause_s: float = 30.0  # of what a robots.txt may ask for


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case, without cookies) and decompressed body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Unsteady(Exception):
    """Something that trying again may heal; `retry_after` is the server's header."""

    def __init__(self, what: str, retry_after: str | None = None) -> None:
        super().__init__(what)
        self.what, self.retry_after = what, retry_after


def exchange(
    url: str, headers: dict[str, str], body_bytes: int, deadline: float, limits: FetchLimits
) -> Answer:
    """Asks for `url` once. `deadline` is a time of `time.monotonic`."""
    left_s = deadline - time.monotonic()
    if left_s <= 0:
        raise SourceUnavailable("took too long", todo="Try again later")
    timeout = httpx.Timeout(min(limits.read_s, left_s), connect=min(limits.connect_s, left_s))
    sent = {"Accept": "text/html, application/pdf, text/plain", "Accept-Encoding": "gzip"} | headers
    try:
        with (
            _cut_at(deadline) as connections,
            httpx.Client(timeout=timeout, verify=_certificates()) as client,
            client.stream(
                "GET", url, headers=sent, extensions={"trace": connections.trace}
            ) as response,
        ):
            named = {name.lower(): value for name, value in response.headers.items()}
            named.pop("set-cookie", None)
            body = b"".join(_decompressed(response, named, body_bytes))
            connections.refuse_cut()  # a cut looks like the end to a body without a length
            return Answer(response.status_code, named, body)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
        connections.refuse_cut()
        what = str(error) or type(error).__name__
        raise Unsteady(f"no whole answer ({what})") from error


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates trusted; reading them takes a tenth of a second, once."""
    return httpx.create_ssl_context()


class _Connections:
    """The connections of a request, by duplicates of their sockets; cut at the deadline, for a
    server that sends a byte now and then never runs into a time out of its own."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._is_cut = False

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """What httpx tells of its steps."""
        if event in ("connection.connect_tcp.complete", "proxy.connect_tcp.complete"):
            raw = info["return_value"].get_extra_info("socket")
            self._sockets.append(socket.socket(fileno=os.dup(raw.fileno())))
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        self._is_cut = True
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for connection in self._sockets:
            connection.close()

    def refuse_cut(self) -> None:
        """Raises `SourceUnavailable` where the deadline has cut the request."""
        if self._is_cut:
            raise SourceUnavailable("took too long", todo="Try again later")


@contextmanager
def _cut_at(deadline: float) -> Iterator[_Connections]:
    connections = _Connections()
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), connections.cut)
    timer.daemon = True
    timer.start()
    try:
        yield connections
    finally:
        timer.cancel()
        connections.close()


def _decompressed(
    response: httpx.Response, headers: dict[str, str], body_bytes: int
) -> Iterator[bytes]:
    """The body piece by piece, never more than allowed even inside one compressed piece."""
    encoding = headers.get("content-encoding", "identity").strip().casefold()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise DocumentRefused("answer in a compression nobody asked for", text=encoding)
    pieces = response.iter_raw()
    size = 0
    for piece in _gunzipped(pieces, body_bytes) if "gzip" in encoding else pieces:
        size += len(piece)
        if size > body_bytes:
            raise DocumentRefused(f"larger than {body_bytes:,} bytes")
        yield piece


def _gunzipped(pieces: Iterable[bytes], body_bytes: int) -> Iterator[bytes]:
    gzip = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            yield gzip.decompress(piece, body_bytes + 1)
            if gzip.unconsumed_tail:
                raise DocumentRefused(f"larger than {body_bytes:,} bytes")
    except zlib.error as error:
        raise DocumentRefused("compressed answer cannot be read", text=str(error)) from error
    if not gzip.eof:
        raise Unsteady("compressed answer is cut off")
    if gzip.unused_data:
        raise DocumentRefused("compressed answer has bytes after its end")
