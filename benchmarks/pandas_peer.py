"""The peer: the same measures as a careful analyst would work them out with pandas and numpy.

Written to be fast: only the columns that are needed are read, facts are worked out once on whole columns,
campuses are merged by grouping only the schools that have any, and all sums of a grouping come from one
``groupby``. The formulas are those of the packs, run directly on numpy arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from jiaoheng.census import dictionary
from jiaoheng.packs import Catalogue, Fact, Measure, grain_of
from jiaoheng.packs.expression import Node
from jiaoheng.packs.expression.nodes import (
    Binary,
    Boolean,
    Call,
    Column,
    Membership,
    Null,
    Number,
    Text,
    Unary,
)

Array = np.ndarray[Any, Any]

SHARED = {"占地与校舍", "设备与图书", "幼儿园园舍"}
URBAN = {
    "111": "urban",
    "112": "urban",
    "121": "town",
    "122": "town",
    "123": "town",
    "210": "rural",
    "220": "rural",
}
GROUPS = {"county": [], "area": ["area_code"], "urban_rural": ["urban_rural"], "ownership": ["ownership"]}


def all_tables(folder: Path, catalogue: Catalogue, measures: Iterable[Measure]) -> dict[str, pd.DataFrame]:
    """The measures by every grouping: key, stage, a column per measure."""
    measures = list(measures)
    base = _base(folder, catalogue, _needed(catalogue, measures))
    values = _Values(base, catalogue)
    plain = [measure for measure in measures if measure.numerator]
    terms: dict[str, Array] = {}
    for measure in plain:
        n, d, scope = (
            values.part(measure.numerator),
            values.part(measure.denominator),
            values.part(measure.where),
        )
        known = ~np.isnan(n) if d is None else ~(np.isnan(n) | np.isnan(d))
        known = known if scope is None else known & (scope == 1)
        terms[f"n {measure.id}"] = np.where(known, n, np.nan)
        if d is not None:
            terms[f"d {measure.id}"] = np.where(known, d, np.nan)
        if d is None or measure.whole:
            # A sum needs all its rows: 1 for each that is in scope and not known.
            terms[f"g {measure.id}"] = (~known & (True if scope is None else scope != 0)).astype(float)
    columns = pd.DataFrame(np.column_stack(list(terms.values())), columns=list(terms), copy=False)
    found = {"school": _by_school(base, columns, plain)}
    for by, keys in GROUPS.items():
        found[by] = _by_group(base, columns, measures, catalogue, keys)
    return found


def _by_school(base: pd.DataFrame, columns: pd.DataFrame, measures: list[Measure]) -> pd.DataFrame:
    """One row per school and stage; the measures that take stages together, one row per school."""
    single, joint = _slices(measures)
    stage = base["stage"].to_numpy()
    codes, schools = pd.factorize(base["school_code"])
    frame = {"key": base["school_code"].to_numpy(), "stage": stage}
    for measure in measures:
        if not measure.together:
            own = np.isin(stage, measure.stages)
            frame[measure.id] = np.where(own, _value(measure, columns), np.nan)
    kept = np.isin(stage, list(single))
    frames = [pd.DataFrame(frame, copy=False)[kept]]
    for label, parts in joint.items():
        merged = []
        for stages, own in parts.items():
            rows = np.isin(stage, stages)
            names = [name for name in columns.columns if name[2:] in {measure.id for measure in own}]
            sums = columns.loc[rows, names].groupby(codes[rows]).sum()
            index = schools[sums.index]
            merged.append(pd.DataFrame({measure.id: _value(measure, sums) for measure in own}, index=index))
        joined = merged[0] if len(merged) == 1 else pd.concat(merged, axis=1)
        frames.append(joined.rename_axis("key").reset_index().assign(stage=label))
    return pd.concat(frames, ignore_index=True)


def _by_group(
    base: pd.DataFrame, columns: pd.DataFrame, measures: list[Measure], catalogue: Catalogue, keys: list[str]
) -> pd.DataFrame:
    key = pd.Categorical(base[keys[0]] if keys else np.zeros(len(base), dtype=int))
    stage = pd.Categorical(base["stage"])
    grouped = columns.groupby([key, stage], observed=True)
    sums = grouped.sum()
    counts = grouped.count()
    plain = [measure for measure in measures if measure.numerator]
    single, joint = _slices(plain)
    stages = sums.index.get_level_values(1)
    frame = {}
    for measure in plain:
        if not measure.together:
            own = np.isin(stages, measure.stages)
            value = _value(measure, sums)
            if not measure.denominator:
                value = np.where(counts[f"n {measure.id}"] > 0, value, np.nan)
            frame[measure.id] = np.where(own, value, np.nan)
    frame |= _variations([measure for measure in measures if measure.of], columns, [key, stage], sums)
    for measure in measures:
        if measure.mean_of:
            frame[measure.id] = np.mean([frame[id_] for id_ in measure.mean_of], axis=0)
    whole = pd.DataFrame(frame, index=sums.index).rename_axis(["key", "stage"]).reset_index()
    frames = [whole[np.isin(whole["stage"], list(single))]]
    for label, parts in joint.items():
        merged = []
        for taken, own in parts.items():
            some = sums[np.isin(stages, taken)].groupby(level=0, observed=True).sum()
            merged.append(
                pd.DataFrame({measure.id: _value(measure, some) for measure in own}, index=some.index)
            )
        joined = merged[0] if len(merged) == 1 else pd.concat(merged, axis=1)
        frames.append(joined.rename_axis("key").reset_index().assign(stage=label))
    return pd.concat(frames, ignore_index=True)


def _value(measure: Measure, sums: pd.DataFrame) -> Array:
    n = sums[f"n {measure.id}"].to_numpy()
    if not measure.denominator:
        return np.where(sums[f"g {measure.id}"].to_numpy() > 0, np.nan, n * measure.factor)
    d = sums[f"d {measure.id}"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(d == 0, np.nan, n / d * measure.factor)
    return np.where(sums[f"g {measure.id}"].to_numpy() > 0, np.nan, ratio) if measure.whole else ratio


def _variations(
    measures: list[Measure], columns: pd.DataFrame, index: list[Any], sums: pd.DataFrame
) -> dict[str, Array]:
    """All variations of a grouping: one pass for the means, one for the deviations from them."""
    names = [measure.of for measure in measures]
    x = columns[[f"n {name}" for name in names]].to_numpy()
    p = columns[[f"d {name}" for name in names]].to_numpy()
    valid = p > 0
    x, p = np.where(valid, x, np.nan), np.where(valid, p, np.nan)
    grouped_x, grouped_p = (
        pd.DataFrame(x).groupby(index, observed=True),
        pd.DataFrame(p).groupby(index, observed=True),
    )
    total_x, total_p, count = grouped_x.sum(), grouped_p.sum(), grouped_x.count()
    mean = (total_x / total_p).to_numpy()[grouped_x.ngroup().to_numpy()]
    squares = pd.DataFrame(p * (x / p - mean) ** 2).groupby(index, observed=True).sum()
    found = (np.sqrt(squares / total_p) / (total_x / total_p)).where((count > 1) & (total_x != 0)).to_numpy()
    stages = sums.index.get_level_values(1)
    return {m.id: np.where(np.isin(stages, m.stages), found[:, at], np.nan) for at, m in enumerate(measures)}


def _slices(measures: list[Measure]) -> tuple[set[str], dict[str, dict[tuple[str, ...], list[Measure]]]]:
    single: set[str] = set()
    joint: dict[str, dict[tuple[str, ...], list[Measure]]] = {}
    for measure in measures:
        if measure.together:
            joint.setdefault(measure.together, {}).setdefault(measure.stages, []).append(measure)
        else:
            single |= set(measure.stages)
    return single, joint


# --- the base: one row per school and stage


def _base(folder: Path, catalogue: Catalogue, needed: set[str]) -> pd.DataFrame:
    own = dictionary.table("schools").by_name
    keys = ["school_code", "area_code", "ownership", "urban_rural_code", "counted", "main_school_code"]
    school_columns = [*keys, *sorted(name for name in needed & own.keys() if name not in keys)]
    stage_columns = sorted(
        (needed & dictionary.table("school_stages").by_name.keys()) | {"pupils", "classes"}
    )
    schools = pd.read_parquet(folder / "schools.parquet", columns=school_columns)
    stages = pd.read_parquet(
        folder / "school_stages.parquet",
        columns=list(dict.fromkeys(["school_code", "stage", *stage_columns])),
    )
    appended = schools[schools["counted"] == False]  # noqa: E712 - null counts as True
    homes = dict(zip(appended["school_code"], appended["main_school_code"], strict=True))
    homes = {code: homes.get(home, home) for code, home in homes.items()}
    schools = _merged(schools, homes, ["school_code"], "schools")
    stages = _merged(stages, homes, ["school_code", "stage"], "school_stages")
    parameter = catalogue.parameters["split_weight"].value
    weights = stages["stage"].map(parameter).fillna(1.0)
    compulsory = stages["stage"].isin(["primary", "junior"])
    totals = pd.DataFrame(
        {
            "code": stages["school_code"],
            "w": stages["pupils"] * weights,
            "p": stages["pupils"],
            "c": stages["pupils"].where(compulsory, 0.0),
            "school_compulsory_classes": stages["classes"].where(compulsory, 0.0),
            "compulsory_stage_count": compulsory.astype(float),
            "school_stage_count": stages["stage"].isin(["primary", "junior", "senior"]).astype(float),
        }
    )
    grouped = totals.groupby("code")
    sums, counts, size = grouped.sum(), grouped.count(), grouped.size()
    sums = sums.where(counts.eq(size, axis=0))
    sums["stage_count"] = size
    base = stages.merge(schools, on="school_code").merge(sums, left_on="school_code", right_index=True)
    base = base.rename(columns={"p": "school_pupils", "c": "school_compulsory_pupils"})
    share = (base["pupils"] * base["stage"].map(parameter).fillna(1.0) / base["w"]).where(base["w"] > 0)
    share = share.where(base["stage_count"] > 1, 1.0)
    split = [
        name
        for name in school_columns
        if own[name].type in ("integer", "number")
        and (own[name].group in SHARED or name in ("public_funds", "training_funds"))
    ]
    base[split] = base[split].to_numpy() * share.to_numpy()[:, None]
    base["urban_rural"] = base["urban_rural_code"].map(URBAN).fillna("")
    return base


def _merged(frame: pd.DataFrame, homes: dict[str, str], keys: list[str], table: str) -> pd.DataFrame:
    """Campuses added to their main school; only the schools that have any are grouped."""
    entry = dictionary.table(table).by_name
    home = frame["school_code"].map(homes)
    is_main = home.isna()
    frame = frame.assign(school_code=home.fillna(frame["school_code"]))
    touched = frame["school_code"].isin(set(homes.values()))
    some = frame[touched]
    grouped = some.groupby(keys)
    numbers = [
        n
        for n in frame.columns
        if entry[n].type in ("integer", "number") and entry[n].unit not in ("年", "度")
    ]
    largest = [name for name in numbers if name == "largest_class"]
    numbers = [name for name in numbers if name != "largest_class"]
    counts, size = grouped[[*numbers, *largest]].count(), grouped.size()
    parts = [grouped[numbers].sum()] + ([grouped[largest].max()] if largest else [])
    merged = pd.concat(parts, axis=1)
    merged = merged.where(counts[merged.columns].eq(size, axis=0))
    others = [name for name in frame.columns if name not in (*keys, *numbers, *largest)]
    if others and table == "schools":
        merged = merged.join(some[is_main[touched]].set_index(keys)[others])
    elif others:
        flags = some[others].astype("boolean").groupby([some[key] for key in keys])
        whole = flags.min().where(flags.count().eq(size, axis=0)).astype(object)
        merged = merged.join(whole.where(whole.notna(), None))
    return pd.concat([frame[~touched], merged.reset_index()[frame.columns]], ignore_index=True)


# --- formulas on whole columns


class _Values:
    """Facts and expressions as numpy arrays; conditions are 1, 0 or NaN."""

    def __init__(self, base: pd.DataFrame, catalogue: Catalogue) -> None:
        self.base = base
        self.catalogue = catalogue
        self.known: dict[str, Array] = {}
        self.facts: dict[str, Array] = {}
        self.parts: dict[str, Array] = {}

    def part(self, text: str | None) -> Any:
        if text is None:
            return None
        if text not in self.parts:
            value = self.of(self.catalogue.node(text), None)
            self.parts[text] = np.broadcast_to(value, len(self.base)) if np.ndim(value) == 0 else value
        return self.parts[text]

    def column(self, name: str) -> Array:
        if name not in self.known:
            values = self.base[name]
            text = values.dtype == object and not isinstance(
                values.dropna().iloc[0] if values.notna().any() else 0, bool
            )
            self.known[name] = values.to_numpy() if text else values.astype(float).to_numpy()
        return self.known[name]

    def fact(self, fact: Fact) -> Array:
        if fact.id not in self.facts:
            self.facts[fact.id] = self.of(self.catalogue.fact_node(fact), fact)
        return self.facts[fact.id]

    def of(self, node: Node, inside: Fact | None) -> Any:
        match node:
            case Number(value=value):
                return value
            case Text(value=text):
                return text
            case Boolean(value=flag):
                return float(flag)
            case Null():
                return np.nan
            case Column(name=name):
                fact = self.catalogue.facts.get(name)
                return (
                    self.fact(fact) if fact and (inside is None or inside.id != name) else self.column(name)
                )
            case Unary(operator=operator, operand=operand):
                value = self.of(operand, inside)
                return 1 - value if operator == "not" else -value
            case Membership(operand=operand, options=options):
                value = self.of(operand, inside)
                return _with_gaps(np.isin(value, [option.value for option in options]), value)
            case Binary(operator=operator, left=left, right=right):
                return _binary(operator, self.of(left, inside), self.of(right, inside))
            case Call(function=function, arguments=arguments):
                return _call(function, [self.of(argument, inside) for argument in arguments])
        raise TypeError(node)


def _binary(operator: str, a: Any, b: Any) -> Any:
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.where(b == 0, np.nan, a / b)
        case "and":
            return np.where((a == 0) | (b == 0), 0.0, a * b)
        case "or":
            return np.where((a == 1) | (b == 1), 1.0, a + b)
    compared = {
        "=": lambda: a == b,
        "!=": lambda: a != b,
        "<": lambda: a < b,
        "<=": lambda: a <= b,
        ">": lambda: a > b,
        ">=": lambda: a >= b,
    }[operator]()
    return _with_gaps(_with_gaps(compared, a), b)


def _call(function: str, values: list[Any]) -> Any:
    match function:
        case "if":
            condition, then, otherwise = values
            chosen = np.where(condition == 1, then, otherwise)
            return np.where(np.isnan(condition), np.nan, chosen)
        case "known":
            return 1 - _missing(values[0])
        case "min":
            return reduce(np.minimum, values)
        case "max":
            return reduce(np.maximum, values)
        case "ceil":
            return np.ceil(values[0])
        case "floor":
            return np.floor(values[0])
    raise ValueError(function)


def _with_gaps(result: Array, value: Any) -> Array:
    if np.ndim(value) == 0:
        return np.asarray(result, dtype=float)
    return np.where(_missing(value), np.nan, result)


def _missing(value: Array) -> Array:
    return pd.isna(value)


def _needed(catalogue: Catalogue, measures: Iterable[Measure]) -> set[str]:
    texts = [t for m in measures for t in (m.numerator, m.denominator, m.where) if t]
    names = {name for text in texts for name in catalogue.node(text).columns()}
    facts = catalogue.ordered(catalogue.facts[name] for name in names if name in catalogue.facts)
    return names | {name for f in facts if grain_of(f.table) for name in catalogue.node(f.expr).columns()}
