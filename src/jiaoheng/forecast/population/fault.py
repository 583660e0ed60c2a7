"""What is said of populations that cannot be used."""

from __future__ import annotations

from jiaoheng.errors import JiaohengError


class PopulationError(JiaohengError):
    """Counts of people that contradict themselves: the message says which area and age, and what to do."""
