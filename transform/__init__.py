"""Cells to readings to tidy frames; knows no PDF. In this order:

readings     the one form in which values travel
read         one document: which kinds of tables it has, for which years
values, raised_letters, lookups    a printed cell to a value, strictly; declared words and marks
phrases, dated_lines, dated    lines that date a table; which year each table is for
programmes    the requirements spreads: programmes, options, levels, formula cells, remarks
formulae      the grammar of printed formulae
scores        tables of scores, with their years and their point scale
rules         tables that hold for all programmes: conversions, bonuses, scholarships
brochure      facts, ranks and lists on pages without tables
pages         web pages: news, events, awards, rankings
unkept        what stands in a table and becomes no value
corrections, merge    declared corrections; all documents' readings to rows
checks        rows held against themselves, arithmetic and other documents
tables        rows to the frames of a release: merge, check, observe

Each package tells the order of its own modules.
"""
