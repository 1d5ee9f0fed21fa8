"""What documents print, held against arithmetic, against itself and against each other.

findings     the row of `audit.checks`
reconcile    the identities, which block a release:
reconcile_figures, reconcile_names    of figures; of programmes and their names
plausibility    what a document states more than once in other words, which mostly warns:
plausible_scores, plausible_grades, plausible_texts, plausible_cells    each by what it looks at
plausible_left    what documents leave over
explanations    checks that fail and are known to
"""
