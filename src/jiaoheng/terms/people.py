"""Code lists that describe pupils and teachers."""

from __future__ import annotations

from jiaoheng.terms.base import Term


class Sex(Term):
    """性别 (GB/T 2261.1)."""

    MALE = "male", "男", "1"
    FEMALE = "female", "女", "2"


class Grade(Term):
    """年级. The code is the one of the national fitness system for grades 1 to 12."""

    NURSERY = "nursery", "托班", "", ("托儿班",)
    K1 = "k1", "小班"
    K2 = "k2", "中班"
    K3 = "k3", "大班"
    KMIXED = "k_mixed", "混合班", "", ("混龄班",)
    G1 = "g1", "一年级", "11", ("小学一年级", "1年级")
    G2 = "g2", "二年级", "12", ("小学二年级", "2年级")
    G3 = "g3", "三年级", "13", ("小学三年级", "3年级")
    G4 = "g4", "四年级", "14", ("小学四年级", "4年级")
    G5 = "g5", "五年级", "15", ("小学五年级", "5年级")
    G6 = "g6", "六年级", "16", ("小学六年级", "6年级")
    G7 = "g7", "七年级", "21", ("初一", "初中一年级", "初中一", "7年级")
    G8 = "g8", "八年级", "22", ("初二", "初中二年级", "初中二", "8年级")
    G9 = "g9", "九年级", "23", ("初三", "初中三年级", "初中三", "9年级")
    G10 = "g10", "高一", "31", ("高中一年级", "十年级")
    G11 = "g11", "高二", "32", ("高中二年级", "十一年级")
    G12 = "g12", "高三", "33", ("高中三年级", "十二年级")


class Qualification(Term):
    """学历 of a teacher, as form 教基4155 counts it."""

    DOCTOR = "doctor", "博士研究生", "", ("博士", "博士研究生毕业", "博士毕业")
    MASTER = "master", "硕士研究生", "", ("硕士", "研究生", "硕士研究生毕业")
    BACHELOR = "bachelor", "本科", "", ("大学本科", "本科毕业", "大学本科毕业")
    COLLEGE = "college", "专科", "", ("大专", "大学专科", "专科毕业", "大学专科毕业")
    SECONDARY = "secondary", "高中阶段", "", ("高中", "中专", "高中阶段毕业", "高中毕业", "中专毕业")
    BELOW = "below_secondary", "高中阶段以下", "", ("高中以下",)


class Title(Term):
    """专业技术职务, as form 教基4153 counts it."""

    FULL_SENIOR = "full_senior", "正高级", "", ("正高", "正高级教师", "中小学正高级教师")
    ASSOCIATE_SENIOR = (
        "associate_senior",
        "副高级",
        "",
        ("副高", "高级教师", "中小学高级教师", "中学高级教师"),
    )
    MIDDLE = "middle", "中级", "", ("一级教师", "中小学一级教师", "中学一级教师", "小学高级教师")
    ASSISTANT = "assistant", "助理级", "", ("二级教师", "中小学二级教师", "中学二级教师", "小学一级教师")
    JUNIOR = "junior", "员级", "", ("三级教师", "中小学三级教师", "中学三级教师", "小学二级教师")
    NONE = "none", "未定职级", "", ("未评职级", "未定级", "未评级", "未评职称", "无职称")


class Course(Term):
    """授课课程, as form 教基4155 names the columns."""

    MORALITY = "morality_and_law", "道德与法治"
    CHINESE = "chinese", "语文"
    MATHEMATICS = "mathematics", "数学"
    FOREIGN_LANGUAGE = "foreign_language", "外语", "", ("英语", "日语", "俄语")
    HISTORY = "history", "历史"
    GEOGRAPHY = "geography", "地理"
    SCIENCE = "science", "科学"
    PHYSICS = "physics", "物理"
    CHEMISTRY = "chemistry", "化学"
    BIOLOGY = "biology", "生物学", "", ("生物",)
    IT = "information_technology", "信息科技", "", ("信息技术",)
    PE = "physical_education", "体育与健康", "", ("体育",)
    MUSIC = "music", "音乐"
    FINE_ART = "fine_art", "美术"
    ART = "art", "艺术"
    LABOUR = "labour", "劳动"
    PRACTICE = "integrated_practice", "综合实践活动", "", ("综合实践",)
    PSYCHOLOGY = "psychology", "心理健康", "", ("心理",)
    KINDERGARTEN = "kindergarten", "学前教育", "", ("保教",)
    VOCATIONAL = "vocational", "专业课", "", ("专业(技能)课", "实习指导课")
    OTHER = "other", "其他"
    NOT_TEACHING = "not_teaching", "本学年不授课", "", ("不授课",)


class StaffKind(Term):
    """教职工类别, as form 教基4149 names the columns."""

    TEACHER = "teacher", "专任教师"
    ADMINISTRATOR = "administrator", "行政人员", "", ("行政",)
    AUXILIARY = "auxiliary", "教辅人员", "", ("教辅",)
    SUPPORT = "support", "工勤人员", "", ("工勤",)
    CARE = "care_worker", "保育员"
    HEALTH = "health_worker", "卫生保健人员", "", ("保健医", "保健人员")
    OTHER = "other", "其他", "", ("其他人员",)


class Employment(Term):
    """How a member of staff is employed."""

    ESTABLISHED = "established", "在编", "", ("在编人员",)
    CONTRACT = "contract", "临聘", "", ("编外聘用", "聘用制")
    PRIVATE = "private", "民办聘任", "", ("民办学校聘任",)


class Backbone(Term):
    """骨干教师 level; county level and above counts."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    PREFECTURAL = "prefectural", "地市级", "", ("市级",)
    COUNTY = "county", "县级"
    NONE = "none", "非骨干", "", ("否", "无")


class IdentityCheck(Term):
    """What came of checking an identity number (GB 11643) before it was hashed. No form asks for it."""

    VALID = "valid", "通过"
    CHECK_DIGIT = "check_digit", "校验码不符"
    BIRTH = "birth", "出生日期不存在"
    LENGTH = "length", "位数不对"
    BIRTH_DIFFERS = "birth_differs", "与出生日期不一致"
    SEX_DIFFERS = "sex_differs", "与性别不一致"
    OTHER = "other", "其他证件，未核对"
