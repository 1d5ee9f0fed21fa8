"""Tables of scores: of those admitted, simulated, reference, expected, competitive.

score_tables    the rows of any of them
years, point_scale    which years and which scale the figures are for
expected, preferred    ranges; average levels of preferred subjects
score_titles    titles that make the figures others than those of students admitted
other_figures, marked_figures    words that call figures others; marks that lead to such
leaflet_formulae    formulae printed beside scores
"""
