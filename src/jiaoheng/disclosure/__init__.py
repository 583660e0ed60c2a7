"""What may be said in public of a table of counts without saying it of a person.

`protect` masks small counts, and as many others as keep them from being worked out.
"""

from jiaoheng.disclosure.lattice import TOTAL, DisclosureError, Tree
from jiaoheng.disclosure.protect import LEAST, MARK, Audit, Protected, protect

__all__ = ["LEAST", "MARK", "TOTAL", "Audit", "DisclosureError", "Protected", "Tree", "protect"]
