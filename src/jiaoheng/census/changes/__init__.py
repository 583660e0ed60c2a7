"""What became of schools from one year to the next: the register that people confirm, and what it is held to.

``compare`` says what differs between two years and is not in the register yet, with proposals; ``load`` and
``add`` keep the register's file. `jiaoheng.census.lineage` says from the register who is who over the years.
"""

from jiaoheng.census.changes.differences import WORDS, Comparison, Difference, compare
from jiaoheng.census.changes.model import Change, Party
from jiaoheng.census.changes.notation import FORMS, NotationError
from jiaoheng.census.changes.notation import read as from_word
from jiaoheng.census.changes.notation import write as to_word
from jiaoheng.census.changes.proposals import Proposal
from jiaoheng.census.changes.register import FILE, Register, RegisterError, add, load
from jiaoheng.census.changes.schools import School, schools_of

__all__ = [
    "FILE",
    "FORMS",
    "WORDS",
    "Change",
    "Comparison",
    "Difference",
    "NotationError",
    "Party",
    "Proposal",
    "Register",
    "RegisterError",
    "School",
    "add",
    "compare",
    "from_word",
    "load",
    "schools_of",
    "to_word",
]
