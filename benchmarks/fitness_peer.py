"""The fitness standard as a careful pandas script: numpy columns, one ``searchsorted`` a group and item.

It is written to be fast: only the columns that are needed, groups found once by one stable sort, thresholds
as whole numbers, no row touched by Python. It takes the score tables from the same files and nothing else of
ours.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parents[1] / "src" / "jiaoheng" / "packs" / "data" / "fitness_2014"
SCALE = {"sprint_50m": 10, "sit_and_reach": 10}
LOWER = {"sprint_50m", "shuttle_run", "run_1000m", "run_800m"}
BOUNDS = {
    "height": (80, 230),
    "weight": (10, 200),
    "vital_capacity": (100, 9999),
    "sprint_50m": (5, 40),
    "sit_and_reach": (-40, 50),
    "rope_skipping": (0, 400),
    "standing_jump": (20, 400),
    "sit_ups": (0, 150),
    "pull_ups": (0, 100),
    "shuttle_run": (60, 600),
    "run_1000m": (130, 1200),
    "run_800m": (110, 1200),
}
BEYOND = {
    "rope_skipping": np.arange(2, 41, 2),
    "pull_ups": np.arange(1, 11),
    "sit_ups": np.array([2, 4, 6, 7, 8, 9, 10, 11, 12, 13]),
    "run_1000m": np.array([4, 8, 12, 16, 20, 23, 26, 29, 32, 35]),
    "run_800m": np.arange(5, 51, 5),
}
GRADES = [f"g{number}" for number in range(1, 13)]


def weight(item: str, grade: int) -> int:
    """What an item counts for in a grade."""
    if item in ("bmi", "vital_capacity"):
        return 15
    if item == "sprint_50m":
        return 20
    if item == "sit_and_reach":
        return 30 if grade <= 2 else 20 if grade <= 4 else 10
    if item == "rope_skipping":
        return 20 if grade <= 4 else 10
    if item == "sit_ups":
        return 20 if grade in (5, 6) else 10
    return 20 if item in ("run_1000m", "run_800m") else 10


def scored(path: Path) -> pd.DataFrame:
    """Every pupil's school, total and level (0 优秀 … 3 不及格, -1 none)."""
    frame = pd.read_parquet(path)
    grade = pd.Categorical(frame["grade"], categories=GRADES).codes
    group = grade.astype(np.int8) * 2 + (frame["sex"].to_numpy() == "female")
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(25))
    rows = [order[edges[number] : edges[number + 1]] for number in range(24)]
    scores, bands = _tables()
    size = len(frame)
    total, bonus, known = (np.zeros(size, np.int32) for _ in range(3))
    needed = np.zeros(size, np.int32)
    values = {name: frame[name].to_numpy() for name in BOUNDS}
    tall, heavy = values["height"], values["weight"]
    sound = _sound(tall, "height") & _sound(heavy, "weight")
    high = np.rint(np.where(sound, tall, 100) * 10).astype(np.int64)
    mass = np.rint(np.where(sound, heavy, 0) * 10).astype(np.int64)
    index = (2 * mass * 100_000 * 10 + high * high) // (2 * high * high)
    sound &= (index >= 80) & (index <= 600)
    for number in range(24):
        sex, which = ("male", "female")[number % 2], number // 2
        here = rows[number]
        found = np.array([80, 100, 80, 60])[np.searchsorted(bands[sex, which], index[here], side="right")]
        total[here] += np.where(sound[here], found * 15, 0)
        known[here] += sound[here]
        needed[here] += 1
        for item in (name for name in BOUNDS if (name, sex, which) in scores):
            cuts, points = scores[item, sex, which]
            mine = values[item][here]
            fine = _sound(mine, item)
            unit = np.rint(np.where(fine, mine, 0) * SCALE.get(item, 1)).astype(np.int64)
            if item in LOWER:
                unit = -unit
            got = points[np.searchsorted(cuts, unit, side="right")]
            total[here] += np.where(fine, got * weight(item, which + 1), 0)
            known[here] += fine
            needed[here] += 1
            if item in BEYOND and (item != "sit_ups" or which >= 6):
                more = np.searchsorted(BEYOND[item], unit - cuts[-1], side="right")
                bonus[here] += np.where(fine, more, 0)
    whole = np.minimum(total + 100 * bonus, 12_000)
    has = known == needed
    level = np.where(has, 3 - np.searchsorted([6_000, 8_000, 9_000], whole, side="right"), -1)
    return pd.DataFrame(
        {"school": frame["school"], "total": np.where(has, whole / 100, np.nan), "level": level}
    )


def rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts and the good-or-better rate of every school."""
    counted = pd.DataFrame(
        {
            "school": frame["school"],
            "tested": frame["level"] >= 0,
            "good": (frame["level"] >= 0) & (frame["level"] <= 1),
        }
    )
    sums = counted.groupby("school")[["tested", "good"]].sum()
    return sums.assign(rate=100 * sums["good"] / sums["tested"])


def _sound(values: np.ndarray, item: str) -> np.ndarray:
    least, most = BOUNDS[item]
    return (values >= least) & (values <= most)


def _tables() -> tuple[dict, dict]:
    """Rising cuts and the points between them, by item, sex and grade; of runs, of the negative value."""
    scores: dict = {}
    table = pd.read_csv(DATA / "scores.csv", dtype=str)
    for (item, sex), part in table.groupby(["item", "sex"]):
        for which, grade in enumerate(GRADES):
            column = part[["points", grade]].dropna()
            if column.empty:
                continue
            cuts = column[grade].map(_units).to_numpy() * SCALE.get(item, 1)
            cuts = np.rint(cuts).astype(np.int64) * (-1 if item in LOWER else 1)
            points = column["points"].astype(int).to_numpy()
            turn = np.argsort(cuts)
            scores[item, sex, which] = cuts[turn], np.concatenate([[0], points[turn]])
    bands = {}
    for sex, part in pd.read_csv(DATA / "bmi.csv").groupby("sex"):
        for which, grade in enumerate(GRADES):
            bands[sex, which] = np.rint(np.sort(part[grade].to_numpy()) * 10).astype(np.int64)
    return scores, bands


def _units(text: str) -> float:
    minutes, colon, seconds = text.partition(":")
    return 60 * int(minutes) + int(seconds) if colon else float(text)
