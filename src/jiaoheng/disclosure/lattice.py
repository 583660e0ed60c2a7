"""The cells of a table of counts with all its margins, and the sums that tie them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiaoheng.errors import JiaohengError

TOTAL = "合计"
"""The label of the margin of a dimension."""

Tree = Mapping[str, str]
"""A hierarchy: each label to the one above it, as far up as there is one; `TOTAL` stands above them all."""

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


class DisclosureError(JiaohengError):
    """A table of counts cannot be protected as it was given."""


@dataclass(frozen=True)
class Sum:
    """A relation between cells, by their places: ``total`` is the sum of ``parts``."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Lattice:
    """Every cell that a table with margins has.

    Attributes
    ----------
    labels : one row a cell; a column for each dimension, text.
    counts : how many persons a cell counts; of leaves that are not known, nothing.
    wholes : how many persons a cell is out of, where that is public; None where it is not.
    missing : whether a leaf below (or the cell itself) is not known; ``unknown``: whether none is.
    leaves : whether a cell is one of the table's rows, and no margin.
    sums : the relations. Those that hold only cells that are not in the table are left out.
    """

    labels: pl.DataFrame
    counts: Counts
    wholes: Counts | None
    missing: Flags
    unknown: Flags
    leaves: Flags
    sums: tuple[Sum, ...]

    def __len__(self) -> int:
        return len(self.counts)


@dataclass(frozen=True)
class _Axis:
    """A dimension: its nodes (leaves first), which leaves are below each, and what adds up to what."""

    nodes: tuple[str, ...]
    below: Counts
    sums: tuple[Sum, ...]


def lattice(
    table: pl.DataFrame,
    *,
    dimensions: Sequence[str],
    count: str,
    of: str | None,
    hierarchy: Mapping[str, Tree | Sequence[Tree]],
) -> Lattice:
    """Lay a table of leaves out with its margins.

    Parameters
    ----------
    table : one row a leaf; a combination of labels that has no row is not in the table at all.
    dimensions, count, of, hierarchy : see `protect`.

    Raises
    ------
    DisclosureError
        Two rows have the same labels, a count is negative or greater than its whole, or a hierarchy goes
        round in a circle or names a node as one of its leaves.
    """
    _check(table, dimensions, count, of)
    axes = [
        _axis(name, table[name].cast(pl.String).to_list(), hierarchy.get(name, ())) for name in dimensions
    ]
    places = tuple(
        np.array([axis.nodes.index(label) for label in table[name].cast(pl.String)], dtype=np.int64)
        for name, axis in zip(dimensions, axes, strict=True)
    )
    known = table[count].is_not_null().to_numpy()

    def with_margins(values: pl.Series | NDArray[np.int64]) -> Counts:
        leaves = np.zeros([axis.below.shape[1] for axis in axes], dtype=np.int64)
        leaves[places] = np.asarray(values, dtype=np.int64)
        for place, axis in enumerate(axes):
            leaves = np.moveaxis(np.tensordot(axis.below, leaves, axes=(1, place)), 0, place)
        return leaves

    rows = with_margins(np.ones(table.height, dtype=np.int64))
    there = rows > 0
    numbers = np.full(there.shape, -1, dtype=np.int64)
    numbers[there] = np.arange(there.sum())
    labels = [[axis.nodes[node[place]] for node in np.argwhere(there)] for place, axis in enumerate(axes)]
    wholes = None
    if of is not None:
        # Of a group whose count is not known the whole says nothing about the margins of the others.
        wholes = with_margins(table[of].fill_null(0).to_numpy() * known)[there]
    return Lattice(
        labels=pl.DataFrame(
            dict(zip(dimensions, labels, strict=True)), schema=dict.fromkeys(dimensions, pl.String)
        ),
        counts=with_margins(table[count].fill_null(0))[there],
        wholes=wholes,
        missing=with_margins(~known)[there] > 0,
        leaves=np.array(
            [
                all(node < axis.below.shape[1] for node, axis in zip(one, axes, strict=True))
                for one in np.argwhere(there)
            ]
        ),
        unknown=with_margins(known)[there] == 0,
        sums=tuple(_sums(axes, numbers)),
    )


def _check(table: pl.DataFrame, dimensions: Sequence[str], count: str, of: str | None) -> None:
    if not dimensions or table.select(pl.struct(dimensions).is_duplicated().any()).item():
        raise DisclosureError(f"表中有几行的{'、'.join(dimensions)}相同。请先合并成一行。")
    wrong = (pl.col(count) < 0) | ((pl.col(count) > pl.col(of)) | pl.col(of).is_null() if of else False)
    if table.filter(pl.col(count).is_not_null() & wrong).height:
        raise DisclosureError(f"“{count}”有负数，或大于它所在的总数。请先改正数据。")


def _axis(name: str, labels: Sequence[str | None], hierarchies: Tree | Sequence[Tree]) -> _Axis:
    if None in labels:
        raise DisclosureError(f"“{name}”有空白。请先填写。")
    leaves = list(dict.fromkeys(str(label) for label in labels))
    below: dict[str, frozenset[int]] = {leaf: frozenset([place]) for place, leaf in enumerate(leaves)}
    relations: list[tuple[str, list[str]]] = []
    trees = [hierarchies] if isinstance(hierarchies, Mapping) else list(hierarchies)
    for tree in trees or [{}]:
        for parent, members in _bottom_up(name, _members(name, leaves, tree), leaves):
            found = frozenset().union(*(below[member] for member in members))
            if below.setdefault(parent, found) != found:
                raise DisclosureError(f"“{name}”的几个层级中，“{parent}”的下级不一致。请改用不同的名称。")
            relations.append((parent, members))
    nodes = list(below)
    matrix = np.zeros((len(nodes), len(leaves)), dtype=np.int64)
    for place, node in enumerate(nodes):
        matrix[place, sorted(below[node])] = 1
    sums = [
        Sum(nodes.index(parent), tuple(sorted(nodes.index(member) for member in members)))
        for parent, members in relations
    ]
    return _Axis(tuple(nodes), matrix, tuple(dict.fromkeys(sums)))


def _members(name: str, leaves: Sequence[str], tree: Tree) -> dict[str, list[str]]:
    """What is directly below each inner node of a tree."""
    members: dict[str, list[str]] = {}
    waiting, seen = list(leaves), set(leaves)
    for label in waiting:
        parent = tree.get(label, TOTAL)
        if parent in leaves:
            raise DisclosureError(
                f"“{name}”的层级中，“{parent}”既是最细的一级，又是“{label}”的上级。请改正。"
            )
        members.setdefault(parent, []).append(label)
        if parent != TOTAL and parent not in seen:
            waiting.append(parent)
            seen.add(parent)
    return members


def _bottom_up(
    name: str, members: Mapping[str, list[str]], leaves: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """The inner nodes of a tree with what is below, each after all that are below it."""
    done = set(leaves)
    order: list[tuple[str, list[str]]] = []
    while len(order) < len(members):
        ready = [node for node in members if node not in done and done.issuperset(members[node])]
        if not ready:
            raise DisclosureError(f"“{name}”的层级首尾相接，成了一个圈。请改正。")
        order += [(node, members[node]) for node in ready]
        done.update(ready)
    return order


def _sums(axes: Sequence[_Axis], numbers: Counts) -> Iterator[Sum]:
    """Along each dimension in turn, for every combination of the others' nodes."""
    for place, axis in enumerate(axes):
        for line in np.moveaxis(numbers, place, -1).reshape(-1, len(axis.nodes)).tolist():
            for relation in axis.sums:
                parts = tuple(line[part] for part in relation.parts if line[part] >= 0)
                if parts:
                    yield Sum(line[relation.total], parts)
