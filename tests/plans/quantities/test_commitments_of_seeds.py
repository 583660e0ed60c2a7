"""What is read of real plans against what they say by hand; the two held-out plans are not among them."""

import time

import pytest
from gold.agreement import pairs
from gold.files import document, gold, text
from gold.items import commitment_right

from jiaoheng.plans.model import Commitment, Period
from jiaoheng.plans.reading import commitments, tables
from jiaoheng.plans.reading.flow import flow
from jiaoheng.plans.reading.outline import outline
from jiaoheng.plans.reading.quantities import figures
from jiaoheng.plans.reading.source import Source, Span

SEEDS = ("000", "002", "004")


def seed(number: str) -> Source:
    path = document(number)
    if path is None:
        pytest.skip(f"参考资料 ../shared/seeds/{number} 不在此机，跳过")
    return Source(text(path))


def plain(one: Commitment) -> dict[str, object]:
    return {
        "subject": one.subject,
        "op": one.target.op,
        "value": one.target.value,
        "value_max": one.target.value_max,
        "unit": one.unit,
        "year": one.target.year,
        "start": one.passage.start,
        "end": one.passage.end,
    }


@pytest.mark.shared
@pytest.mark.parametrize("number", SEEDS)
def test_the_commitments_of_a_real_plan_are_read(number: str) -> None:
    source, wanted = seed(number), gold(number)
    paragraphs = outline(source, tables.find(source)).paragraphs
    read = [plain(one) for one in commitments.read(paragraphs, Period(**wanted["period"]))]
    right = len(pairs(read, wanted["commitments"], commitment_right))
    assert right / len(wanted["commitments"]) >= 0.97
    assert right / len(read) >= 0.97


@pytest.mark.shared
def test_a_long_plan_takes_a_fraction_of_a_second() -> None:
    source = seed("000")
    paragraphs = outline(source, tables.find(source)).paragraphs
    started = time.process_time()
    commitments.read(paragraphs, Period(start=2021, end=2025))
    assert time.process_time() - started < 0.5


def test_a_paragraph_without_a_full_stop_does_not_take_the_square_of_its_length() -> None:
    words = "到2025年，新建学校（含分校）3所，普惠率达到85%；其中城区2所、乡镇1所，"
    whole = flow(Source(words * 400), [Span(0, len(words) * 400)])
    started = time.process_time()
    assert len(figures(whole)) == 4 * 400
    assert time.process_time() - started < 5
