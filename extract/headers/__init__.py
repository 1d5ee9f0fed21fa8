"""The headers of tables: the only words of a document that say where its tables are.

vocabulary    declared wordings, from a file
phrase_search, glosses    found among a page's words; Chinese beside English ones
bands, columns_by_year    those that stand side by side; columns of several years
header    what makes one table's header
"""
