"""Shapes of tables that are harder than a plain grid."""

from __future__ import annotations

import pytest

from jiaoheng.plans.model import Period
from jiaoheng.plans.reading import tables
from jiaoheng.plans.reading.opening import markdown
from jiaoheng.plans.reading.source import Source
from jiaoheng.plans.reading.tables import allocations, indicators, kinds, score_cards
from jiaoheng.plans.reading.tables.indicators import ReadIndicator
from jiaoheng.plans.reading.tables.table import heading

PERIOD = Period(start=2021, end=2025)


def lines(*cells: str, between: str = "\n\n") -> Source:
    return Source("表1 教育发展主要指标\n\n" + between.join(cells) + "\n\n第四章 保障措施\n")


def one(source: Source, kind: str = "indicators") -> tables.Table:
    [table] = tables.find(source)
    assert kinds.kind(table) == kind
    return table


def read(source: Source) -> list[ReadIndicator]:
    return indicators.read(one(source), PERIOD)


def short(indicator: ReadIndicator) -> tuple[object, ...]:
    base = indicator.baseline.value if indicator.baseline else None
    return indicator.name, indicator.group, base, [target.value for target in indicator.targets]


HEAD = ("指标", "2020年", "2025年", "属性")


def test_of_which_rows_whose_names_come_before_their_values() -> None:
    source = lines(
        *HEAD,
        *("一、普及水平", "1.巩固率（%）", "95", "97", "约束性"),
        *("2.标准班额比例（%）", "其中：小学", "初中", "34.5", "77.3", "80以上", "85以上", "预期性"),
        *(
            "二、教师",
            "1.幼儿教师专科以上学历比例（%）",
            "其中：本科以上学历比例（%）",
            "97.7",
            "49.8",
            "100",
            "50",
        ),
        *("预期性", "2.骨干教师（人）", "120", "200", "预期性"),
    )
    got = read(source)
    assert [short(indicator) for indicator in got] == [
        ("巩固率", "普及水平", 95, [97]),
        ("标准班额比例（小学）", "普及水平", 34.5, [80]),
        ("标准班额比例（初中）", "普及水平", 77.3, [85]),
        ("幼儿教师专科以上学历比例", "教师", 97.7, [100]),
        ("幼儿教师本科以上学历比例", "教师", 49.8, [50]),
        ("骨干教师", "教师", 120, [200]),
    ]
    assert [indicator.unit for indicator in got] == ["%"] * 5 + ["人"]
    assert [indicator.property for indicator in got] == ["约束性"] + ["预期性"] * 5


def test_of_which_lines_within_the_cells_of_one_row() -> None:
    row = "普惠园覆盖率（%）<br>其中：公办 | 80<br>50 | 85<br>55 | 约束性"
    rows = [
        "| 指标 | 2020年 | 2025年 | 属性 |",
        "|---|---|---|---|",
        f"| {row} |",
        "| 巩固率 | 95 | 97 | 约束性 |",
    ]
    got = read(Source("\n".join(rows)))
    assert [short(indicator)[::2] for indicator in got] == [
        ("普惠园覆盖率", 80),
        ("普惠园覆盖率（公办）", 50),
        ("巩固率", 95),
    ]
    assert [indicator.property for indicator in got] == ["约束性"] * 3


def test_parts_that_do_not_say_of_which() -> None:
    source = lines(
        *HEAD,
        *(
            "毛入园率（%）",
            "91",
            "95",
            "预期性",
            "标准班额比例（%）",
            "小学",
            "初中",
            "34",
            "77",
            "80",
            "85",
            "约束性",
        ),
        *("骨干教师（人）", "120", "200", "预期性"),
    )
    in_tabs = lines(
        "\t".join(HEAD),
        "毛入园率（%）\t91\t95\t预期性",
        "标准班额比例（%）\t\t\t",
        "小学\t34\t80\t约束性",
        "初中\t77\t85\t约束性",
        "骨干教师（人）\t120\t200\t预期性",
        between="\n",
    )
    for printed in (source, in_tabs):
        got = read(printed)
        assert [short(indicator) for indicator in got] == [
            ("毛入园率", "", 91, [95]),
            ("标准班额比例（小学）", "", 34, [80]),
            ("标准班额比例（初中）", "", 77, [85]),
            ("骨干教师", "", 120, [200]),
        ]
        assert [indicator.unit for indicator in got] == ["%", "%", "%", "人"]


def test_the_same_label_under_two_groups_keeps_its_group() -> None:
    rows = (
        "小学专任教师",
        "本科以上（%）",
        "60",
        "80",
        "预期性",
        "初中专任教师",
        "本科以上（%）",
        "88",
        "95",
        "预期性",
    )
    got = read(lines(*HEAD, *rows, between="\n"))
    assert [short(indicator) for indicator in got] == [
        ("本科以上", "小学专任教师", 60, [80]),
        ("本科以上", "初中专任教师", 88, [95]),
    ]


def test_a_group_label_that_stands_after_its_rows() -> None:
    source = lines(
        *HEAD,
        *("毛入园率(%)", "90", "95", "预期性", "公办园占比(%)", "40", "50", "预期性", "学前教育"),
        *("巩固率(%)", "95", "97", "约束性", "义务教育"),
    )
    assert [indicator.group for indicator in read(source)] == ["学前教育", "学前教育", "义务教育"]


def test_a_name_whose_end_was_drawn_below_its_values() -> None:
    source = lines(
        "指标 2020年 2025年 属性",
        "毛入园率（%） 91.2 95 预期性",
        "高中阶段专任教师硕士研究生",
        "11.2 20 预期性",
        "及以上学历比例（%）",
        "巩固率（%） 96.8 98 约束性",
        between="\n",
    )
    assert [short(indicator)[0] for indicator in read(source)] == [
        "毛入园率",
        "高中阶段专任教师硕士研究生及以上学历比例",
        "巩固率",
    ]


def test_a_missing_cell_is_found_by_its_place_in_the_line() -> None:
    source = lines(
        "指标              2020年        2022年        2025年",
        "毛入园率（%）       91            93            95",
        "巩固率（%）         97                          98",
        "毛入学率（%）                     93            95",
        between="\n",
    )
    got = read(source)
    assert [short(indicator)[2:] for indicator in got] == [(91, [93, 95]), (97, [98]), (None, [93, 95])]


def test_words_in_place_of_a_target_are_a_doubt_and_no_figure() -> None:
    got = read(lines(*HEAD, "教师数（人）", "900", "持续增加", "预期性", "巩固率", "95%", "97%", "约束性"))
    assert got[0].targets == ()
    assert [(doubt.about, doubt.options) for doubt in got[0].doubts] == [("target", ())]
    assert "持续增加" in got[0].doubts[0].question
    assert got[1].doubts == ()


def test_reached_of_a_share_is_all_of_it_and_still_a_doubt() -> None:
    [first, _] = read(lines(*HEAD, "优质均衡县", "20%", "达标", "预期性", "巩固率", "95%", "97%", "约束性"))
    [target] = first.targets
    assert (target.op, target.value, target.printed) == (">=", 100, "达标")
    assert [doubt.about for doubt in first.doubts] == ["target"]
    [count, _] = read(lines(*HEAD, "达标学校", "20所", "达标", "预期性", "巩固率", "95%", "97%", "约束性"))
    assert count.targets == ()


def test_a_date_is_no_target_value() -> None:
    [first, _] = read(
        lines(*HEAD, "通过督导评估的时间", "—", "2023年", "约束性", "巩固率", "95%", "97%", "约束性")
    )
    assert first.targets == ()
    assert "2023年" in first.doubts[0].question


def test_sums_in_a_column_of_their_own() -> None:
    head = "指标\t单位\t2020年\t2025年\t年均增速[累计]\t属性"
    rows = [
        "毛入园率\t%\t92.5\t≥95\t[2.5]\t预期性",
        "新增学位\t万个\t—\t—\t[1.2]\t约束性",
        "教师\t人\t90\t99\t1.9\t预期性",
    ]
    got = read(Source("\n".join(["主要指标", head, *rows])))
    assert [short(indicator)[2:] for indicator in got] == [(92.5, [95]), (None, [12_000]), (90, [99])]
    assert [indicator.cumulative for indicator in got] == [False, True, False]


def test_yearly_additions_beside_their_sum_are_what_is_reached_by_each_year() -> None:
    head = "指标\t2020年\t2021年\t2022年\t2023年\t“十四五”累计\t属性"
    rows = ["新建幼儿园（所）\t2\t1\t3\t2\t6\t预期性", "新增学位（个）\t50\t100\t200\t100\t500\t预期性"]
    got = read(Source("\n".join(["主要指标", head, *rows])))
    assert [(target.year, target.value) for target in got[0].targets] == [
        (2021, 1),
        (2022, 4),
        (2023, 6),
        (2025, 6),
    ]
    assert got[0].cumulative
    assert got[0].doubts == ()
    assert [doubt.about for doubt in got[1].doubts] == ["target"]


def test_a_head_in_two_rows_with_a_baseline_and_targets_by_year() -> None:
    rows = [
        "类别\t指标\t2020年\t规划目标\t\t属性",
        "\t\t实际\t2023年\t2025年\t",
        "学前教育\t毛入园率（%）\t92\t93\t95\t预期性",
        "\t公办园占比（%）\t48\t50\t55\t约束性",
    ]
    table = one(Source("\n".join(rows)))
    assert table.columns == (
        "类别",
        "指标",
        "2020年 › 实际",
        "规划目标 › 2023年",
        "规划目标 › 2025年",
        "属性",
    )
    got = indicators.read(table, PERIOD)
    assert [short(indicator) for indicator in got] == [
        ("毛入园率", "学前教育", 92, [93, 95]),
        ("公办园占比", "学前教育", 48, [50, 55]),
    ]


def test_the_words_of_merged_cells_repeated_in_every_place() -> None:
    source = marked(
        "| 领域 | 指标 | 目标 | 目标 |",
        "|---|---|---|---|",
        "| 领域 | 指标 | 2024年 | 2025年 |",
        "| 一、学前教育 | 一、学前教育 | 一、学前教育 | 一、学前教育 |",
        "| 普及 | 毛入园率（%） | 96 | 96 |",
        "| 普及 | 专任教师（人） | 500 | 520 |",
    )
    table = one(source)
    assert table.columns == ("领域", "指标", "目标 › 2024年", "目标 › 2025年")
    assert [heading(row) is not None for row in table.rows] == [True, False, False]
    got = [(each.name, [(target.year, target.value) for target in each.targets]) for each in read(source)]
    assert got == [
        ("毛入园率", [(2024, 96), (2025, 96)]),
        ("专任教师", [(2024, 500), (2025, 520)]),
    ]


def test_a_first_row_that_says_the_same_twice_is_no_head() -> None:
    source = marked(
        "| 项目 | 建设内容 | 建设内容 |",
        "|---|---|---|",
        "| 甲小学 | 新建 | 新建 |",
        "| 乙小学 | 扩建 | 新建 |",
    )
    [table] = tables.find(source)
    assert [row[0].text for row in table.rows] == ["甲小学", "乙小学"]


def marked(*rows: str) -> Source:
    text = "\n".join(rows)
    return Source(text, tables=markdown.tables(text))


@pytest.mark.parametrize(
    ("base", "goal"),
    [
        ("现状值（2020年）", "目标值（2025年）"),
        ("2020年基数", "2025年目标"),
        ("“十三五”末", "“十四五”末"),
        ("2020", "2025"),
        ("２０２０年", "２０２５年"),
    ],
)
def test_heads_of_baselines_and_targets(base: str, goal: str) -> None:
    got = read(
        lines(
            "指标", base, goal, "属性", "毛入园率", "91%", "95%", "预期性", "巩固率", "96%", "98%", "约束性"
        )
    )
    for indicator in got:
        assert indicator.baseline is not None
        assert (indicator.baseline.year, indicator.targets[0].year) == (2020, 2025)
        assert indicator.confidence == 1


def test_heads_without_years_are_less_sure() -> None:
    got = read(
        lines(
            "指标",
            "现状",
            "目标",
            "属性",
            "毛入园率",
            "91%",
            "95%",
            "预期性",
            "巩固率",
            "96%",
            "98%",
            "约束性",
        )
    )
    assert [short(indicator)[2:] for indicator in got] == [(91, [95]), (96, [98])]
    assert {indicator.confidence for indicator in got} == {0.7}


def test_rows_with_air_between_them() -> None:
    rows = ["指标\t2020年\t2025年", "毛入园率（%）\t91\t95", "巩固率（%）\t97\t98"]
    assert [short(indicator)[2:] for indicator in read(lines(*rows))] == [(91, [95]), (97, [98])]


def test_lines_within_cells_between_tabs() -> None:
    rows = ["指标\t2020年\t2025年\t属性", "毛入园率（%）\t91\t95\t预期性", "巩固率（%）\t97\t98\t约束性"]
    rows += ["升学率（%）", "其中：普高\t99", "60\t100", "65\t预期性"]
    assert [short(indicator) for indicator in read(lines(*rows, between="\n"))] == [
        ("毛入园率", "", 91, [95]),
        ("巩固率", "", 97, [98]),
        ("升学率", "", 99, [100]),
        ("升学率（普高）", "", 60, [65]),
    ]


def test_a_heading_in_a_line_of_its_own_between_rows() -> None:
    rows = [
        "指标\t2020年\t2025年",
        "学前教育",
        "毛入园率（%）\t91\t95",
        "义务教育",
        "巩固率（%）\t97\t98",
        "升学率（%）\t99\t99",
    ]
    got = read(lines(*rows, between="\n"))
    assert [indicator.group for indicator in got] == ["学前教育", "义务教育", "义务教育"]


def test_a_number_and_an_owner_in_columns_of_their_own() -> None:
    source = lines(
        *("序号", "指标", "单位", "2020年", "2025年", "属性", "责任单位"),
        *("1", "毛入园率", "%", "91.2", "95", "预期性", "基教科"),
        *("2", "教师总数", "万人", "0.45", "0.5", "预期性", "人事科、财务科"),
    )
    got = read(source)
    assert [short(indicator)[0] for indicator in got] == ["毛入园率", "教师总数"]
    assert [indicator.owners for indicator in got] == ["基教科", "人事科、财务科"]
    assert (got[1].unit, got[1].targets[0].value) == ("人", 5000)


def test_an_allocation_one_cell_a_line() -> None:
    cells = ("镇街", "小学", "初中", "合计", "城关镇", "1080", "540", "1620", "东乡镇", "270", "—", "270")
    total = ("西山街道", "540", "300", "840", "合计", "1890", "840", "2730")
    text = (
        "附件1\n\n全县公办学位建设任务分解表\n\n单位：个\n\n"
        + "\n\n".join((*cells, *total))
        + "\n\n注：以批复为准。\n"
    )
    got = allocations.read(one(Source(text), "allocation"))
    assert (got.title, got.unit, got.columns) == (
        "全县公办学位建设任务分解表",
        "个",
        ("小学", "初中", "合计"),
    )
    assert [(row.area, row.values) for row in got.rows] == [
        ("城关镇", (1080, 540, 1620)),
        ("东乡镇", (270, None, 270)),
        ("西山街道", (540, 300, 840)),
    ]
    assert got.total is not None
    assert (got.total.area, got.total.values) == ("合计", (1890, 840, 2730))
    places = [(row.start, row.end) for row in (*got.rows, got.total)]
    assert [text[start:end].split() for start, end in places] == [
        ["城关镇", "1080", "540", "1620"],
        ["东乡镇", "270", "—", "270"],
        ["西山街道", "540", "300", "840"],
        ["合计", "1890", "840", "2730"],
    ]


def test_an_allocation_by_years_is_no_indicator_table() -> None:
    rows = [
        "镇街\t2021年\t2022年\t合计",
        "城东街道\t300\t200\t500",
        "石狗镇\t0\t90\t90",
        "合计\t300\t290\t590",
    ]
    got = allocations.read(one(Source("\n".join(rows)), "allocation"))
    assert got.columns == ("2021年", "2022年", "合计")
    assert got.total is not None
    assert got.total.values == (300, 290, 590)


def test_a_score_card_with_a_column_of_points() -> None:
    rows = [
        "| 一级指标 | 二级指标 | 分值 | 评分标准 |",
        "|---|---|---|---|",
        "| 组织领导（20分） | 1.建立机制 | 10 | 建立的得10分，否则不得分。 |",
        "| | 2.召开会议 | 10 | 每年2次，计5分；3次以上，计10分。 |",
        "| 经费保障（30分） | 3.生均经费 | 30 | 逐年增长的计30分。 |",
    ]
    got = score_cards.read(one(Source("\n".join(rows)), "score_card"))
    assert [(item.path, item.name, item.points) for item in got.items] == [
        (("组织领导",), "建立机制", 10),
        (("组织领导",), "召开会议", 10),
        (("经费保障",), "生均经费", 30),
    ]
    assert got.total == 50
    assert got.items[1].criteria == "每年2次，计5分；3次以上，计10分。"


def test_a_criterion_with_points_of_its_own_is_an_item() -> None:
    rows = ["一级指标\t二级指标\t评分标准\t分值", "队伍\t配备\t配齐校长\t6", "\t\t配齐教师\t4"]
    got = score_cards.read(one(Source("\n".join(rows)), "score_card"))
    assert [(item.path, item.name, item.points) for item in got.items] == [
        (("队伍", "配备"), "配齐校长", 6),
        (("队伍", "配备"), "配齐教师", 4),
    ]


def test_a_table_of_contents_is_no_table() -> None:
    assert tables.find(Source("目录\n第一章 基础.....\t1\n第二章 目标.....\t3\n第三章 任务.....\t9\n")) == ()


def test_running_text_with_years_and_figures_is_no_table() -> None:
    text = "到2025年，毛入园率达到95%。\n\n2020年\n\n我们完成了三件大事。\n\n2025年\n\n目标是98%。\n"
    assert tables.find(Source(text)) == ()
