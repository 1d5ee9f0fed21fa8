"""The university's pages: text blocks -> readings. `page.read_page` is the way in."""
