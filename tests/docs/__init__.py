"""The documentation under test: pages, snippets, notebooks, what other tools make of a release."""
