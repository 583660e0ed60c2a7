"""The names of units and offices: what is recorded of work names these, never persons."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Strict

from jiaoheng.census.personal import HIDDEN, without_numbers

# The hundred most common surnames of the 2020 census cover some 86 % of the people.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_PERSON = re.compile(f"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_OFFICE = re.compile(
    r"[局委办部会院校园镇街乡村区县市省厅室科股组处队站所社团司库馆联府党中台行长任督员]$|中心$|学校$"
)


def unit_name(value: str) -> str:
    """`value` as the name of a unit or office.

    Raises
    ------
    ValueError
        It is empty, or it reads like a person's name or number.
    """
    name = value.strip()
    if not name:
        raise ValueError("单位不能为空。请填写单位名称。")
    if HIDDEN in without_numbers(name) or (_PERSON.fullmatch(name) and not _OFFICE.search(name)):
        raise ValueError("单位一栏像是个人的姓名或号码。这里只记单位或职务，如“区教育局”“规划股”。请改正。")
    return name


Unit = Annotated[str, Strict(), AfterValidator(unit_name)]
