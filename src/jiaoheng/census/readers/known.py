"""What the workspace knows already: its schools and its areas, by name and by code.

A bureau's files name schools and towns in words; a census knows them by code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Protocol

import pyarrow as pa

from jiaoheng.census import values
from jiaoheng.census.changes.names import likeness
from jiaoheng.census.lineage import Former

_SUFFIX = re.compile(r"(街道办事处|街道办|街道|镇人民政府|镇|乡|民族乡)$")
_REGION = re.compile(r"^[^市县区]{2,4}(?:市|县|区)(?=.{4})")

_LIKE = 0.75
"""Names at least so alike are shown to the user as what may have been meant."""


class Snapshot(Protocol):
    """A census, as far as a reader needs it."""

    def table(self, name: str) -> pa.Table:
        """A table with all its columns."""


@dataclass(frozen=True)
class Place:
    """A school or an area that is known: its code and its name."""

    code: str
    name: str


@dataclass(frozen=True)
class Known:
    """The schools and the areas of a county.

    Attributes
    ----------
    areas : the areas.
    schools : the schools, those that count before the campuses and points.
    homes : school code to area code.
    former : schools by names that the register of school changes knows, former ones among them; a school's
        present name goes before them.
    types : school code to type of school.
    codes_now : a code that a school had before to the one that it has now.
    region : the county's code; empty where no snapshot says it.
    """

    areas: tuple[Place, ...] = ()
    schools: tuple[Place, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    former: tuple[Place, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    codes_now: Mapping[str, str] = field(default_factory=dict)
    region: str = ""

    @classmethod
    def of(cls, snapshot: Snapshot | None, *, former: Former | None = None) -> Known:
        """What a census knows, by the codes that schools have now; nothing where there is none."""
        past = former or Former()
        names_of_old = tuple(Place(code, name) for name, code in past.names)
        if snapshot is None:
            return cls(former=names_of_old, codes_now=past.codes)
        areas = snapshot.table("areas").select(["area_code", "name"]).to_pylist()
        names = ["school_code", "name", "area_code", "school_type", "counted"]
        regions = snapshot.table("county").column("region_code").to_pylist()

        def now(code: str) -> str:
            return past.codes.get(code, code)

        schools = snapshot.table("schools").select(names).to_pylist()
        schools.sort(key=lambda school: school["counted"] is False)
        return cls(
            # An area whose name is its code was named by a wide export before there was a list of towns:
            # it binds nobody.
            tuple(
                Place(area["area_code"], area["name"] or "")
                for area in areas
                if area["area_code"] != area["name"]
            ),
            tuple(Place(now(school["school_code"]), school["name"] or "") for school in schools),
            {now(school["school_code"]): school["area_code"] for school in schools if school["area_code"]},
            names_of_old,
            types={
                now(school["school_code"]): school["school_type"]
                for school in schools
                if school["school_type"]
            },
            codes_now=past.codes,
            region=regions[0] if len(regions) == 1 else "",
        )

    def now(self, code: str) -> str:
        """The code that a school has now, by one that it had before or has."""
        return self.codes_now.get(code, code)

    def with_schools(self, schools: Iterable[Place]) -> Known:
        """The same, and more schools, which come first."""
        return replace(self, schools=(*schools, *self.schools))


class Areas:
    """Finds an area by its code, its name, or its name without 镇、街道."""

    def __init__(self, areas: Iterable[Place]) -> None:
        self._areas = tuple(areas)
        self._codes = {area.code for area in self._areas}
        self._names = _by_word((area.name, area.code) for area in self._areas)
        self._short = _by_word((_SUFFIX.sub("", values.clean(area.name)), area.code) for area in self._areas)

    def __bool__(self) -> bool:
        return bool(self._areas)

    def find(self, text: str) -> str | None:
        """The code of the one area that `text` names, or None."""
        if text in self._codes:
            return text
        word = "".join(text.split())
        for codes in (self._names.get(word), self._short.get(_SUFFIX.sub("", word))):
            if codes and len(codes) == 1:
                return next(iter(codes))
        return None

    def within(self, text: str) -> str | None:
        """The code of the one area whose name stands in an address, or None."""
        word = "".join(text.split())
        found = {code for name, codes in self._names.items() if name and name in word for code in codes}
        return next(iter(found)) if len(found) == 1 else None

    def nearest(self, text: str) -> str:
        """``最接近的是“…”``, or an empty string."""
        close = get_close_matches(text, [area.name for area in self._areas], n=2, cutoff=0.4)
        return f"最接近的是{'、'.join(f'“{name}”' for name in close)}。" if close else ""


class Schools:
    """Finds a school by its name, and the main school of a campus by how the campus is called."""

    def __init__(self, schools: Iterable[Place], *, former: Iterable[Place] = ()) -> None:
        self._schools = tuple({(place.code, place.name): place for place in schools if place.code}.values())
        self._codes = {place.code for place in self._schools}
        self._names = _by_word((place.name, place.code) for place in self._schools)
        self._former = _by_word((place.name, place.code) for place in former)

    def has_code(self, code: str) -> bool:
        """Whether a school has that code."""
        return code in self._codes

    def named(self, name: str) -> tuple[Place, ...]:
        """The schools of exactly that name, one for each code; where none has it now, those that had it."""
        word = "".join(values.clean(name).split())
        codes = self._names.get(word) or self._former.get(word, {})
        return tuple(Place(code, name) for code in codes)

    def like(self, name: str) -> tuple[Place, ...]:
        """The schools whose names are most like `name`, the likest first; none that is not rather like it."""
        scored = [(likeness(name, place.name), place) for place in self._schools]
        best = sorted((each for each in scored if each[0] >= _LIKE), key=lambda each: -each[0])
        return tuple(place for _, place in best[:2])

    def main_of(self, name: str, *, own_code: str | None) -> tuple[Place, ...]:
        """The schools whose name opens `name`, as 龙甫镇中心小学 opens 龙甫镇中心小学营脚教学点."""
        whole = _bare(name)
        found = {
            place.code: place
            for place in self._schools
            if place.code != own_code
            and len(bare := _bare(place.name)) >= 4
            and bare != whole
            and whole.startswith(bare)
        }
        return tuple(found.values())


def _bare(name: str) -> str:
    return _REGION.sub("", "".join(values.clean(name).split()))


def _by_word(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for word, code in pairs:
        found.setdefault("".join(values.clean(word).split()), {})[code] = None
    return found


__all__ = ["Areas", "Known", "Place", "Schools", "Snapshot"]
