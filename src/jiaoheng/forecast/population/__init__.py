"""Population by age: groups into single years, the children whom a census missed, who moves."""

from __future__ import annotations

from jiaoheng.forecast.population.children import children_ten_years_on
from jiaoheng.forecast.population.graduation import single_years

__all__ = ["children_ten_years_on", "single_years"]
