"""Invented HKUST brochures and leaflets as PDFs, with the exact truth as CONTRACT rows.

    edition = random_edition(seed, 2027)                          # tests.typeset.invention
    layout = random_layout(seed)                                  # tests.typeset.layout
    shown = typeset_brochure(edition, layout, path)               # tests.typeset.brochure
    shown = typeset_leaflet("scores", edition, layout, path)      # tests.typeset.leaflet
    differences(truth(edition, shown), rows_that_were_read)       # .truth, .compare

`python -m tests.typeset --seed 3 --out DIR` writes all of it for the eye.
"""
