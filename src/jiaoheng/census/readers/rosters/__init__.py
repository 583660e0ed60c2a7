"""Rosters: one row a person or a class.

`persons` reads those that are kept, `gaps` fills what their file says once for all rows. `counted` reads
files of persons of whom nothing is kept but how many there are.
"""
