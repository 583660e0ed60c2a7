"""What may be said in public of a table of counts without saying it of a person.

`protect` masks small counts, and as many others as keep them from being worked out; `publish` does the same
to what `measures.compute` gave, where a measure counts persons by something sensitive.
"""

from jiaoheng.disclosure.lattice import TOTAL, DisclosureError, Tree
from jiaoheng.disclosure.measures import MASKED, publish, sensitive_measures
from jiaoheng.disclosure.protect import LEAST, MARK, Audit, Protected, protect

__all__ = [
    "LEAST",
    "MARK",
    "MASKED",
    "TOTAL",
    "Audit",
    "DisclosureError",
    "Protected",
    "Tree",
    "protect",
    "publish",
    "sensitive_measures",
]
