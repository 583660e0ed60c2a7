"""Puts this folder on the path, so that the tests below it can read the gold files too."""
