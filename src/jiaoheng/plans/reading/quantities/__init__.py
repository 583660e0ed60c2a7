"""Figures of the running text: `figures` for a paragraph, `quantity` and `number` for a table's cell."""

from jiaoheng.plans.reading.quantities.figure import Figure, Role, Setting
from jiaoheng.plans.reading.quantities.figures import figures
from jiaoheng.plans.reading.quantities.numerals import number
from jiaoheng.plans.reading.quantities.quantity import Quantity, quantities, quantity

__all__ = ["Figure", "Quantity", "Role", "Setting", "figures", "number", "quantities", "quantity"]
