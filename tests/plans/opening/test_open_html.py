"""A web page is read as its reader sees it, without what stands around the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from marks import cells, grids, headings, lines

from jiaoheng.plans.reading.errors import ReadingError
from jiaoheng.plans.reading.opening import open_document
from jiaoheng.plans.reading.source import Source

BODY = "<p>　　到2025年，学前教育毛入园率达到<b>98</b>%以上，新建公办幼儿园12所，新增学位3600个。</p>"
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>甲县人民政府</title><style>p {color: red}</style></head><body>
<!-- 注释 --><div class="topNav"><ul><li><a href="/">首页</a><li><a href="/a">政务公开</a>
<li><a href="/b">办事服务</a></ul></div>
<div><a href="/c">教育</a><a href="/d">卫生</a><a href="/e">住房</a> <a href="/f">交通</a></div>
<p>您现在的位置：<a href="/">首页</a> &gt; <a>规划计划</a></p>
<h1>甲县教育发展“十四五”规划</h1>
<div class="share">分享到：微信</div>
<div id="zoom"><h2>第一章&nbsp;&nbsp;总体<br>要求</h2>BODY
<p style="display: none">看不见的话</p><p hidden>也看不见</p><select><option>选项</select>
<p>各镇<span>要</span>
   落实。</p></div>
<div>上一篇：<a href="/g">乙县教育发展规划</a></div>
<p>打印 关闭</p>
<div class="bot"><p>主办单位：甲县人民政府</p><p>网站标识码：4400000000</p></div>
<script>document.write("脚本")</script></body></html>""".replace("BODY", BODY * 4)


def read(folder: Path, page: str | bytes, name: str = "规划.html") -> Source:
    path = folder / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return open_document(path)


def test_a_government_page(tmp_path: Path) -> None:
    source = read(tmp_path, PAGE)
    sentence = "　　到2025年，学前教育毛入园率达到98%以上，新建公办幼儿园12所，新增学位3600个。".strip()
    assert lines(source) == [
        "甲县教育发展“十四五”规划", "第一章 总体", "要求", *[sentence] * 4, "各镇要 落实。",
    ]  # fmt: skip
    assert headings(source) == [(1, "甲县教育发展“十四五”规划"), (2, "第一章 总体\n要求")]


@pytest.mark.parametrize(
    ("encoding", "named"), [("gb18030", "gb2312"), ("big5", "big5"), ("utf-8", "gb2312")]
)
def test_the_encoding_is_the_one_that_the_page_names_or_has(
    tmp_path: Path, encoding: str, named: str
) -> None:
    page = f'<html><head><meta charset="{named}"></head><body><p>學校達到12所。</p></body></html>'
    assert lines(read(tmp_path, page.encode(encoding))) == ["學校達到12所。"]


def test_words_between_links_are_kept(tmp_path: Path) -> None:
    links = (
        '<p>根据<a href="/1">《甲》</a>、<a href="/2">《乙》</a>和<a href="/3">《丙》</a>，'
        "结合我县实际，制定本规划。</p>"
    )
    assert (
        "根据《甲》、《乙》和《丙》，结合我县实际"
        in read(tmp_path, f"<html><body>{links}</body></html>").text
    )


def test_tables_with_merged_cells(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "<html><body><table><caption>表1 指标</caption><thead><tr><th rowspan=2>指标<th colspan=2>年份</tr>"
        "<tr><th>2020<th>2025</tr></thead><tr style='display:none'><td>隐<td>藏</tr>"
        "<tr><td>巩固率<br>（%）<td>95<td><p>≥98</p></tr>"
        "<tr><td rowspan=0>完<td><td></tr></table></body></html>",
    )
    assert source.text.startswith("表1 指标\n")
    assert cells(source, source.tables[0]) == [
        (0, 0, "指标 ↓2"), (0, 1, "年份 →2"), (1, 1, "2020"), (1, 2, "2025"),
        (2, 0, "巩固率\n（%）"), (2, 1, "95"), (2, 2, "≥98"), (3, 0, "完"), (3, 1, ""), (3, 2, ""),
    ]  # fmt: skip


def test_a_table_that_lays_out_the_page_is_none(tmp_path: Path) -> None:
    figures = "<table><tr><td>指标<td>2025</tr><tr><td>巩固率<td>98</tr></table>"
    source = read(
        tmp_path,
        f"<html><body><table><tr><td width=9>&nbsp;<td><h2>第一章</h2>"
        f"{BODY * 60}{figures}<td>右</tr></table></body></html>",
    )
    assert grids(source) == [[["指标", "2025"], ["巩固率", "98"]]]
    assert headings(source) == [(2, "第一章")]


def test_numbered_lists_show_their_numbers(tmp_path: Path) -> None:
    said = lines(read(tmp_path, "<html><body><ol start=3><li>甲<li>乙</ol><ul><li>丙</ul></body></html>"))
    assert said == ["3. 甲", "4. 乙", "丙"]


def test_a_name_does_not_make_the_document_furniture(tmp_path: Path) -> None:
    page = f'<html><body><div class="menu-content search">{BODY * 3}</div></body></html>'
    assert read(tmp_path, page).text.count("新建公办幼儿园12所") == 3


def test_nesting_that_the_parser_gives_up_on_is_refused_not_cut_off(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        return f"<html><body>{'<div>' * depth}<p>深处</p>{'</div>' * depth}<p>后文</p></body></html>"

    assert lines(read(tmp_path, nested(200))) == ["深处", "后文"]
    with pytest.raises(ReadingError, match="嵌套过深"):
        read(tmp_path, nested(5000))


def test_sloppy_markup_is_read(tmp_path: Path) -> None:
    page = "<html><body><p>甲<p>乙</b></div><table><td>丙<td>丁</table>&nbsp;&lt;5% & <x:y>戊</p></body>"
    assert lines(read(tmp_path, page)) == ["甲", "乙", "丙\t丁", "<5% & 戊"]
