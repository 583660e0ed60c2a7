"""A pack: one YAML file for one official document, and all that it may define."""

from __future__ import annotations

from jiaoheng.packs.census_check import Check
from jiaoheng.packs.models import Document, Fact, Measure, Parameter, Requirement, Strict


class Pack(Strict):
    """One YAML file."""

    document: Document
    parameters: tuple[Parameter, ...] = ()
    facts: tuple[Fact, ...] = ()
    measures: tuple[Measure, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    checks: tuple[Check, ...] = ()
