"""A .docx is read as Word shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from marks import cells, grids, headings, lines
from raw_docx import MAIN, STRICT, cell, document, level, numbered, paragraph, root, run, table, write_docx

from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.opening.counting import written
from jiaoheng.plans.reading.source import Source


@pytest.fixture
def read(tmp_path: Path):
    def opened(body: str, more: dict[str, str] | None = None) -> Source:
        return open_document(write_docx(tmp_path / "规划.docx", body, more))

    return opened


NUMBERING = {
    "word/numbering.xml": root(
        "numbering",
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>')
        + level(1, "chineseCounting", "%2、", '<w:suff w:val="nothing"/>')
        + level(2, "chineseCounting", "（%3）", '<w:suff w:val="nothing"/>')
        + level(3, "decimal", "%4.")
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "%1")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "bullet", "\uf0b7")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>',
    )
}
STYLES = {
    "word/styles.xml": root(
        "styles",
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="节"/><w:basedOn w:val="a1"/>'
        '<w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>',
    )
}


def test_automatic_numbers_are_words(read) -> None:
    said = lines(
        read(
            numbered("总则", 1)
            + numbered("目标", 1, 1)
            + numbered("学前教育", 1, 2)
            + numbered("建园", 1, 3)
            + numbered("建班", 1, 3)
            + numbered("义务教育", 1, 2)
            + numbered("建校", 1, 3)
            + numbered("措施", 1, 1)
            + numbered("附则", 1)
            + numbered("实施", 1, 1),
            NUMBERING,
        )
    )
    assert said == [
        "第一章 总则",
        "一、目标",
        "（一）学前教育",
        "1.建园",
        "2.建班",
        "（二）义务教育",
        "1.建校",
        "二、措施",
        "第二章 附则",
        "一、实施",
    ]


def test_lists_of_one_kind_count_on_unless_one_says_where_to_begin(read) -> None:
    said = lines(
        read(
            numbered("甲", 2)
            + numbered("乙", 2, 1)
            + numbered("丙", 3)
            + numbered("丁", 2)
            + numbered("戊", 2, 2),
            NUMBERING,
        )
    )
    assert said == ["一 甲", "1.1 乙", "五 丙", "六 丁", "戊"]


def test_headings_come_from_styles_and_outline_levels_with_their_numbers(read) -> None:
    source = read(
        paragraph("总则", properties='<w:pStyle w:val="a1"/>')
        + paragraph("目标", properties='<w:pStyle w:val="a2"/>')
        + paragraph("保障", properties='<w:outlineLvl w:val="2"/>')
        + paragraph("正文", properties='<w:outlineLvl w:val="9"/>')
        + paragraph("长" * 200, properties='<w:outlineLvl w:val="0"/>'),
        {**NUMBERING, **STYLES},
    )
    assert headings(source) == [(1, "第一章 总则"), (2, "一、目标"), (3, "保障")]


def test_insertions_are_in_deletions_and_hidden_words_out(read) -> None:
    said = lines(
        read(
            f"<w:p>{run('达到')}<w:del>{run('95')}<w:r><w:delText>90</w:delText></w:r></w:del>"
            f"<w:ins>{run('98')}</w:ins>{run('%')}{run('密', '<w:vanish/>')}"
            f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('。')}</w:moveTo></w:p>"
        )
    )
    assert said == ["达到98%。"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read) -> None:
    joined = paragraph("新建幼儿园", properties="<w:rPr><w:del/></w:rPr>") + paragraph("3所。")
    assert lines(read(joined)) == ["新建幼儿园3所。"]


def test_signs_breaks_and_symbols(read) -> None:
    said = lines(
        read(
            f'<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("98%")}<w:r><w:tab/></w:r>'
            f"<w:r><w:noBreakHyphen/><w:br/></w:r>"
            f'<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>{run("完")}</w:p>'
        )
    )
    assert said == ["≥98%\t-", "完"]


def test_fields_show_their_result(read) -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("表1")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert lines(read(field)) == ["表1"]


def test_a_text_box_that_is_there_twice_is_read_once_after_its_paragraph(read) -> None:
    box = f"<w:txbxContent>{paragraph('专栏1')}{paragraph('新建2所')}</w:txbxContent>"
    said = lines(
        read(
            f"<w:p>{run('正文。')}<w:r><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
            f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
    )
    assert said == ["正文。", "专栏1", "新建2所"]


def test_notes_stand_at_the_end_and_their_marks_not_in_the_words(read) -> None:
    notes = root(
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run("指三年。")}</w:p></w:footnote>',
    )
    said = lines(
        read(
            f'<w:p>{run("毛入园率")}<w:r><w:footnoteReference w:id="1"/></w:r>{run("达到98%。")}</w:p>',
            {"word/footnotes.xml": notes},
        )
    )
    assert said == ["毛入园率达到98%。", "[1] 指三年。"]


def test_merged_cells_say_what_they_span(read) -> None:
    source = read(
        table(
            cell("指标", '<w:vMerge w:val="restart"/>') + cell("年份", '<w:gridSpan w:val="2"/>'),
            cell("<w:p/>", "<w:vMerge/>") + cell("2020") + cell("2025"),
            cell("毛入园率") + cell("95") + cell("<w:p/>"),
        )
    )
    assert cells(source, source.tables[0]) == [
        (0, 0, "指标 ↓2"),
        (0, 1, "年份 →2"),
        (1, 1, "2020"),
        (1, 2, "2025"),
        (2, 0, "毛入园率"),
        (2, 1, "95"),
        (2, 2, ""),
    ]


def test_rows_that_begin_further_right_or_were_deleted(read) -> None:
    rows = table(cell("甲") + cell("乙"), cell("丙") + cell("丁"), cell("戊"))
    rows = rows.replace(
        '<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">丙',
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙",
    )
    at = rows.rindex("<w:tr>") + len("<w:tr>")
    rows = rows[:at] + '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + rows[at:]
    source = read(rows)
    assert cells(source, source.tables[0]) == [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "戊")]


def test_a_frame_of_one_cell_is_text_and_a_table_in_it_is_a_table(read) -> None:
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    source = read(table(cell(paragraph("专栏2", properties='<w:outlineLvl w:val="1"/>') + inner + "<w:p/>")))
    assert source.text.startswith("专栏2\n")
    assert grids(source) == [[["甲", "1"], ["乙", "2"]]]
    assert headings(source) == [(2, "专栏2")]


def test_a_small_table_in_a_cell_of_a_table_is_words_of_the_cell(read) -> None:
    inner = table(cell("a") + cell("b"))
    source = read(
        table(
            cell("项目名称") + cell("建设内容与规模"),
            cell("中心小学") + cell(paragraph("新建") + inner + "<w:p/>"),
        )
    )
    assert grids(source) == [[["项目名称", "建设内容与规模"], ["中心小学", "新建\na\tb"]]]


def test_automatic_numbers_in_cells(read) -> None:
    source = read(
        table(cell(numbered("", 1, 3)) + cell("甲"), cell(numbered("", 1, 3)) + cell("乙")), NUMBERING
    )
    assert grids(source) == [[["1.", "甲"], ["2.", "乙"]]]


def test_the_strict_kind_is_read_too(tmp_path: Path) -> None:
    part = document(paragraph("新建3所。")).replace(MAIN, STRICT)
    path = write_docx(tmp_path / "a.docx", None, {"word/document.xml": part})
    assert lines(open_document(path)) == ["新建3所。"]


def test_heads_and_feet_of_pages_are_left_out(read) -> None:
    assert lines(read(paragraph("正文"), {"word/header1.xml": root("hdr", paragraph("页眉"))})) == ["正文"]


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (101, "japaneseCounting", "一百零一"),
        (1010, "taiwaneseCounting", "一千零一十"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (3, "ideographZodiac", "寅"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "somethingNew", "5"),
        (21, "decimalEnclosedCircle", "21"),
    ],
)
def test_numbers_are_written_as_word_does(number: int, form: str, said: str) -> None:
    assert written(number, form) == said
