"""What a site's robots.txt allows, by RFC 9309: the most specific group, the longest rule.

Input: the text of robots.txt. Output: `Robots`, asked for one path at a time.
Nothing raises; lines that are no rules are skipped, as the RFC asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_ROBOTS_BYTES = 512_000  # the RFC asks for 500 KiB at least


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one agent: (pattern, allowed), and the pause between requests it asks for."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched. Of rules as long, allowing wins."""
        path = _normal(path)
        matching = [
            (len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)
        ]
        return max(matching, default=(0, True))[1]


def robots_for(text: str, agent: str) -> Robots:
    """The rules of the groups that name `agent` (a product token), else of those for '*'."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().casefold(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            agents.append(value.casefold())
            groups.setdefault(value.casefold(), [])
        elif name in ("allow", "disallow"):
            in_rules = True
            for group in agents if value else []:
                groups[group].append((_normal(value), name == "allow"))
        elif name == "crawl-delay" and re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", value):
            in_rules = True
            delays |= dict.fromkeys(agents, float(value))
    chosen = agent.casefold() if agent.casefold() in groups else "*"
    if chosen not in groups:
        return Robots()
    return Robots(tuple(groups[chosen]), delays.get(chosen))


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/*$?=&:@!',;+()~%[]-._")


def _matches(pattern: str, path: str) -> bool:
    """'*' stands for any characters, '$' at the end for the end. Linear, whatever the pattern."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for index, part in enumerate(rest):
        last = anchored and index == len(rest) - 1
        if last:
            return len(path) - len(part) >= position and path.endswith(part)
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return position == len(path) if anchored and not rest else True
