"""What a figure measures, as a short noun phrase in the document's words."""

from __future__ import annotations

import re

from jiaoheng.plans.reading.quantities.place import Place
from jiaoheng.plans.reading.quantities.quantity import Quantity
from jiaoheng.plans.reading.quantities.words import AREAS, BEFORE, GOVERNED, STAGES, VERBS, one_of

_LONGEST = 48
_SAYS_NOTHING = re.compile(
    r"(?:每(?:\d|[一二三四五两半])?个?(?:学年|学期|年|月|周|天)|年均)?[^县市区镇村]?"
    r"|建成|完成|实施|启动|开工|投用"
    r"|(?:具体|分年度|年度|主要|阶段)+目标|.*为期"
)
_LEAD_IN = re.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)）]|[一二三四五六七八九十]是|其中|同时|此外|另外|并且|并|且|以及|和|及|与|、|到|至|在(?=20)|力争|争取|确保|保证|计划|预计|努力"
    r"|实现|将|要(?!求)|须|应(?!用|急)|必须|使(?!用)|让|有(?!效)|切实|持续|继续|逐步|进一步|原则上|加快(?=在)|年?底前?|年?末|[“\"]?十[一二三四五六]五[”\"]?(?:期间|时期|末)?|期间"
    r"|(?:19|20)\d\d年?(?:[-—~至](?:19|20)?\d\d年?)?(?:\d{1,2}月)?(?:底|末|初)?(?:之?前|起|以前)?|[一二三四五两\d]{1,2}年内|(?:全|我)[市县区省州](?!级))"
)
_TAIL = re.compile(
    rf"(?:分别|平均|基本|(?<![不年])仅|(?<![生人平年班户])均|都|各|总数|总量|比例为|共|共计|累计|总计|{one_of(BEFORE)}|约|(?:19|20)\d\d年(?:底|末)?|[“\"'：:（(]|应|须|要|将|不|得|的)+$"
)
_MEASURE = re.compile(r"(?:率|比例|占比|比|数|数量|量|系数|学历|水平|经费|规模|时间|时长)$")
_WITHOUT_NOUN = {"%", "个百分点", "元", "学时", "课时", "小时", "分钟", "节", "天", "次"}
_LEVELS = re.compile(r"^(?:(?:国家|省|市|县|区|镇|校|乡)(?:级)?、)+")
_AFTER_NOUN = re.compile(
    r"(?:进行|开展|参加|达到|通过|到(?=[^达])|赴|用于|成为|作为|均|各(?!类|级)|接受|支教|安排|跟岗|附近|完成|纳入|分为|，|。|；|：|（|\().*$"
)
_NAMED = re.compile(
    r"^(?P<noun>[^，。；：]{0,16}?)(?:被)?"
    r"(?P<verb>评为|获评|认定为|创建成|创建为|创成|建设成|建成|命名为|获得?)(?P<title>[^，。；]{2,24})"
)
_TREATED = re.compile(r"^(?P<noun>[^，。；的][^，。；]{1,19}?)进行(?P<verb>[^，。；及和\d（(]{2,6})")
_SHARE = re.compile(
    r"(?:按照?|以)?(?:不低于|不少于|不高于|不超过|达到)?(?P<base>[^，。；按照]{2,20}?)(?:的)?$"
)
_SHARED = re.compile(
    r"^(?:的)?(?:比例)?(?:进行(?:为期[^的]*的)?|安排|开展|提取|列支|配备|用于|组织|设立|给予|预留)(?P<what>[^，。；]{2,20}?)(?:工作)?$"
)
_FROM = re.compile(r"(?:由|从)(?:20\d\d年)?的?$")
_STANDARD = re.compile(r"^的?标准(?:落实|安排|拨付|补助|核定|执行|给予|发放)(?P<what>[^，。；]{2,24})")
_STAGE = re.compile(rf"^(?:{one_of(STAGES)})")
_AREA = re.compile(rf"(?:{one_of(AREAS)})")
_STARTS_WITH_WHO = re.compile(rf"(?:{one_of(STAGES)})+(?:学?生|专任教师)?")
_STARTS_WITH_STAGE = re.compile(rf"^(?:{one_of(STAGES)})+(?=.)")
_ENDS_WITH_STAGE = re.compile(rf"(?:{one_of(STAGES)})$")
_SCHOOLS = re.compile(r"(?:幼儿园|小学|中学|初中|高中|学校|校区|[校园])$")
_TOGETHER = re.compile(r"^(?:共|合计|累计|总共)")
_UP_TO_VERB = re.compile(rf".*(?:{one_of(VERBS)})")
_ONLY_WHO = re.compile(rf"(?:{one_of(STAGES)}|生|地区|阶段|学校|教师|专任教师|学生|县|区|全县|全区)+")


def subject(one: Quantity, place: Place, *, since: str) -> str:
    """The subject of a figure; empty where its clause leaves it out.

    Parameters
    ----------
    since : the words since the figure before, where one stands in the same clause.
    """
    named = _NAMED.match(place.rest)
    lead = _lead(place, since)
    if named and not lead:
        noun = trimmed(named["noun"])
        return f"{named['verb']}{named['title']}的{noun}" if noun else named["title"]
    treated = _TREATED.match(place.rest)
    if treated:
        return treated["verb"] + treated["noun"]
    share = _SHARED.match(place.rest)
    if one.unit == "%" and share and (base := _SHARE.search(lead)):
        return f"{share['what']}占{base['base']}比例"
    if standard := _STANDARD.match(place.rest):
        return standard["what"]
    noun = "" if _MEASURE.search(lead) or _FROM.search(place.lead) else _noun(place.rest)
    if one.unit in _WITHOUT_NOUN and lead and not GOVERNED.search(place.lead):
        noun = ""
    name = lead if noun and noun in lead else lead + noun
    return "" if _SAYS_NOTHING.fullmatch(name) else name[-_LONGEST:]


def left_out(words: str) -> str:
    """The subject of a clause that leaves it out: what the nearest clause before it, in `words`, names."""
    for clause in reversed(re.split(r"[，,；;。：:]", words.rstrip("，,；;。、：:"))):
        name = trimmed(clause)
        if not _SAYS_NOTHING.fullmatch(name):
            return name[-_LONGEST:]
    return ""


def _lead(place: Place, since: str) -> str:
    """The words before the figure, from the figure before on where they name something themselves."""
    own = re.split(r"、|以及|和|，|；", since)[-1] if since else ""
    if own and len(trimmed(own)) > 1:
        return trimmed(own)
    return trimmed(re.split(r"\d", place.lead)[0] if since else place.lead)


def shared(lead: str, count: int, index: int) -> str | None:
    """What the `index`-th of `count` parallel figures is for (A、B和C…分别达到x、y和z); None if unclear."""
    clean = trimmed(lead)
    parts = [part for part in re.split(r"、|和|与|及(?!以)|以及", clean) if part]
    if len(parts) < count:
        levels = re.match(rf"([省市县区镇]{{{count}}})", clean)
        return f"{levels[1][index]}级{clean[count:].removeprefix('级')}" if levels else None
    parts = parts[-count:]
    head, last = parts[index], parts[-1]
    if _STAGE.fullmatch(last) and (ends := _ENDS_WITH_STAGE.search(parts[0])):
        return parts[0] if index == 0 else parts[0][: ends.start()] + head
    if index == count - 1 or _MEASURE.search(head):
        return head
    stage = _STAGE.match(last)
    tail = last[stage.end() :] if stage else last[len(head) :]
    return head if head.endswith(tail) else head + tail


def completed(name: str, previous: str) -> str:
    """A name that only says who (初中控制在0.45以内), with what was measured of the one before."""
    if not previous or not _ONLY_WHO.fullmatch(name) or name in previous:
        return name
    if _AREA.fullmatch(name):
        starts = _AREA.match(previous)
        return name + (previous[starts.end() :] if starts else previous)
    if ends := _ENDS_WITH_STAGE.search(previous):
        return previous[: ends.start()] + name
    if _MEASURE.search(previous):
        starts = _STARTS_WITH_WHO.match(previous)
        return name + (previous[starts.end() :] if starts else previous)
    verb = _UP_TO_VERB.match(previous)
    if verb is None:
        return name
    return _TOGETHER.sub("", verb[0]) + name + _shared_out(previous[verb.end() :], name)


def _shared_out(counted: str, name: str) -> str:
    """What a stage's part is a part of: 增加教师60名（其中小学35名）. Of schools the stage itself says it."""
    if not _STAGE.fullmatch(name) or _SCHOOLS.search(counted):
        return ""
    return _STARTS_WITH_STAGE.sub("", counted)


def trimmed(words: str) -> str:
    words = re.sub(r"^在(?=[城乡镇县市])", "", _FROM.sub("", re.split(r"：(?!\d)", words)[-1]))
    previous = None
    while words != previous:
        previous = words
        words = _LEAD_IN.sub("", _TAIL.sub("", words)).strip("，、；。 ")
    return re.sub(r"^[^把将]{0,6}?[把将](?=.{4})", "", words)


def _noun(rest: str) -> str:
    words = re.sub(r"^(?:以上|以下|以内|左右)?(?:的)?", "", rest)
    if not words or re.match(r"以及|和|及|与|、|，|（|\(", words):
        return ""
    levels = _LEVELS.match(words)
    prefix = levels[0] if levels else ""
    words = _AFTER_NOUN.sub("", words[len(prefix) :])
    words = words.rpartition("的")[2] or words
    return prefix + words.partition("、")[0].strip(" ”“")[:24]
