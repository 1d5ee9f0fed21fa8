"""The documentation: Markdown pages, and the few modules that build and check them."""
