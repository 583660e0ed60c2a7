"""The pupil columns of ``school_stages``: who the pupils are, who came and went, how fit they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jiaoheng.census.example import published
from jiaoheng.census.example.chance import apportion, between, rounded, stream
from jiaoheng.census.example.directory import GRADES
from jiaoheng.census.example.enrolment import Group, Groups

Row = dict[str, object]
_Key = tuple[str, str]

BANDS = ((25, 25), (30, 30), (35, 35), (40, 40), (45, 45), (50, 50), (55, 55), (60, 60), (65, 65), (999, 66))
"""The classes by size: the largest class of the band, and the number in the column's name."""

# Kinds of classes that the forms ask for and nobody in the county has.
_NONE_OF = {"preschool": ("nursery", "k_mixed")}
_NORMS = {"k1": 25, "k2": 30, "k3": 35}


def count_pupils(seed: int, years: Mapping[int, Groups], year: int) -> Mapping[_Key, Row]:
    """The columns of pupils, classes, flows, fitness and eyesight for a year, by school code and stage."""
    groups = years[year]
    rows: dict[_Key, Row] = {key: _grades(group) for key, group in groups.items()}
    for key, group in groups.items():
        _flows(seed, years, key, group, rows[key])
        _features(seed, group, rows[key])
    _migrants(groups, year, rows)
    _fitness(seed, groups, year, rows)
    _eyesight(seed, groups, year, rows)
    return rows


def _grades(group: Group) -> Row:
    row: Row = {
        "pupils": group.pupils,
        "pupils_female": sum(group.girls.values()),
        "classes": len(group.sizes),
    }
    for grade in GRADES[group.stage]:
        row[f"pupils_{grade}"] = group.grades[grade]
        row[f"female_{grade}"] = group.girls[grade]
        row[f"classes_{grade}"] = len(group.classes[grade])
    for grade in _NONE_OF.get(group.stage, ()):
        row[f"pupils_{grade}"] = row[f"female_{grade}"] = row[f"classes_{grade}"] = 0
    row["largest_class"] = max(group.sizes, default=None)
    row["classes_multigrade"] = 0
    row["multigrade"] = 0
    if group.stage == "preschool":
        row["classes_over_norm"] = sum(
            size > _NORMS[grade] for grade, sizes in group.classes.items() for size in sizes
        )
    lower = 0
    for upper, name in BANDS:
        row[f"classes_size_{name}"] = sum(lower < size <= upper for size in group.sizes)
        lower = upper
    return row


def _flows(seed: int, years: Mapping[int, Groups], key: _Key, group: Group, row: Row) -> None:
    rng = stream(seed, "flows", *key, group.year)
    row["entrants"] = group.first
    row["expected_graduates"] = group.last
    before = years.get(group.year - 1, {}).get(key)
    left = before.last if before is not None else rounded(group.last * 0.97) if group.year == 2016 else 0
    graduates = rounded(left * between(rng, 0.985, 0.999))
    row["graduates"] = graduates
    if group.stage == "primary":
        none = rounded(group.first * between(rng, 0.0, 0.006))
        parts = apportion(group.first - none, (2, 4, 94))
        row["entrants_no_preschool"] = none
        row["entrants_preschool_1"], row["entrants_preschool_2"], row["entrants_preschool_3"] = parts
        row["graduates_promoted"] = graduates
    if group.stage in ("primary", "junior") and group.school.ownership == "public":
        zone = 1.0 if group.stage == "primary" else between(rng, 0.965, 1.0)
        row["entrants_in_zone"] = rounded(group.first * zone)
    if group.stage == "junior":
        _retention(rng.random(), years, key, group, graduates, row)
        row["graduates_promoted"] = rounded(graduates * between(rng, 0.955, 0.99))
    if group.stage == "senior":
        row["exam_candidates"] = rounded(graduates * between(rng, 0.985, 1.0))
        level = 0.55 if "elite" in group.school.tags else 0.20
        best = rounded(graduates * (level + 0.016 * (group.year - 2016)) * between(rng, 0.95, 1.05))
        row["undergraduates"] = min(best, graduates)
    row["dropouts"] = int(between(rng, 0, 1.06)) if group.stage == "junior" else 0


def _retention(
    luck: float, years: Mapping[int, Groups], key: _Key, group: Group, graduates: int, row: Row
) -> None:
    """Three years of a cohort: who started, died, came and went, so that 巩固率 is near 99 %."""
    before = years.get(group.year - 3, {}).get(key)
    start = before.first if before is not None else rounded(graduates * 1.012)
    deaths = 1 if luck > 0.93 and start > 200 else 0
    lost = rounded(start * (0.055 if group.school.name.endswith("启航学校") else 0.012 * luck))
    moved = start - deaths - lost - graduates
    row["cohort_start"] = start
    row["cohort_deaths"] = deaths
    row["transfers_in"] = 6 + int(luck * 15) + max(0, -moved)
    row["transfers_out"] = 6 + int(luck * 15) + max(0, moved)


def _features(seed: int, group: Group, row: Row) -> None:
    rng = stream(seed, "features", group.school.code, group.stage, group.year)
    pupils, school, since = group.pupils, group.school, group.year - 2016

    def share(low: float, high: float) -> int:
        return min(pupils, rounded(pupils * between(rng, low, high)))

    row["pupils_minority"] = share(0.004, 0.022)
    boarding = "boarding" in school.tags
    low, high = {
        "primary": (0.0, 0.0) if not boarding else (0.12, 0.2),
        "junior": (0.45, 0.7) if boarding and not school.urban else (0.2, 0.3) if boarding else (0.0, 0.0),
        "senior": (0.7, 0.85),
        "vocational": (0.84, 0.9),
        "special": (0.4, 0.5),
    }.get(group.stage, (0.0, 0.0))
    row["boarders"] = share(low, high)
    if group.stage in ("primary", "junior"):
        fade = 1 - 0.035 * since
        row["left_behind"] = 0 if school.urban else share(0.09 * fade, 0.16 * fade)
    if group.stage == "special":
        row["disabled"] = pupils
        row["disabled_inclusive"] = 0
        row["disabled_home"] = share(0.24, 0.28)
    elif group.stage in ("primary", "junior"):
        row["disabled"] = row["disabled_inclusive"] = share(0.0025, 0.0055)
        row["disabled_home"] = 0
    if group.stage in ("primary", "junior"):
        row["after_school"] = share(0.55 + 0.03 * since, 0.68 + 0.03 * since) if since >= 3 else None
        grade = "g4" if group.stage == "primary" else "g8"
        tested = min(group.grades[grade], 30 if pupils < 900 else 60)
        row["monitored"] = tested
        row["monitored_level_3"] = rounded(tested * min(1.0, between(rng, 0.80, 0.97)))
    if group.stage in ("primary", "junior", "senior"):
        row["pe_full"] = rng.random() > 0.12 - 0.012 * since
    if group.stage in ("primary", "junior", "senior", "vocational"):
        row["psychology_screened"] = share(0.60 + 0.035 * since, 0.66 + 0.038 * since) if since >= 4 else None


def _migrants(groups: Groups, year: int, rows: Mapping[_Key, Row]) -> None:
    """Migrant children, so that the share of them in public schools is the published one at each stage."""
    in_public = published.at(published.RATES["migrants_public"], year)
    for stage, part in (("primary", 1.0), ("junior", 1.0), ("senior", 0.35)):
        there = [key for key in groups if key[1] == stage]
        level = published.at(published.RATES["migrants"], year) * part
        total = rounded(level * sum(groups[key].pupils for key in there))
        public = rounded(total * (in_public if part == 1.0 else 0.84))
        for name, scale in (("migrants", 1.0), ("worker_migrants", 0.88)):
            everyone, own = rounded(total * scale), rounded(public * scale)
            for ownership, number in (("public", own), ("private", everyone - own)):
                _share_migrants(
                    groups,
                    [key for key in there if groups[key].school.ownership == ownership],
                    name,
                    number,
                    rows,
                )


def _share_migrants(
    groups: Groups, keys: Sequence[_Key], name: str, number: int, rows: Mapping[_Key, Row]
) -> None:
    caps = [
        int(0.9 * groups[key].pupils) if name == "migrants" else _number(rows[key]["migrants"])
        for key in keys
    ]
    weights = [groups[key].pupils * _pull(groups[key]) for key in keys]
    for key, count in zip(keys, apportion(number, weights, caps), strict=True):
        far = rounded(count * 0.43)
        rows[key][name] = count
        rows[key][f"{name}_other_province"] = far
        rows[key][f"{name}_other_county"] = count - far


def _pull(group: Group) -> float:
    """Where migrant families live: at the edge of the city and in the industrial towns."""
    return {"111": 0.75, "112": 1.25, "121": 0.6, "122": 0.7, "123": 1.4}.get(group.school.urban_rural, 0.2)


def _fitness(seed: int, groups: Groups, year: int, rows: Mapping[_Key, Row]) -> None:
    good_or_better = published.at(published.RATES["fitness_good"], year)
    for stage in ("primary", "junior", "senior", "vocational"):
        keys = [key for key in groups if key[1] == stage]
        tested = _tested(seed, groups, keys, "fitness", year)
        best = _spread(seed, keys, tested, good_or_better, "fitness", lambda key: _active(groups[key]))
        for key, number, good in zip(keys, tested, best, strict=True):
            excellent = rounded(good * 0.21)
            rows[key] |= {
                "fitness_tested": number,
                "fitness_excellent": excellent,
                "fitness_good": good - excellent,
            }
            rows[key]["fitness_pass"] = rounded((number - good) * 0.93)


def _active(group: Group) -> float:
    return 0.92 if "dense" in group.school.tags else 1.0


def _eyesight(seed: int, groups: Groups, year: int, rows: Mapping[_Key, Row]) -> None:
    """Short-sighted pupils: the published rate over primary and junior together. Those of 2025 are not in."""
    if year == 2025:
        return
    rate = published.at(published.RATES["myopia"], year)
    keys = {stage: [key for key in groups if key[1] == stage] for stage in ("primary", "junior")}
    tested = {stage: _tested(seed, groups, keys[stage], "eyesight", year) for stage in keys}
    junior = rounded(sum(tested["junior"]) * rate * 1.45)
    both = rounded(rate * (sum(tested["primary"]) + sum(tested["junior"])))
    shares = {"primary": (both - junior) / sum(tested["primary"]), "junior": junior / sum(tested["junior"])}
    for stage in keys:
        myopic = _spread(seed, keys[stage], tested[stage], shares[stage], "eyesight", lambda key: 1.0)
        for key, number, count in zip(keys[stage], tested[stage], myopic, strict=True):
            rows[key] |= {"eyesight_tested": number, "myopic": count}


def _tested(seed: int, groups: Groups, keys: Sequence[_Key], topic: str, year: int) -> list[int]:
    return [
        rounded(groups[key].pupils * between(stream(seed, topic, *key, year), 0.95, 0.995)) for key in keys
    ]


def _spread(
    seed: int,
    keys: Sequence[_Key],
    tested: Sequence[int],
    rate: float,
    topic: str,
    pull: Callable[[_Key], float],
) -> list[int]:
    weights = [
        number * pull(key) * between(stream(seed, topic, "rate", *key), 0.86, 1.14)
        for key, number in zip(keys, tested, strict=True)
    ]
    return apportion(rounded(rate * sum(tested)), weights, tested)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
