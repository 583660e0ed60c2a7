"""One school: its verdicts, values beside what is asked, gaps, years, and the cells behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from jiaoheng.packs import Item
from jiaoheng.reports import charts
from jiaoheng.reports.blocks import (
    Block,
    Chapter,
    Document,
    Figures,
    Grid,
    Heading,
    Line,
    Paragraph,
    Sentence,
)
from jiaoheng.reports.charts import Chart, Option
from jiaoheng.reports.numbers import day, shown
from jiaoheng.reports.results import facts
from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.tables import blank, clauses, in_order, item_name
from jiaoheng.reports.standards.words import need_words, verdict_cell
from jiaoheng.reports.tables import Column, Table, table, text
from jiaoheng.standards import Verdict, words

Origin = tuple[str, str, str]
"""A figure that others were made of: its name, itself with its unit, and its cells (file › sheet › cell)."""


def school_page(inputs: StandardInputs, school: str, *, origins: Sequence[Origin] = ()) -> Document:
    """The page of one school.

    Parameters
    ----------
    school : its code.
    origins : what its figures were made of.
    """
    row = inputs.schools[school]
    about = (row.school_type, row.ownership, row.area, row.urban_rural)
    return Document(
        title=f"{row.name}：{inputs.assessed.standard.name}",
        subtitle=f"{inputs.year}年",
        facts=(
            Line("学校标识码", row.code),
            Line("学校情况", "、".join(word for word in about if word) or "未注明"),
            *facts(inputs),
        ),
        warning=inputs.warning,
        chapters=(Chapter("school", row.name, tuple(_blocks(inputs, school, origins))),),
        issuer=inputs.region_name,
        created=inputs.generated_on,
    )


def _blocks(inputs: StandardInputs, school: str, origins: Sequence[Origin]) -> Iterator[Block]:
    """One chapter alone: a document of one needs no cover and no contents."""
    yield from _conclusion(inputs, school)
    own = inputs.assessed.rows.filter(pl.col("school") == school)
    groups = [item.group for item in inputs.assessed.items if item.id in own["item"]]
    for place, group in enumerate(dict.fromkeys(groups)):
        yield Grid(_items_table(inputs, own, group, place))
    drawn = tuple(_history(inputs, school))
    if drawn:
        yield Heading("历年变化")
        yield Figures(drawn, columns=2)
    if origins:
        yield Heading("数据出处")
        yield Grid(_origins_table(origins))


def _conclusion(inputs: StandardInputs, school: str) -> Iterator[Block]:
    assessed = inputs.assessed
    ruled = assessed.rules.filter(pl.col("school") == school).sort("stage", descending=True)
    rules = {rule.id: rule for rule in assessed.standard.rules}
    if ruled.is_empty():
        yield Paragraph((Sentence("这个标准没有给学校下总的结论，只逐项判断。"),))
        return
    for id_ in dict.fromkeys(ruled["rule"]):
        said = [_verdict_of(inputs, row) for row in ruled.filter(pl.col("rule") == id_).iter_rows(named=True)]
        yield Paragraph(
            (Sentence(f"{rules[id_].name}：{'；'.join(said)}。"), Sentence(f"规则：{rules[id_].clause}。"))
        )


def _verdict_of(inputs: StandardInputs, row: words.Row) -> str:
    """What became of a rule in one stage, and of its items."""
    assessed, stage = inputs.assessed, words.stage_words(row["stage"])
    counts = [
        f"{row[one.value]} 项{assessed.word(one)}"
        for one in (Verdict.MET, Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN)
        if row[one.value]
    ]
    among = f"（{'，'.join(counts)}）" if counts else ""
    return f"{stage}{assessed.word(row['verdict'])}{among}"


def _items_table(inputs: StandardInputs, own: pl.DataFrame, group: str, place: int) -> Table:
    """The items of one group: numbers begin anew in each."""
    assessed = inputs.assessed
    rows = own.filter(pl.col("item").is_in([item.id for item in assessed.items if item.group == group]))
    body = []
    for row in in_order(assessed, rows).iter_rows(named=True):
        item = assessed.item(row["item"])
        body.append(
            [
                item_name(item),
                blank(words.stage_words(row["stage"])),
                text(words.value_words(assessed, row)),
                text(words.threshold_words(assessed, row)),
                blank(need_words(assessed, row) or _why(row)),
                verdict_cell(assessed, row["verdict"]),
            ]
        )
    heads = ("项目", "学段", "现有", "要求", "差多少", "判断")
    return table(
        f"table-items-{place}",
        group,
        [Column(head, kind="words") for head in heads],
        body,
        source=inputs.source,
        note=clauses(assessed, rows),
        sortable=False,
    )


def _why(row: words.Row) -> str:
    """Why an item is not known, or does not apply."""
    return row["reason"] or "" if row["verdict"] in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE) else ""


def _origins_table(origins: Sequence[Origin]) -> Table:
    """The cells that the figures came from, sheet by sheet."""
    sheets: dict[str, list[str]] = {}
    for name, figure, place in origins:
        for each in place.split("；"):
            sheet, _, cell = each.rpartition(" › ")
            sheets.setdefault(sheet or each, []).append(f"{name} {figure}（{cell}）")
    return table(
        "table-origins",
        "数据出处",
        [Column("文件和工作表", kind="words"), Column("数据项、数值和单元格", kind="words")],
        [[text(sheet), text("；".join(dict.fromkeys(said)))] for sheet, said in sheets.items()],
        sortable=False,
    )


def _history(inputs: StandardInputs, school: str) -> Iterator[Chart]:
    """A chart for each stage: every item as a share of what is asked, year by year."""
    years = inputs.years
    if len(years) < 2:
        return
    own = in_order(inputs.assessed, inputs.assessed.rows.filter(pl.col("school") == school))
    for place, stage in enumerate(dict.fromkeys(own["stage"])):
        lines = [
            (item, shares) for item in _drawn(inputs) if (shares := _shares(inputs, school, stage, item))
        ]
        if lines:
            yield _chart(inputs, f"years-{place}", words.stage_words(stage), lines[:7])


def _drawn(inputs: StandardInputs) -> Iterator[Item]:
    """The items that a school's own rules join; all of schools where there is no such rule."""
    rules = [rule for rule in inputs.assessed.standard.rules if rule.level == "school"]
    for item in inputs.assessed.items:
        joined = any(item.group in rule.groups or item.id in rule.items for rule in rules)
        if item.judged == "school" and (joined or not rules):
            yield item


def _shares(inputs: StandardInputs, school: str, stage: str | None, item: Item) -> dict[int, float]:
    """The value of an item in per cent of what is asked of it, by year."""
    found = {}
    for year, assessed in inputs.years.items():
        rows = assessed.rows.filter(
            (pl.col("school") == school)
            & pl.col("stage").eq_missing(pl.lit(stage, pl.String))
            & (pl.col("item") == item.id)
            & pl.col("value").is_not_null()
            & (pl.col("threshold") > 0)
            & pl.col("op").is_in([">=", ">"])
        )
        if rows.height and not words.yes_or_no(item):
            found[year] = 100 * rows["value"][0] / rows["threshold"][0]
    return found


def _chart(
    inputs: StandardInputs, id: str, stage: str, lines: Sequence[tuple[Item, dict[int, float]]]
) -> Chart:
    years = list(inputs.years)
    drawn = [value for _, shares in lines for value in shares.values()]
    low, high, step = charts.span([*drawn, 100.0], least=20)
    lowest = min(lines, key=lambda line: line[1].get(inputs.year, float("inf")))
    now = lowest[1].get(inputs.year)
    title = f"{stage}各项与要求之比" if stage else "各项与要求之比"
    said = f"{inputs.year}年最低的是{lowest[0].name}，为要求的{shown(now, 1)}%。" if now is not None else ""
    series: list[Option] = [_line(place, item, shares, years) for place, (item, shares) in enumerate(lines)]
    series[0]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": charts.INK, "type": "solid", "width": 1.4},
        "label": {"show": True, "formatter": "要求", "position": "insideEndTop", "color": charts.INK},
        "data": [{"yAxis": 100}],
    }
    return Chart(
        id=id,
        title=title,
        unit="%（要求＝100）",
        source=inputs.source_since(years[0]),
        date=day(inputs.as_of),
        alt=f"{title}，{years[0]}至{years[-1]}年。{said}",
        option=charts.base(
            grid={"left": 8, "right": 16, "top": 24 + 22 * len(lines), "bottom": 8, "containLabel": True},
            legend={
                "top": 0,
                "left": 0,
                "orient": "vertical",
                "itemGap": 8,
                "selectedMode": False,
                "textStyle": {"color": charts.SOFT, "fontSize": 12},
            },
            xAxis=charts.categories([str(year) for year in years]),
            yAxis=charts.numbers(low=low, high=high, step=step),
            series=series,
        ),
        height=230 + 22 * len(lines),
        note="100 就是要求；各年按当年有效的标准。",
    )


def _line(place: int, item: Item, shares: dict[int, float], years: Sequence[int]) -> Option:
    # When the hues begin again, dash and marker are others.
    again, hue = divmod(place, len(charts.HUES))
    colour, dashes = charts.HUES[hue], charts.DASHES[(place + again) % len(charts.DASHES)]
    return {
        "type": "line",
        "name": item.name,
        "symbol": charts.MARKERS[(place + again) % len(charts.MARKERS)],
        "symbolSize": 7,
        "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "type": dashes, "width": 2},
        "data": [
            {"value": shares.get(year), "tip": [item.name, f"{year}年：{shown(shares.get(year), 1)}%"]}
            for year in years
        ],
    }
