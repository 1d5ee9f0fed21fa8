"""One table under its header, from its edges to its cells.

table    the frame of one table, then the table: calls the next three groups
extent, row_labels, foot    its edges: left and right, and its last row
columns, body    its columns; what stands in them
strips    the heights that part each column into rows; by what is drawn, or by
keyed_rows, unkeyed_rows, row_bands    what stands beside codes, by figures and blanks
grid, rows, blank_cells    words into cells, cells into rows
continuation, overleaf    tables that go on
free_text, completeness    what stands in no table; what must not be lost
"""
