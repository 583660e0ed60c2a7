"""The development plans, read whole: as exact as a person read them, however the text is set."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import opencc
import pytest
from gold import files
from gold.agreement import Agreement, compare

from jiaoheng import measures
from jiaoheng.plans import Plan
from jiaoheng.plans.reading.read import read
from jiaoheng.plans.reading.source import Source, plain
from jiaoheng.workspace import plan_document

READ = ("000", "002", "004")
"""The documents that the reader was written with; two more are held out."""

LEAST = {"commitments": 0.95, "projects": 0.9}


def _text(number: str) -> str:
    path = files.document(number)
    if path is None:
        pytest.skip(f"参考资料 ../shared/seeds/{number}_* 不在此机，跳过")
    return files.text(path)


def _document(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(plan_document(plan)))
    return found


@pytest.mark.parametrize("number", READ)
def test_a_plan_is_read_as_a_person_read_it(number: str) -> None:
    text = _text(number)
    plan = read(Source(text), catalogue=measures.catalogue())
    short = [each for each in compare(_document(plan), files.gold(number), text) if not _enough(each)]
    assert not short, [(each.kind, each.right, each.gold, each.misses[:3], each.extras[:3]) for each in short]


def _enough(kind: Agreement) -> bool:
    least = LEAST.get(kind.kind, 1)
    return all(share is None or share >= least for share in (kind.recall, kind.precision))


def _traditional(text: str) -> str:
    return opencc.OpenCC("s2t").convert(text)


def _full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def _without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


WAYS = {"traditional": _traditional, "full width": _full_width, "no blank lines": _without_blank_lines}


@pytest.mark.parametrize("number", READ)
@pytest.mark.parametrize("way", WAYS)
def test_a_plan_set_in_another_way_says_the_same(number: str, way: str) -> None:
    text = _text(number)
    change: Callable[[str], str] = WAYS[way]
    told, again = _told(read(Source(text))), _told(read(Source(change(text))))
    # A table whose pages no blank line parts any more may show a row twice.
    lost = told - again if way == "no blank lines" else (told - again) + (again - told)
    assert not lost


def _told(plan: Plan) -> Counter[tuple[object, ...]]:
    """What a plan says, without places, in plain words."""
    return Counter(
        [
            *(("section", each.level, _plain(each.title)) for each in plan.sections),
            *(
                ("indicator", _plain(each.name), each.target.op, each.target.value, each.target.year)
                for each in plan.indicators
            ),
            *(
                ("commitment", each.target.op, each.target.value, each.target.year)
                for each in plan.commitments
            ),
            *(("task", each.number, _plain(each.title), *map(_plain, each.lead)) for each in plan.tasks),
            *(("row", each.values) for table in plan.allocations for each in table.rows),
            *(("item", each.points) for card in plan.score_cards for each in card.items),
        ]
    )


def _plain(words: str) -> str:
    return re.sub(r"\s", "", plain(words))


@pytest.mark.parametrize("number", READ)
def test_places_are_places_of_the_text(number: str) -> None:
    text = _text(number)
    plan = read(Source(text))
    for section in plan.sections:
        assert section.heading_end is not None
        assert 0 <= section.start < section.heading_end <= section.end <= len(text)
    for item in (*plan.indicators, *plan.commitments, *plan.tasks, *plan.projects):
        place = item.passage
        assert place.start is not None
        assert place.end is not None
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end].strip()


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    text = _text("000")
    catalogue = measures.catalogue()
    read(Source(text), catalogue=catalogue)
    once = _seconds(lambda: read(Source(text), catalogue=catalogue))
    four = _seconds(lambda: read(Source("\n\n".join([text] * 4)), catalogue=catalogue))
    assert four < 10 * once


def _seconds(work: Callable[[], object]) -> float:
    """The shortest of three runs."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)
