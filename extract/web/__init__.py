"""Documents from the web, and web pages to blocks of text.

sources, addresses, robots    which documents there are, at which addresses, and whether to ask
exchange, download    one request and its answer; what is kept of it
fetch_history    when what was fetched
links    the documents that a page links to
page_text, blocks, boilerplate    a page's bytes as text, its blocks, and what of them is no content
"""
