"""What of a page is no content: navigation, banners, footers, consent, scripts, hidden parts.

Input: an element of a page. Output: whether it and all in it are dropped. Raises nothing.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_DROPPED = frozenset(
    "head script style noscript template svg math nav footer form button select dialog iframe "  # noqa: SIM905
    "object canvas audio video map textarea".split()
)
_DROPPED_ROLES = frozenset(("banner", "navigation", "contentinfo", "search", "dialog", "alert"))
# Ids and classes of what stands before a page (consent), over or under it, where no element tells.
_DROPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|gdpr|onetrust|ccpa)(?:$|[\s_-])"
    r"|(?:^|\s)breadcrumbs?(?:$|\s)|(?:^|\s)(?:(?:site|page|global|region)[_-]?)?footer(?:$|\s)"
)
_NEVER_DROPPED = frozenset(("html", "body", "main", "article"))


def is_boilerplate(node: LexborNode, tag: str) -> bool:
    """Whether no reader of the page would miss the element."""
    if tag in _DROPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".casefold()
    if tag not in _NEVER_DROPPED and _DROPPED_NAMES.search(names):
        return True
    style = re.sub(r"\s", "", (attributes.get("style") or "").casefold())
    return (
        (attributes.get("role") or "").casefold() in _DROPPED_ROLES
        or "hidden" in attributes
        or (attributes.get("aria-hidden") or "").casefold() == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )
