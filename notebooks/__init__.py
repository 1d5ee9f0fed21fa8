"""Analysts' questions answered from a release, and the module that runs them."""
