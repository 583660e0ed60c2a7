"""The tables that have one county in view: county, county_stages, finance, survey, housing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jiaoheng.census.example import published
from jiaoheng.census.example.building import all_projects
from jiaoheng.census.example.chance import apportion, between, rounded, stream
from jiaoheng.census.example.directory import STAGES
from jiaoheng.census.example.enrolment import Groups
from jiaoheng.census.example.land import place
from jiaoheng.census.example.people import elsewhere, school_age

Row = dict[str, object]

_ESTATES = (
    # name, town, share of the households, year of handover
    ("碧桂园东城一品", "441284001", 4200, 2019),
    ("恒大御湖城", "441284001", 4600, 2020),
    ("九龙湾", "441284001", 3600, 2021),
    ("玉器小镇", "441284001", 2100, 2023),
    ("上元塘新城", "441284001", 2700, 2022),
    ("星汇名庭", "441284001", 1500, 2018),
    ("滨江花园", "441284002", 1300, 2017),
    ("四会碧园", "441284002", 1500, 2019),
    ("城西雅苑", "441284002", 1100, 2020),
    ("世茂云泮", "441284003", 3100, 2021),
    ("中集智谷", "441284003", 2400, 2022),
    ("时代印象", "441284003", 2500, 2021),
    ("嘉宏锦园", "441284003", 1900, 2023),
    ("翠湖花园", "441284003", 1500, 2020),
    ("保利和悦江山", "441284106", 3300, 2022),
    ("绿岛明珠", "441284106", 1900, 2021),
    ("碧海蓝湾", "441284106", 1600, 2023),
    ("金碧家园", "441284101", 1227, 2020),
)


def housing(seed: int, year: int) -> list[Row]:
    """The rows of ``housing``: the 18 estates of the plan, in the list since 2018."""
    if year < 2018:
        return []
    homes = apportion(published.ESTATE_HOUSEHOLDS, [estate[2] for estate in _ESTATES])
    people = apportion(published.ESTATE_PEOPLE, homes)
    rows: list[Row] = []
    for number, (name, area, _, handover) in enumerate(_ESTATES, 1):
        households, planned = homes[number - 1], people[number - 1]
        longitude, latitude = place(seed, area, name)
        age = year - handover
        filled = 0.0 if age < 0 else min(82.0, 24 + 9.5 * age + between(stream(seed, "filled", name), -5, 5))
        rows.append(
            {
                "estate_code": f"XQ{number:02d}",
                "name": name,
                "area_code": area,
                "households": households,
                "persons_per_household": published.PERSONS_PER_HOUSEHOLD,
                "planned_population": planned,
                "handover_year": handover,
                "occupancy": round(filled, 1),
                "kindergarten_seats": 450 if planned > 7000 else 425 if planned > 4500 else 0,
                "primary_seats": 1080 if planned > 9500 else 0,
                "junior_seats": 0,
                "longitude": longitude,
                "latitude": latitude,
            }
        )
    return rows


def finance(year: int) -> list[Row]:
    """The rows of ``finance``, in yuan."""
    lines: Mapping[str, Callable[[int], float]] = {
        "general_budget_expenditure": lambda at: 38.2 + 2.05 * (at - 2016),
        "general_budget_education": lambda at: 7.62 + 0.53 * (at - 2016),
        "fiscal_education": lambda at: 8.15 + 0.55 * (at - 2016),
        "gdp": lambda at: 470.0 + 32.0 * (at - 2016),
        "teacher_training": lambda at: 0.052 + 0.0045 * (at - 2016),
        "public_funds": lambda at: 0.93 + 0.055 * (at - 2016),
    }
    return [
        {
            "item": item,
            "amount": rounded(amount(year) * 10000) * 10000.0,
            "amount_last_year": rounded(amount(year - 1) * 10000) * 10000.0,
        }
        for item, amount in lines.items()
    ]


def survey(seed: int, year: int) -> list[Row]:
    """The rows of ``survey``: who was asked, and who is satisfied."""
    asked = {"parent": 620, "pupil": 260, "teacher": 180, "head": 58, "delegate": 40, "other": 60}
    rows: list[Row] = []
    for respondent, number in asked.items():
        rng = stream(seed, "survey", respondent, year)
        valid = rounded(number * between(rng, 0.95, 0.995))
        level = 0.79 + 0.009 * (year - 2016) + (0.06 if respondent in ("teacher", "head") else 0.0)
        seen = rounded(number * 0.06)
        rows.append(
            {
                "respondent": respondent,
                "sent": number,
                "valid": valid,
                "satisfied": min(valid, rounded(valid * between(rng, level - 0.012, level + 0.012))),
                "interviewed": seen,
                "interviewed_satisfied": min(seen, rounded(seen * (level + 0.02))),
            }
        )
    return rows


def county_stages(rows: Mapping[tuple[str, str], Row], year: int) -> list[Row]:
    """The rows of ``county_stages``."""
    return [_stage(stage, rows, year) for stage in STAGES]


def _stage(stage: str, rows: Mapping[tuple[str, str], Row], year: int) -> Row:
    since = year - 2016
    row: Row = {"stage": stage}
    children = school_age(year)
    ages = {
        "preschool": range(3, 6),
        "primary": range(6, 12),
        "junior": range(12, 15),
        "senior": range(15, 18),
    }
    if stage in ages:
        total = sum(children[age] for age in ages[stage])
        row["school_age_total"] = total
        net = {"preschool": 0.962 + 0.003 * since, "junior": 0.985 + 0.001 * since}.get(
            stage, 0.90 + 0.004 * since
        )
        if stage == "primary":
            net = published.at(published.RATES["net_primary"], year)
        row["school_age_enrolled"] = rounded(total * net)
    if stage in ("senior", "vocational"):
        row["enrolled_elsewhere"] = rounded(elsewhere(year) * (0.62 if stage == "senior" else 0.38))
    if stage in ("primary", "junior"):
        row["graduates_promoted"] = sum(
            int(str(each["graduates_promoted"])) for (_, own), each in rows.items() if own == stage
        )
    funds = {
        "preschool": 500,
        "primary": 1150,
        "junior": 1950,
        "senior": 1800,
        "vocational": 2400,
        "special": 6500,
    }
    spent = {
        "preschool": 5200,
        "primary": 9800,
        "junior": 14200,
        "senior": 13800,
        "vocational": 14900,
        "special": 61000,
    }
    row["funds_per_pupil"] = float(funds[stage])
    row["funds_per_pupil_standard"] = float(funds[stage])
    row["expenditure_per_pupil"] = float(rounded(spent[stage] * (1 + 0.024 * since)))
    row["expenditure_per_pupil_last_year"] = float(rounded(spent[stage] * (1 + 0.024 * (since - 1))))
    if stage in ("primary", "junior"):
        row["quality_level"] = 3
        row["between_school_share"] = round((0.172 if stage == "primary" else 0.186) - 0.0045 * since, 4)
    if stage in ("preschool", "primary", "junior", "senior"):
        own = [project for project in all_projects() if project.stage == stage and project.public]
        row["public_seat_task"] = sum(project.seats for project in own if project.due == year)
        row["public_seat_done"] = sum(project.seats for project in own if project.opened == year)
    wage = {"preschool": 0.86, "senior": 1.12, "vocational": 1.08}.get(stage, 1.0)
    public = 96000 + 4100 * since
    row["wage_public"] = float(rounded(public * wage))
    row["wage_contract"] = float(rounded(public * wage * (0.52 + 0.018 * since)))
    row["wage_private"] = None if stage in ("vocational", "special") else float(rounded(public * wage * 0.58))
    for name in (
        "layout_plan",
        "unified_building_standard",
        "unified_staffing_standard",
        "unified_funds_standard",
    ):
        row[name] = True
    row["unified_equipment_standard"] = year >= 2018
    return row


def county(groups: Groups, rows: Mapping[tuple[str, str], Row], year: int) -> Row:
    """The row of ``county``; what the schools' own rows say too is summed from them."""

    def total(column: str, keep: Callable[[tuple[str, str]], bool]) -> int:
        return sum(value for key in groups if keep(key) and isinstance(value := rows[key].get(column), int))

    def compulsory(key: tuple[str, str]) -> bool:
        return key[1] in ("primary", "junior")

    def in_town(stage: str) -> Callable[[tuple[str, str]], bool]:
        return lambda key: (
            key[1] == stage and groups[key].school.ownership == "public" and not groups[key].school.rural
        )

    since = year - 2016
    residents = published.RESIDENTS[since]
    disabled = {2020: 536}.get(year, 470 + 16 * since)
    starters = {2020: 6224}.get(year, 5650 + 145 * since)
    migrants = total("migrants", compulsory)
    kindergartens = [group.school for group in groups.values() if group.school.kindergarten]
    estates = [school for school in kindergartens if "estate" in school.tags]
    centres = len({school.area for school in kindergartens if "centre" in school.tags})
    elite = [key for key in groups if "elite" in groups[key].school.tags and key[1] == "senior"]
    wage = 96000 + 4100 * since
    return {
        "region_code": published.REGION,
        "name": published.NAME,
        "resident_population": residents,
        "registered_population": published.REGISTERED[since],
        "urban_population": published.URBAN[since],
        "townships": 13,
        "villages": 112,
        "towns_total": 10,
        "villages_over_4000": 17,
        "villages_over_4000_served": min(16, 8 + since),
        "towns_with_centre_kindergarten": centres,
        "gdp_per_head": float(rounded((470.0 + 32.0 * since) * 1e8 / residents)),
        "disabled_school_age": disabled,
        "disabled_enrolled": rounded(disabled * published.at(published.RATES["disabled"], year)),
        "nine_year_start": starters,
        "nine_year_stayed": rounded(starters * published.at(published.RATES["nine_year"], year)),
        "migrants_eligible": migrants,
        "migrants_public": total(
            "migrants", lambda key: compulsory(key) and groups[key].school.ownership == "public"
        ),
        "migrants_purchased": total("purchased_seats", compulsory),
        "left_behind_total": total("left_behind", compulsory),
        "left_behind_cared": rounded(total("left_behind", compulsory) * min(1.0, 0.93 + 0.009 * since)),
        "elite_plan": total("intake_plan", elite.__contains__),
        "elite_quota": total("quota_allocated", elite.__contains__),
        "elite_quota_rural": total("quota_rural", elite.__contains__),
        "wage_teachers": float(wage),
        "wage_civil_servants": float(rounded(95200 + 4000 * since)),
        "special_funds_per_pupil": 6000.0 if year < 2022 else 8000.0,
        "public_primary_entrants": total("entrants", in_town("primary")),
        "public_primary_in_zone": total("entrants_in_zone", in_town("primary")),
        "public_junior_entrants": total("entrants", in_town("junior")),
        "public_junior_in_zone": total("entrants_in_zone", in_town("junior")),
        "basic_balance_year": 2014,
        "estate_kindergartens": len(estates),
        "estate_kindergartens_public_inclusive": sum(
            school.ownership == "public" or school.inclusive for school in estates
        ),
        "unlicensed_kindergartens": max(0, 2018 - year),
        "researchers": 24 + since // 2,
        "researcher_subjects_missing": max(0, 5 - since // 2),
        "principal_studios": min(10, since),
        "backbone_principals": 11 + 2 * since,
        "teacher_studios": 4 + rounded(1.6 * since),
        "master_teachers": 38 + 6 * since,
        "backbone_teachers": 214 + 24 * since,
        "master_class_teachers": 72 + 13 * since,
        **{name: numbers[since] for name, numbers in published.FEATURE_SCHOOLS.items()},
        "education_years": round(9.62 + 0.09 * since, 2),
        "higher_educated": rounded(residents * (0.082 + 0.0042 * since)),
        "mandarin_rate": round(83.5 + 0.75 * since, 1),
        "new_labour_higher_rate": round(41.0 + 1.6 * since, 1),
        "apprenticeship_rate": round(6.0 + 1.8 * since, 1) if year >= 2019 else None,
        "compulsory_balance_progress": float(published.at(published.BALANCE_PROGRESS, year)),
        "layout_plan": True,
        "posts_coordinated": year >= 2018,
        "left_behind_system": True,
        **dict.fromkeys(("vetoed_exams", "vetoed_choice", "vetoed_safety", "vetoed_tutoring"), False),
        "vetoed_posts": year < 2019,
        "seat_warning": year >= 2021,
    }
