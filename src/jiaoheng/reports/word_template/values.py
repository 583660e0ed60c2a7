"""What the tags of a template stand for: figures by measure and stage, plan indicators, tables, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from jiaoheng import terms
from jiaoheng.packs import STAGE_GROUPS, Catalogue
from jiaoheng.reports import figures, summary
from jiaoheng.reports.blocks import Document, Grid
from jiaoheng.reports.charts import Chart
from jiaoheng.reports.figures import stage_label
from jiaoheng.reports.inputs import MeasureEntry, MonitoringInputs
from jiaoheng.reports.numbers import day
from jiaoheng.reports.tables import Table
from jiaoheng.reports.word_template.sandbox import Function, Tag, TagError, nearest
from jiaoheng.reports.word_template.tagged import of_figure, of_indicator, of_table

_Part = TypeVar("_Part", Table, Chart)

_PLAIN_QUOTES = str.maketrans("“”‘’", "\"\"''")


class Values:
    """All that a template can ask for in one report.

    Parameters
    ----------
    inputs : of the report.
    document : the report as it was composed: its tables and charts.
    catalogue : knows measures by their Chinese names.
    """

    def __init__(self, inputs: MonitoringInputs, document: Document, catalogue: Catalogue) -> None:
        self.inputs = inputs
        self.catalogue = catalogue
        blocks = [block for chapter in document.chapters for block in chapter.blocks]
        self.tables = {block.table.id: block.table for block in blocks if isinstance(block, Grid)}
        self.charts = {chart.id: chart for chart in document.charts}
        self.warning = document.warning

    def general(self) -> dict[str, tuple[str, str]]:
        """By its English name: the Chinese name and the text of what is said of the whole report."""
        inputs = self.inputs
        return {
            "county": ("县名", inputs.region_name),
            "county_code": ("区划代码", inputs.region_code),
            "year": ("年度", str(inputs.year)),
            "as_of": ("数据截至", day(inputs.as_of)),
            "generated_on": ("生成日期", day(inputs.generated_on)),
            "source": ("数据来源", inputs.source),
            "warning": ("模拟数据提示", self.warning),
            "plan_title": ("规划名称", inputs.plan.title),
            "plan_period": ("规划期", inputs.period),
            "plan_number": ("规划文号", inputs.plan.number or "未注明"),
        }

    def top(self) -> dict[str, Any]:
        """The names that a template begins with, but for what is inserted whole."""
        measures = Tag("m", _Lazy({id_: lambda id_=id_: self._stages(id_) for id_ in self.inputs.measures}))
        plan = Tag(
            "plan", {item.indicator.id: of_indicator(item, self.inputs) for item in self.inputs.progress}
        )
        indicators = Tag(
            "规划指标", {}, items=[of_indicator(item, self.inputs) for item in self.inputs.progress]
        )
        headlines = Tag("要点", {}, items=list(summary.headlines(self.inputs)))
        functions = {
            "指标": Function("指标", self.measure),
            "规划": Function("规划", self.plan),
            "表": Function("表", lambda name: of_table(self.table(name))),
        }
        general = {name: text for english, (zh, text) in self.general().items() for name in (english, zh)}
        return {
            **general,
            **functions,
            "measure": functions["指标"],
            "indicator": functions["规划"],
            "table_rows": functions["表"],
            "m": measures,
            "plan": plan,
            "indicators": indicators,
            "规划指标": indicators,
            "headlines": headlines,
            "要点": headlines,
        }

    def measure(self, name: Any = "", **options: Any) -> Tag:
        """The region's figure of a measure by id or Chinese name; options 学段 and 年份."""
        known = {"学段": "stage", "stage": "stage", "年份": "year", "year": "year"}
        strange = [each for each in options if each not in known]
        if strange:
            raise TagError(f"指标(…) 不认识“{strange[0]}”。可以写 学段=、年份=")
        given = {known[each]: value for each, value in options.items()}
        entry, stage = self._named(str(name))
        if "stage" in given:
            stage = _stage(given["stage"])
        return self._figure(entry, stage, given.get("year", self.inputs.year))

    def plan(self, name: Any = "") -> Tag:
        """A plan's indicator by id or name."""
        for item in self.inputs.progress:
            if name == item.indicator.id or same(item.indicator.name, name):
                return of_indicator(item, self.inputs)
        names = [item.indicator.name for item in self.inputs.progress]
        raise TagError(f"规划里没有名为“{name}”的指标。{nearest(str(name), names)}")

    def table(self, name: Any = "") -> Table:
        """A table of the report by id or caption."""
        return self._one(self.tables, name, "表", lambda table: table.caption)

    def chart(self, name: Any = "") -> Chart:
        """A chart of the report by id or title."""
        return self._one(self.charts, name, "图", lambda chart: chart.title)

    def stages_of(self, measure: str) -> list[str]:
        """The stages that a measure has figures for in the report's year."""
        found = figures.figures(self.inputs, self.inputs.county, measure, year=self.inputs.year)
        present = {figure.stage for figure in found}
        return [
            stage for stage in figures.stages(self.inputs, self.inputs.county, measure) if stage in present
        ]

    def _named(self, name: str) -> tuple[MeasureEntry, str | None]:
        """The measure of an id, a name or another name, and the stage that the other name speaks of."""
        measures = self.inputs.measures
        if name in measures:
            return measures[name], None
        exact = [entry for entry in measures.values() if same(entry.name, name)]
        if exact:
            return exact[0], None
        found = self.catalogue.named(name)
        if found is None or found.measure.id not in measures:
            names = [entry.name for entry in measures.values()]
            raise TagError(f"没有名为“{name}”的指标。{nearest(name, names)}")
        return measures[found.measure.id], found.stage

    def _one(self, known: Mapping[str, _Part], name: Any, what: str, title: Callable[[_Part], str]) -> _Part:
        if name in known:
            return known[name]
        found = [one for one in known.values() if same(title(one), name)]
        if found:
            return found[0]
        titles = [title(one) for one in known.values()]
        raise TagError(f"没有名为“{name}”的{what}。{nearest(str(name), titles)}")

    def _stages(self, id_: str) -> Tag:
        """``m.<id>``: the figure itself, or one name for each stage."""
        entry = self.inputs.measures[id_]
        stages = self.stages_of(id_)
        if len(stages) < 2:
            alone = self._figure(entry, stages[0] if stages else None, self.inputs.year)
            named = {name: alone for stage in stages if stage for name in (stage, stage_label(stage))}
            return Tag(alone.what, {**alone.names, **named}, alone.text)
        names = {
            name: self._figure(entry, stage, self.inputs.year)
            for stage in stages
            for name in (stage, stage_label(stage))
        }
        return Tag(f"“{entry.name}”分学段，", names)

    def _figure(self, entry: MeasureEntry, stage: str | None, year: Any) -> Tag:
        found = [
            figure
            for figure in figures.figures(self.inputs, self.inputs.county, entry.id, stage=stage)
            if figure.year == year
        ]
        if len(found) > 1:
            labels = "、".join(f'学段="{stage_label(figure.stage)}"' for figure in found)
            raise TagError(f"“{entry.name}”分学段，请写明是哪一个：{labels}")
        if not found:
            return self._not_there(entry, stage, year)
        return of_figure(found[0])

    def _not_there(self, entry: MeasureEntry, stage: str | None, year: Any) -> Tag:
        stages = self.stages_of(entry.id)
        if stage and stage not in stages:
            labels = "、".join(filter(None, map(stage_label, stages))) or "不分学段"
            raise TagError(f"“{entry.name}”没有“{stage_label(stage)}”这个学段。有：{labels}")
        years = sorted({one.year for one in figures.figures(self.inputs, self.inputs.county, entry.id)})
        raise TagError(
            f"“{entry.name}”没有 {year} 年的值。有：{'、'.join(map(str, years)) or '没有任何一年'}"
        )


def same(name: str, written: object) -> bool:
    """Whether a name is the one written in a tag, where docxtpl makes all quotation marks plain ones."""
    return name == written or name.translate(_PLAIN_QUOTES) == written


class _Lazy(dict[str, Any]):
    """Names whose things are made when they are asked for: there are hundreds, and a template uses few."""

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)()


def _stage(word: Any) -> str:
    """The stage, or group of stages, that a template names by its Chinese label or its id."""
    # 高中阶段 is a group here; read as a stage, it would be one of its parts.
    for id_, label in STAGE_GROUPS.items():
        if word in (id_, label):
            return id_
    found = terms.Stage.named(str(word))
    if found:
        return str(found.value)
    labels = [*(stage.label for stage in terms.Stage), *STAGE_GROUPS.values()]
    raise TagError(f"没有“{word}”这个学段。{nearest(str(word), labels)}")
