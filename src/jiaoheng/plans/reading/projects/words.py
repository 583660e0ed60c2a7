"""The words by which plans speak of building: what is built, how, and which names are proper ones."""

from __future__ import annotations

import re

from jiaoheng.terms import ProjectKind, Stage

SCHOOL = (
    r"(?:(?:小学|初中|高中)部|幼儿园|小学|中学|学校|高中|初中|学院|大学|校区|园区|分校|分园|中心校|职教中心|职中"
    r"|附中|附小|[一二三四五六七八九十]中)"
)
BUILDING = (
    r"(?:教学楼|综合楼|实验楼|宿舍楼?|学生公寓|食堂|运动场|体育馆|图书馆|科技楼|艺术楼|实训楼|实训中心|校舍|操场|报告厅"
    r"|风雨球场)"
)
FACILITY = rf"(?:{SCHOOL}|{BUILDING})(?:[一二三四五]期)?"
VERB = (
    r"(?:新改扩建|新建成?|改扩建|扩改建|扩建|改建|迁建|重建|拆建|续建|兴建|筹建|修建|配建|(?:升级|提升|提质|加固|装修)改造"
    r"|改造(?:提升|升级)?|(?:开工|启动|动工)建设)"
)
VERBS = rf"(?:{VERB}(?:[、和及与]?{VERB})*)"
NUMBER = r"(?:约)?(?:\d+(?:[-—–~～至]\d+)?|[一二两三四五六七八九十]{1,3})"
LEAD = re.compile(
    r"加快推进|加快|推进落实|推进|落实|完成对|完成|实施|规划|启动|抓好|做好|确保|保障|推动|开展|支持|抓紧|重点|计划"
    r"|(?<![\u4e00-\u9fff])对|加强|力争|通过|采取|依托|利用|将原?"
)
TITLE = re.compile(
    r"示范|特色|优质|标准|试点|基地|规范|达标|先进|文明|智慧|品牌|平安|信息化|数字|心理|劳动|科普|传统"
)
"""What makes a school one that is awarded, not built: 建成5所示范幼儿园."""
LATER_STAGE = re.compile(r"[二三四五]期$")

_BREAK = re.compile(r"[，,：:]")
_KIND_WORDS = re.compile(
    r"(?P<mixed>新改扩建)|(?P<extend>改扩建|扩改建|扩建|[二三四五]期)|(?P<rebuild>改建|迁建|重建|拆建|改造)"
    r"|(?P<new>新建|配建|兴建|筹建|修建|(?:开工|启动|动工)建设|建成|配套.*建设)"
)
_STAGES = (
    ("特殊教育学校|特教学校|特殊学校", Stage.SPECIAL),
    ("幼儿园", Stage.PRESCHOOL),
    ("九年一贯制|十二年一贯制|完全中学", None),
    ("职业|职中|中职|职教", Stage.VOCATIONAL),
    ("高级中学|高中", Stage.SENIOR),
    ("初级中学|初中", Stage.JUNIOR),
    ("小学", Stage.PRIMARY),
)
_GENERIC = re.compile(
    r"公办|民办|公立|普惠性?|规范化|标准化?|优质|高标准|高质量|高水平|示范性?|特色|一流|现代化|智慧|平安|文明|绿色|美丽|书香"
    r"|家长|试点|基地|薄弱|[新老旧大小](?=城区|学校|校|规模)|城区|城镇|农村|乡村|乡镇|中心|村级|镇街|街道|[镇乡村区]|小区|住宅"
    r"|居住|社区|配套|中等|教育|集团|综合性?|阶段|学前|义务|基础|寄宿制?|(?:九年|十二年)?一贯制|完全|高级|初级|普通|职业"
    r"|技术|特殊|特教|规模|附属|一批|若干|部分|必要|所需|相应|紧缺|的|等|项目|工程|建设"
    rf"|{NUMBER}[所个间座]|{SCHOOL}|{BUILDING}"
)
_MANY = re.compile(
    rf"^(?:[全我本各每][省市县区校镇乡]?|所有|部分|一批|{NUMBER}[所个间座])|中小学|每所|各级|[“”\"+]"
)
_ONLY = re.compile(
    r"(?:第|[县市区镇乡])[一二三四五六七八九十]{1,2}(?:中学?|小学?|幼儿园|幼|高级中学)|职教中心|实验(?:小学|中学|学校|幼儿园|高中)"
)


def is_proper(name: str) -> bool:
    """Whether a name is one place's own: 黄涛中心小学, 县一中; not 公办幼儿园 nor 全市中小学."""
    if _MANY.search(name):
        return False
    return bool(_ONLY.search(name)) or len(_GENERIC.sub("", name).strip("《》 ")) >= 2


def clause_start(text: str, low: int, end: int) -> int:
    """Where the clause that `end` stands in begins: after its last comma or colon, not before `low`."""
    return max((found.end() for found in _BREAK.finditer(text, low, end)), default=low)


def kind_of(words: str) -> ProjectKind | None:
    """What the words say is done; None where they say several things (新建改扩建), or nothing."""
    found = {match.lastgroup or "" for match in _KIND_WORDS.finditer(words)}
    return _KINDS.get(found.pop()) if len(found) == 1 else None


_KINDS = {"new": ProjectKind.NEW, "extend": ProjectKind.EXTEND, "rebuild": ProjectKind.REBUILD}


def stage_of(name: str) -> Stage | None:
    """The stage of a school, where its name tells."""
    return next((stage for words, stage in _STAGES if re.search(words, name)), None)


def public_of(name: str) -> bool | None:
    """Whether the school is public; None where the name does not tell."""
    public, private = "公办" in name, "民办" in name
    return public if public != private else None
