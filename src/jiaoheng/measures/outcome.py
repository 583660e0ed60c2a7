"""From sums to a value: what a measure is where its sums are known, and why it has none elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal, NamedTuple

import polars as pl

from jiaoheng.measures.recipes import Recipe, Term
from jiaoheng.measures.sums import Numbers

Cause = Literal["known", "out_of_scope", "alone", "missing", "incomplete", "zero", "few", "unmeant"]
"""Why a measure has the value that it has, or none:

- ``known``: it has a value.
- ``out_of_scope``: no row is in its scope; ``alone``: one school has nothing to differ from. Not applicable.
- ``missing``: nothing that it needs is known; ``incomplete``: a sum, or a ratio that must be whole, lacks a
  part; ``zero``: the denominator is 0; ``few``: fewer than two schools can be compared; ``unmeant``: a
  variation of the mean is not known.
  Unknown.
"""

Causes = list[tuple[pl.Expr, Cause]]
"""Conditions under which a measure has no value, each with its cause; the first that holds is the cause."""

NOT_APPLICABLE: frozenset[str] = frozenset({"out_of_scope", "alone"})


@dataclass(frozen=True)
class Outcome:
    """Columns of a result, as expressions over a frame with the sums of terms (see `sums.Numbers`).

    ``value`` is null unless ``cause`` is ``known``. The expressions are made when they are asked for: a wide
    table needs the value alone.
    """

    plain: pl.Expr
    numerators: pl.Expr
    denominators: pl.Expr
    known: pl.Expr
    total: pl.Expr
    causes: Causes

    @cached_property
    def value(self) -> pl.Expr:
        return pl.when(~pl.any_horizontal(condition for condition, _ in self.causes)).then(self.plain)

    @property
    def numerator(self) -> pl.Expr:
        return pl.when(self.known > 0).then(self.numerators)

    @property
    def denominator(self) -> pl.Expr:
        return pl.when(self.known > 0).then(self.denominators)

    @property
    def cause(self) -> pl.Expr:
        first = (pl.when(condition).then(pl.lit(cause)) for condition, cause in self.causes)
        return pl.coalesce(*first, pl.lit("known"))


def outcome(recipe: Recipe, numbers: Numbers, others: Mapping[str, Recipe]) -> Outcome:
    """What comes of a measure.

    Parameters
    ----------
    recipe : how it is worked out.
    numbers : where the sums of its terms stand.
    others : by id, the recipes of the variations that a mean is made of.
    """
    match recipe.kind:
        case "ratio":
            return _ratio(recipe, numbers)
        case "sum" | "across":
            return _across(recipe, numbers)
        case "variation":
            return _variation(recipe, numbers)
        case "mean":
            return _mean([outcome(others[id_], numbers, others) for id_ in recipe.mean_of])


def _ratio(recipe: Recipe, numbers: Numbers) -> Outcome:
    n, d, k, t, _ = _columns(recipe.parts[0], numbers)
    causes: Causes = [(t == 0, "out_of_scope"), (k == 0, "missing")]
    causes += [(k < t, "incomplete")] if recipe.measure.whole else []
    causes.append((d == 0, "zero"))
    return Outcome(n / d * recipe.measure.factor, n, d, k, t, causes)


def _across(recipe: Recipe, numbers: Numbers) -> Outcome:
    """Each part is summed on its own, so each must be whole: a sum that lacks a part would be too small."""
    parts = [_columns(term, numbers) for term in recipe.parts]
    n = reduce(lambda left, right: left + right, (_whole(part) for part in parts))
    known = reduce(lambda left, right: left + right, (part.k for part in parts))
    total = reduce(lambda left, right: left + right, (part.t for part in parts))
    parts += [_columns(recipe.divisor, numbers)] if recipe.divisor else []
    causes: Causes = [(total == 0, "out_of_scope")]
    causes += [((part.k == 0) & (part.t > 0), "missing") for part in parts]
    causes += [(part.k < part.t, "incomplete") for part in parts]
    if recipe.divisor is None:
        return Outcome(n * recipe.measure.factor, n, pl.lit(None, pl.Float64), known, total, causes)
    d = _whole(parts[-1])
    causes.append((d == 0, "zero"))
    return Outcome(n / d * recipe.measure.factor, n, d, known, total, causes)


def _variation(recipe: Recipe, numbers: Numbers) -> Outcome:
    n, d, k, t, q = _columns(recipe.parts[0], numbers)
    causes: Causes = [(t == 0, "out_of_scope"), (t == 1, "alone"), (k == 0, "missing"), (k < 2, "few")]
    causes.append((n == 0, "zero"))
    return Outcome((q / d).sqrt() / (n / d) * recipe.measure.factor, n, d, k, t, causes)


def _mean(parts: list[Outcome]) -> Outcome:
    value = reduce(lambda left, right: left + right, (part.value for part in parts)) / len(parts)
    known = pl.min_horizontal(part.known for part in parts)
    total = pl.max_horizontal(part.total for part in parts)
    inapplicable = pl.all_horizontal(part.cause.is_in(list(NOT_APPLICABLE)) for part in parts)
    causes: Causes = [(inapplicable, "out_of_scope"), (value.is_null(), "unmeant")]
    nothing = pl.lit(None, pl.Float64)
    return Outcome(value, nothing, nothing, known, total, causes)


class _Columns(NamedTuple):
    n: pl.Expr
    d: pl.Expr
    k: pl.Expr
    t: pl.Expr
    q: pl.Expr


def _columns(term: Term, numbers: Numbers) -> _Columns:
    place = numbers[term]
    n, d, k, t, q = (pl.col(f"{letter}{place}") for letter in "ndktq")
    return _Columns(n, d, k, t, q)


def _whole(part: _Columns) -> pl.Expr:
    """The sum over no rows at all is 0; a sum that is not known stays so."""
    return pl.when(part.t == 0).then(0.0).otherwise(part.n)
