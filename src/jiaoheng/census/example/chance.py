"""Reproducible randomness, and shares that add up.

Only ``random.random()`` is used: it is the one sequence that Python promises to keep from release to release.
"""

from __future__ import annotations

import random
from collections.abc import Sequence


def stream(seed: int, *topic: object) -> random.Random:
    """A stream of its own for every topic, so that a change in one does not move the others."""
    return random.Random("/".join(str(part) for part in (seed, *topic)))


def between(rng: random.Random, low: float, high: float) -> float:
    """A number drawn evenly from ``low`` to ``high``."""
    return low + (high - low) * rng.random()


def leaning(seed: int, key: tuple[str, str], topic: str, spread: float) -> float:
    """How far a school and stage leans from the usual, the same in every year: 1, more or less ``spread``."""
    return between(stream(seed, topic, *key), 1 - spread, 1 + spread)


def pick(rng: random.Random, count: int) -> int:
    """An index from 0 to ``count - 1``."""
    return int(rng.random() * count)


def apportion(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Whole numbers in proportion to ``weights`` that add up to ``total``: largest remainder first.

    Parameters
    ----------
    total : what is shared out, not negative.
    weights : one per share, not negative.
    caps : the most that each share may get; what a full share leaves goes to the others.

    Raises
    ------
    ValueError
        The caps, or the weights, leave no room for the total.
    """
    result = [0] * len(weights)
    left, indices = total, [index for index, weight in enumerate(weights) if weight > 0]
    while caps is not None and left:
        scale = left / (sum(weights[index] for index in indices) or 1.0)
        full = [index for index in indices if weights[index] * scale >= caps[index]]
        if not full:
            break
        for index in full:
            result[index] = min(caps[index], left)
            left -= result[index]
        indices = [index for index in indices if index not in full]
    if not left:
        return result
    if not indices:
        raise ValueError(f"{total} cannot be shared out")
    scale = left / sum(weights[index] for index in indices)
    exact = {index: weights[index] * scale for index in indices}
    for index in indices:
        result[index] = int(exact[index])
    missing = left - sum(result[index] for index in indices)
    ranked = sorted(indices, key=lambda index: (result[index] - exact[index], index))
    while missing:
        for index in ranked:
            if missing and (caps is None or result[index] < caps[index]):
                result[index] += 1
                missing -= 1
    return result


def rounded(value: float) -> int:
    """The nearest whole number, halves up."""
    return int(value + 0.5)
