"""Where a county stands by a standard, as documents: official forms, self-assessment, gap list, school page."""

from jiaoheng.reports.standards.application import application_document
from jiaoheng.reports.standards.application_book import application_book
from jiaoheng.reports.standards.inputs import SchoolRow, StandardInputs

__all__ = [
    "SchoolRow",
    "StandardInputs",
    "application_book",
    "application_document",
]
