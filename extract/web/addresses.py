"""Web addresses: which are fetched at all, and how a link is completed.

Input and output: addresses. Raises: `DocumentRefused` for what is no http address (`address`).
"""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from errors import DocumentRefused


def address(url: str) -> SplitResult:
    """The parts of a web address. Raises `DocumentRefused` for anything but http and https."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise DocumentRefused("not a web address", text=url) from error
    if parts.scheme not in ("http", "https") or not host:
        raise DocumentRefused("not a web address", text=url, todo="Only http and https are fetched")
    if parts.username or parts.password:
        raise DocumentRefused("web address with a user name in it", text=parts.hostname)
    return parts


def joined(base: str | None, href: str) -> str | None:
    """`href` as an absolute address where `base` is one; None where it cannot be read."""
    try:
        return urljoin(base or "", href.strip())
    except ValueError:
        return None
