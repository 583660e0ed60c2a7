"""Facts (columns counted from records) and measures (numerator over denominator), and how they roll up.

``compute`` gives measures as a long table with coverage and reasons, ``table`` as a wide one; ``catalogue``
holds the rules that they follow. A measure rolls up as the ratio of sums, never as the mean of ratios.
"""

from jiaoheng.measures.explain import ExplainError, explain
from jiaoheng.measures.gather import UnknownMeasureError
from jiaoheng.measures.groups import GROUPINGS, GroupingError
from jiaoheng.measures.history import history
from jiaoheng.measures.rules import catalogue
from jiaoheng.measures.trace import Trace
from jiaoheng.measures.values import SCHEMA, compute, table, tables
from jiaoheng.measures.variation import VariationError, coefficient_of_variation
from jiaoheng.measures.words import definition

__all__ = [
    "GROUPINGS",
    "SCHEMA",
    "ExplainError",
    "GroupingError",
    "Trace",
    "UnknownMeasureError",
    "VariationError",
    "catalogue",
    "coefficient_of_variation",
    "compute",
    "definition",
    "explain",
    "history",
    "table",
    "tables",
]
