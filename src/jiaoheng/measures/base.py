"""The base frame: one row per counted school and stage, with everything that facts are made of.

Three things are done here, once, before any measure is worked out:

- Rows that do not count as schools (校数 0: campuses, points) are merged into their main school.
- What a school has as a whole (floor area, equipment, rooms, books) is shared out among its stages.
- Facts that the census lacks are counted from the records of persons and classes, where there are any.

Missing is not zero: a sum with an unknown part is unknown, and so is a share among stages whose pupils are
not known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

import narwhals as nw
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from jiaoheng import terms
from jiaoheng.census.dictionary import Column, table
from jiaoheng.census.snapshot import Census
from jiaoheng.engine import Engine
from jiaoheng.measures.records import COUNTED, counted_from

Frame = nw.LazyFrame[Any]

SHARED_GROUPS = frozenset({"占地与校舍", "设备与图书", "幼儿园园舍"})
SHARED_COLUMNS = frozenset({"public_funds", "training_funds"})
"""What the stages of a school share: every number of these groups of ``schools``, and these columns.

Music rooms and the like (专用教室) are not split: the rules ask for them by the classes of the whole school.
"""

DERIVED = (
    "urban_rural",
    "school_pupils",
    "school_compulsory_pupils",
    "school_compulsory_classes",
    "school_compulsory_migrants",
    "stage_count",
    "school_stage_count",
    "compulsory_stage_count",
    "stage_share",
)
"""Columns that no census table has: see `school_frame`."""

COMPULSORY = ("primary", "junior")
SCHOOL = (*COMPULSORY, "senior")

# Not amounts: the main school's own value stands for the whole.
_NOT_SUMMED = frozenset({"年", "度"})
# The largest class of a school with campuses is the largest of any campus.
_LARGEST = frozenset({"largest_class"})


@dataclass(frozen=True)
class Wanted:
    """What a base frame must hold.

    Attributes
    ----------
    columns : names of dictionary columns of ``schools`` and ``school_stages``, and of `DERIVED`.
    counted : for each table of records, the facts to be counted from it: name and aggregate expression.
    filled : columns of ``school_stages`` whose missing values are taken from the counted fact of that name.
    """

    columns: frozenset[str]
    counted: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()


def school_frame(census: Census, engine: Engine, wanted: Wanted, *, weights: Mapping[str, float]) -> Frame:
    """One row per counted school and stage.

    Parameters
    ----------
    census : the snapshot.
    engine : what runs the query.
    wanted : the columns to bring; nothing else is read.
    weights : by stage, how many primary pupils one pupil counts for when resources are shared out.

    Returns
    -------
    narwhals.LazyFrame
        ``school_code``, ``stage``, ``area_code``, ``ownership``, ``urban_rural`` (urban, town, rural), the
        wanted columns, and ``counted_<fact>`` for every counted fact. Physical resources are the stage's
        share. ``school_pupils`` and ``school_compulsory_pupils`` are of the whole school, ``stage_count`` is
        how many stages it has, ``stage_share`` the part of its resources that this stage has.
        ``school_stage_count`` counts its stages among primary, junior and senior, ``compulsory_stage_count``
        those among primary and junior: a row weighed by one over that counts its school once.
        ``school_compulsory_classes`` is there only with the column ``classes``, and so with ``migrants``.

    Notes
    -----
    The share of stage s is ``w_s P_s / Σ w P``; a school of one stage keeps everything. Source of the weights
    (1 : 1.1 : 1.32) and of the merging: 县域义务教育优质均衡发展督导评估 指标解释, see the pack.
    """
    homes = _homes(census, engine)
    stages = _stages(census, engine, homes, wanted)
    schools = _schools(census, engine, homes, wanted.columns)
    stages = _with_records(census, engine, homes, stages, wanted)
    totals = _totals(stages, weights)
    base = stages.join(totals, on="school_code", how="left").join(schools, on="school_code", how="inner")
    share = (
        nw.when(nw.col("stage_count") == 1)
        .then(nw.lit(1.0))
        .otherwise(
            nw.when(nw.col("school_weight") > 0).then(
                nw.col("pupils") * _weight(weights) / nw.col("school_weight")
            )
        )
    )
    names = [name for name in base.collect_schema().names() if name != "school_weight"]
    shared = {column.name for column in shared_columns()}
    kept = [
        (nw.col(name).cast(nw.Float64) * nw.col("stage_share")).alias(name)
        if name in shared
        else nw.col(name)
        for name in names
        if name != "urban_rural_code"
    ]
    return base.with_columns(share.alias("stage_share")).select(
        *kept, nw.col("stage_share"), _urban_rural().alias("urban_rural")
    )


def shared_columns() -> tuple[Column, ...]:
    """The columns of ``schools`` that hold resources of the whole school."""
    return tuple(
        column
        for column in table("schools").columns
        if column.type in ("integer", "number")
        and (column.group in SHARED_GROUPS or column.name in SHARED_COLUMNS)
    )


def held(frame: Frame) -> Frame:
    """What an engine made, in memory: from here on a row is a school and stage, and Polars is the quickest.

    A frame of Polars stays as it is, so that it can still be read column by column.
    """
    if frame.implementation.is_polars():
        return frame
    collected: Frame = nw.from_native(frame.collect("polars").to_native().lazy())
    return collected


def _homes(census: Census, engine: Engine) -> Frame | None:
    """For every row that does not count as a school, the school that it belongs to; None where all count.

    A campus of a campus belongs to the school above both. A row whose main school is not in the census stays
    on its own: what is there is not thrown away.
    """
    schools = held(census.scan("schools", engine).select("school_code", "counted", "main_school_code"))
    mains = _mains(schools.filter(~nw.col("counted")).collect("pyarrow").to_native())
    homes = {code: home for code in mains if (home := _home(code, mains)) is not None}
    if not homes:
        return None
    found = pl.LazyFrame({"campus": list(homes), "home": list(homes.values())})
    there = schools.select(nw.col("school_code").alias("home"))
    return nw.from_native(found).join(there, on="home", how="semi")


def family(census: Census, school: str) -> tuple[str, ...]:
    """The codes of a school and of the campuses that are merged into it."""
    schools = census.table("schools").select(["school_code", "counted", "main_school_code"])
    mains = _mains(schools.filter(pc.invert(schools["counted"])))
    return (school, *sorted(code for code in mains if code != school and _home(code, mains) == school))


def _mains(appended: pa.Table) -> dict[str, str | None]:
    return dict(
        zip(appended["school_code"].to_pylist(), appended["main_school_code"].to_pylist(), strict=True)
    )


def _home(code: str, mains: Mapping[str, str | None]) -> str | None:
    seen = {code}
    main = mains[code]
    while main is not None and main in mains:
        if main in seen:
            return None
        seen.add(main)
        main = mains[main]
    return main


def _merged(frame: Frame, homes: Frame | None, keys: Sequence[str], rules: Mapping[str, Rule]) -> Frame:
    """Give the rows of campuses to their main school and join rows that then have the same keys.

    Only the schools that have campuses are grouped; the others go through as they are.
    """
    if homes is None:
        return frame.select(*keys, *rules)
    campuses = homes.select(nw.col("campus").alias("school_code"))
    mains = homes.select(nw.col("home").alias("school_code"))
    touched = nw.concat([campuses, mains], how="vertical").unique()
    apart = frame.join(touched, on="school_code", how="anti").select(*keys, *rules)
    together = rehomed(frame.join(touched, on="school_code", how="semi"), homes)
    joined = together.group_by(*keys).agg(**{name: _RULES[rule](name) for name, rule in rules.items()})
    types = frame.collect_schema()
    typed = joined.select(*keys, *(nw.col(name).cast(types[name]) for name in rules))
    return nw.concat([apart, typed], how="vertical")


def rehomed(frame: Frame, homes: Frame) -> Frame:
    """Replace the codes of campuses by that of their main school; ``is_main`` tells the rows apart."""
    joined = frame.join(homes, left_on="school_code", right_on="campus", how="left")
    code = nw.coalesce(nw.col("home"), nw.col("school_code"))
    return joined.with_columns(nw.col("home").is_null().alias("is_main"), school_code=code).drop("home")


Rule = Literal["sum", "largest", "all", "main"]


def _all_known(name: str) -> nw.Expr:
    return nw.col(name).count() == nw.len()


_RULES: Mapping[Rule, Callable[[str], nw.Expr]] = {
    "sum": lambda name: nw.when(_all_known(name)).then(nw.col(name).sum()),
    "largest": lambda name: nw.when(_all_known(name)).then(nw.col(name).max()),
    "all": lambda name: nw.when(_all_known(name)).then(nw.col(name).all()),
    "main": lambda name: nw.when(nw.col("is_main")).then(nw.col(name)).max(),
}


def merge_rule(column: Column) -> Rule:
    """How the values of a main school and its campuses become one."""
    if column.type in ("integer", "number") and column.unit not in _NOT_SUMMED:
        return "largest" if column.name in _LARGEST else "sum"
    return "all" if column.type == "boolean" and column.table == "school_stages" else "main"


def _stages(census: Census, engine: Engine, homes: Frame | None, wanted: Wanted) -> Frame:
    columns = [
        column
        for column in table("school_stages").columns
        if not column.key and (column.name == "pupils" or column.name in wanted.columns)
    ]
    frame = census.scan("school_stages", engine).select("school_code", "stage", *(c.name for c in columns))
    frame = held(frame)
    rules = {column.name: merge_rule(column) for column in columns}
    return _merged(frame, homes, ["school_code", "stage"], rules)


def _schools(census: Census, engine: Engine, homes: Frame | None, wanted: Collection[str]) -> Frame:
    always = {"area_code", "ownership", "urban_rural_code"}
    columns = [
        column
        for column in table("schools").columns
        if not column.key and (column.name in always or column.name in wanted)
    ]
    frame = held(census.scan("schools", engine).select("school_code", *(column.name for column in columns)))
    return _merged(frame, homes, ["school_code"], {column.name: merge_rule(column) for column in columns})


def _with_records(
    census: Census, engine: Engine, homes: Frame | None, stages: Frame, wanted: Wanted
) -> Frame:
    for name, facts in wanted.counted.items():
        if not census.has(name):
            missing = {COUNTED + fact: nw.lit(None).cast(nw.Float64) for fact in facts}
            stages = stages.with_columns(**missing)
            continue
        rows = census.scan(name, engine)
        if homes is not None:
            rows = rehomed(rows, engine.from_arrow(homes.collect("pyarrow").to_native()))
        counts = held(counted_from(rows, name, facts, ["school_code", "stage"]))
        stages = stages.join(counts, on=["school_code", "stage"], how="left")
    filled = {
        name: nw.coalesce(nw.col(name).cast(nw.Float64), nw.col(COUNTED + name)) for name in wanted.filled
    }
    return stages.with_columns(**filled) if filled else stages


def _totals(stages: Frame, weights: Mapping[str, float]) -> Frame:
    """What the stages of each school add up to."""
    compulsory = nw.col("stage").is_in(COMPULSORY)
    names = stages.collect_schema().names()
    amounts = [name for name in ("pupils", "classes", "migrants") if name in names]
    worked = stages.select(
        "school_code",
        "pupils",
        (nw.col("pupils") * _weight(weights)).alias("weighted"),
        compulsory.cast(nw.Int64).alias("is_compulsory"),
        nw.col("stage").is_in(SCHOOL).cast(nw.Int64).alias("is_school"),
        *(
            nw.when(compulsory).then(nw.col(name)).otherwise(nw.lit(0)).alias(f"compulsory_{name}")
            for name in amounts
        ),
    )
    return worked.group_by("school_code").agg(
        school_pupils=_RULES["sum"]("pupils"),
        school_weight=_RULES["sum"]("weighted"),
        stage_count=nw.len(),
        school_stage_count=nw.col("is_school").sum(),
        compulsory_stage_count=nw.col("is_compulsory").sum(),
        **{f"school_compulsory_{name}": _RULES["sum"](f"compulsory_{name}") for name in amounts},
    )


def _weight(weights: Mapping[str, float]) -> nw.Expr:
    other = nw.lit(1.0)
    return reduce(
        lambda rest, item: nw.when(nw.col("stage") == item[0]).then(nw.lit(item[1])).otherwise(rest),
        weights.items(),
        other,
    )


def _urban_rural() -> nw.Expr:
    """城区、镇区、乡村, from the code of the statistical office."""
    kinds = [
        nw.when(nw.col("urban_rural_code").is_in(list(kind.aliases))).then(nw.lit(kind.value))
        for kind in terms.UrbanRural
    ]
    return nw.coalesce(*kinds)
