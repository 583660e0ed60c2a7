"""A pack as sheets and back: nothing is lost, and every fault is told at its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaoheng import packs
from jiaoheng.packs.pack import Pack
from jiaoheng.packs.sheets import DOCUMENT, LAYOUT, Filled, columns_of, read_sheets, sheets_of
from jiaoheng.packs.sheets.codecs import (
    DAY,
    NUMBER,
    NUMBER_OR_TEXT,
    TRUTH,
    CellError,
    Codec,
    alias_names,
    lines,
    pairs,
    threshold,
)
from jiaoheng.packs.sheets.columns import children
from jiaoheng.packs.sheets.headings import CHOICES, HEADINGS, STAGES
from jiaoheng.packs.yaml_lines import PackError, build, load, read, text_of

SHIPPED = (*packs.builtin_paths(), *packs.optional_paths())
Rows = list[list[object]]


def as_rows(filled: Filled) -> Rows:
    heads = ["栏目", "内容"] if filled.name == DOCUMENT else [column.heading for column in filled.columns]
    return [list(heads), *map(list, filled.rows)]


def sheets(pack: Pack | None) -> dict[str, Rows]:
    return {filled.name: as_rows(filled) for filled in sheets_of(pack)}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_pack_laid_out_and_read_back_is_the_same(path: Path, tmp_path: Path) -> None:
    pack = load(Pack, path)
    located = read_sheets("规则.xlsx", list(sheets(pack).items()))
    assert build(Pack, located).model_dump() == pack.model_dump()
    written = tmp_path / "again.yaml"
    written.write_text(text_of(located.data), encoding="utf-8")
    assert load(Pack, written).model_dump() == pack.model_dump()


def test_every_list_of_a_pack_has_a_sheet() -> None:
    assert {kind.section for kind in LAYOUT} == Pack.model_fields.keys() - {"document"}
    held = {(kind.section, kind.field) for kind in LAYOUT if kind.field}
    for kind in LAYOUT:
        if kind.field is None:
            assert {(kind.section, name) for name in children(kind.model)} <= held


@pytest.mark.parametrize("kind", LAYOUT, ids=lambda kind: kind.name)
def test_the_headings_of_a_sheet_are_chinese_and_differ(kind: Any) -> None:
    heads = Counter(column.heading for column in columns_of(kind))
    assert not [head for head, times in heads.items() if times > 1]
    assert not [head for head in heads if head.isascii()]


def test_no_word_is_kept_for_a_key_that_is_gone() -> None:
    ways = {column.way for kind in LAYOUT for column in columns_of(kind)}
    ways |= {column.way for filled in sheets_of(None) for column in filled.columns}
    keys = {".".join(way) for way in ways}
    assert set(HEADINGS) - keys == set()
    assert set(CHOICES) - keys == set()


PACK = """
document:
  {id: our-rules, title: 我县规则, issuer: 县教育局, date: null, effective_from: 2024-01-01, source: 我县}
parameters:
  - {id: ours, name: 我县, unit: 人, clause: 一, value: {primary: 4.2, junior: 5}}
standards:
  - id: our_standard
    name: 我县标准
    clause: 二
    rules: [{id: all, name: 全部, clause: 二, level: county, items: [our_item]}]
items:
  - {id: our_item, name: 面积, standard: our_standard, group: 甲, judged: county, clause: 三,
     measure: l4_teaching_area, op: ">=", value: {primary: 4.5, junior: 5.8}}
"""


@pytest.fixture
def ours(tmp_path: Path) -> dict[str, Rows]:
    path = tmp_path / "our_rules.yaml"
    path.write_text(PACK, encoding="utf-8")
    return sheets(load(Pack, path))


def put(sheet: str, heading: str, cell: object, row: int = 1) -> Callable[[dict[str, Rows]], None]:
    def change(book: dict[str, Rows]) -> None:
        book[sheet][row][book[sheet][0].index(heading)] = cell

    return change


def rename(sheet: str, heading: str, other: str) -> Callable[[dict[str, Rows]], None]:
    return put(sheet, heading, other, row=0)


FAULTS = {
    "no number": (put("参数", "值", "小学：多"), "参数 › 第 2 行「值」：“多”不是数"),
    "no stage": (put("参数", "值", "小班：4"), "参数 › 第 2 行「值」：“小班”不在可选的范围内"),
    "stage twice": (put("参数", "值", "小学：4\n小学：5"), "参数 › 第 2 行「值」：“小学”写了两次"),
    "no id": (put("项目", "编号", None), "项目 › 第 2 行「编号」：缺少「编号」"),
    "wrong id": (put("项目", "编号", "我的项目"), "项目 › 第 2 行「编号」：编号「我的项目」只能用"),
    "blank clause": (put("项目", "条款", "  "), "项目 › 第 2 行「条款」：缺少「条款」"),
    "no such comparison": (put("项目", "比较", "大于"), "项目 › 第 2 行「比较」：“大于”不在可选的范围内"),
    "no truth": (put("项目", "一票否决", "也许"), "项目 › 第 2 行「一票否决」：“也许”看不懂"),
    "no day": (put("项目", "生效日期", "2024年"), "项目 › 第 2 行「生效日期」：“2024年”不是日期"),
    "no measure or condition": (
        put("项目", "指标", None),
        "项目 › 第 2 行：每一项应写「指标」「条件」或「由人填报」",
    ),
    "heading": (rename("项目", "阈值", "标准值"), "项目 › 第 1 行：不认识的栏目“标准值”"),
    "heading twice": (rename("项目", "备注", "阈值"), "项目 › 第 1 行：栏目“阈值”重复"),
    "owner": (
        put("合成规则", "所属编号", "our_standart"),
        "合成规则 › 第 2 行「所属编号」：「标准」表里没有编号“our_standart”。是不是「our_standard」？",
    ),
    "no owner": (put("合成规则", "所属编号", None), "合成规则 › 第 2 行「所属编号」：缺少编号"),
    "child": (put("合成规则", "层级", "镇"), "合成规则 › 第 2 行「层级」：“镇”不在可选的范围内"),
    "document": (put("文件", "内容", "二〇二四年", row=6), "文件 › 第 7 行"),
    "document field": (
        put("文件", "栏目", "标 题", row=2),
        "文件 › 第 3 行：不认识的栏目“标 题”。是不是「标题」？",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_names_sheet_row_and_column(ours: dict[str, Rows], name: str) -> None:
    change, said = FAULTS[name]
    change(ours)
    with pytest.raises(PackError) as refused:
        build(Pack, read_sheets("规则.xlsx", list(ours.items())))
    assert any(line.startswith(f"规则.xlsx › {said}") for line in str(refused.value).splitlines()), str(
        refused.value
    )


def test_all_faults_are_told_at_once(ours: dict[str, Rows]) -> None:
    put("参数", "值", "多")(ours)
    ours["参数"].append(list(ours["参数"][1]))
    put("参数", "替换同编号", "不知道", row=2)(ours)
    put("项目", "生效日期", "昨天")(ours)
    ours["备忘"] = [["写点什么"]]
    with pytest.raises(PackError) as refused:
        read_sheets("规则.xlsx", list(ours.items()))
    assert len(str(refused.value).splitlines()) == 5


def test_a_book_without_its_document_is_refused(ours: dict[str, Rows]) -> None:
    del ours["文件"]
    with pytest.raises(PackError, match="没有「文件」表"):
        read_sheets("规则.xlsx", list(ours.items()))


def test_sheets_and_columns_may_move_and_blank_rows_say_nothing(ours: dict[str, Rows]) -> None:
    wanted = build(Pack, read_sheets("规则.xlsx", list(ours.items()))).model_dump()
    moved = {
        name: [list(reversed(row)) for row in rows] if name != "文件" else rows for name, rows in ours.items()
    }
    moved["项目"].insert(1, [None, " "])
    moved["填写说明"] = [["随便"]]
    found = build(Pack, read_sheets("规则.xlsx", list(reversed(moved.items()))))
    assert found.model_dump() == wanted


def test_blank_is_not_zero(ours: dict[str, Rows]) -> None:
    put("项目", "阈值", None)(ours)
    with pytest.raises(PackError, match="缺少「比较」"):
        build(Pack, read_sheets("规则.xlsx", list(ours.items())))


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**12), 10**12)
WORDS = st.text("甲乙丙abc_：:、，0123456789.≥-% ", min_size=1).map(str.strip).filter(bool)
EXPRESSIONS = st.sampled_from(["class_size_limit", "if(pupils > 5, 2, 3)", "a + 1", "stage = 'primary'"])


def returns(codec: Codec, value: Any) -> bool:
    return bool(codec.decode(codec.encode(value)) == value)


@given(NUMBERS | st.dictionaries(st.sampled_from(sorted(STAGES)), NUMBERS, min_size=1) | EXPRESSIONS)
def test_thresholds_return(value: Any) -> None:
    assert returns(threshold(), value)


@given(st.lists(WORDS, min_size=1))
def test_lists_of_texts_return(value: list[str]) -> None:
    assert returns(lines(), value)


@given(st.lists(st.sampled_from(sorted(STAGES)), min_size=1))
def test_lists_of_codes_return_and_may_stand_in_one_line(value: list[str]) -> None:
    codec = lines(STAGES)
    assert returns(codec, value)
    assert codec.decode("、".join(STAGES[one] for one in value)) == value
    assert codec.decode(", ".join(value)) == value


@given(st.dates(), st.booleans(), NUMBERS)
def test_days_truths_and_numbers_return(day: date, truth: bool, number: float) -> None:
    assert returns(DAY, day)
    assert DAY.decode(day.isoformat()) == day
    assert returns(TRUTH, truth)
    assert returns(NUMBER, number)


@pytest.mark.parametrize("cell", ["3 人", "", "nan", "0x10", "1.2.3", "4,2", "１２O"])
def test_what_is_no_number_is_not_read_as_one(cell: str) -> None:
    with pytest.raises(CellError):
        NUMBER.decode(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,200", 1200), (" 85 ", 85), ("4.50", 4.5), ("１２", 12), ("1e3", 1000), ("points / 2", "points / 2")],
)
def test_numbers_written_as_text_are_read(cell: str, value: object) -> None:
    assert NUMBER_OR_TEXT.decode(cell) == value


def test_an_alias_may_speak_of_one_stage() -> None:
    found = alias_names().decode("小学：小学入学率\n入学率：总\n净入学率")
    assert found == [{"name": "小学入学率", "stage": "primary"}, {"name": "入学率：总"}, {"name": "净入学率"}]


def test_names_and_values_need_a_colon() -> None:
    with pytest.raises(CellError, match="应写作"):
        pairs(None, NUMBER, hint="").decode("以上 5")


ODD = "yes no 1e3 007 1:30 null ~ 2024-01-01 << = #a 0x1F 1_000 .5 +1 !x *a &a % @ a:_b -_a {a [b ' \" |"
TEXTS = st.text(min_size=1).filter(str.isprintable) | st.sampled_from(ODD.replace("_", " ").split(" "))
VALUES = TEXTS | NUMBERS | st.booleans() | st.none() | st.lists(TEXTS)


# Printable text is drawn by trial: on a busy machine that alone may take seconds.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcdef"), VALUES))
def test_what_is_written_as_yaml_is_read_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text_of(data), encoding="utf-8")
    assert read(path).data == data
