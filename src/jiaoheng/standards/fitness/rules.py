"""The fitness standard that is used where nobody names another."""

from __future__ import annotations

from functools import cache

from jiaoheng.packs.fitness import Fitness, load_fitness


@cache
def fitness() -> Fitness:
    """The standard of 2014, read once."""
    return load_fitness()


__all__ = ["fitness"]
