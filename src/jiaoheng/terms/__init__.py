"""The official code lists as enums: the value stored, the Chinese label, the official code.

No logic lives here but finding a member by what a person or a form writes.
"""

from __future__ import annotations

from jiaoheng.terms.base import Term
from jiaoheng.terms.county import FinanceItem, ProjectKind, ProjectStatus, Respondent
from jiaoheng.terms.people import (
    Backbone,
    Course,
    Employment,
    Grade,
    IdentityCheck,
    Qualification,
    Sex,
    StaffKind,
    Title,
)
from jiaoheng.terms.schools import (
    AreaKind,
    ChangeKind,
    KindergartenLevel,
    Organiser,
    Ownership,
    SchoolType,
    Stage,
    UrbanRural,
    UrbanRuralCode,
)

CODE_LISTS: dict[str, type[Term]] = {
    "area_kind": AreaKind,
    "backbone": Backbone,
    "change_kind": ChangeKind,
    "course": Course,
    "employment": Employment,
    "finance_item": FinanceItem,
    "grade": Grade,
    "identity_check": IdentityCheck,
    "kindergarten_level": KindergartenLevel,
    "organiser": Organiser,
    "ownership": Ownership,
    "project_kind": ProjectKind,
    "project_status": ProjectStatus,
    "qualification": Qualification,
    "respondent": Respondent,
    "school_type": SchoolType,
    "sex": Sex,
    "staff_kind": StaffKind,
    "stage": Stage,
    "title": Title,
    "urban_rural": UrbanRural,
    "urban_rural_code": UrbanRuralCode,
}


def lookup(list_name: str, text: str) -> str | None:
    """The stored value that ``text`` names in the code list, or None.

    Parameters
    ----------
    list_name : a key of `CODE_LISTS`.
    text : a value, a Chinese label, an official code, or another spelling met in real files.
    """
    member = CODE_LISTS[list_name].named(text)
    return None if member is None else str(member.value)


def label(list_name: str, value: str | None) -> str:
    """The Chinese label of a stored value; an empty string for None, the value itself where it is unknown."""
    if value is None:
        return ""
    member = CODE_LISTS[list_name].named(value)
    return value if member is None else member.label


__all__ = [
    "CODE_LISTS",
    "AreaKind",
    "Backbone",
    "ChangeKind",
    "Course",
    "Employment",
    "FinanceItem",
    "Grade",
    "IdentityCheck",
    "KindergartenLevel",
    "Organiser",
    "Ownership",
    "ProjectKind",
    "ProjectStatus",
    "Qualification",
    "Respondent",
    "SchoolType",
    "Sex",
    "StaffKind",
    "Stage",
    "Term",
    "Title",
    "UrbanRural",
    "UrbanRuralCode",
    "label",
    "lookup",
]
