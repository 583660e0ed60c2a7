"""The page as text: safe, whole, and nothing in it that a network would have to answer."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import polars as pl
import pytest
import report_fake

from jiaoheng.reports import MeasureEntry, monitoring
from jiaoheng.reports.html import embedded, whole_dates

EVIL = "<script>alert('坏')</script></script><!--&\u2028"


class Page(HTMLParser):
    """The elements of a page, in order, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            self.scripts[-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return monitoring(report_fake.inputs())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    for tag, attributes in page.elements:
        assert "src" not in attributes, tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
        assert attributes.get("href", "#").startswith("#"), attributes
    (policy,) = (meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'")


def test_the_addresses_in_the_page_are_names_and_licences_only(text: str) -> None:
    found = set(re.findall(r"https?://[^\s\"'<>)\\]+", text))
    allowed = (
        "http://www.w3.org/",
        "http://www.apache.org/licenses/",
        "https://github.com/ecomfe/zrender/blob/master/LICENSE",
    )
    assert all(address.startswith(allowed) for address in found), found
    own = resources.files("jiaoheng.reports").joinpath("assets")
    for name in ("report.js", "report.css"):
        assert not re.search(
            r"fetch\(|XMLHttpRequest|@import|url\(|https?:", own.joinpath(name).read_text("utf-8")
        )


def test_only_the_page_s_own_scripts_may_run(page: Page) -> None:
    policy = next(meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    data, *scripts = page.scripts
    assert [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ] == allowed
    assert json.loads(data)["options"]
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_a_school_or_a_town_named_like_a_script_stays_text() -> None:
    inputs = report_fake.inputs()
    inputs = replace(
        inputs,
        region_name=EVIL,
        schools=inputs.schools.with_columns(key_name=pl.lit(EVIL)),
        school_table=inputs.school_table.with_columns(name=pl.lit(EVIL)),
        area_table=inputs.area_table.with_columns(name=pl.lit(EVIL)),
        notes=(EVIL,),
    )
    text = monitoring(inputs)
    page = Page(text)
    assert len(page.all("script")) == len(Page(monitoring(report_fake.inputs())).all("script"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert EVIL in json.dumps(json.loads(page.scripts[0]), ensure_ascii=False)


def test_data_may_hold_any_text_and_comes_back_as_it_was() -> None:
    given = {"name": EVIL, "more": ["\u2029", "]]>", '"', "\\"]}
    text = embedded(given)
    assert json.loads(text) == given
    assert not set(text) & {"<", ">", "&", "\u2028", "\u2029"}
    with pytest.raises(ValueError, match="JSON"):
        embedded({"value": float("nan")})


def test_made_up_data_are_marked_on_the_cover_in_the_title_and_at_every_figure(text: str) -> None:
    assert "<title>【模拟数据】" in text
    assert text.index('class="warning"') < text.index("<h1>")
    real = monitoring(report_fake.inputs(synthetic=False))
    assert "模拟数据" not in real


@pytest.mark.parametrize(
    ("name", "whole"),
    [("四会市", "全市"), ("端州区", "全区"), ("广宁县", "全县"), ("鄂温克族自治旗", "全县")],
)
def test_the_whole_region_is_called_as_its_name_ends(name: str, whole: str) -> None:
    text = monitoring(replace(report_fake.inputs(), region_name=name, measures=_without_definitions()))
    assert {word for word in ("全市", "全区", "全县") if word in text} == {whole}


def _without_definitions() -> dict[str, MeasureEntry]:
    """A definition speaks as its document does, of 全县."""
    return {id_: replace(entry, definition="") for id_, entry in report_fake.inputs().measures.items()}


def test_the_title_names_the_plan_as_a_title(text: str) -> None:
    assert "<h1>《四会市教育发展十四五规划》实施监测报告</h1>" in text


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_says_its_language_and_every_id_is_its_own(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "zh-CN"
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"][1:] for attributes in page.all("a")}
    assert links <= set(ids)


def test_every_table_has_a_caption_and_every_chart_words(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption")) > 8
    charts = [attributes for attributes in page.all("div") if "data-chart" in attributes]
    assert len(charts) > 30
    for chart in charts:
        assert chart["role"] == "img"
        assert chart["aria-label"]


def test_what_is_unknown_is_written_out_and_why(text: str) -> None:
    assert "—（无数据）" in text
    assert 'title="缺少所需数据"' in text
    assert not re.search(r">(None|nan|NaN|null|inf)<", text)


def test_the_page_is_small_enough_to_send(text: str) -> None:
    assert len(text.encode()) < 3_000_000


def test_the_chart_library_is_the_one_on_record() -> None:
    assets = resources.files("jiaoheng.reports").joinpath("assets")
    record = assets.joinpath("echarts.txt").read_text("utf-8")
    library = assets.joinpath("echarts.min.js").read_bytes()
    assert f"sha256:  {hashlib.sha256(library).hexdigest()}" in record
    version = re.search(r"version: (\S+)", record)
    assert version is not None
    assert f't.version="{version[1]}"' in library.decode()
    assert b"Licensed to the Apache Software Foundation" in library[:200]


def test_a_date_is_never_cut_and_its_neighbours_are_escaped() -> None:
    assert whole_dates("<b>2025-12-31，进行中") == ('&lt;b&gt;<span class="whole">2025-12-31</span>，进行中')
