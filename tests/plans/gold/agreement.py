"""How near a plan that was read comes to its gold file, kind by kind.

`compare` takes what ``jiaoheng plan read DOCUMENT --json`` prints, the gold file, and the document's text.
An item is *right* when all that matters about it is the same, *found* when it is at least the same item. Each
item that was read answers for one gold item at most; right pairs are made first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import items
from .words import alike

Item = dict[str, Any]
Test = Callable[[Item, Item], bool]


@dataclass(frozen=True)
class Miss:
    """A gold item without a right reading, and what was read in its place, where something was."""

    gold: Item
    read: Item | None


@dataclass(frozen=True)
class Agreement:
    """How the items of one kind agree.

    Attributes
    ----------
    kind : ``sections``, ``indicators``, ``commitments`` …
    gold, read : how many items the gold file has, and how many were read.
    right, found : how many gold items were read rightly, and how many at all.
    subjects : of the commitments found, how many have the gold file's subject; None for other kinds.
    misses : the gold items that are not right. extras : what was read and is in no gold item's place.
    """

    kind: str
    gold: int
    read: int
    right: int
    found: int
    misses: tuple[Miss, ...] = ()
    extras: tuple[Item, ...] = ()
    subjects: int | None = None

    @property
    def recall(self) -> float | None:
        """The share of gold items that were read rightly; None where there are none."""
        return self.right / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """The share of what was read that is right; None where nothing was read."""
        return self.right / self.read if self.read else None


def compare(read: Item, gold: Item, text: str) -> tuple[Agreement, ...]:
    """The agreement of each kind, in the order of the gold file.

    Parameters
    ----------
    read : the JSON of ``plan read``.
    gold : the gold file.
    text : the text that both point into.
    """
    section_found, section_right = items.section_tests(text)
    return (
        _agree("head", items.head(read), items.head(gold), items.same_part, items.same_head),
        _agree("sections", read.get("sections", []), gold["sections"], section_found, section_right),
        _agree(
            "indicators",
            read.get("indicators", []),
            gold["indicators"],
            items.indicator_found,
            items.indicator_right,
        ),
        _agree(
            "commitments",
            read.get("commitments", []),
            gold["commitments"],
            items.commitment_found,
            items.commitment_right,
            subject=items.subject,
        ),
        _agree("tasks", read.get("tasks", []), gold["tasks"], items.task_found, items.task_right),
        _agree(
            "projects", read.get("projects", []), gold["projects"], items.project_found, items.project_right
        ),
        _agree(
            "allocation cells",
            items.cells(read.get("allocations", [])),
            items.cells(gold["allocations"]),
            items.cell_found,
            items.cell_right,
        ),
        _agree(
            "score card items",
            items.card_items(read.get("score_cards", [])),
            items.card_items([gold["score_card"]] if gold["score_card"] else []),
            items.card_item_found,
            items.card_item_right,
        ),
    )


def pairs(
    read: Sequence[Item], gold: Sequence[Item], test: Test, taken: Iterable[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    """One-to-one pairs (index in `gold`, index in `read`) that pass the test, first come first served.

    Of several readings that pass, the one with the shortest span is taken. What `taken` pairs is left out.
    """
    golds, reads = {g for g, _ in taken}, {r for _, r in taken}
    made: list[tuple[int, int]] = []
    for g, wanted in enumerate(gold):
        if g in golds:
            continue
        fits = [r for r, item in enumerate(read) if r not in reads and test(item, wanted)]
        if fits:
            best = min(fits, key=lambda r: items.length(read[r]))
            reads.add(best)
            made.append((g, best))
    return made


def _agree(
    kind: str,
    read: Sequence[Item],
    gold: Sequence[Item],
    found: Test,
    right: Test,
    subject: Callable[[Item], str] | None = None,
) -> Agreement:
    exact = pairs(read, gold, right)
    near = pairs(read, gold, found, exact)
    seen, instead = {g for g, _ in exact}, dict(near)
    taken = {r for _, r in (*exact, *near)}
    return Agreement(
        kind=kind,
        gold=len(gold),
        read=len(read),
        right=len(exact),
        found=len(exact) + len(near),
        misses=tuple(
            Miss(wanted, read[instead[g]] if g in instead else None)
            for g, wanted in enumerate(gold)
            if g not in seen
        ),
        extras=tuple(item for r, item in enumerate(read) if r not in taken),
        subjects=None
        if subject is None
        else sum(alike(subject(read[r]), subject(gold[g])) for g, r in (*exact, *near)),
    )
