"""Score formulae: printed text -> `Formula` -> canonical text, `weightings`, highest attainable."""

from transform.formulae.canonical import canonical
from transform.formulae.parser import parse_canonical, parse_formula
from transform.formulae.rows import highest_attainable, weighting_rows
from transform.formulae.text import FormulaUnreadable
from transform.formulae.tree import Formula, Slot

__all__ = [
    "Formula",
    "FormulaUnreadable",
    "Slot",
    "canonical",
    "highest_attainable",
    "parse_canonical",
    "parse_formula",
    "weighting_rows",
]
