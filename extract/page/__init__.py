"""What stands on a page, in the order in which it is found.

objects    opens a PDF, the only place that does; one `PageObjects` a page
marks      what those hold: characters, rules, fills, images
operations, content_stream    the page's operators, and what runs them
canvas, painted_text, painting    what the operators paint: glyphs, then paths and images
shapes, inks, lettering    paths as rectangles, colours as RGB, codes as letters
visibility, overprints, dotted    which marks a reader sees, and as what
annotations, unseen    what viewers draw over it; texts that are not read
words, spaced_keys, lines    characters to words, words to lines
heights    an index of anything by height
turned, sheets, drawing    upright pages, facing ones joined; rules and areas of tables
"""
