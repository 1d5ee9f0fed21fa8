"""The headers of tables: the only words of a document that say where its tables are.

vocabulary    declared wordings, from a file
phrase_search, glosses    found among a page's words; Chinese beside English ones
band, bands    one table's header; which of them stand side by side
columns_by_year    columns of several years
page_headers    all headers of a page, from its words: calls the others
"""
