"""Damaged workbooks from a seeded generator: nothing crashes, no row is lost unsaid, no person is shown.

``python -m tests.mutation --count 10000`` runs many, ``python -m tests.mutation --seed 17`` repeats one.
"""
