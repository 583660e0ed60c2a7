"""Where a county stands by a standard, as documents: forms, self-assessment, gap list, school page."""

from jiaoheng.reports.standards.application import application_document
from jiaoheng.reports.standards.application_book import application_book
from jiaoheng.reports.standards.assessment import assessment_document
from jiaoheng.reports.standards.data_book import data_book
from jiaoheng.reports.standards.gap_list import gap_list
from jiaoheng.reports.standards.inputs import SchoolRow, StandardInputs
from jiaoheng.reports.standards.remedy import remedy_document
from jiaoheng.reports.standards.school_page import school_page
from jiaoheng.reports.standards.self_assessment import self_assessment

__all__ = [
    "SchoolRow",
    "StandardInputs",
    "application_book",
    "application_document",
    "assessment_document",
    "data_book",
    "gap_list",
    "remedy_document",
    "school_page",
    "self_assessment",
]
