"""Charts on paper: drawn offline by the page's own library, whole, and never with empty boxes for words."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from functools import partial
from xml.etree import ElementTree

import pytest
import report_fake
import resvg_py

from jiaoheng.reports import charts, compose, pictures
from jiaoheng.reports.charts import Chart, Legend
from jiaoheng.reports.pictures import NO_FONT, Painter

needs_font = pytest.mark.skipif(not pictures.has_chinese_font(), reason="这台机器没有中文字体")


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter()


def words(svg: str) -> list[str]:
    """What is written in a picture, whatever line it stands on."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()) for text in texts]


def chart(**changes: object) -> Chart:
    given: dict[str, object] = {
        "id": "pupils",
        "title": "在校生",
        "unit": "人",
        "source": "",
        "date": "",
        "alt": "在校生逐年增加。",
        "option": charts.base(
            xAxis=charts.categories(["2024", "2025"]),
            yAxis=charts.numbers(low=0),
            series=[{"type": "bar", "data": [{"value": 3}, {"value": 5}]}],
        ),
    }
    return Chart(**(given | changes))  # type: ignore[arg-type]


def test_every_chart_of_the_report_is_drawn_with_its_words(painter: Painter) -> None:
    for one in compose(report_fake.inputs()).charts:
        svg, height = painter.svg(one, width=590, height=one.height)
        written = words(svg)
        assert len(written) >= 5, one.id
        assert height >= one.height
        # A formatter that nobody replaced would stand in the picture as it is.
        assert not any(re.search(r"\{[abcd]\}|NaN|undefined|null", word) for word in written), one.id


def test_the_keys_beside_a_chart_stand_in_the_picture_above_it(painter: Painter) -> None:
    legend = (Legend("#e3edf6", "20至30"), Legend("#f1f1ef", "无数据（1个镇街）", hatched=True))
    bare, low = painter.svg(chart(), width=400, height=240)
    keyed, high = painter.svg(chart(legend=legend), width=400, height=240)
    assert low == 240
    assert high > 240
    assert words(keyed) == ["20至30", "无数据（1个镇街）", *words(bare)]
    assert "url(#hatch)" in keyed


def test_keys_go_to_another_row_where_the_picture_is_narrow(painter: Painter) -> None:
    legend = tuple(Legend("#e3edf6", f"第{number}档：10,000至20,000") for number in range(5))
    _, wide = painter.svg(chart(legend=legend), width=1200, height=240)
    _, narrow = painter.svg(chart(legend=legend), width=290, height=240)
    assert narrow > wide > 240


def test_words_from_the_data_cannot_become_markup(painter: Painter) -> None:
    svg, _ = painter.svg(chart(legend=(Legend("#e3edf6", "<b>&"),)), width=400, height=240)
    assert words(svg)[0] == "<b>&"


@needs_font
def test_a_picture_has_the_size_that_was_asked_for(painter: Painter) -> None:
    drawn = painter.draw(chart(), width=400)
    assert drawn is not None
    assert drawn.png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn.png[16:24])
    assert (drawn.width, drawn.height) == (400, 240)
    assert width / height == pytest.approx(400 / 240)
    assert width >= 800


@needs_font
def test_the_same_chart_is_the_same_picture_whoever_draws_it(painter: Painter) -> None:
    # Its dots move apart by chance.
    wanted = next(one for one in compose(report_fake.inputs()).charts if one.id.startswith("schools-"))
    assert painter.draw(wanted, width=400) is painter.draw(wanted, width=400)
    first, second = painter.draw(wanted, width=400), Painter().draw(wanted, width=400)
    assert first == second


def test_without_a_chinese_font_there_is_a_warning_and_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pictures.resvg_py, "svg_to_bytes", partial(resvg_py.svg_to_bytes, skip_system_fonts=True)
    )
    pictures.has_chinese_font.cache_clear()
    try:
        blind = Painter()
        assert blind.warning == NO_FONT
        assert blind.draw(chart(), width=400) is None
    finally:
        pictures.has_chinese_font.cache_clear()


def test_a_process_that_drew_ends_even_where_it_fails() -> None:
    code = (
        "from jiaoheng.reports.pictures import Painter; from jiaoheng.reports.charts import Chart, base;"
        "kept = Painter(); kept.svg(Chart('a', '', '', '', '', '', base(series=[])), width=200, height=100);"
        "raise SystemExit(3)"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert done.returncode == 3
