"""Bytes to cells with boxes; knows no admissions rule. How a page becomes a table, in this order:

What stands on a page
    page_objects    opens a PDF, the only place that does; one `PageObjects` a page
    page_marks      what those hold: characters, rules, fills, images
    operations, content_stream    the page's operators, and what runs them
    canvas, painted_text, painting    what the operators paint: glyphs, then paths and images
    shapes, inks, lettering    paths as rectangles, colours as RGB, codes as letters
    visibility, overprints, dotted    which marks a reader sees, and as what
    annotations, unseen    what viewers draw over it; texts that are not read
    turned, sheets, drawing    upright pages, facing ones joined; rules and areas of tables
Its words
    words, spaced_keys, lines    characters to words, words to lines
    heights    an index of anything by height
Its headers
    vocabulary, phrase_search, glosses    declared wordings, found among the words
    bands, columns_by_year, headers    those that make one table's header
Where a table stands
    tables    the frame of one table, then the table: calls all of the next two groups
    extent, row_labels, foot    its edges: left and right, and its last row
    columns, body    its columns; what stands in them
Its rows and cells
    strips    the heights that part each column; by what is drawn, or by
    keyed_rows, unkeyed_rows, row_bands    what stands beside codes, by figures and blanks
    grid, rows, blank_cells    words into cells, cells into rows
From page to page
    document    all of the above for a whole PDF
    continuation, overleaf    tables that go on
    free_text, completeness    what stands in no table; what must not be lost
What is handed over
    cells, places, serial    the types, places on the print, JSON
    detection    what a PDF is, before anything of it is loaded

Beside the reading of tables
    blocks, page_text, boilerplate    web pages to blocks of text
    sources, addresses, robots, exchange, download, links    where documents come from
    signatures, archive, fetch_history    what a file is; every document ever seen
    sandbox, warm, child    a child process with limits for each document
    pictures, crop    pages drawn for people
"""
