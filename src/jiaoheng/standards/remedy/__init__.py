"""The cheapest way to pass: what to change in a county so that its schools and its coefficients pass.

``remedy`` plans for a census; ``read_costs`` reads the file that says what may be changed and what it costs;
``sentences`` says what comes of it. Underneath, ``problem`` holds the county as arrays, ``least_cost`` and
``most_schools`` find the changes, ``conflict`` says why there are none, ``schedule`` spreads them over years,
and ``prove`` assesses the changed census. ``check`` holds the rule against a county and knows nothing of the
solver.
"""

from jiaoheng.standards.remedy.actions import RemedyError
from jiaoheng.standards.remedy.costs import Costs, read_costs
from jiaoheng.standards.remedy.remedy import Remedy, remedy
from jiaoheng.standards.remedy.sentences import sentences
from jiaoheng.standards.remedy.steps import Step

__all__ = ["Costs", "Remedy", "RemedyError", "Step", "read_costs", "remedy", "sentences"]
