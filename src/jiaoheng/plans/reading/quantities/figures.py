"""Every figure of a paragraph: value, unit, comparator, year, subject, and what it does in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiaoheng.plans.reading.flow import Flow
from jiaoheng.plans.reading.quantities.comparing import bound, compared, continued
from jiaoheng.plans.reading.quantities.dates import Dates
from jiaoheng.plans.reading.quantities.figure import Figure, Role, Setting
from jiaoheng.plans.reading.quantities.names import Names
from jiaoheng.plans.reading.quantities.noise import noise
from jiaoheng.plans.reading.quantities.place import Place, Text
from jiaoheng.plans.reading.quantities.quantity import Quantity, quantities
from jiaoheng.plans.reading.quantities.roles import Timing, role
from jiaoheng.plans.reading.quantities.rows import Row, origins, rows
from jiaoheng.plans.reading.quantities.words import STAGES, one_of
from jiaoheng.plans.reading.quantities.years import years

_PER = re.compile(
    r"每(?:\d{1,2}|[一二三四五六两半])?个?(?:学年|学期|年|季度|季|月|周|天|日)|周(?=课时)|年均(?!衡)"
)
_AND_WHO = re.compile(rf"(?:、|和|与|及)(?:{one_of(STAGES)})[生学教师园]*$")
_AND = re.compile(r"(?:、|和|与|及|以及|并)$")


def figures(flow: Flow, *, setting: Setting | None = None) -> tuple[Figure, ...]:
    """All figures of `flow`, from left to right.

    Parameters
    ----------
    setting : what surrounds the paragraph; without it neither the plan's period nor a heading settles a year.
    """
    return tuple(_figures(flow, setting or Setting()))


@dataclass(frozen=True)
class _Known:
    """A quantity with all that its surroundings say of it."""

    one: Quantity
    place: Place
    row: Row | None
    timing: Timing
    role: Role
    sure: float


def _figures(flow: Flow, setting: Setting) -> Iterator[Figure]:
    words = flow.text
    named = years(words)
    periods = [match.span() for match in _PER.finditer(words)]
    found = quantities(words, taken=[*((one.start, one.end) for one in named), *noise(words), *periods])
    text = Text(words)
    names, from_ = Names(text), origins(words, found)
    starts = {earlier.numeral for earlier in from_.values()}
    before: dict[int, Figure] = {}
    for known in _known(text, found, Dates(text, named, setting), setting):
        one, origin = known.one, from_.get(known.one.numeral)
        base = before.get(origin.numeral) if origin else None
        described = known.role in ("term", "condition")
        given = base.subject if base else ""
        figure = Figure(
            subject=names.name(one, known.place, known.row, described=described, given=given),
            op=bound(one, known.place),
            value=one.value,
            value_max=one.value_max,
            unit=one.unit,
            year=known.timing.year,
            per=_per(known.place),
            baseline=base.value if base else None,
            baseline_year=base.year if base and base.year != known.timing.year else None,
            role="past" if one.numeral in starts else known.role,
            span=flow.span(one.start, one.end),
            number=flow.offsets[one.numeral],
            start=one.start,
            end=one.end,
            sure=min(known.sure, known.timing.sure),
        )
        before[one.numeral] = figure
        yield figure


def _known(text: Text, found: tuple[Quantity, ...], dates: Dates, setting: Setting) -> Iterator[_Known]:
    row_of = rows(text.text, found)
    last: _Known | None = None
    for bare in found:
        place = text.place(bare.start, bare.end, bare.numeral)
        one = continued(compared(bare, text.text, place), last.one if last else None, text.text)
        row = row_of.get(one.numeral)
        timing = dates.timing(one, place, row)
        kind, sure = role(one, place, timing, setting, text.text[place.sentence[0] : one.numeral])
        if last and last.role == "commitment" and _goes_on(one, kind, place, last):
            kind = "commitment"
        last = _Known(one, place, row, timing, kind, sure)
        yield last


def _goes_on(one: Quantity, kind: Role, place: Place, last: _Known) -> bool:
    """Whether the figure before shares its verb (组织20名校长、100名教师) or its noun with this one."""
    if place.clause != last.place.clause:
        return False
    alike = one.unit == last.one.unit and bool(_AND_WHO.search(place.lead))
    return (kind == "count" and bool(_AND.search(place.lead))) or (kind in ("count", "term") and alike)


def _per(place: Place) -> str | None:
    found = list(_PER.finditer(place.lead))
    return found[-1][0] if found else None
