"""What a check of plans is: its name, how bad its findings are, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.plans.auditing.audited import Audited
from jiaoheng.plans.auditing.finding import Finding, Severity, Side
from jiaoheng.plans.auditing.statements import Statement, statements
from jiaoheng.plans.history import History


@dataclass(frozen=True)
class Material:
    """All that an audit may look at.

    Attributes
    ----------
    plans : a plan is not compared with itself; order means nothing.
    catalogue : the measures, for the direction that is better and for names.
    history : what the measures were; None without a census.
    """

    plans: tuple[Audited, ...]
    catalogue: Catalogue
    history: History | None = None

    @cached_property
    def statements(self) -> tuple[tuple[Statement, ...], ...]:
        """For each plan, every figure that it states of a quantity."""
        return tuple(statements(audited, self.catalogue) for audited in self.plans)


@dataclass(frozen=True)
class Found:
    """What a check's function says: a finding without the check's own name.

    Attributes
    ----------
    severity : where it is not the check's.
    """

    sentence: str
    sides: tuple[Side, ...]
    figures: tuple[float, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True)
class Check:
    """A check.

    Attributes
    ----------
    id : its name in data, for users of ``--json``.
    family : the file that it stands in, in Chinese (``算术``).
    name : in Chinese, for people.
    severity : of its findings, where they do not say another.
    meaning : in Chinese, what is compared with what, and when it keeps silent.
    look : gives what is wrong.
    text : whether it needs the text of a plan; without one the audit says that it was left out.
    """

    id: str
    family: str
    name: str
    severity: Severity
    meaning: str
    look: Callable[[Material], Iterable[Found]]
    text: bool = False

    def findings(self, material: Material) -> Iterator[Finding]:
        for found in self.look(material):
            severity = found.severity or self.severity
            yield Finding(self.id, severity, found.sentence, found.sides, found.figures)


def each_plan(
    look: Callable[[Audited], Iterable[Found]],
) -> Callable[[Material], Iterable[Found]]:
    """A check that looks at every plan by itself."""

    def looks(material: Material) -> Iterator[Found]:
        for audited in material.plans:
            yield from look(audited)

    return looks


def each_text(
    look: Callable[[Audited], Iterable[Found]],
) -> Callable[[Material], Iterable[Found]]:
    """A check that looks at every plan whose text is at hand."""

    def looks(material: Material) -> Iterator[Found]:
        for audited in material.plans:
            if audited.source is not None:
                yield from look(audited)

    return looks
