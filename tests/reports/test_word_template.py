"""A bureau's own Word template: what its tags become, and what a wrong tag is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import polars as pl
import pytest
import report_fake
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from jiaoheng import measures, reports
from jiaoheng.reports.blocks import Grid
from jiaoheng.reports.numbers import MISSING
from jiaoheng.reports.pictures import Painter, has_chinese_font
from jiaoheng.reports.word_template import Values, WordTemplateError, fill, starter, tags

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "your-word-template.md"
CATALOGUE = measures.catalogue()
INPUTS = replace(report_fake.inputs(), synthetic=False)
PAINTER = Painter()

Fill = Callable[..., WordFile]


def values(**changes: object) -> Values:
    inputs = replace(INPUTS, **changes)  # type: ignore[arg-type]
    return Values(inputs, reports.compose(inputs), CATALOGUE)


VALUES = values()


@pytest.fixture
def filled(tmp_path: Path) -> Fill:
    """Fill a template of these paragraphs."""

    def run(*paragraphs: str, given: Values = VALUES) -> WordFile:
        made = docx.Document()
        for words in paragraphs:
            made.add_paragraph(words)
        return _filled(made, tmp_path / "模板.docx", given)

    return run


def _filled(made: WordFile, path: Path, given: Values = VALUES) -> WordFile:
    made.save(str(path))
    return docx.Document(io.BytesIO(fill(path, given, PAINTER)))


def said(document: WordFile) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def refused(filled: Fill, *paragraphs: str) -> str:
    with pytest.raises(WordTemplateError) as error:
        filled(*paragraphs)
    return str(error.value)


def test_a_figure_stands_where_its_tag_stood_by_id_and_by_name(filled: Fill) -> None:
    text = said(
        filled(
            '{{ 县名 }}{{ year }}年{{ m.pupil_count.primary }}、{{ 指标("学生数量", 学段="小学").带单位 }}。'
        )
    )
    assert text == ["四会市2025年50,200、50,200人。"]


def test_a_figure_of_another_year_and_by_another_name_of_the_measure(filled: Fill) -> None:
    assert said(filled('{{ 指标("学生数量", 学段="小学", 年份=2016) }}')) == ["44,100"]
    assert said(filled('{{ 指标("在园幼儿数") }}')) == ["11,900"]


def test_what_is_missing_is_said_in_words(filled: Fill) -> None:
    gone = values(county=INPUTS.county.with_columns(value=pl.lit(None), status=pl.lit("unknown")))
    text = said(filled("{{ m.pupil_count.primary }} {{ m.pupil_count.primary.数值 }}", given=gone))
    assert text == [f"{MISSING} {MISSING}"]


def test_a_tag_keeps_the_fonts_of_its_place(tmp_path: Path) -> None:
    made = docx.Document()
    run = made.add_paragraph("共 ").add_run("{{ m.pupil_count.primary }}")
    run.font.name = "仿宋_GB2312"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    run.bold = True
    found = _filled(made, tmp_path / "t.docx").paragraphs[0].runs[1]
    assert (found.text, found.bold) == ("50,200", True)
    assert found._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_tag_that_word_has_cut_into_pieces_is_one_tag(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for piece in ("{", "{ m.pupil", "_count.", "primary }", "}人"):
        paragraph.add_run(piece)
    assert said(_filled(made, tmp_path / "t.docx")) == ["50,200人"]


@pytest.mark.parametrize(
    "tag",
    [
        "｛｛ 指标（“学生数量”，学段＝“小学”） ｝｝",
        "{{ 指标(“学生数量”，　学段=“小学”) }}",
        "{{ 指标（'学生数量', 学段='小学'）．文字 }}",
    ],
)
def test_signs_of_a_chinese_input_method_do_no_harm(filled: Fill, tag: str) -> None:
    assert said(filled(tag)) == ["50,200"]


def test_signs_in_quotation_marks_stay_as_they_are(filled: Fill) -> None:
    assert said(filled('{{ 表("2025年规划指标总览").标题 }}，{{ "（a，b）" }}')) == [
        "2025年规划指标总览，（a，b）"
    ]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ('{{ 指标("学生数") }}', '正文“{{ 指标.*}}”：没有名为“学生数”的指标。相近的有：学生数量'),
        ('{{ 指标("学生数量") }}', '分学段，请写明是哪一个：.*学段="小学"'),
        ('{{ 指标("学生数量", 学段="小雪") }}', "没有“小雪”这个学段。相近的有：小学"),
        ('{{ 指标("平均班额", 学段="普通高中") }}', "没有“普通高中”这个学段。有：小学、初中"),
        ('{{ 指标("学生数量", 学段="小学", 年份=1999) }}', "没有 1999 年的值。有：2016、"),
        ('{{ 指标("学生数量", 镇街="甲") }}', "不认识“镇街”。可以写 学段=、年份="),
        ("{{ m.pupil_cont.primary }}", "没有“pupil_cont”这一项。相近的有：pupil_count"),
        ("{{ m.pupil_count }}", "本身不是一个数，请写明要哪一项，如preschool；学前教育；primary；小学"),
        ("{{ m.pupil_count.primary.单 }}", "没有“单”这一项。相近的有：.*单位"),
        ("{{ 县 }}", "没有“县”这个名称。相近的有：县名"),
        ('{{ 规划("巩固率") }}', "规划里没有名为“巩固率”的指标。相近的有：九年义务教育巩固率"),
        ('{{p 插表("镇街") }}', "没有名为“镇街”的表。相近的有：2025年各镇街主要数据"),
        ('{{ 插图("没有") }}', "没有名为“没有”的图"),
        ('{{ 插图("structure-pupils", 宽=9999) }}', "宽应是 20 到 400 之间的毫米数"),
        ("{{ 指标 }}", "指标后面应有括号"),
        ('表：{{ 插表("table-pupils") }}', "插表要单独成一段，写成 {{p 插表"),
        ('{{p 插图("structure-pupils") }}', "插图前面不要写 p，写成 {{ 插图"),
        ('{% if 规划("青少年儿童总体近视率").数值 > 1 %}{% endif %}', "有一个值没有数据，不能比较或计算"),
        ('{{ 指标("学生数量" }}', "标签写法有误，请核对括号和引号是否成对"),
        ("{% for 条 in 要点 %}", "标签写法有误"),
        ('{{ 表("table-townships").行[99] }}', "只有 14 项，没有第 99 项"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_told_where_it_stands_and_what_was_probably_meant(
    filled: Fill, tag: str, message: str
) -> None:
    told = refused(filled, "好的一段 {{ 县名 }}", tag, "又一段")
    assert re.search(message, told), told
    assert told.startswith("模板.docx › 正文“")
    assert "又一段" not in told


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 县名.upper() }}",
        "{{ 县名.__class__ }}",
        "{{ m.__class__.__mro__ }}",
        "{{ 指标.__globals__ }}",
        "{{ 指标.call }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        '{{ m["__init__"] }}',
        "{{ self }}{{ self._TemplateReference__context }}",
        "{{ cycler.__init__ }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        '{{ "{0.__class__}".format(1) }}',
        "{{ 县名|attr('upper') }}",
        "{{ 县名|map('upper') }}",
        '{{ "x" * 10 }}',
        '{{ "%9999999d" % 1 }}',
        "{{ 9 ** 99 }}",
        "{% set x = 县名 ~ 县名 %}",
        "{% set x %}{{ 县名 }}{% endset %}",
        "{% macro f() %}{{ f() }}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% for x in 要点 recursive %}{{ loop(要点) }}{% endfor %}",
        "{% for a in 县名 %}{{ a }}{% endfor %}",
        "{% autoescape false %}{{ 县名 }}{% endautoescape %}",
        "{% for a in 要点 %}" * 8 + "x" + "{% endfor %}" * 8,
    ],
)
def test_a_template_can_do_nothing_but_ask(filled: Fill, tag: str) -> None:
    assert "请改正模板后再试" in refused(filled, tag)


def test_conditions_loops_and_names_for_what_is_there(filled: Fill) -> None:
    text = said(
        filled(
            '{% set 小学 = 指标("平均班额", 学段="小学") %}'
            "{% if 小学.数值 > 40 %}大{% else %}小{% endif %}，比 40 多 {{ (小学.数值 - 40)|round(1) }}",
            '{% for 项 in 规划指标 if 项.属性 == "约束性" %}{{ loop.index }}{{ 项.名称 }}；{% endfor %}',
            "{%p for 条 in 要点 %}",
            "{{ 条 }}",
            "{%p endfor %}",
        )
    )
    assert text[0] == "大，比 40 多 1.4"
    assert "2" in text[1]
    assert "九年义务教育巩固率" in text[1]
    assert text[2:] == list(reports.headlines(INPUTS))


def test_some_of_a_list_can_be_taken(filled: Fill) -> None:
    text = said(filled("{% for 条 in 要点[:2] %}{{ 条 }}{% endfor %}|{{ 县名[:2] }}"))
    assert text == ["".join(reports.headlines(INPUTS)[:2]) + "|四会"]


def test_the_properties_of_the_file_are_filled_and_a_wrong_tag_there_is_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "{{ 县名 }}报告"
    assert _filled(made, tmp_path / "t.docx").core_properties.title == "四会市报告"
    made.core_properties.title = "{{ 没有 }}"
    with pytest.raises(WordTemplateError, match="文档属性：没有“没有”这个名称"):
        _filled(made, tmp_path / "t.docx")


def test_a_table_in_a_cell_or_beside_another_leaves_a_sound_document(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_table(rows=1, cols=1).cell(0, 0).text = '{{p 插表("table-statuses") }}'
    made.add_paragraph('{{p 插表("table-statuses") }}')
    made.add_paragraph('{{p 插表("table-statuses") }}')
    document = _filled(made, tmp_path / "t.docx")
    assert document.tables[0].cell(0, 0)._tc[-1].tag == qn("w:p")
    kinds = [child.tag for child in document.element.body]
    assert all(pair != (qn("w:tbl"), qn("w:tbl")) for pair in pairwise(kinds))


def test_a_row_of_a_word_table_is_repeated(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for 项 in 规划指标 %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ 项.名称 }}", "{{ 项.带单位 }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    rows = _filled(made, tmp_path / "t.docx").tables[0].rows
    assert [row.cells[0].text for row in rows] == [item.indicator.name for item in INPUTS.progress]


def test_a_whole_table_has_every_cell_its_head_on_every_page_and_a_chinese_font_on_every_run(
    filled: Fill,
) -> None:
    document = filled("前", '{{p 插表("table-townships", 宽=400) }}', "后")
    (table,) = document.tables
    made = VALUES.table("table-townships")
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        [cell.text for cell in row] for row in made.rows
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    runs = list(table._tbl.iter(qn("w:r")))
    assert runs
    assert all(run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia")) for run in runs)
    sides = {cell.paragraphs[0].alignment for cell in table.rows[1].cells[1:]}
    assert [str(side) for side in sides] == ["RIGHT (2)"]
    text = said(document)
    assert text[:2] == ["前", ""]
    assert text[2:] == [f"注：{made.note}", f"来源：{made.source}。", "后"]


def test_a_table_wider_than_the_page_goes_on_in_parts_that_each_name_their_rows(filled: Fill) -> None:
    made = VALUES.table("table-townships")
    parts = filled('{{p 插表("table-townships") }}').tables
    assert len(parts) > 1
    names = [row[0].text for row in made.rows]
    assert all([row.cells[0].text for row in part.rows[1:]] == names for part in parts)
    heads = [cell.text for part in parts for cell in part.rows[0].cells[1:]]
    assert len(heads) == len(made.columns) - 1
    widths = [sum(int(c.get(qn("w:w"))) for c in part._tbl.iter(qn("w:gridCol"))) for part in parts]
    assert max(widths) <= docx.Document().sections[0].page_width.pt * 20


def test_a_chart_is_a_picture_with_its_words(filled: Fill) -> None:
    if not has_chinese_font():
        pytest.skip("这台机器没有中文字体，画不出图")
    document = filled('{{ 插图("structure-pupils", 宽=120) }}')
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 120
    chart = VALUES.chart("structure-pupils")
    assert shape._inline.docPr.get("descr") == chart.alt


def test_headers_and_footers_are_filled_and_named_where_they_are_wrong(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "{{ 县名 }}"
    made.sections[0].footer.paragraphs[0].text = "{{ 数据来源 }}"
    section = _filled(made, tmp_path / "t.docx").sections[0]
    assert section.header.paragraphs[0].text == "四会市"
    assert section.footer.paragraphs[0].text == INPUTS.source
    made.sections[0].header.paragraphs[0].text = "{{ 没有 }}"
    with pytest.raises(WordTemplateError, match=r"t\.docx › 页眉“\{\{ 没有 \}\}”"):
        _filled(made, tmp_path / "t.docx")


def test_made_up_data_are_marked_on_top_unless_the_template_does_it(filled: Fill) -> None:
    made_up = values(synthetic=True)
    assert said(filled("{{ 县名 }}", given=made_up)) == [made_up.warning, "四会市"]
    assert said(filled("{{ 模拟数据提示 }}", given=made_up)) == [made_up.warning]


def test_what_users_wrote_is_text_and_never_a_tag_or_markup(filled: Fill) -> None:
    given = values(region_name='<w:p>&"{{ 年度 }}\x0b市')
    assert said(filled("{{ 县名 }}", given=given)) == ['<w:p>&"{{ 年度 }}市']


def test_the_same_template_and_data_make_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    docx.Document().save(str(path))
    assert fill(path, VALUES, PAINTER) == fill(path, VALUES, Painter())


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 broken", b"{\\rtf1}"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "旧.doc"
    path.write_bytes(content)
    with pytest.raises(WordTemplateError, match=r"不是 Word 文档.*另存为 \.docx"):
        fill(path, VALUES, PAINTER)


def test_a_package_that_unpacks_to_far_more_than_a_template_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/zeros.bin", b"\0" * 201_000_000)
    with pytest.raises(WordTemplateError, match=r"展开后有 2\d\d MB"):
        fill(path, VALUES, PAINTER)


def test_every_tag_in_the_list_gives_the_value_beside_it(filled: Fill) -> None:
    listed = tags(VALUES)
    rows = [
        [cell.text for cell in row]
        for chapter in listed.chapters[:3]
        for block in chapter.blocks
        if isinstance(block, Grid)
        for row in block.table.rows
    ]
    assert len(rows) > 60
    document = filled(*(f"{row[0]}|{row[1]}" for row in rows))
    assert said(document) == [f"{row[2]}|{row[2]}" for row in rows]


def test_a_name_with_quotation_marks_is_found_by_what_the_list_says(filled: Fill) -> None:
    named = replace(INPUTS.measures["pupil_count"], name="无“小学化”学生数")
    given = values(measures={**INPUTS.measures, "pupil_count": named})
    (block,) = tags(given).chapters[1].blocks
    assert isinstance(block, Grid)
    tag = next(row[1].text for row in block.table.rows if "小学化" in row[1].text and '小学")' in row[1].text)
    assert said(filled(tag, given=given)) == ["50,200"]


def test_every_table_and_chart_in_the_list_can_be_put_in(filled: Fill) -> None:
    listed = tags(VALUES)
    tables, charts = (chapter.blocks[0] for chapter in listed.chapters[3:])
    assert isinstance(tables, Grid)
    assert isinstance(charts, Grid)
    document = filled(*(cell.text for row in tables.table.rows for cell in row[:2]))
    assert len(document.tables) >= 2 * len(tables.table.rows) == 2 * len(VALUES.tables)
    assert {row[0].text.split('"')[1] for row in charts.table.rows} == set(VALUES.charts)


def test_the_starter_fills_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(starter(VALUES, created=INPUTS.generated_on))
    document = docx.Document(io.BytesIO(fill(path, VALUES, PAINTER)))
    text = "\n".join([*said(document), *(c.text for t in document.tables for r in t.rows for c in r.cells)])
    assert "{" not in text
    assert "50,200人" in text
    assert all(item.indicator.name in text for item in INPUTS.progress)
    assert len(document.tables) == 2


SNIPPETS = re.findall(r"```word\n(.*?)\n```", GUIDE.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_what_the_guide_shows_can_be_filled(filled: Fill, snippet: str) -> None:
    text = "\n".join(said(filled(*snippet.splitlines())))
    assert "{" not in text


def test_the_guide_shows_the_message_that_a_wrong_tag_gets(filled: Fill) -> None:
    (message,) = re.findall(r"```message\n(.*?)\n```", GUIDE.read_text("utf-8"), re.DOTALL)
    (paragraph,) = re.findall(r"“(小学 .* 人)”", message)
    assert refused(filled, paragraph).startswith(message)


def test_every_name_of_a_figure_and_of_an_indicator_stands_in_the_guide() -> None:
    guide = GUIDE.read_text("utf-8")
    for tag in (VALUES.measure("pupil_count", stage="primary"), VALUES.plan("九年义务教育巩固率")):
        assert {name for name in tag.names if not name.isascii() and f"`.{name}`" not in guide} == set()
