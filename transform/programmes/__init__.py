"""The requirements spreads: a row a programme.

requirements    the table's rows to programmes, options, levels, subjects
stacked, listed    names that wrap or are stacked; lists of words in a cell
choice_types    the fill under a choice, by the page's legend
formula_cells   formula cells to formulae and weightings
remarks         the remarks and the legend under the table
"""
