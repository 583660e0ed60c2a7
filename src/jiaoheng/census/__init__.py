"""One region's yearly census: the dictionary, the readers of Excel and CSV, the store of snapshots.

A snapshot is immutable, hashed and versioned; every value in it can be followed back to a file, sheet and
cell.
"""
