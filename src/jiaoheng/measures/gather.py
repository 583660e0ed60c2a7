"""Brings together what measures need: which are asked for, and the sums of their terms, group by group."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine
from jiaoheng.errors import JiaohengError
from jiaoheng.measures.county import area_sums, county_stage_sums, county_sums
from jiaoheng.measures.groups import GRAINS, KEYS, By, members
from jiaoheng.measures.outcome import Outcome, outcome
from jiaoheng.measures.recipes import Recipe, Term, recipes
from jiaoheng.measures.sums import KEYS as SCHOOL_KEYS
from jiaoheng.measures.sums import SUMMED, Numbers, SchoolRows, gaps, rolled_up, school_rows, sums
from jiaoheng.packs import Catalogue, Grain, Measure


class UnknownMeasureError(JiaohengError):
    """A measure is asked for that no pack defines."""


def chosen(catalogue: Catalogue, ids: str | Iterable[str] | None) -> tuple[Measure, ...]:
    """The measures that are asked for, by id, name or alias; all where None.

    Raises
    ------
    UnknownMeasureError
        No pack defines one of them.
    """
    if ids is None:
        return tuple(catalogue.measures.values())
    wanted = [ids] if isinstance(ids, str) else list(ids)
    found: dict[str, Measure] = {}
    for text in wanted:
        measure = catalogue.measures.get(text)
        if measure is None:
            match = catalogue.named(text)
            if match is None:
                raise UnknownMeasureError(
                    f"没有名为“{text}”的指标。请用 jiaoheng measures 列出全部指标，或改正名称、编号。"
                )
            measure = match.measure
        found[measure.id] = measure
    return tuple(found.values())


@dataclass(frozen=True)
class Slice:
    """A row label of measures (a stage, a group of stages, or none) and the stages that it takes together."""

    label: str | None
    stages: tuple[str, ...]


def slices(measure: Measure) -> tuple[Slice, ...]:
    """The rows that a measure has for every group."""
    if measure.together:
        return (Slice(measure.together, measure.stages),)
    if not measure.stages:
        return (Slice(None, ()),)
    return tuple(Slice(stage, (stage,)) for stage in measure.stages)


@dataclass(frozen=True)
class Work:
    """The recipes that are to be worked out, and the number of each of their terms."""

    catalogue: Catalogue
    recipes: tuple[Recipe, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, measures: Iterable[Measure]) -> Work:
        return cls(catalogue, recipes(catalogue, measures))

    @cached_property
    def numbers(self) -> Numbers:
        terms = dict.fromkeys(term for recipe in self.recipes for term in recipe.terms)
        return {term: place for place, term in enumerate(terms)}

    @cached_property
    def by_id(self) -> Mapping[str, Recipe]:
        return {recipe.measure.id: recipe for recipe in self.recipes}

    def for_any(self, groupings: Iterable[By]) -> Work:
        """The part of the work that can be done for one grouping or another."""
        every = list(groupings)
        kept = (recipe for recipe in self.recipes if any(self.allows(recipe, by) for by in every))
        return Work(self.catalogue, tuple(kept))

    def allows(self, recipe: Recipe, by: By) -> bool:
        if recipe.kind == "mean":
            return all(self.allows(self.by_id[id_], by) for id_ in recipe.mean_of)
        if recipe.kind == "variation" and by == "school":
            return False
        return recipe.grains <= GRAINS[by]

    def at(self, grain: Grain) -> Numbers:
        return {term: place for term, place in self.numbers.items() if term.grain == grain}

    @cached_property
    def by_slice(self) -> Mapping[Slice, tuple[Recipe, ...]]:
        """The recipes that have a row for each slice; a mean brings the variations that it needs."""
        found: dict[Slice, list[Recipe]] = {}
        for recipe in self.recipes:
            for part in slices(recipe.measure):
                found.setdefault(part, []).append(recipe)
        return {part: tuple(own) for part, own in found.items()}

    def terms_of(self, part: Slice) -> Numbers:
        """The terms of the recipes of a slice."""
        needed = [
            (recipe, *(self.by_id[id_] for id_ in recipe.mean_of)) for recipe in self.by_slice.get(part, ())
        ]
        terms = dict.fromkeys(term for own in needed for recipe in own for term in recipe.terms)
        return {term: self.numbers[term] for term in terms}

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """By id, what comes of each measure."""
        return {id_: outcome(recipe, self.numbers, self.by_id) for id_, recipe in self.by_id.items()}

    @property
    def varied(self) -> tuple[Term, ...]:
        return tuple(dict.fromkeys(r.parts[0] for r in self.recipes if r.kind == "variation"))


class Data:
    """What a census says of every term: in each school and stage, each area, and the county."""

    def __init__(self, census: Census, engine: Engine, work: Work, groupings: Iterable[By]) -> None:
        """Read what the groupings need, and no more."""
        wanted = frozenset[Grain]().union(*(GRAINS[by] for by in groupings))
        area, stage, county = (
            work.at(grain) if grain in wanted else {} for grain in ("area", "county_stage", "county")
        )
        self.census = census
        self.work = work
        self.schools: SchoolRows = school_rows(census, engine, work.at("school"), work.catalogue)
        self.areas = area_sums(census, area, work.catalogue) if area else None
        self.stages = county_stage_sums(census, stage) if stage else None
        self.county = county_sums(census, county, work.catalogue) if county else None


class Gathered:
    """The sums of all terms for the groups of one grouping, at every grain."""

    def __init__(self, data: Data, by: By, *, cells: pl.DataFrame | None = None) -> None:
        """Sum the data up; `cells` are sums over smaller groups of schools, where they are there already."""
        self.work = data.work
        self.by = by
        self._data = data
        self._region = data.census.region
        if cells is None:
            cells = sums(data.schools, KEYS[by], data.work.varied)
        self._schools = self._keyed(cells)
        self._frames: dict[Slice, pl.DataFrame] = {}

    @cached_property
    def members(self) -> pl.DataFrame:
        """The groups: ``key`` and ``key_name``."""
        return members(self._data.census, self.by, self._schools)

    def frame(self, part: Slice) -> pl.DataFrame:
        """One row per group: ``key`` and the sums of every term of the recipes of `part`, over its stages.

        A school has a row only where it has one of the stages.
        """
        if part not in self._frames:
            frame = self._of_schools(self._schools, part)
            county = self._data.county if self.by == "county" else None
            for above in (self._of_areas, self._of_stages(part), county):
                if above is not None:
                    frame = frame.join(above, on="key", how="left")
            self._frames[part] = frame.with_columns(self._completed(frame, part))
        return self._frames[part]

    def gaps(self, part: Slice, terms: Iterable[Term]) -> pl.DataFrame:
        """The frame of a slice with ``g<i>_<j>`` for `terms`: how many rows lack each of their columns."""
        of_schools = [term for term in terms if term.grain == "school"]
        if not of_schools:
            return self.frame(part)
        cells = gaps(self._data.schools, KEYS[self.by], of_schools)
        found = self._of_schools(self._keyed(cells), part)
        return self.frame(part).join(found, on="key", how="left")

    def _keyed(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Sums by ``key`` and ``stage``."""
        keys = KEYS[self.by]
        frame = cells.rename({keys[0]: "key"}) if keys else cells.with_columns(key=pl.lit(self._region))
        if not set(cells.columns) & (set(SCHOOL_KEYS) - set(keys)):
            return frame
        return rolled_up(frame, ["key", "stage"], [self.work.numbers[term] for term in self.work.varied])

    def _of_schools(self, sums: pl.DataFrame, part: Slice) -> pl.DataFrame:
        """The sums over the schools of each group."""
        places = [place for term, place in self.work.terms_of(part).items() if term.grain == "school"]
        columns = [name for name in sums.columns if (found := SUMMED.match(name)) and int(found[1]) in places]
        here = sums.lazy().select("key", "stage", *columns)
        here = here.filter(pl.col("stage").is_in(part.stages)) if part.stages else here
        if self.by == "school":
            return _one_row_each(here.collect())
        if len(part.stages) == 1:
            here = here.drop("stage")
        else:
            here = here.group_by("key", maintain_order=True).agg(pl.col(columns).sum())
        return (
            self.members.lazy()
            .select("key")
            .join(here, on="key", how="left", maintain_order="left")
            .collect()
        )

    @cached_property
    def _of_areas(self) -> pl.DataFrame | None:
        """The areas themselves, or what they add up to.

        Where a table speaks of the whole county only, the county's sum is what it says.
        """
        areas = self._data.areas
        if areas is None or self.by not in ("area", "county"):
            return None
        if self.by == "area":
            return areas.drop("listed")
        region = pl.col("key") == self._region
        parts = rolled_up(areas.filter(~region).with_columns(key=pl.lit(self._region)), ["key"])
        whole = areas.filter(region).drop("listed")
        both = pl.DataFrame({"key": [self._region]}).join(parts, on="key", how="left")
        both = both.join(whole, on="key", how="left", suffix="_whole")
        return both.select("key", *self._better(parts.columns))

    def _better(self, columns: Sequence[str]) -> list[pl.Expr]:
        chosen_: list[pl.Expr] = []
        for place in self.work.at("area").values():
            whole = (pl.col(f"k{place}").fill_null(0) == 0) & (pl.col(f"k{place}_whole") > 0)
            own = [name for name in columns if re.fullmatch(rf"[ndktg]{place}(_\d+)?", name)]
            chosen_ += [pl.when(whole).then(pl.col(f"{n}_whole")).otherwise(pl.col(n)).alias(n) for n in own]
        return chosen_

    def _of_stages(self, part: Slice) -> pl.DataFrame | None:
        stages = self._data.stages
        if stages is None or self.by != "county":
            return None
        here = stages.filter(pl.col("stage").is_in(part.stages)) if part.stages else stages
        return rolled_up(here, ["key"])

    def _completed(self, frame: pl.DataFrame, part: Slice) -> list[pl.Expr]:
        """A group without schools has none in scope; a place without a row in a table lacks one."""
        expected = {"school": 0, "area": 1, "county": 1, "county_stage": max(1, len(part.stages))}
        found: list[pl.Expr] = []
        for term, place in self.work.terms_of(part).items():
            if term.grain not in GRAINS[self.by]:
                continue
            found.append(pl.col(f"k{place}").fill_null(0))
            rows = pl.col(f"t{place}").fill_null(0)
            found.append(rows if term.grain == "school" else pl.max_horizontal(rows, expected[term.grain]))
            if term.denominator is None:
                found.append(pl.lit(None, pl.Float64).alias(f"d{place}"))
            if f"q{place}" not in frame.columns:
                found.append(pl.lit(None, pl.Float64).alias(f"q{place}"))
        return found


def _one_row_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the same school summed up. Most schools have one, which spares them the grouping."""
    alone = rows["key"].is_unique()
    if alone.all():
        return rows.drop("stage")
    several = rows.filter(~alone).group_by("key", maintain_order=True).agg(pl.exclude("key", "stage").sum())
    return pl.concat([rows.filter(alone).drop("stage"), several], how="vertical_relaxed")
