"""Whether a figure is a promise, or only says whom a rule is for, how long, how many there are."""

from __future__ import annotations

import re

from jiaoheng.plans.reading.quantities.place import Place
from jiaoheng.plans.reading.quantities.quantity import Quantity
from jiaoheng.plans.reading.quantities.words import GOVERNED, LIST_NOUNS, LIST_UNITS, TERM_UNITS, one_of

_LEVEL = {">=", ">", "<=", "<", "increase_to", "decrease_to", "increase_by", "decrease_by"}
_REACHING = {"达到", "达", "达至", "提高到", "提高至", "提升到", "提升至", "延长到", "延长至"}
_LIST = re.compile(rf"^(?:大|类|个|项|种)?[^，。；、]{{0,6}}?(?:{one_of(LIST_NOUNS)})")
_PROJECT = re.compile(r"[^，。；、]{0,12}项目")
_REACHED = re.compile(
    r"评为|被评|评上|获评|获得?|通过|创建|创成|成为|达到|达|建成|完成|实现|入选|投入使用|纳入|晋升|取得"
    r"|改为|改成|改办|转为|转设|调整为|合并为|撤并|移交|接受|参加|参与|升级|改造|新建|扩建|改建|建设|组成|更换|进入|开展|推行|开设|配备|立项|以上|用于|作为|左右|以内"
)
_DIVIDED = re.compile(r"(?:分[为成]|包括|包含|涵盖)$")
_EACH = re.compile(r"^[^，。；]{0,10}?(?:各|均|分别|都|每)")
_WHO = re.compile(
    r"(?:其中|力争|争取|确保|全[市县区省]|我[市县区]|辖区|将|要|有|和|、|[到至]?20\d\d年(?:底|末)?前?)*"
)
_PLACES = r"县|市|区|中学|小学|高中|初中|学校|校点|幼儿园|行政村|自然村|村|社区|乡镇|街道|教学点|班级|园区"
_WHOM = re.compile(
    rf"^(?:的)?[^，。；的（(]{{0,6}}?(?:以上|以下|以内)?的?[^，。；的（(]{{0,8}}?(?:{_PLACES})(?!级)"
)
_OR_WHOM = re.compile(r"(?:或者?|且|并且)[^，,。；;]{0,16}?(?:以上|以下)的")
_SIZE = re.compile(
    r"的?(?:[超特]?大班额|教学点|小规模学校|行政村|自然村|小区|乡镇)|的$|(?:学生|幼儿|人口|在校生)(?:以上|以下|及以上)"
)
_CAREER = re.compile(r"(?:应|须|需|具有|具备|满|任职|从教|任教|从事|工作|服务|教龄|连续|累计).{0,14}$")
_CAREER_AFTER = re.compile(
    r"^[^，。；]{0,14}(?:经历|经验|教龄|职称|工作|资历|任职|任教|服务)|^(?:后|期满|的教师)"
)
_TERM_AFTER = re.compile(r"(?:任期|周期|聘期|阶段|方面|学期|年度)")
_TERM_BEFORE = re.compile(
    r"(?:试用期|任期|聘期|周期|有效期|学制|期限|为期|每届|每轮|限期|满|支教|学习|连任|在岗|服务|最长|一般为).{0,8}$"
)
_HOURS = {"小时", "分钟", "天"}
_LASTING = re.compile(
    r"年限|时间|时长|寿命|实践|锻炼|活动|睡眠|培训|跟岗|学习$|任教|任职|支教|轮岗|交流|挂职|蹲点"
)
_TIMES = re.compile(r"每(?:半|[一二三四五六两]|\d)?个?(?:年|学年|学期|月|季度|周|天|日)")
_PUSHED = re.compile(r"(?:推进|加快|实施|抓好|做好|支持)(?:[全我本][市县区省])?$")
_STANDS_ON = re.compile(r"(?:立足|依托|围绕|借助|利用|基于)")
_BUILDING = re.compile(r"新建|扩建|改建|建设|升级|改造|提升|提质|创建")


def is_condition(one: Quantity, place: Place) -> bool:
    """Says whom a rule is for: 1000人以上的中学; 应有5年以上教学经历; 招收5人以上残疾学生的学校."""
    if one.unit in ("岁", "周岁"):
        return True
    if one.unit in ("年", "学年"):
        career = _CAREER.search(place.lead) and _CAREER_AFTER.search(place.rest)
        return bool(career)
    if one.unit in ("人", "名", "户") and _SIZE.match(place.rest):
        return True
    if one.unit in ("人", "班", "个班", "平方米", "公里", "户") and one.op in _LEVEL:
        if GOVERNED.search(place.lead) and not re.search(r"招收|设有|规模", place.lead):
            return False
        return bool(_WHOM.search(place.rest) or _OR_WHOM.match(place.rest)) or place.rest.startswith("口")
    return one.unit in ("人", "班") and bool(re.match(r"口|[ⅠⅡⅢⅣI一二三四]+类", place.rest))


def is_term(one: Quantity, place: Place) -> bool:
    """Says how long a procedure takes or runs: 任期5年; 试用期1年; 不超过2个任期."""
    if one.unit in ("个", "") and _TERM_AFTER.match(place.rest):
        return True
    if (
        one.unit in _HOURS
        and one.op is None
        and not _TIMES.search(place.lead)
        and re.match(r"[\u4e00-\u9fff]", place.rest)
    ):
        return not place.rest.startswith("的")
    if one.unit not in TERM_UNITS or one.before in _REACHING:
        return False
    if one.op in _LEVEL and _LASTING.search(place.lead):
        return False
    return not (one.op in _LEVEL and one.unit in ("个月", "周") and not _TERM_BEFORE.search(place.lead))


def promises(one: Quantity, place: Place) -> bool:
    """Whether the sentence says that so many are to be built, reached or kept."""
    lead, rest = place.lead, place.rest
    if one.composite:
        return one.op in (">=", ">", "=") and bool(one.before)
    if not one.unit and one.op not in {*_LEVEL, "~"} and not (one.value == 0 and one.before):
        return False
    if one.chinese and one.unit != "%":
        return _counts_things(one, place)
    if _DIVIDED.search(place.full):
        return False
    if one.unit == "%" or one.op in _LEVEL or place.bracket is not None:
        return one.unit not in ("班", "轨") or one.op in _LEVEL
    if one.unit in LIST_UNITS and _LIST.match(rest) and not _PROJECT.match(rest):
        return False
    if _ends(rest):
        return bool(lead)
    if one.op is not None or GOVERNED.search(lead) or re.search(r"每[个所名位校班人年学周月天]", lead):
        return True
    if _PUSHED.search(lead) and _BUILDING.search(rest):
        return True
    if _WHO.fullmatch(lead):
        return bool(_REACHED.search(rest)) and not _EACH.search(rest)
    return bool(_BUILDING.search(rest)) and bool(re.search(r"等$|[校园院学区]$", lead))


def _ends(rest: str) -> bool:
    """Whether the thing that is counted was named before the figure: 改造运动场18个."""
    return not re.match(r"[\u4e00-\u9fff“A-Za-z]", rest) or bool(
        re.match(r"(?:以及|和|及|与|并|用于|作为)", rest)
    )


def _counts_things(one: Quantity, place: Place) -> bool:
    """Chinese numerals count only what is to be delivered: 新建一所小学, 每年一次, 至少一名."""
    lead, rest = place.lead, place.rest
    if one.op in _LEVEL:
        return True
    if (
        _STANDS_ON.match(lead)
        or _DIVIDED.search(place.full)
        or (one.unit in LIST_UNITS and _LIST.match(rest))
        or lead.endswith("每")
    ):
        return False
    if one.unit == "支":
        team = re.search(r"(?:成立|组建|组成)$", lead)
        return bool(team) and not re.match(r"[^，。；]{0,20}队伍", rest)
    if one.unit in ("次", "遍", "小时", "节", "课时") and _TIMES.search(lead):
        return True
    if one.value == 1 and one.unit in ("个", "种", "套", "批", "条"):
        return bool(re.search(r"每[校园班镇村乡县区人]$|每[个所名位][^，。；年月周]{0,8}$|至少", lead))
    if one.unit in ("年", "倍", "天", "周", "学期", "学年", "人", "项", "条"):
        return False
    governed = GOVERNED.search(lead)
    if governed and len(governed["gap"]) <= 2:
        return True
    if re.search(r"每[校园班镇村县区街乡人]$", lead):
        return True
    return bool(re.match(r"[^，。；]{0,8}(?:新建|扩建|改建|建设)", rest))
