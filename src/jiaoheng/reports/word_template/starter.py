"""A template to begin with: a short report with every kind of tag in it, which fills as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docx.oxml.xmlchemy import BaseOxmlElement

from jiaoheng.reports.docx import package
from jiaoheng.reports.docx.assembly import Item, assemble
from jiaoheng.reports.docx.fonts import BODY, HEI, KAI, TITLE
from jiaoheng.reports.docx.markup import element, paragraph, run
from jiaoheng.reports.docx.page import PORTRAIT
from jiaoheng.reports.docx.styles import TABLE_STYLE
from jiaoheng.reports.numbers import in_chinese
from jiaoheng.reports.word_template.values import Values

_TABLE, _CHART = "table-pupils", "structure-pupils"
# Head, the name of what stands beneath, share of the width.
_COLUMNS = (
    ("指标", "名称", 4),
    ("基期", "基期值", 2),
    ("目标", "目标", 2),
    ("现状", "带单位", 2),
    ("状态", "状态", 2),
)


def starter(values: Values, *, created: date) -> bytes:
    """A Word template (.docx) in the layout of an official document.

    Parameters
    ----------
    values : of the report that it will be filled for: what the report lacks is left out.
    created : the day that the file's properties name.
    """
    made = package.blank()
    assemble(made, [], [Item((each,)) for each in _body(values)])
    package.describe(
        made,
        title="报告模板",
        author=values.inputs.region_name,
        subject="教衡 Word 模板",
        created=created,
    )
    return package.to_bytes(made, created=created)


def _body(values: Values) -> Iterator[BaseOxmlElement]:
    yield paragraph("Title", run("{{ 县名 }}{{ 年度 }}年教育事业发展情况", TITLE))
    yield paragraph("Subtitle", run("（{{ 生成日期 }}）", KAI))
    yield _text("{%p if 模拟数据提示 %}")
    yield paragraph("Warning", run("{{ 模拟数据提示 }}", HEI))
    yield _text("{%p endif %}")
    for number, (title, content) in enumerate(_chapters(values), start=1):
        yield paragraph("Heading1", run(f"{in_chinese(number)}、{title}", HEI))
        yield from content


def _chapters(values: Values) -> Iterator[tuple[str, list[BaseOxmlElement]]]:
    yield (
        "总体情况",
        [
            _text(
                "截至{{ 数据截至 }}，{{ 县名 }}在园幼儿{{ m.pupil_count.学前教育.带单位 }}，小学在校生"
                "{{ m.pupil_count.小学.带单位 }}，初中在校生{{ m.pupil_count.初中.带单位 }}。小学平均班额"
                '{{ 指标("平均班额", 学段="小学").带单位 }}，初中平均班额'
                '{{ 指标("平均班额", 学段="初中").带单位 }}。（数据来源：{{ 数据来源 }}）'
            )
        ],
    )
    yield "最要紧的十条", [_text("{%p for 条 in 要点 %}"), _text("{{ loop.index }}. {{ 条 }}"), _end_for()]
    yield (
        "规划指标",
        [
            _text(
                "《{{ 规划名称 }}》列出指标{{ 规划指标|length }}项。尚未达到目标的有："
                '{% for 项 in 规划指标 if 项.状态 == "未达到" %}{{ 项.名称 }}'
                "{% if not loop.last %}、{% endif %}{% else %}没有{% endfor %}。"
            ),
            paragraph("Caption", run("表1　规划指标", HEI), keep_next=True),
            _indicators(),
        ],
    )
    if _TABLE in values.tables or _CHART in values.charts:
        yield "学生数量", list(_pupils(values))


def _pupils(values: Values) -> Iterator[BaseOxmlElement]:
    if _CHART in values.charts:
        yield paragraph("Figure", run(f'{{{{ 插图("{_CHART}", 宽=150) }}}}', BODY))
        yield paragraph("Caption", run("图1　各学段学生数量", HEI))
    if _TABLE in values.tables:
        yield paragraph("Caption", run("表2　各学段学生数量", HEI), keep_next=True)
        yield _text(f'{{{{p 插表("{_TABLE}") }}}}')


def _indicators() -> BaseOxmlElement:
    """A table whose one row stands for all indicators: the rows around it say so, and go away."""
    shares = sum(share for *_, share in _COLUMNS)
    across = [round(PORTRAIT.room * 20 * share / shares) for *_, share in _COLUMNS]
    heads = [head for head, *_ in _COLUMNS]
    tags = [f"{{{{ 项.{name} }}}}" for _, name, _ in _COLUMNS]
    empty = [""] * (len(_COLUMNS) - 1)
    return element(
        "w:tbl",
        {},
        element(
            "w:tblPr",
            {},
            element("w:tblStyle", {"w:val": TABLE_STYLE}),
            element("w:tblW", {"w:w": sum(across), "w:type": "dxa"}),
            element("w:jc", {"w:val": "center"}),
        ),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": wide}) for wide in across)),
        _row(heads, across, head=True),
        _row(["{%tr for 项 in 规划指标 %}", *empty], across),
        _row(tags, across),
        _row(["{%tr endfor %}", *empty], across),
    )


def _row(words: list[str], across: list[int], *, head: bool = False) -> BaseOxmlElement:
    style, face = ("TableHead", HEI) if head else ("TableText", BODY)
    repeated = element("w:tblHeader") if head else None
    cells = (
        element(
            "w:tc",
            {},
            element("w:tcPr", {}, element("w:tcW", {"w:w": wide, "w:type": "dxa"})),
            paragraph(style, run(each, face)),
        )
        for each, wide in zip(words, across, strict=True)
    )
    return element("w:tr", {}, element("w:trPr", {}, element("w:cantSplit"), repeated), *cells)


def _text(words: str) -> BaseOxmlElement:
    return paragraph("BodyText", run(words, BODY))


def _end_for() -> BaseOxmlElement:
    return _text("{%p endfor %}")
