"""Bytes to cells with boxes; knows no admissions rule. How a page becomes a table, in this order:

page          what stands on a page: marks that a reader sees, and words
headers       the headers of tables, by declared wordings
tables        one table: its edges, its columns, its rows and cells
document      all of the above for a whole PDF
cells, places, serial    what is handed over: the types, places on the print, JSON

Beside the reading of tables:

detection     what a PDF is, before anything of it is loaded
signatures, archive    what a file is; every document ever seen
web           where documents come from; web pages to blocks of text
sandbox       a child process with limits for each document
pictures, crop    pages drawn for people

Each package tells the order of its own modules.
"""
