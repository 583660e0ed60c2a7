"""What may be done with personal data, class by class: the one place that says it.

The dictionary gives each column a class; readers, messages, workbooks, tables for the public and
``jiaoheng privacy`` ask here what the class allows. The law behind it is 个人信息保护法: art. 6 and 19
(no more, and no longer, than needed), art. 28 (what is sensitive; all data of children under 14 are),
art. 51 and 73 (去标识化).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Storing = Literal["value", "hash", "never"]
Publishing = Literal["free", "never", "counted", "protected"]

STORED: Mapping[Storing, str] = MappingProxyType({"value": "存原值", "hash": "存散列", "never": "不入库"})
PUBLISHED: Mapping[Publishing, str] = MappingProxyType(
    {
        "free": "可公布",
        "never": "不公布",
        "counted": "只公布汇总数",
        "protected": "汇总数隐去过小的人数后公布",
    }
)


@dataclass(frozen=True)
class Rule:
    """What a class of personal data allows.

    Attributes
    ----------
    zh : its Chinese name; ``meaning`` says what belongs to it.
    stored : as it is, as a keyed hash, or not at all.
    told : whether a message, a screen, an explanation or a JSON document may repeat a value.
    exported : whether a workbook or document that we write may hold a value of one row.
    published : what may leave the office: everything, nothing, counts, or counts without small cells.
    retention : how long it is kept.
    """

    zh: str
    meaning: str
    stored: Storing
    told: bool
    exported: bool
    published: Publishing
    retention: str


_WITH_SNAPSHOT = "与快照同存；随该年快照整体删除"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "": Rule("非个人信息", "学校、镇街和县的情况", "value", True, True, "free", "长期"),
        "identifier": Rule("个人标识", "学籍号、身份证件号", "hash", False, False, "never", _WITH_SNAPSHOT),
        "name": Rule("姓名", "学生、教职工的姓名", "never", False, False, "never", "不保存"),
        "attribute": Rule(
            "个人情况", "一个人的年级、性别、学历、职称等", "value", False, False, "counted", _WITH_SNAPSHOT
        ),
        "sensitive": Rule(
            "敏感个人情况",
            "一个人是否少数民族、残疾、留守",
            "value",
            False,
            False,
            "protected",
            _WITH_SNAPSHOT,
        ),
        "sensitive_count": Rule(
            "敏感人数",
            "一所学校、一个县按敏感个人情况数出的人数",
            "value",
            True,
            True,
            "protected",
            "长期",
        ),
    }
)
"""By the class that the dictionary's column ``personal`` names."""

_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[GLJgljt]?[0-9]{15,18}[0-9Xx]?(?![0-9A-Za-z])")
HIDDEN = "〔号码隐去〕"


def without_numbers(text: str) -> str:
    """A file's or a sheet's name without numbers that may be a person's (学籍号, 身份证件号).

    Names of files stand in messages, reports and the provenance of every snapshot.
    """
    return _LONG_NUMBER.sub(HIDDEN, text)
