"""Finds tables in a source, in every way that published plans show them, and reads what they say."""
