"""Score formulae: printed text -> `Formula` -> canonical text, `weightings`, highest attainable.

tree       the formula of one programme as data
text       the text of a cell made fit for the grammar; errors that point back into it
parser     the grammar: printed text to terms and notes
notes, binding    what the notes under a formula say; terms and notes brought together
canonical  the one written form
rows       `weightings`, and the most it can yield
"""

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
