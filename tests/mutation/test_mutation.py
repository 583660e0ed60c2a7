"""Whatever happens to a workbook: a reading, or one sentence that says where, what, and how to mend it.

500 books are part of every run; JIAOHENG_BOOKS=10000 asks for more.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

import pytest

from .books import KINDS, draw
from .damages import DAMAGES, apply
from .draft import Draft
from .judge import judge
from .run import MEMORY, Bench, read, report, run

ATTACKS = ("bomb", "entities", "far_cell", "boastful_dimension", "million_blank_rows", "with_macros")
BOOKS = int(os.environ.get("JIAOHENG_BOOKS", "500"))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.set_up(tmp_path_factory.mktemp("bench"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")
def test_damaged_books_crash_nothing_lose_nothing_and_show_nobody() -> None:
    tally = run(range(BOOKS))
    assert tally.count == BOOKS
    assert not tally.faults, report(tally)
    assert tally.peak < MEMORY
    # A generator that damaged nothing, or a reader that refused everything, would prove nothing.
    assert min(tally.kinds[kind] for kind in ("read whole", "rows refused", "file refused")) > BOOKS / 20


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")
def test_what_is_made_to_exhaust_a_machine_is_refused_or_read_in_little_memory() -> None:
    tally = run(range(len(ATTACKS)), only=ATTACKS)
    assert set(tally.damages) == set(ATTACKS)
    assert not tally.faults, report(tally)
    assert tally.peak < MEMORY


@pytest.mark.parametrize("kind", KINDS)
def test_a_book_that_was_not_damaged_is_read_whole_with_every_value(kind: str, bench: Bench) -> None:
    draft = draw(kind, Random(1))
    outcome = read(draft, bench)
    assert judge(draft, outcome) == []
    assert outcome.kind == "read whole"
    assert outcome.reading is not None
    assert outcome.reading.rows_accepted == sum(len(page.data) for page in draft.pages)


class TestTheJudge:
    """It is no use unless it finds fault where there is one."""

    def damaged(self, kind: str = "wide primary") -> Draft:
        return draw(kind, Random(1))

    def test_sees_a_row_that_is_lost(self, bench: Bench) -> None:
        draft = self.damaged()
        outcome = read(draft, bench)
        page = draft.pages[0]
        # The reading never saw these rows: they stand below the end of the sheet.
        page.lines += [page.lines[page.data[0]]] * 3
        assert any("lost without a word" in fault for fault in judge(draft, outcome))

    def test_sees_a_value_that_is_wrong(self, bench: Bench) -> None:
        draft = self.damaged()
        outcome = read(draft, bench)
        page = draft.pages[0]
        spot = page.lines[page.data[0]].spots[page.fed[-1]]
        spot.may = frozenset({-1})
        assert any("right: frozenset({-1})" in fault for fault in judge(draft, outcome))

    def test_sees_a_value_that_should_have_been_refused(self, bench: Bench) -> None:
        draft = self.damaged()
        page = draft.pages[0]
        page.lines[page.data[0]].spots[page.fed[-1]].may = frozenset({"refused"})
        assert judge(draft, read(draft, bench))

    def test_sees_a_person(self, bench: Bench) -> None:
        draft = self.damaged("classes")
        page = draft.pages[0]
        spot = page.lines[page.data[0]].spots[2]
        spot.value, spot.may = "欧阳密001号", None
        assert any("shows a secret" in fault for fault in judge(draft, read(draft, bench)))

    def test_sees_a_total_that_is_stored(self, bench: Bench) -> None:
        draft = self.damaged()
        page = draft.pages[0]
        outcome = read(draft, bench)
        line = page.lines[page.data[0]]
        line.tag, line.role = "", "total"
        assert any("is no data (total) and is stored" in fault for fault in judge(draft, outcome))

    def test_sees_harmless_damage_that_was_refused(self, bench: Bench, tmp_path: Path) -> None:
        draft = self.damaged()
        draft.suffix = ".unknown"
        assert any("nothing is wrong" in fault for fault in judge(draft, read(draft, bench)))


@pytest.mark.parametrize("chosen", DAMAGES, ids=lambda each: each.name)
def test_each_damage_says_what_is_still_true_and_strikes(chosen: object) -> None:
    from .damages import Damage

    assert isinstance(chosen, Damage)
    assert chosen.change.__doc__
    kinds = (*KINDS, *KINDS)
    assert any(apply(draw(kind, Random(number)), chosen, Random(number)) for number, kind in enumerate(kinds))
