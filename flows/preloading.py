"""Imports and compilations that a release needs, done while something else is waited for.

Input, output: none. Grain: once a program. Raises nothing.
A run with nothing new needs none of it.
"""

from __future__ import annotations

from importlib import import_module


def preload() -> None:
    """A second's work."""
    for module in ("flows.tables", "warehouse.release"):
        import_module(module)
    from reports.report import compile_templates
    from transform.formulae.parser import formula_parser

    compile_templates()
    formula_parser()
