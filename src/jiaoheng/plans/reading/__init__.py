"""Reads a published plan: text in, a `Plan` out whose every item names its place in the text.

The way: `opening` makes a `Source` of a file of any kind; `outline` finds its headings; `tables` finds its
tables, however they were flattened; `quantities` finds the figures of the running text; `tasks`, `projects`
and the others make the items; `doubts` keeps what a person has to settle.
"""
