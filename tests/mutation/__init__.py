"""Damaged workbooks from a seeded generator: nothing crashes, no row is lost unsaid, no person is shown.

``python -m tests.mutation --count 10000`` runs many, ``python -m tests.mutation --seed 17`` repeats one.
"""

import sys
from pathlib import Path

# The writers of official forms live with the tests of their readers.
_TESTS = str(Path(__file__).parents[1])
if _TESTS not in sys.path:
    sys.path.append(_TESTS)
