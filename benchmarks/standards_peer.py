"""The peer: 优质均衡 of many counties as a careful analyst would work it out with pandas and numpy.

Only the columns that are needed are read, campuses are merged by grouping only the schools that have any, and
all seven items go through every step together as one array.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.pandas_peer import _base as base_frame
from jiaoheng.packs import Catalogue

ITEMS = tuple(f"qb_l{number}" for number in range(1, 8))
FACTOR = np.array([100, 100, 100, 1, 1, 1, 100])
THRESHOLD = {
    "primary": np.array([4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3]),
    "junior": np.array([5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4]),
}
CAP = {"primary": 0.50, "junior": 0.45}
WORDS = np.array(["met", "within", "failed", "unknown", "not_applicable"])
SAME = 1e-12
COLUMNS = {
    "school_type",
    "teachers_doctor",
    "teachers_master",
    "teachers_bachelor",
    "teachers_college",
    "teachers_backbone",
    "teachers_physical_education",
    "teachers_music",
    "teachers_fine_art",
    "teachers_art",
    "teaching_area",
    "indoor_sports_area",
    "sports_ground_area",
    "equipment_value",
    "multimedia_rooms",
}


@dataclass(frozen=True)
class Peer:
    """What the peer finds.

    ``schools``: school, stage, unit, seven values, seven verdicts, the rule; ``spread``: unit, stage, seven
    coefficients and verdicts; ``counties``: unit and the verdicts of the two rules.
    """

    schools: pd.DataFrame
    spread: pd.DataFrame
    counties: pd.DataFrame


def assess_counties(folder: Path, catalogue: Catalogue) -> Peer:
    """Judge every county of a snapshot."""
    base = base_frame(folder, catalogue, COLUMNS)
    base = base[base["stage"].isin(["primary", "junior"])].reset_index(drop=True)
    junior = base["stage"].to_numpy() == "junior"
    pupils = base["pupils"].to_numpy(float)
    unknown = np.isnan(pupils)
    kind = base["school_type"].to_numpy()
    outside = np.isin(kind, ["special_school", "vocational_school"])
    with np.errstate(invalid="ignore"):
        outside |= (pupils <= 0) | ((kind == "teaching_point") & (pupils < 50))
    amounts = _amounts(base, junior)
    known = ~(outside | unknown)[:, None] & ~np.isnan(amounts)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(known, amounts / pupils[:, None] * FACTOR, np.nan)
    threshold = np.where(junior[:, None], THRESHOLD["junior"], THRESHOLD["primary"])
    codes = np.where(
        values >= threshold * (1 - SAME), 0, np.where(values >= threshold * 0.85 * (1 - SAME), 1, 2)
    )
    codes = np.where(known, codes, 3)
    codes = np.where(outside[:, None], 4, codes)
    rule = _rule(codes)
    unit = base["area_code"].str.slice(0, 6)
    schools = pd.DataFrame({"school": base["school_code"], "stage": base["stage"], "unit": unit})
    schools[list(ITEMS)] = values
    schools[[f"verdict {item}" for item in ITEMS]] = WORDS[codes]
    schools["rule"] = WORDS[rule]
    spread, balance = _spread(unit, junior, amounts, pupils, known, outside)
    counts = pd.crosstab(unit, rule).reindex(columns=range(5), fill_value=0)
    resources = np.select(
        [counts[2] > 0, counts[3] > 0, counts[0] > 0], ["failed", "unknown", "met"], "not_applicable"
    )
    counties = pd.DataFrame({"unit": counts.index, "resources_county": resources})
    return Peer(schools, spread, counties.merge(balance, on="unit"))


def _amounts(base: pd.DataFrame, junior: np.ndarray) -> np.ndarray:
    columns = {name: base[name].to_numpy(float) for name in COLUMNS - {"school_type"}}
    degrees = columns["teachers_doctor"] + columns["teachers_master"] + columns["teachers_bachelor"]
    return np.column_stack(
        [
            np.where(junior, degrees, degrees + columns["teachers_college"]),
            columns["teachers_backbone"],
            columns["teachers_physical_education"]
            + columns["teachers_music"]
            + columns["teachers_fine_art"]
            + columns["teachers_art"],
            columns["teaching_area"] - columns["indoor_sports_area"],
            columns["indoor_sports_area"] + columns["sports_ground_area"],
            columns["equipment_value"],
            columns["multimedia_rooms"],
        ]
    )


def _rule(codes: np.ndarray) -> np.ndarray:
    """Six of seven met, the rest at 85 %; what is unknown may turn out either way."""
    within, failed, unknown = ((codes == code).sum(axis=1) for code in (1, 2, 3))
    bad = (failed > 0) | (within + failed > 1)
    found = np.where(bad, 2, np.where((unknown == 0) & (within <= 1), 0, 3))
    return np.where((codes == 4).all(axis=1), 4, found)


def _spread(
    unit: pd.Series,
    junior: np.ndarray,
    amounts: np.ndarray,
    pupils: np.ndarray,
    known: np.ndarray,
    outside: np.ndarray,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    group, keys = pd.factorize(unit)
    place = group * 2 + junior
    size = len(keys) * 2

    def summed(parts: np.ndarray) -> np.ndarray:
        return np.column_stack([np.bincount(place, parts[:, at], size) for at in range(parts.shape[1])])

    x, p = np.where(known, amounts, 0.0), np.where(known, pupils[:, None], 0.0)
    total_x, total_p, count = summed(x), summed(p), summed(known.astype(float))
    there = np.bincount(place, ~outside, size)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total_x / total_p
        apart = np.where(known, p * (x / p - mean[place]) ** 2, 0.0)
        value = np.sqrt(summed(apart) / total_p) / mean
        value = np.where((there < 2) | (count < 2) | (total_x == 0), np.nan, value)
        cap = np.tile([CAP["primary"], CAP["junior"]], len(keys))[:, None]
        codes = np.where(np.isnan(value), 3, np.where(value <= cap * (1 + SAME), 0, 2))
    codes = np.where(there < 2, 4, codes)
    spread = pd.DataFrame({"unit": np.repeat(keys, 2), "stage": np.tile(["primary", "junior"], len(keys))})
    spread[list(ITEMS)] = value
    spread[[f"verdict {item}" for item in ITEMS]] = WORDS[codes]
    both = codes.reshape(len(keys), -1)
    has = {code: (both == code).any(axis=1) for code in (0, 2, 3)}
    balance = np.select([has[2], has[3], has[0]], ["failed", "unknown", "met"], "not_applicable")
    return spread, pd.DataFrame({"unit": keys, "balance": balance})
