"""Code lists that describe a school: stage, type, organiser, ownership, where it lies."""

from __future__ import annotations

from jiaoheng.terms.base import Term


class Stage(Term):
    """学段. A nine-year school has two."""

    PRESCHOOL = "preschool", "学前教育", "", ("学前", "幼儿园", "幼儿")
    PRIMARY = "primary", "小学", "", ("小学教育", "小学阶段")
    JUNIOR = "junior", "初中", "", ("初中教育", "初中阶段", "普通初中")
    SENIOR = "senior", "普通高中", "", ("高中", "普高", "高中阶段")
    VOCATIONAL = "vocational", "中等职业教育", "", ("中职", "中等职业学校", "职业高中")
    SPECIAL = "special", "特殊教育", "", ("特教", "特殊教育学校")


class SchoolType(Term):
    """办学类型. The code is the first two digits of the school code where the type settles them."""

    KINDERGARTEN = "kindergarten", "幼儿园", "11"
    PRIMARY = "primary_school", "小学", "21", ("完全小学", "普通小学", "非完全小学")
    TEACHING_POINT = "teaching_point", "教学点", "", ("小学教学点",)
    JUNIOR = "junior_school", "初级中学", "31", ("普通初中", "初中")
    NINE_YEAR = "nine_year_school", "九年一贯制学校", "", ("九年一贯制", "九年制学校")
    SENIOR = "senior_school", "高级中学", "34", ("普通高中", "高中")
    COMPLETE_SECONDARY = "complete_secondary_school", "完全中学", "", ("完中",)
    TWELVE_YEAR = "twelve_year_school", "十二年一贯制学校", "", ("十二年一贯制",)
    VOCATIONAL = "vocational_school", "中等职业学校", "36", ("中职学校", "职业高中学校", "调整后中职学校")
    SPECIAL = "special_school", "特殊教育学校", "51", ("特教学校",)
    ATTACHED_CLASS = (
        "attached_class",
        "附设班",
        "",
        ("附设幼儿班", "附设小学班", "附设普通初中班", "附设普通高中班"),
    )


class Organiser(Term):
    """举办者类型, as form 表Ⅱ-2 of the quality-balance application codes it."""

    CENTRAL_EDUCATION = "central_education", "中央教育部门", "1"
    CENTRAL_OTHER = "central_other", "中央其他部门", "2"
    PROVINCIAL_EDUCATION = "provincial_education", "省级教育部门", "3"
    PROVINCIAL_OTHER = "provincial_other", "省级其他部门", "4"
    PREFECTURAL_EDUCATION = "prefectural_education", "地级教育部门", "5"
    PREFECTURAL_OTHER = "prefectural_other", "地级其他部门", "6"
    COUNTY_EDUCATION = "county_education", "县级教育部门", "7"
    COUNTY_OTHER = "county_other", "县级其他部门", "8"
    LOCAL_ENTERPRISE = "local_enterprise", "地方企业", "9"
    PRIVATE = "private", "民办", "10"


class Ownership(Term):
    """公办 or 民办."""

    PUBLIC = "public", "公办"
    PRIVATE = "private", "民办"


class UrbanRuralCode(Term):
    """城乡分类代码, as the statistical office gives it to every village and neighbourhood."""

    MAIN_URBAN = "111", "主城区", "111"
    URBAN_FRINGE = "112", "城乡结合区", "112"
    TOWN_CENTRE = "121", "镇中心区", "121"
    TOWN_FRINGE = "122", "镇乡结合区", "122"
    SPECIAL_AREA = "123", "特殊区域", "123"
    TOWNSHIP_CENTRE = "210", "乡中心区", "210"
    VILLAGE = "220", "村庄", "220"


class UrbanRural(Term):
    """城区, 镇区, 乡村: how education statistics group the urban-rural codes."""

    URBAN = "urban", "城区", "", ("111", "112")
    TOWN = "town", "镇区", "", ("121", "122", "123")
    RURAL = "rural", "乡村", "", ("210", "220")


class AreaKind(Term):
    """What an area of a county is."""

    STREET = "street", "街道", "", ("街道办事处",)
    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    OTHER = "other", "其他"


class KindergartenLevel(Term):
    """幼儿园等级, as Guangdong grades kindergartens."""

    PROVINCIAL = "provincial_first", "省一级"
    PREFECTURAL = "prefectural_first", "市一级"
    COUNTY = "county_first", "县一级"
    NONE = "ungraded", "未评级", "", ("无等级",)


class ChangeKind(Term):
    """What became of a school from one year to the next, as the register of school changes says it."""

    RENAMED = "renamed", "更名"
    RECODED = "recoded", "换标识码", "", ("换码",)
    MERGED = "merged", "合并"
    SPLIT = "split", "拆分"
    OPENED = "opened", "新办"
    CLOSED = "closed", "撤销"
    DISTINCT = "distinct", "不是同一所"
