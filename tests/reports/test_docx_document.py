"""The Word file: an official document with real headings, contents, captions and repeated heads."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import docx
import pytest
import report_fake
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from jiaoheng.reports import compose
from jiaoheng.reports import docx as word
from jiaoheng.reports.blocks import Chapter, Document, Grid, Line
from jiaoheng.reports.docx import fonts
from jiaoheng.reports.numbers import MISSING, in_chinese
from jiaoheng.reports.pictures import Painter, has_chinese_font
from jiaoheng.reports.tables import Column, number, table, text

CREATED = date(2025, 12, 1)
needs_font = pytest.mark.skipif(not has_chinese_font(), reason="这台机器没有中文字体")


@pytest.fixture(scope="module")
def report() -> Document:
    return compose(report_fake.inputs(generated_on=CREATED))


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter()


@pytest.fixture(scope="module")
def content(report: Document, painter: Painter) -> bytes:
    return word.render(report, painter=painter)


@pytest.fixture(scope="module")
def opened(content: bytes) -> WordFile:
    return docx.Document(io.BytesIO(content))


def headings(opened: WordFile) -> list[tuple[str, str]]:
    return [
        (one.style.style_id, one.text)
        for one in opened.paragraphs
        if one.style and one.style.style_id.startswith("Heading")
    ]


def instructions(opened: WordFile) -> list[str]:
    return [(one.text or "").strip() for one in opened.element.body.iter(qn("w:instrText"))]


def one_table(columns: int = 3, rows: int = 4, **changes: object) -> Document:
    made = table(
        "table-one",
        "各校学生数",
        [Column("学校", kind="words"), *(Column(f"指标{place}", "人") for place in range(1, columns))],
        [
            [text(f"四会市第{row + 1}小学"), *(number(row * 1000 + place) for place in range(1, columns))]
            for row in range(rows)
        ],
        source="2025年快照",
        note="不含民办学校。",
    )
    given = {
        "title": "四会市2025年指标",
        "subtitle": "",
        "facts": (Line("监测对象", "四会市"),),
        "warning": "",
        "chapters": (Chapter("only", "指标", (Grid(made),)),),
    }
    return Document(**(given | changes))  # type: ignore[arg-type]


# --- text ---


def test_every_chapter_is_a_real_heading_numbered_as_in_official_documents(
    report: Document, opened: WordFile
) -> None:
    first = [words for style, words in headings(opened) if style == "Heading1"]
    assert first == [
        f"{in_chinese(place)}、{chapter.title}" for place, chapter in enumerate(report.chapters, start=1)
    ]
    second = [words for style, words in headings(opened) if style == "Heading2"]
    assert "（一）学前三年毛入园率" in second


def test_every_sentence_of_the_report_is_in_the_document(report: Document, opened: WordFile) -> None:
    written = "\n".join(one.text for one in opened.paragraphs)
    for block in report.chapters[0].blocks:
        for sentence in getattr(block, "sentences", ()):
            assert sentence.text in written
            assert sentence.cited in written


def test_made_up_data_are_called_so_on_the_cover_in_a_box(report: Document, opened: WordFile) -> None:
    first = opened.paragraphs[0]
    assert report.warning
    assert first.text == f"模拟数据　{report.warning}"
    assert first.style is not None
    assert first.style.element.find(f".//{qn('w:pBdr')}") is not None


def test_characters_that_xml_cannot_hold_do_not_spoil_the_file() -> None:
    made = word.render(one_table(title="四会\x00市\x0b<w:p>&\uffff"))
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "四会市<w:p>&"


# --- contents ---


def test_the_contents_are_a_field_that_is_filled_in_and_leads_to_every_heading(opened: WordFile) -> None:
    assert instructions(opened)[0] == 'TOC \\o "1-2" \\h \\z \\u'
    entries = [one for one in opened.paragraphs if one.style and one.style.style_id.startswith("TOC")]
    assert [one.text for one in entries] == [words for _, words in headings(opened)]
    marks = {one.get(qn("w:name")) for one in opened.element.body.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for entry in entries for one in entry._p.iter(qn("w:hyperlink"))]
    assert len(links) == len(set(links)) == len(entries)
    assert set(links) <= marks


def test_page_numbers_stand_in_the_contents_where_they_are_known(report: Document, painter: Painter) -> None:
    bare = docx.Document(io.BytesIO(word.render(report, painter=painter)))
    count = len(headings(bare))
    pages = list(range(11, 11 + count))
    paged = docx.Document(io.BytesIO(word.render(report, painter=painter, pages=pages)))
    entries = [one.text for one in paged.paragraphs if one.style and one.style.style_id.startswith("TOC")]
    assert [int(entry.rpartition("\t")[2]) for entry in entries] == pages
    assert sum(one.startswith("PAGEREF _Toc") for one in instructions(paged)) == count
    assert not any("PAGEREF" in one for one in instructions(bare))


def test_page_numbers_that_do_not_match_the_headings_are_left_out(report: Document, painter: Painter) -> None:
    paged = docx.Document(io.BytesIO(word.render(report, painter=painter, pages=[1, 2, 3])))
    assert not any("PAGEREF" in one for one in instructions(paged))


def test_every_field_that_begins_ends(opened: WordFile) -> None:
    depth = 0
    for one in opened.element.body.iter(qn("w:fldChar")):
        depth += {"begin": 1, "separate": 0, "end": -1}[one.get(qn("w:fldCharType"))]
        assert depth >= 0
    assert depth == 0


def test_links_and_bookmarks_are_unique_and_complete(opened: WordFile) -> None:
    names = [one.get(qn("w:name")) for one in opened.element.body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in opened.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(set(numbers))
    targets = {one.get(qn("w:anchor")) for one in opened.element.body.iter(qn("w:hyperlink"))}
    assert targets <= set(names)


# --- tables and figures ---


def test_tables_are_numbered_in_order_by_fields_with_the_caption_above(
    report: Document, opened: WordFile
) -> None:
    grids = [block.table for c in report.chapters for block in c.blocks if isinstance(block, Grid)]
    captions = [one.text for one in opened.paragraphs if one.text.startswith("表")]
    assert captions == [f"表{place}　{one.caption}" for place, one in enumerate(grids, start=1)]
    assert sum(one.startswith("SEQ 表") for one in instructions(opened)) == len(grids)
    body = list(opened.element.body)
    for place, one in enumerate(body):
        words = "".join(part.text or "" for part in one.iter(qn("w:t")))
        if re.match(r"表\d+　", words):
            assert body[place + 1].tag == qn("w:tbl")
            assert one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_the_head_of_every_table_is_repeated_and_no_row_is_cut(opened: WordFile) -> None:
    headed = [one for one in tables(opened) if style_of(one) and not is_card(one)]
    assert len(headed) > 8
    for one in headed:
        first, *others = one.iter(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert others
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in (first, *others))


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    made = docx.Document(io.BytesIO(word.render(one_table())))
    row = next(tables(made)).findall(qn("w:tr"))[1]
    sides = [cell.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:jc')}") for cell in row.findall(qn("w:tc"))]
    assert sides[0] is None
    assert [side.get(qn("w:val")) for side in sides[1:]] == ["right", "right"]


def test_a_row_of_totals_stands_out(report: Document) -> None:
    block = one_table().chapters[0].blocks[0]
    assert isinstance(block, Grid)
    summed = Chapter("c", "章", (Grid(replace(block.table, total=True)),))
    made = docx.Document(io.BytesIO(word.render(one_table(chapters=(summed,)))))
    faces = [
        {one.get(qn("w:eastAsia")) for one in row.iter(qn("w:rFonts"))}
        for row in next(tables(made)).findall(qn("w:tr"))
    ]
    assert faces == [{"黑体", "仿宋_GB2312"}, *[{"仿宋_GB2312"}] * 3, {"黑体"}]


def test_a_short_table_is_kept_on_one_page_and_a_long_one_is_not() -> None:
    def kept(rows: int) -> list[bool]:
        made = docx.Document(io.BytesIO(word.render(one_table(rows=rows))))
        return [
            row.find(f".//{qn('w:keepNext')}") is not None for row in next(tables(made)).findall(qn("w:tr"))
        ]

    assert all(kept(8))
    head, *body, last = kept(39)
    assert head
    assert last
    assert not any(body)


def test_a_missing_value_is_said_in_words_and_never_as_nothing() -> None:
    holed = table(
        "t", "表", [Column("学校", kind="words"), Column("人数", "人")], [[text("甲"), number(None)]]
    )
    made = docx.Document(io.BytesIO(word.render(one_table(chapters=(Chapter("c", "章", (Grid(holed),)),)))))
    assert made.tables[0].cell(1, 1).text == MISSING


def test_note_and_source_stand_under_the_table(opened: WordFile) -> None:
    made = docx.Document(io.BytesIO(word.render(one_table())))
    body = list(made.element.body)
    place = next(place for place, one in enumerate(body) if one.tag == qn("w:tbl"))
    said = ["".join(part.text or "" for part in one.iter(qn("w:t"))) for one in body[place + 1 : place + 3]]
    assert said == ["注：不含民办学校。", "来源：2025年快照。"]


def test_no_table_is_wider_than_the_text_of_its_page(opened: WordFile) -> None:
    for one in tables(opened):
        width = sum(int(part.get(qn("w:w"))) for part in one.iter(qn("w:gridCol")))
        assert width <= Mm(225).twips + 20
        for row in one.findall(qn("w:tr")):
            cells = [int(cell.get(qn("w:w"))) for cell in row.iter(qn("w:tcW"))]
            assert abs(sum(cells) - width) <= 2 or not style_of(one)


def test_a_wide_table_lies_on_a_turned_page_together_with_its_heading(opened: WordFile) -> None:
    shapes = [section.orientation for section in opened.sections]
    assert len(shapes) >= 4
    found = sections_of(opened, "2025年各学校主要数据")
    assert [opened.sections[place].orientation for place in found] == [1]
    assert sections_of(opened, "、学校数据") == found


def test_a_table_with_too_many_columns_is_continued_and_each_part_names_its_rows() -> None:
    made = docx.Document(io.BytesIO(word.render(one_table(columns=60))))
    parts = made.tables
    assert len(parts) > 1
    assert all(part.cell(1, 0).text == "四会市第1小学" for part in parts)
    shown = [cell.text for part in parts for cell in part.rows[0].cells[1:]]
    assert shown == [f"指标{place}\n人" for place in range(1, 60)]
    assert [one.text for one in made.paragraphs].count("续表　各校学生数") == len(parts) - 1


@needs_font
def test_every_chart_is_a_picture_with_its_words_for_those_who_cannot_see(
    report: Document, opened: WordFile
) -> None:
    described = [one.get("descr") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert described == [chart.alt for chart in report.charts]
    ids = [one.get("id") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)
    captions = [
        one
        for one in opened.element.body.iter(qn("w:p"))
        if style_of(one, "w:pPr/w:pStyle") in ("Caption", "CaptionSmall")
    ]
    words = ["".join(part.text or "" for part in one.iter(qn("w:t"))) for one in captions]
    assert [one for one in words if one.startswith("图")] == [
        f"图{place}　{chart.title}（单位：{chart.unit}）"
        for place, chart in enumerate(report.charts, start=1)
    ]


class _Blind(Painter):
    def draw(self, *_: object, **__: object) -> None:  # type: ignore[override]
        return None


def test_where_no_picture_can_be_drawn_its_words_stand_in_its_place(report: Document) -> None:
    made = docx.Document(io.BytesIO(word.render(report, painter=_Blind())))
    written = "".join(part.text or "" for part in made.element.body.iter(qn("w:t")))
    assert not made.inline_shapes
    assert all(f"（图未绘出）{chart.alt}" in written for chart in report.charts)


# --- page ---


def test_the_page_is_that_of_gb_t_9704(opened: WordFile) -> None:
    first = opened.sections[0]
    got = (first.page_width, first.page_height, first.top_margin, first.left_margin)
    for length, wanted in zip(got, (210, 297, 37, 28), strict=True):
        assert length is not None
        assert abs(length.mm - wanted) < 0.1
    assert first.page_height
    assert first.page_width
    assert abs(first.page_height.mm - 37 - (first.bottom_margin or Mm(0)).mm - 225) < 0.1
    assert abs(first.page_width.mm - 28 - (first.right_margin or Mm(0)).mm - 156) < 0.1


def test_the_running_text_has_22_lines_of_28_characters(opened: WordFile) -> None:
    body = opened.styles["Body Text"].element
    spacing, run = body.find(f".//{qn('w:pPr')}/{qn('w:spacing')}"), body.find(qn("w:rPr"))
    line = int(spacing.get(qn("w:line")))
    assert spacing.get(qn("w:lineRule")) == "exact"
    assert 22 * line <= Mm(225).twips < 23 * line
    size = int(run.find(qn("w:sz")).get(qn("w:val"))) * 10
    pitch = size + int(run.find(qn("w:spacing")).get(qn("w:val")))
    assert size == 320
    assert 28 * pitch <= Mm(156).twips < 29 * pitch


def test_page_numbers_stand_outside_on_odd_and_even_pages_and_begin_with_the_text(opened: WordFile) -> None:
    assert opened.settings.odd_and_even_pages_header_footer
    cover, text_ = opened.sections[0], opened.sections[1]
    assert cover.footer.is_linked_to_previous
    assert text_._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    for footer, side in ((text_.footer, "right"), (text_.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert line.text == "— 1 —"
        assert line._p.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == side
    assert all(section.footer.is_linked_to_previous for section in list(opened.sections)[2:])


def test_a_single_table_has_neither_cover_nor_contents() -> None:
    made = docx.Document(io.BytesIO(word.render(one_table())))
    assert len(made.sections) == 1
    assert [one.text for one in made.paragraphs[:3]] == [
        "四会市2025年指标",
        "监测对象：四会市",
        "表1　各校学生数",
    ]
    assert headings(made) == []


# --- file ---


def test_the_same_report_gives_the_same_bytes(report: Document) -> None:
    some = replace(report, chapters=tuple(one for one in report.chapters if one.id in ("summary", "schools")))
    assert len(some.charts) > 5
    assert word.render(some, painter=Painter()) == word.render(some, painter=Painter())


def test_properties_name_title_author_and_day_and_nothing_of_this_machine(
    report: Document, opened: WordFile
) -> None:
    about = opened.core_properties
    assert (about.title, about.author, about.created.date()) == (report.title, "四会市", CREATED)
    assert about.last_modified_by == "四会市"
    assert about.revision == 1


def test_the_file_holds_nothing_that_it_does_not_use(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        names = read.namelist()
        assert {entry.date_time[:3] for entry in read.infolist()} == {(2025, 12, 1)}
    assert not [name for name in names if re.search("customXml|thumbnail|stylesWithEffects|numbering", name)]


def test_every_part_obeys_the_order_that_word_asks_for(content: bytes) -> None:
    """Word refuses files whose properties stand in another order than the schema's."""
    orders = {
        "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr tabs wordWrap overflowPunct snapToGrid "
        "spacing ind jc outlineLvl sectPr",
        "rPr": "rFonts b snapToGrid spacing sz szCs lang",
        "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook tblCaption",
        "tcPr": "tcW gridSpan vAlign",
        "sectPr": "footerReference type pgSz pgMar pgNumType docGrid",
    }
    for _, root in parts(content):
        for name, order in orders.items():
            allowed = order.split()
            for one in root.iter(qn(f"w:{name}")):
                places = [allowed.index(etree.QName(child).localname) for child in one]
                assert places == sorted(places), etree.tostring(one)


# --- fonts ---


def test_every_run_of_every_part_names_its_chinese_font(content: bytes) -> None:
    known = {face.name for face in fonts.FACES}
    counted = 0
    for name, root in parts(content):
        for one in root.iter(qn("w:r")):
            letters = one.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            if one.find(qn("w:drawing")) is not None:
                continue
            assert letters is not None, (name, etree.tostring(one))
            assert letters.get(qn("w:eastAsia")) in known
            assert letters.get(qn("w:hint")) == "eastAsia"
            counted += 1
    assert counted > 3000


def test_every_style_and_the_defaults_name_their_chinese_font(content: bytes) -> None:
    styles = dict(parts(content))["word/styles.xml"]
    named = [one for one in styles.iter(qn("w:style")) if one.get(qn("w:type")) != "character"]
    assert len(named) > 15
    for one in (*named, *styles.iter(qn("w:rPrDefault"))):
        letters = one.find(f".//{qn('w:rFonts')}")
        assert letters is not None
        assert letters.get(qn("w:eastAsia"))
        # A theme's font would win over the one that is named.
        assert not [key for key in letters.keys() if "Theme" in key]  # noqa: SIM118


def test_every_style_that_is_used_is_there(content: bytes) -> None:
    found = dict(parts(content))
    known = {one.get(qn("w:styleId")) for one in found["word/styles.xml"].iter(qn("w:style"))}
    for name, root in found.items():
        for tag in ("w:pStyle", "w:tblStyle", "w:rStyle", "w:basedOn", "w:next"):
            assert {one.get(qn("w:val")) for one in root.iter(qn(tag))} <= known, (name, tag)


def test_the_faces_are_those_of_official_documents_with_stand_ins(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        root = etree.fromstring(read.read("word/fontTable.xml"))
    faces = {
        one.get(qn("w:name")): one.find(qn("w:altName")).get(qn("w:val")).split(",")
        for one in root.iter(qn("w:font"))
    }
    assert "仿宋" in faces["仿宋_GB2312"]
    assert "楷体" in faces["楷体_GB2312"]
    assert "SimHei" in faces["黑体"]
    assert {"方正小标宋_GBK", "宋体"} <= set(faces["方正小标宋简体"])


@pytest.mark.parametrize(
    ("style", "face", "half_points"),
    [
        ("Title", "方正小标宋简体", 44),
        ("heading 1", "黑体", 32),
        ("heading 2", "楷体_GB2312", 32),
        ("Body Text", "仿宋_GB2312", 32),
        ("footer", "宋体", 28),
    ],
)
def test_sizes_and_faces_are_those_of_the_standard(
    opened: WordFile, style: str, face: str, half_points: int
) -> None:
    found = next(
        one.element for one in opened.styles if one.element.find(qn("w:name")).get(qn("w:val")) == style
    )
    assert found.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == face
    assert found.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == str(half_points)


# --- helpers ---


def tables(opened: WordFile) -> Iterator[etree._Element]:
    yield from opened.element.body.findall(qn("w:tbl"))


def style_of(one: etree._Element, path: str = "w:tblPr/w:tblStyle") -> str | None:
    found = one.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def is_card(one: etree._Element) -> bool:
    return (
        one.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is None
        and "".join(part.text or "" for part in one.find(f"{qn('w:tr')}/{qn('w:tc')}").iter(qn("w:t")))
        == "状态"
    )


def sections_of(opened: WordFile, words: str) -> list[int]:
    """In which sections a paragraph with these words at its end stands."""
    found, place = [], 0
    for one in opened.element.body:
        said = "".join(part.text or "" for part in one.iter(qn("w:t")))
        if (
            one.tag == qn("w:p")
            and said.endswith(words)
            and "TOC" not in (style_of(one, "w:pPr/w:pStyle") or "")
        ):
            found.append(place)
        place += one.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return found


def parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        for name in read.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield name, etree.fromstring(read.read(name))
