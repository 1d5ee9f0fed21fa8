"""axe-core on a page, where it was installed: npm install --prefix tests/browser, or AXE_CORE.

Input: a page. Output: what axe finds, by rule. Grain: one page or part of it. Raises `PageError`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.chromium import Page


def axe_script() -> Path | None:
    """axe-core, where it was installed; it is no part of the project."""
    given = os.environ.get("AXE_CORE")
    own = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    return next((path for path in (given and Path(given), own) if path and path.is_file()), None)


needs_axe = pytest.mark.skipif(
    axe_script() is None,
    reason="axe-core is not installed: npm install --prefix tests/browser, or name it in AXE_CORE",
)


def findings(page: Page, within: str = "document") -> list[list[str]]:
    """Rule, impact and element of every violation. `within`: a selector, in quotes."""
    script = axe_script()
    assert script is not None
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(script.read_text(encoding="utf-8") + "; 1")
    found: list[list[str]] = page.evaluate(
        f"axe.run({within}).then(r => r.violations.map(v => [v.id, v.impact, v.nodes[0].html]))"
    )
    return found
