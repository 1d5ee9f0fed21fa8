"""A web site on this machine, as the registry's sources are: pages, PDFs, ETags, failures.

Input: what each path answers. Output: addresses; the requests it got. Raises nothing.
"""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PDF, HTML = "application/pdf", "text/html; charset=utf-8"


@dataclass
class Site:
    """`answers`: (type, body) by path. `failing`: status by path. `cut`: sent by half only."""

    url: str
    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    requests: list[tuple[str, int]] = field(default_factory=list)  # path, status
    posted: list[tuple[str, bytes]] = field(default_factory=list)


@contextmanager
def served_site() -> Iterator[Site]:
    """A site at an address of its own until the block ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            media_type, body = site.answers.get(self.path, ("text/plain", b""))
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.path in site.failing:
                status, body = site.failing[self.path], b"out of order"
            elif self.path not in site.answers:
                status, body = 404, b"no such page"
            elif self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            else:
                status = 200
            site.requests.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if self.path in site.cut else body)
            if self.path in site.cut:
                self.close_connection = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.posted.append((self.path, body))
            self.send_response(site.failing.get(self.path, 200))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Not on the tests' stderr."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
