"""Imports and compilations that a release needs, done while something else is waited for.

Input, output: none. Grain: once a program. Raises nothing.
A run with nothing new needs none of it.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module


@cache
def preload() -> None:
    """A second's work. The garbage collector never looks through what is loaded, for it stays."""
    gc.disable()
    try:
        with _as_if_missing("hypothesis"):  # pandera imports it where tests have it: 0.1 s
            for module in ("flows.tables", "warehouse.release"):
                import_module(module)
        from reports.report import compile_templates
        from schemas import AUDIT, TABLES, arrow_schema_of
        from transform.formulae.parser import formula_parser

        compile_templates()
        formula_parser()
        for model in (*TABLES.values(), *AUDIT.values()):
            arrow_schema_of(model)
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)  # DuckDB's types complain at exit if they are not freed
        gc.enable()


@contextmanager
def _as_if_missing(package: str) -> Iterator[None]:
    """As if a package were not installed, unless it is imported already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # an import of it raises ImportError
    try:
        yield
    finally:
        del sys.modules[package]
