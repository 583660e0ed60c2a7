"""What the example county is calibrated to: the published figures, and a believable path around them.

Published are the figures of 2020 (四会市教育发展“十四五”规划, 四府〔2022〕4号) and the age groups
of the census of 2020; every other year is invented. A path has one value for each of `YEARS`.
"""

from __future__ import annotations

from collections.abc import Mapping

YEARS = tuple(range(2016, 2026))
"""The years that have a snapshot, each as of 1 September."""

REGION = "441284"
NAME = "四会市"

CENTRAL_TOWNS = ("441284001", "441284002", "441284003", "441284106", "441284101")
"""东城、城中、贞山街道，大沙、龙甫镇: the towns that the plan calls the centre."""

# --- pupils ----------------------------------------------------------------------------------------------

PRIMARY_2020 = (8905, 8800, 8640, 8420, 8120, 7775)
JUNIOR_2020 = (7050, 6690, 6310)
PRESCHOOL_2020 = (5900, 6600, 7022)
SENIOR_2020 = (3180, 3060, 2960)
VOCATIONAL_2020 = (1290, 1210, 1110)
SPECIAL_2020 = 235

CENTRAL_COMPULSORY = {2016: 41800, 2021: 58300}
"""Compulsory pupils of the five central towns: 3,300 more in each of the five years between."""

# --- paths -----------------------------------------------------------------------------------------------

Path = tuple[float, ...]

RATES: Mapping[str, Path] = {
    # Gross enrolment: pupils over the education bureau's own school-age population.
    "gross_preschool": (0.979, 0.984, 0.989, 0.994, 0.9986, 0.9990, 0.9993, 0.9997, 1.0002, 1.0006),
    "gross_senior": (0.956, 0.959, 0.963, 0.966, 0.9702, 0.972, 0.975, 0.978, 0.981, 0.983),
    "net_primary": (0.9996, 0.9997, 0.9998, 0.9999, 1, 1, 1, 1, 1, 1),
    "nine_year": (0.9921, 0.9938, 0.9951, 0.9964, 0.9979, 0.9981, 0.9984, 0.9985, 0.9987, 0.9988),
    "disabled": (0.957, 0.963, 0.969, 0.976, 0.9832, 0.985, 0.987, 0.988, 0.989, 0.990),
    # Teachers' qualifications, by stage: the share that has at least this one.
    "preschool_college": (0.842, 0.857, 0.871, 0.886, 0.8998, 0.915, 0.931, 0.945, 0.959, 0.968),
    "preschool_bachelor": (0.118, 0.129, 0.141, 0.155, 0.171, 0.192, 0.214, 0.238, 0.261, 0.287),
    "primary_college": (0.952, 0.960, 0.967, 0.973, 0.979, 0.984, 0.988, 0.991, 0.993, 0.995),
    "primary_bachelor": (0.585, 0.620, 0.655, 0.689, 0.7224, 0.757, 0.790, 0.823, 0.853, 0.881),
    "junior_bachelor": (0.842, 0.860, 0.876, 0.891, 0.9048, 0.918, 0.932, 0.946, 0.957, 0.966),
    "senior_master": (0.072, 0.081, 0.091, 0.101, 0.112, 0.124, 0.135, 0.146, 0.158, 0.171),
    "vocational_master": (0.095, 0.107, 0.120, 0.133, 0.1445, 0.156, 0.168, 0.181, 0.193, 0.205),
    # Pupils.
    "fitness_good": (0.335, 0.355, 0.375, 0.400, 0.420, 0.468, 0.522, 0.541, 0.559, 0.576),
    "myopia": (0.405, 0.413, 0.420, 0.428, 0.436, 0.441, 0.437, 0.431, 0.425, 0.421),
    "migrants": (0.268, 0.276, 0.284, 0.291, 0.297, 0.301, 0.302, 0.299, 0.294, 0.288),
    "migrants_public": (0.682, 0.701, 0.718, 0.735, 0.7448, 0.761, 0.779, 0.795, 0.812, 0.826),
}

BALANCE_PROGRESS: Path = (5, 8, 12, 16, 20, 28, 36, 45, 52, 60)
"""How far the county says it is on its way to 义务教育优质均衡, in percent."""

# --- teachers --------------------------------------------------------------------------------------------

TEACHERS: Mapping[tuple[str, str], tuple[int, int, int]] = {
    # (stage, ownership): 2016, 2020, 2025; straight lines between. In 2020: 3,342 public, 1,098 in
    # private schools, 1,186 in private kindergartens. By stage so that the published shares come out.
    ("preschool", "public"): (330, 401, 560),
    ("preschool", "private"): (1010, 1186, 640),
    ("primary", "public"): (1395, 1442, 1640),
    ("primary", "private"): (400, 561, 480),
    ("junior", "public"): (795, 818, 1040),
    ("junior", "private"): (310, 400, 455),
    ("senior", "public"): (440, 461, 560),
    ("senior", "private"): (110, 137, 330),
    ("vocational", "public"): (150, 173, 236),
    ("special", "public"): (30, 47, 62),
}

HIRED_2016_2020 = (68, 71, 64, 63, 66)
"""Established teachers recruited in each year: 332 together."""
HIRED_DEGREES = {"college": 49, "bachelor": 269, "master": 14}

FEATURE_SCHOOLS: Mapping[str, tuple[int, ...]] = {
    "sports_schools_national": (2, 4, 6, 8, 9, 10, 12, 13, 15, 16),
    "sports_schools_provincial": (3, 5, 6, 8, 9, 10, 11, 12, 13, 14),
    "arts_schools_provincial": (2, 4, 6, 7, 9, 10, 11, 13, 14, 15),
    "calligraphy_schools": (6, 10, 15, 19, 23, 26, 30, 33, 37, 41),
}

# --- population ------------------------------------------------------------------------------------------

RESIDENTS = (601400, 611300, 621200, 631100, 640910, 643800, 645900, 646700, 646300, 645200)
URBAN = (401900, 414600, 427300, 440000, 452536, 457900, 462600, 466300, 469100, 471000)
REGISTERED = (447200, 448100, 448900, 449500, 449900, 450300, 450400, 450200, 449700, 449100)

CENSUS_2020_AGES: tuple[int, ...] = (
    *(5526, 7050, 7450, 8100, 8150),
    *(8450, 8560, 8750, 8850, 8758),
    *(8500, 8250, 7900, 7500, 7234),
    *(6800, 6400, 6150, 5950, 5869),
)
"""Residents by single year of age, 0 to 19; the groups 0, 1-4, 5-9, 10-14, 15-19 are those of the census."""

BIRTHS: Mapping[int, int] = {
    # 2010: a birth rate of 9.35 per thousand and 542,873 residents (census of 2010). The peak: 2016, 2017.
    2010: 5076,
    2011: 5300,
    2012: 5900,
    2013: 5750,
    2014: 6250,
    2015: 6050,
    2016: 7050,
    2017: 7450,
    2018: 6700,
    2019: 6350,
    2020: 5560,
    2021: 5000,
    2022: 4450,
    2023: 4250,
    2024: 4400,
}

ESTATES = 18
ESTATE_HOUSEHOLDS = 42027
ESTATE_PEOPLE = 134486
PERSONS_PER_HOUSEHOLD = 3.2


def at(path: Path | tuple[int, ...], year: int) -> float:
    """The value of a path in a year."""
    return path[year - YEARS[0]]


def teachers(stage: str, ownership: str, year: int) -> int:
    """How many teachers a stage has in all schools of that ownership."""
    first, middle, last = TEACHERS.get((stage, ownership), (0, 0, 0))
    if year <= 2020:
        return int(first + (middle - first) * (year - 2016) / 4 + 0.5)
    return int(middle + (last - middle) * (year - 2020) / 5 + 0.5)
