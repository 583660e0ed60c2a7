"""Ten years of structure: pupils by stage, and the birth wave that passes through them."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.reports import charts, figures
from jiaoheng.reports.charts import ACCENT, DASHES, HUES, INK, MARKERS, Chart, Option
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs
from jiaoheng.reports.numbers import day, shown, with_unit
from jiaoheng.reports.tables import Column, Table, number, table, text


@dataclass(frozen=True)
class Wave:
    """Where a stage stands against its peak: pupils now, and at the latest year of most pupils."""

    stage: str
    year: int
    pupils: float
    peak_year: int
    peak: float

    @property
    def change(self) -> float:
        """Now against the peak, in per cent; 0 where this year is the peak."""
        return (self.pupils / self.peak - 1) * 100


def waves(inputs: MonitoringInputs, measure: str) -> list[Wave]:
    """Every stage's place on the wave; stages without a figure of the report's year are left out."""
    found = []
    for stage in figures.stages(inputs, inputs.county, measure):
        known = {
            year: value
            for year, value in figures.history(inputs, measure, stage).items()
            if value is not None
        }
        if known.get(inputs.year) and len(known) > 1:
            peak_year = max(known, key=lambda year: (known[year], year))
            found.append(Wave(stage, inputs.year, known[inputs.year], peak_year, known[peak_year]))
    return found


def pupils_chart(inputs: MonitoringInputs, measure: str) -> Chart | None:
    """Pupils by stage over the years: one line per stage, told apart by colour, dash and marker."""
    entry = inputs.measures.get(measure)
    lines = {
        stage: figures.history(inputs, measure, stage)
        for stage in figures.stages(inputs, inputs.county, measure)
    }
    years = sorted({year for line in lines.values() for year in line})
    if entry is None or len(years) < 2:
        return None
    said = "；".join(_wave_words(entry, wave) for wave in waves(inputs, measure))
    return Chart(
        id="structure-pupils",
        title=f"各学段{entry.name}，{years[0]}—{years[-1]}年",
        unit=entry.unit,
        source=inputs.source_since(years[0]),
        date=day(inputs.as_of),
        alt=f"各学段{entry.name}的变化：{said}。",
        option=charts.base(
            grid={"left": 58, "right": 92, "top": 14, "bottom": 28},
            xAxis=charts.categories([str(year) for year in years], boundaryGap=False),
            yAxis=charts.numbers(low=0),
            series=[
                _line(entry, stage, [line.get(year) for year in years], years, place)
                for place, (stage, line) in enumerate(lines.items())
            ],
        ),
        height=360,
    )


def births_chart(inputs: MonitoringInputs) -> Chart | None:
    """Births by year, where they are known: the wave before it reaches the schools."""
    years = sorted(inputs.births)
    if len(years) < 2:
        return None
    most = max(years, key=lambda year: inputs.births[year])
    last = years[-1]
    return Chart(
        id="structure-births",
        title=f"出生人口，{years[0]}—{last}年",
        unit="人",
        source=inputs.source,
        date=day(inputs.as_of),
        alt=(
            f"出生人口最多的是{most}年，{shown(inputs.births[most])}人；"
            f"{last}年为{shown(inputs.births[last])}人。"
        ),
        option=charts.base(
            grid={"left": 58, "right": 16, "top": 14, "bottom": 28},
            xAxis=charts.categories([str(year) for year in years]),
            yAxis=charts.numbers(low=0),
            series=[
                {
                    "type": "bar",
                    "barMaxWidth": 30,
                    "itemStyle": {"color": ACCENT},
                    "data": [
                        {
                            "value": inputs.births[year],
                            "tip": [f"{year}年出生", f"{shown(inputs.births[year])}人"],
                        }
                        for year in years
                    ],
                }
            ],
        ),
        height=240,
        note="一个年份出生的儿童，三年后进入幼儿园小班，六年后进入小学一年级，十二年后进入初中一年级。",
    )


def pupils_table(inputs: MonitoringInputs, measure: str) -> Table | None:
    """The figures behind the lines, one row per year."""
    entry = inputs.measures.get(measure)
    stages = figures.stages(inputs, inputs.county, measure)
    lines = {stage: figures.history(inputs, measure, stage) for stage in stages}
    years = sorted({year for line in lines.values() for year in line})
    if entry is None or not years:
        return None
    return table(
        "table-pupils",
        f"各学段{entry.name}",
        [
            Column("年份", kind="words"),
            *(Column(figures.stage_label(stage), entry.unit) for stage in stages),
        ],
        [
            [
                text(f"{year}年", sort=year),
                *(number(lines[stage].get(year), entry.digits) for stage in stages),
            ]
            for year in years
        ],
        source=inputs.source_since(years[0]),
    )


def _line(
    entry: MeasureEntry, stage: str, values: list[float | None], years: list[int], place: int
) -> Option:
    hue = HUES[place % len(HUES)]
    label = figures.stage_label(stage)
    return {
        "type": "line",
        "name": label,
        "symbol": MARKERS[place % len(MARKERS)],
        "symbolSize": 7,
        "lineStyle": {"color": hue, "width": 2.2, "type": DASHES[place % len(DASHES)]},
        "itemStyle": {"color": hue},
        "endLabel": {"show": True, "formatter": "{a}", "color": INK, "fontSize": 12, "distance": 8},
        "labelLayout": {"moveOverlap": "shiftY"},
        "data": [
            {"value": value, "tip": [f"{year}年{label}", with_unit(value, entry.digits, entry.unit)]}
            for year, value in zip(years, values, strict=True)
        ],
    }


def _wave_words(entry: MeasureEntry, wave: Wave) -> str:
    now = with_unit(wave.pupils, entry.digits, entry.unit)
    label = figures.stage_label(wave.stage)
    if wave.peak_year == wave.year:
        return f"{label}{wave.year}年为{now}，是各年中最多的"
    peak = with_unit(wave.peak, entry.digits, entry.unit)
    return f"{label}{wave.year}年为{now}，比{wave.peak_year}年的{peak}变化{shown(wave.change, 1, sign=True)}%"
