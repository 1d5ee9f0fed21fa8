"""The university's pages (and the brochure's front matter): text blocks -> readings."""
