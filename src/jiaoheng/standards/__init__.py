"""Standards and score cards: requirements on measures, verdicts, and what would have to change to pass.

``assess`` holds a census against a standard and gives an `Assessed`; ``read_answers`` reads what people
declare of the items that no census has.
"""

from jiaoheng.standards.answers import Answer, Answers, read_answers
from jiaoheng.standards.assess import StandardError, assess, conclude, named
from jiaoheng.standards.many import assess_many
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import ITEMS, RULES, Verdict

__all__ = [
    "ITEMS",
    "RULES",
    "Answer",
    "Answers",
    "Assessed",
    "StandardError",
    "Verdict",
    "assess",
    "assess_many",
    "conclude",
    "named",
    "read_answers",
]
