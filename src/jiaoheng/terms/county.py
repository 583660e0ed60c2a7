"""Code lists that the county's own tables use: projects, money, surveys."""

from __future__ import annotations

from jiaoheng.terms.base import Term


class ProjectKind(Term):
    """What a building project does."""

    NEW = "new", "新建"
    EXTEND = "extend", "扩建", "", ("改扩建",)
    REBUILD = "rebuild", "改建", "", ("重建", "迁建")
    CONVERT = "convert", "转型", "", ("民转公", "改办")
    CLOSE = "close", "撤并", "", ("撤销",)


class ProjectStatus(Term):
    """How far a building project is."""

    PLANNED = "planned", "规划中", "", ("未开工", "前期工作")
    UNDER_CONSTRUCTION = "under_construction", "在建", "", ("建设中",)
    COMPLETED = "completed", "已完工", "", ("建成", "竣工")
    OPENED = "opened", "已投入使用", "", ("启用",)
    CANCELLED = "cancelled", "取消"


class Respondent(Term):
    """Who answered a survey on satisfaction, as form 表Ⅵ lists them."""

    PARENT = "parent", "学生家长", "", ("家长",)
    PUPIL = "pupil", "学生"
    TEACHER = "teacher", "教师"
    HEAD = "head", "校长", "", ("学校校长",)
    DELEGATE = "delegate", "人大代表、政协委员", "", ("人大代表", "政协委员", "人大代表政协委员")
    OTHER = "other", "其他群众", "", ("其他",)


class FinanceItem(Term):
    """A line of the county's education money."""

    GENERAL_BUDGET = "general_budget_expenditure", "一般公共预算支出"
    EDUCATION_BUDGET = "general_budget_education", "一般公共预算教育支出"
    FISCAL_EDUCATION = "fiscal_education", "国家财政性教育经费"
    GDP = "gdp", "地区生产总值"
    TRAINING = "teacher_training", "教师培训经费"
    PUBLIC_FUNDS = "public_funds", "公用经费预算总额", "", ("学校年度公用经费预算总额",)
