"""What the name of an indicator says, however it is worded: the stages it speaks of, and the rest."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaoheng.packs.catalogue import plain_name
from jiaoheng.plans.reading.source import plain


class Key(NamedTuple):
    """What a name says: alike for two wordings of one indicator.

    Attributes
    ----------
    words : the name without its stage, in one wording.
    stages : stages and groups of stages (``upper_secondary``) that it speaks of.
    """

    words: str
    stages: frozenset[str]


def key(name: str) -> Key:
    """What `name` says.

    >>> key("学前教育专任教师大专及以上学历占比（%）") == key("幼儿园专任教师专科以上学历比例")
    True
    """
    words = plain_name(plain(name))
    for pattern, wording in _WORDINGS:
        words = pattern.sub(wording, words)
    stages = said_stages(words)
    words = _STAGE.sub("", words)
    return Key("学校数" if words == "数" and stages else words, stages)


def said_stages(text: str) -> frozenset[str]:
    """The stages and groups of stages that a text names."""
    found = {match.lastgroup for match in _STAGE.finditer(text) if match.lastgroup}
    if {"primary", "junior"} <= found:
        found = found - {"primary", "junior"} | {"compulsory"}
    return frozenset(found)


_STAGE = re.compile(
    # The longer word first: 中小学 is no 小学, 高中阶段 no 高中.
    r"(?P<school>中小学校?(?:阶段)?)"
    r"|(?P<preschool>学前(?:教育)?(?:阶段)?(?:三年)?|幼儿园)"
    r"|(?P<upper_secondary>高中阶段(?:教育|学校(?!数))*)"
    r"|(?P<vocational>中等职业(?:技术)?(?:教育|学校(?!数))*|中职(?:教育|学校(?!数))*|职业高中|职高)"
    r"|(?P<senior>普通高中(?:教育|阶段|学校(?!数))*|普高|高中(?:教育|学校(?!数))?)"
    r"|(?P<compulsory>(?:九年)?义务教育(?:阶段)?(?:学校(?!数))?)"
    r"|(?P<primary>小学(?:教育|阶段|段)?)"
    r"|(?P<junior>(?:普通)?初中(?:教育|阶段|学校(?!数)|段)?|初级中学)"
    r"|(?P<special>特殊教育(?:学校(?!数))?)"
)

_WORDINGS = [
    (re.compile(pattern), wording)
    for pattern, wording in (
        (r"[“”‘’\"'《》\-—]", ""),
        (r"^(?:(?:实现|力争|确保)|[全我本][省市县区])+", ""),
        (r"[及或含]以上", "以上"),
        (r"大专", "专科"),
        (r"硕士(?:学位|学历)?(?:研究生)?|研究生", "研究生"),
        (r"(?:所)?占(?:的)?(?:比例|比重|比)|比率|比重", "比例"),
        (r"数量", "数"),
        (r"(达标|合格|持证|覆盖|普及|优良|优秀|完成)(?:率|比例)", r"\1率"),
        (r"公办(?:性质)?园", "公办幼儿园"),
        (r"普惠性", "普惠"),
        (r"普惠园", "普惠幼儿园"),
        (r"规范化园", "规范化幼儿园"),
        (r"在园(?:幼儿|儿童|学生)?(?:人数|总数|数)?", "在园幼儿"),
        (r"占在园幼儿(?:的)?比例", "比例"),
        (r"就读(?:于)?|入读", "入读"),
        (r"在(公办(?:义务教育)?学校)入读", r"入读\1"),
        (r"主要劳动年龄", "劳动年龄"),
        (r"(?<=学前教育)资源", ""),
        (r"专业教师", "专业课教师"),
        (r"(?<!普通)高中(?=毛入学率)", "高中阶段"),
        (r"标准化学校(?:创建率|覆盖率|达标率)", "标准化学校比例"),
        (r"进城务工(?:人员)?(?:随迁)?子女", "务工随迁子女"),
        (r"(?:适龄|持证)(?=残疾|残障|三残)", ""),
        (r"残障|三残", "残疾"),
        (r"残疾(?:儿童青少年|儿童少年|少年儿童|青少年|儿童)", "残疾儿童"),
        (r"(?:儿童青少年|青少年儿童|青少年|中小学生|学生)(?:总体)?近视率|总体近视率", "近视率"),
        (
            r"(?:中小学校?)?(?:国家)?(?:中小学生|学生)?体质健康(?:标准)?(?:测试)?(?:达标)?(?=优良|合格|优秀)",
            "体质健康",
        ),
        (r"(?:专任)?教师(?=.*(?:学历|职称))", "教师"),
        (r"(专科|本科|研究生)(?:学历)?以上(?:学历)?(?:的)?(?:专任)?教师(?:的)?比例", r"教师\1以上学历比例"),
        (r"教师学历(?:达到)?(专科|本科|研究生)(?:学历)?以上(?:的)?比例", r"教师\1以上学历比例"),
        (r"教师(?:中)?(?:具有)?(专科|本科|研究生)(?:学历)?以上(?:学历)?(?:的)?比例", r"教师\1以上学历比例"),
        (r"教师(?:中)?(?:具有)?研究生学历(?:的)?比例|研究生学历教师比例", "教师研究生以上学历比例"),
        (r"的", ""),
    )
]
