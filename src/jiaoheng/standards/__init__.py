"""Standards and score cards: requirements on measures, verdicts, and what would have to change to pass.

``assess`` holds a census against a standard and gives an `Assessed`; ``read_answers`` reads what people
declare of the items that no census has. ``what_if`` supposes changes, ``words`` says verdicts in Chinese.
"""

from jiaoheng.standards import what_if, words
from jiaoheng.standards.answers import Answer, Answers, read_answers
from jiaoheng.standards.assess import StandardError, assess, conclude, named
from jiaoheng.standards.differences import differences
from jiaoheng.standards.drivers import DRIVERS, drivers
from jiaoheng.standards.explain import explain_item, explain_rule
from jiaoheng.standards.history import History
from jiaoheng.standards.many import assess_many
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import ITEMS, RULES, Verdict

__all__ = [
    "DRIVERS",
    "ITEMS",
    "RULES",
    "Answer",
    "Answers",
    "Assessed",
    "History",
    "StandardError",
    "Verdict",
    "assess",
    "assess_many",
    "conclude",
    "differences",
    "drivers",
    "explain_item",
    "explain_rule",
    "named",
    "read_answers",
    "what_if",
    "words",
]
