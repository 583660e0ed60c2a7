"""A made-up county, small and quick to build, in the shapes that a monitoring report is given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import shapely

from jiaoheng import plans
from jiaoheng.reports import MeasureEntry, MonitoringInputs, SnapshotEntry, SourceEntry
from jiaoheng.reports.selection import CLASS_SIZE, PUPILS, SEVEN_RESOURCES

YEAR = 2025
YEARS = range(2016, YEAR + 1)
TOWNSHIPS = [
    "东城街道",
    "城中街道",
    "贞山街道",
    "龙甫镇",
    "地豆镇",
    "威整镇",
    "罗源镇",
    "迳口镇",
    "大沙镇",
    "石狗镇",
    "黄田镇",
    "江谷镇",
    "下茆镇",
]
ENTRIES = {
    PUPILS: ("学生数量", "人", 0),
    CLASS_SIZE: ("平均班额", "人", 1),
    "l1_teachers_above_qualification": ("每百名学生拥有高于规定学历教师数", "人", 2),
    "l2_backbone_teachers": ("每百名学生拥有县级以上骨干教师数", "人", 2),
    "l3_pe_arts_teachers": ("每百名学生拥有体育、艺术专任教师数", "人", 2),
    "l4_teaching_area": ("生均教学及辅助用房面积", "平方米", 2),
    "l5_sports_area": ("生均体育运动场馆面积", "平方米", 2),
    "l6_equipment_value": ("生均教学仪器设备值", "元", 2),
    "l7_multimedia_rooms": ("每百名学生拥有网络多媒体教室数", "间", 2),
}
LEVELS = dict(zip(SEVEN_RESOURCES, (4.9, 1.1, 0.95, 5.4, 7.9, 2300.0, 2.6), strict=True))
# By the id of the plan's indicator: its values from 2020 to 2025; None is not known.
PATHS: dict[str, list[float | None]] = {
    "gross_preschool_enrolment": [99.86, 99.4, 99.1, 98.8, 98.7, 98.95],
    "standardised_kindergartens": [98.65, 98.6, 98.7, 98.7, 98.68, 98.7],
    "public_and_inclusive_kindergartens": [86.49, 87.2, 88.4, 89.9, 91.0, 92.3],
    "net_primary_enrolment": [100, 100, 100, 100, 100, 100],
    "nine_year_retention": [99.79, 99.8, 99.82, 99.85, 99.86, 99.88],
    "gross_senior_enrolment": [97.02, 97.3, 97.6, 97.9, 98.1, 98.4],
    "disabled_enrolment": [98.32, 98.1, 98.0, 97.9, 97.8, 97.4],
    "preschool_teachers_college": [89.98, 91.5, 93.0, 94.6, 96.2, 97.9],
    "primary_teachers_bachelor": [72.24, 76.0, 80.2, 84.1, 88.0, 92.994],
    "junior_teachers_bachelor": [90.48, 91.6, 93.0, 94.1, 95.6, 96.8],
    "senior_teachers_master": [11.2, 12.0, 13.1, 14.0, 15.2, 16.6],
    "vocational_teachers_master": [14.45, 15.1, None, 16.8, 17.9, 19.0],
    "compulsory_schools": [59, 60, 61, 62, 64, 64],
    "new_seats": [675, 2200, 2800, 1500, 3200, 1800],
    "fitness_good_or_better": [42, 46.5, 50, 52.5, 55.0, 56.1],
    "migrant_children_in_public_schools": [74.48, 76, 78.8, 81.5, 84.0, 86.2],
}
PUPILS_BY_STAGE = {
    "preschool": [17800, 18500, 19100, 19400, 19522, 19100, 17900, 15800, 13600, 11900],
    "primary": [44100, 45300, 46600, 48000, 50100, 51200, 52300, 52900, 52100, 50200],
    "junior": [17900, 18200, 18700, 19100, 19700, 20400, 21200, 22100, 23000, 24100],
    "senior": [9100, 9000, 8900, 9000, 9200, 9500, 9900, 10300, 10700, 11200],
}


def inputs(**changes: Any) -> MonitoringInputs:
    """The county's report inputs; ``changes`` replace fields."""
    plan = plans.load(plans.shipped()["sihui-2021-2025"])
    county = pl.concat([_frame(_county()), _frame(_indicator_rows(plan))])
    history = plans.Recorded.from_frames([county])
    made = _Places(random.Random(7))
    given: dict[str, Any] = {
        "region_code": "441284",
        "region_name": "四会市",
        "year": YEAR,
        "period": "2021—2025 年",
        "assessment": "final",
        "synthetic": True,
        "generated_on": date(2025, 12, 1),
        "plan": plan,
        "progress": plans.progress(plan, history, year=YEAR, assessment="final"),
        "county": county,
        "areas": _frame(made.area_rows()),
        "schools": _frame(made.school_rows()),
        "urban_rural": _frame(_split_rows("urban_rural", {"urban": 0.9, "town": 1.0, "rural": 1.3})),
        "ownership": _frame(_split_rows("ownership", {"public": 1.05, "private": 0.8})),
        "area_table": made.area_table(),
        "school_table": made.school_table(),
        "measures": _entries(plan),
        "snapshots": tuple(_snapshot(year) for year in YEARS),
        "births": dict(
            zip(
                range(2013, 2025),
                (7100, 7400, 6900, 8300, 8800, 7800, 7100, 6100, 5400, 4900, 4500, 4600),
                strict=True,
            )
        ),
        "notes": ("镇街边界为示意。",),
    }
    return MonitoringInputs(**(given | changes))


def _entries(plan: plans.Plan) -> dict[str, MeasureEntry]:
    document, clause = "《县域义务教育优质均衡发展督导评估办法》教督〔2017〕6号", "第三章"
    named = {
        id_: MeasureEntry(id_, *words, "分子 ÷ 分母", document, clause) for id_, words in ENTRIES.items()
    }
    for id_ in SEVEN_RESOURCES:
        name = f"{named[id_].name}差异系数"
        named[f"cv_{id_}"] = MeasureEntry(
            f"cv_{id_}", name, "系数", 3, "加权标准差 ÷ 全县值", document, clause, id_
        )
    for indicator in plan.indicators:
        if indicator.measure and indicator.measure not in named:
            digits = 2 if indicator.unit == "%" else 0
            words = (f"{indicator.name}口径", indicator.unit, digits, "分子 ÷ 分母 × 100", "《规划》", "表1")
            named[indicator.measure] = MeasureEntry(indicator.measure, *words)
    return named


def _row(
    measure: str, year: int, by: str, key: str, name: str, stage: str, value: float | None, **more: Any
) -> dict[str, Any]:
    known = value is not None
    return {
        "measure": measure, "year": year, "by": by, "key": key, "key_name": name, "stage": stage,
        "value": value, "numerator": value, "denominator": 1.0, "known": 39 if known else 38,
        "total": 39, "coverage": 1.0 if known else 38 / 39, "status": "known" if known else
        "unknown", "reason": None if known else "缺少所需数据", **more,
    }  # fmt: skip


def _frame(rows: Iterator[dict[str, Any]]) -> pl.DataFrame:
    schema = {"value": pl.Float64, "numerator": pl.Float64, "coverage": pl.Float64, "reason": pl.String}
    return pl.DataFrame(list(rows), schema_overrides=schema)


def _county() -> Iterator[dict[str, Any]]:
    where = ("county", "441284", "四会市")
    for place, year in enumerate(YEARS):
        for stage, values in PUPILS_BY_STAGE.items():
            yield _row(PUPILS, year, *where, stage, float(values[place]))
        for number, (measure, level) in enumerate(LEVELS.items()):
            for stage, factor in (("primary", 1.0), ("junior", 1.25)):
                yield _row(measure, year, *where, stage, level * factor * (0.9 + 0.01 * place))
                yield _row(
                    f"cv_{measure}", year, *where, stage, 0.62 - 0.04 * number - 0.008 * place * factor
                )
        yield _row(CLASS_SIZE, year, *where, "primary", 43.2 - 0.2 * place)
        yield _row(CLASS_SIZE, year, *where, "junior", 46.0 + 0.2 * place)


def _indicator_rows(plan: plans.Plan) -> Iterator[dict[str, Any]]:
    for indicator in plan.indicators:
        for year, value in zip(range(2020, YEAR + 1), PATHS.get(indicator.id, []), strict=False):
            where = ("county", "441284", "四会市", indicator.stage or "")
            yield _row(indicator.measure or "", year, *where, value)


def _split_rows(by: str, factors: dict[str, float]) -> Iterator[dict[str, Any]]:
    for key, factor in factors.items():
        for measure, level in LEVELS.items():
            yield _row(measure, YEAR, by, key, key, "primary", level * factor)
            yield _row(
                measure, YEAR, by, key, key, "junior", None if key == "rural" else level * 1.25 * factor
            )


def _snapshot(year: int) -> SnapshotEntry:
    sources = tuple(
        SourceEntry(f"四会市{year}年{name}.xlsx", name, f"{year}{place}" * 12, f"学校、学校分学段（{name}）")
        for place, name in enumerate(("幼儿园", "小学", "初中", "普通高中"))
    )
    return SnapshotEntry(
        year, "v0001", f"{year:x}" * 20, sources, {"学校": 138, "学校分学段": 151}, 289, 289, 0
    )


@dataclass
class _Places:
    """Thirteen townships around a centre, and schools in them."""

    luck: random.Random

    def __post_init__(self) -> None:
        middle = shapely.Point(112.68, 23.42)
        outline = shapely.MultiPoint(
            [(middle.x + self.luck.gauss(0, 0.13), middle.y + self.luck.gauss(0, 0.12)) for _ in range(40)]
        ).convex_hull.buffer(0.05)
        seeds: list[shapely.Point] = []
        while len(seeds) < len(TOWNSHIPS):
            x0, y0, x1, y1 = outline.bounds
            point = shapely.Point(self.luck.uniform(x0, x1), self.luck.uniform(y0, y1))
            if outline.contains(point) and all(point.distance(other) > 0.055 for other in seeds):
                seeds.append(point)
        cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=outline)
        pieces = [cell.intersection(outline) for cell in cells.geoms]
        self.boundaries = [next(piece for piece in pieces if piece.contains(seed)) for seed in seeds]
        self.codes = [f"441284{100 + place:03d}" for place in range(len(TOWNSHIPS))]
        self.schools = [
            (
                f"{31 if stage == 'junior' else 21}44{place:06d}",
                f"{TOWNSHIPS[place % 13][:2]}第{place // 13 + 1}{word}",
                stage,
                place % 13,
            )
            for stage, word, count in (("primary", "小学", 39), ("junior", "中学", 24))
            for place in range(count)
        ]

    def area_rows(self) -> Iterator[dict[str, Any]]:
        for place, (code, name) in enumerate(zip(self.codes, TOWNSHIPS, strict=True)):
            for stage, amount in (("preschool", 1500), ("primary", 3800), ("junior", 1800)):
                size = amount * self.luck.uniform(0.3, 2.2)
                yield _row(PUPILS, 2016, "area", code, name, stage, float(round(size)))
                yield _row(
                    PUPILS, YEAR, "area", code, name, stage, float(round(size * self.luck.uniform(0.6, 1.2)))
                )
            for stage in ("primary", "junior"):
                empty = place == 6 and stage == "junior"
                yield _row(
                    CLASS_SIZE,
                    YEAR,
                    "area",
                    code,
                    name,
                    stage,
                    None if empty else self.luck.uniform(24, 52),
                )
                for measure, level in LEVELS.items():
                    yield _row(
                        measure,
                        YEAR,
                        "area",
                        code,
                        name,
                        stage,
                        None if empty else level * self.luck.uniform(0.7, 1.6),
                    )

    def school_rows(self) -> Iterator[dict[str, Any]]:
        for code, name, stage, _ in self.schools:
            yield _row(PUPILS, YEAR, "school", code, name, stage, float(self.luck.randint(60, 2400)))
            yield _row(CLASS_SIZE, YEAR, "school", code, name, stage, self.luck.uniform(20, 54))
            for measure, level in LEVELS.items():
                lacking = self.luck.random() < 0.04
                yield _row(
                    measure,
                    YEAR,
                    "school",
                    code,
                    name,
                    stage,
                    None if lacking else level * self.luck.lognormvariate(0, 0.4),
                )

    def area_table(self) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "area_code": self.codes,
                "name": TOWNSHIPS,
                "boundary": [shapely.to_wkt(shape) for shape in self.boundaries],
            }
        )

    def school_table(self) -> pl.DataFrame:
        return pl.DataFrame(
            [
                {
                    "school_code": code, "name": name, "area_code": self.codes[area], "school_type":
                    "primary_school", "ownership": "private" if place % 7 == 0 else "public",
                    "urban_rural_code": ("111", "121", "220")[area % 3],
                }
                for place, (code, name, _, area) in enumerate(self.schools)
            ]
        )  # fmt: skip
