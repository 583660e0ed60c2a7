from __future__ import annotations

from audit_building import found, written

from jiaoheng.plans import Passage
from jiaoheng.plans.auditing import scores
from jiaoheng.plans.model import ScoreCard, ScoreCardItem

TEXT = "考核指标\n\n一、责任（10分）\n\n二、队伍（40分）\n\n三、学位（50分）\n"


def item(path: str, name: str, points: float, criteria: str = "") -> ScoreCardItem:
    return ScoreCardItem(
        path=(path,), name=name, points=points, criteria=criteria, passage=Passage(section="表")
    )


def told(*items: ScoreCardItem, total: float | None = None) -> list[tuple[str, tuple[float, ...]]]:
    card = ScoreCard(
        title="考核指标", total=total, items=items, passage=Passage(section="表", start=0, end=len(TEXT))
    )
    return found(scores.CHECKS, written(TEXT, score_cards=(card,)))


PARTS = (item("一、责任", "甲", 10), item("二、队伍", "乙", 40), item("三、学位", "丙", 50))


def test_points_that_make_the_total_and_their_parts_have_no_finding() -> None:
    assert told(*PARTS, total=100) == []


def test_a_total_that_is_not_the_sum_is_found() -> None:
    assert told(*PARTS, total=95) == [("score_total", (100, 95))]


def test_a_part_whose_items_do_not_make_it_is_found() -> None:
    assert told(PARTS[0], item("二、队伍", "乙", 38), PARTS[2]) == [("score_part", (38, 40))]


def test_an_item_that_a_page_put_under_the_next_head_is_no_fault() -> None:
    moved = (PARTS[0], item("二、队伍", "乙", 35), item("三、学位", "丁", 5), PARTS[2])
    assert told(*moved, total=100) == []


def test_criteria_whose_most_does_not_make_the_points_are_found() -> None:
    criteria = "1.制度健全的，计2分；否则计0分。2.低于5%的，计5分；超过5%的，计3分。"
    assert told(item("甲", "管理", 7, criteria)) == []
    assert told(item("甲", "管理", 9, criteria)) == [("score_reachable", (7, 9))]


def test_criteria_that_exclude_each_other_cannot_give_all_points() -> None:
    criteria = (
        "1.公办学校占比达到95%以上的，计4分。2.公办学校占比达80%以上，完成40%的，计3分。"
        "3.公办学校占比不满80%，完成60%的，计3分。"
    )
    assert told(item("甲", "比例", 10, criteria)) == [("score_reachable", (7, 10))]


def test_points_by_share_are_not_added() -> None:
    assert told(item("甲", "比例", 10, "1.达标的，计2分。2.每增加一个的，计1分。")) == []
