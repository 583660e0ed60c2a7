"""From a measure as a pack words it to what must be summed: trees over the columns of a grain's frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from jiaoheng.measures.records import COUNTED
from jiaoheng.packs import GROUPED_TABLES, Catalogue, Fact, Grain, Measure
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import Binary, Call, Column, Membership, Number, Unary

Kind = Literal["ratio", "sum", "across", "variation", "mean"]


@dataclass(frozen=True)
class Term:
    """What is summed over the rows of one grain: a numerator, and a denominator over the same rows.

    The trees read columns of the grain's frame only: facts have been put in, parameters too. Only rows in the
    scope of `where` count, and only those on which both are known.
    """

    grain: Grain
    numerator: Node
    denominator: Node | None = None
    where: Node | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for node in (self.numerator, self.denominator, self.where) if node is not None)

    @property
    def leaves(self) -> frozenset[str]:
        """The columns that numerator and denominator are made of."""
        parts = [node for node in (self.numerator, self.denominator) if node is not None]
        return frozenset(name for node in parts for name in node.columns())


@dataclass(frozen=True)
class Recipe:
    """How a measure is worked out.

    Attributes
    ----------
    kind : ``ratio`` (one grain: numerator and denominator over the same rows), ``sum``, ``across`` (parts of
        several grains, each summed on its own), ``variation`` (of the one term, weighted by its
        denominator), or ``mean`` (of the variations `mean_of`).
    parts : the terms of the numerator: one, or two with ``plus``.
    divisor : the term that the numerator is divided by, where it stands on its own (``across``).
    """

    measure: Measure
    kind: Kind
    parts: tuple[Term, ...]
    divisor: Term | None = None
    mean_of: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.parts, self.divisor) if self.divisor else self.parts

    @property
    def grains(self) -> frozenset[Grain]:
        return frozenset(term.grain for term in self.terms)


def recipes(catalogue: Catalogue, measures: Iterable[Measure]) -> tuple[Recipe, ...]:
    """The recipe of each measure, in order; a mean is preceded by the variations that it needs."""
    found: dict[str, Recipe] = {}
    for measure in measures:
        for needed in (*(catalogue.measures[id_] for id_ in measure.mean_of), measure):
            if needed.id not in found:
                found[needed.id] = _recipe(catalogue, needed)
    return tuple(found.values())


def _recipe(catalogue: Catalogue, measure: Measure) -> Recipe:
    if measure.mean_of:
        return Recipe(measure, "mean", (), mean_of=measure.mean_of)
    if measure.of:
        (varied,) = _recipe(catalogue, catalogue.measures[measure.of]).parts
        return Recipe(measure, "variation", (_with_pupils(varied),))
    assert measure.numerator is not None  # the pack's model makes sure
    texts = [measure.numerator, measure.plus, measure.denominator, measure.where]
    grains = [catalogue.grain(text) if text else None for text in texts]
    usual: Grain = next((grain for grain in grains if grain), "school")
    first, plus, below = (grain or usual for grain in grains[:3])
    where = _inlined(catalogue, measure.where) if measure.where else None

    def term(text: str, grain: Grain, denominator: str | None = None) -> Term:
        divided = _inlined(catalogue, denominator) if denominator else None
        return Term(grain, _inlined(catalogue, text), divided, where if grain == "school" else None)

    if measure.denominator is None:
        parts = [term(measure.numerator, first)]
        parts += [term(measure.plus, plus)] if measure.plus else []
        return Recipe(measure, "across" if len(parts) > 1 else "sum", tuple(parts))
    if measure.plus is None and first == below:
        return Recipe(measure, "ratio", (term(measure.numerator, first, measure.denominator),))
    parts = [term(measure.numerator, first)]
    parts += [term(measure.plus, plus)] if measure.plus else []
    return Recipe(measure, "across", tuple(parts), term(measure.denominator, below))


def _with_pupils(term: Term) -> Term:
    """The term over schools that have something per pupil: those with a denominator of 0 are left out."""
    assert term.denominator is not None  # a variation is of a ratio
    some = Binary(">", term.denominator, Number(0.0))
    return replace(term, where=Binary("and", term.where, some) if term.where else some)


def _inlined(catalogue: Catalogue, text: str) -> Node:
    return with_facts(catalogue, catalogue.node(text))


def fact_tree(catalogue: Catalogue, fact: Fact) -> Node:
    """What a fact is worked out from, over the columns of its grain's frame."""
    counted = Column(COUNTED + fact.id)
    if fact.table in GROUPED_TABLES:
        return counted
    node = with_facts(catalogue, catalogue.fact_node(fact), fact)
    if fact.records is None:
        return node
    return Call("if", (Call("known", (node,)), node, counted))


def with_facts(catalogue: Catalogue, node: Node, inside: Fact | None = None) -> Node:
    """`node` with every fact replaced by its tree; a fact's own name inside it is the column."""
    own = inside.id if inside else None
    names = [name for name in node.columns() if name in catalogue.facts and name != own]
    return substituted(node, {name: fact_tree(catalogue, catalogue.facts[name]) for name in names})


def substituted(node: Node, trees: Mapping[str, Node]) -> Node:
    """`node` with columns replaced by trees."""
    if not trees:
        return node
    match node:
        case Column(name=name):
            return trees.get(name, node)
        case Unary(operand=operand):
            return replace(node, operand=substituted(operand, trees))
        case Binary(left=left, right=right):
            return replace(node, left=substituted(left, trees), right=substituted(right, trees))
        case Membership(operand=operand):
            return replace(node, operand=substituted(operand, trees))
        case Call(arguments=arguments):
            return replace(node, arguments=tuple(substituted(each, trees) for each in arguments))
    return node
