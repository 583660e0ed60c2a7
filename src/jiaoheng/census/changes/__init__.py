"""What became of schools from one year to the next: the register that people confirm, and what it is held to.

``register`` keeps the file; `jiaoheng.census.lineage` says from it who is who over the years.
"""

from jiaoheng.census.changes.model import Change, Party
from jiaoheng.census.changes.register import Register, RegisterError, add, load

__all__ = ["Change", "Party", "Register", "RegisterError", "add", "load"]
