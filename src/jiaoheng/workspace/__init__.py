"""A county's folder, and the one-line calls that a person wants of it: measures, progress, report.

What stands here is loaded when it is first used: a command pays for its own part of the house alone.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiaoheng.census import AmbiguousLayoutError, Choose
    from jiaoheng.workspace.answering import (
        Asking,
        asking,
        asking_document,
        read_answer_form,
        write_answer_form,
    )
    from jiaoheng.workspace.assessing import Supposition, standards_in_force
    from jiaoheng.workspace.assessment_documents import (
        assessed_document,
        coefficients,
        history_document,
        standard_document,
        supposition_document,
        write_assessment,
    )
    from jiaoheng.workspace.auditing import (
        PlanAudit,
        audit_document,
        audit_plans,
        compare_plans,
        diff_document,
        write_audit,
        write_diff,
    )
    from jiaoheng.workspace.backtesting import (
        backtest_document,
        outlook_document,
        outlook_figures,
        projection_document,
        write_figures,
    )
    from jiaoheng.workspace.checking import Checked
    from jiaoheng.workspace.documents import imported_document, progress_document
    from jiaoheng.workspace.errors import WorkspaceError
    from jiaoheng.workspace.example import Demo, demo
    from jiaoheng.workspace.exports import write, write_followed, write_measures, write_progress, write_status
    from jiaoheng.workspace.findings import (
        check_difference,
        checked_document,
        explain_findings,
        mark_findings,
        write_findings,
    )
    from jiaoheng.workspace.fitness import (
        fitness_document,
        score_fitness,
        write_fitness,
        write_fitness_beside,
    )
    from jiaoheng.workspace.followed import Followed
    from jiaoheng.workspace.following import (
        follow,
        follow_document,
        record,
        record_sheet,
        write_follow_sheet,
    )
    from jiaoheng.workspace.outcomes import Imported, PlanProgress
    from jiaoheng.workspace.packing import (
        KnownPack,
        add_pack,
        import_pack,
        known_packs,
        packs_document,
        write_pack_workbook,
    )
    from jiaoheng.workspace.plan_documents import plan_document
    from jiaoheng.workspace.plan_reading import PlanReading, plan_doubts, plan_text, read_plan, settle_plan
    from jiaoheng.workspace.remedying import plan_remedy, remedy_data, write_costs, write_remedy
    from jiaoheng.workspace.report_files import Report
    from jiaoheng.workspace.score_files import write_score
    from jiaoheng.workspace.scoring import ranking_document, score_all, score_document
    from jiaoheng.workspace.seat_gaps import seat_figures, seat_reasons, seats, seats_document, write_seats
    from jiaoheng.workspace.settings import Region, Settings, SettingsError
    from jiaoheng.workspace.standard_forms import write_forms
    from jiaoheng.workspace.word_template import fill_template, template_tags, write_starter
    from jiaoheng.workspace.workspace import Workspace

_HOMES = {
    "jiaoheng.census": (
        "AmbiguousLayoutError",
        "Choose",
    ),
    "jiaoheng.workspace.assessing": ("Supposition", "standards_in_force"),
    "jiaoheng.workspace.assessment_documents": (
        "assessed_document",
        "coefficients",
        "history_document",
        "standard_document",
        "supposition_document",
        "write_assessment",
    ),
    "jiaoheng.workspace.answering": (
        "Asking",
        "asking",
        "asking_document",
        "read_answer_form",
        "write_answer_form",
    ),
    "jiaoheng.workspace.auditing": (
        "PlanAudit",
        "audit_document",
        "audit_plans",
        "compare_plans",
        "diff_document",
        "write_audit",
        "write_diff",
    ),
    "jiaoheng.workspace.backtesting": (
        "backtest_document",
        "outlook_document",
        "outlook_figures",
        "projection_document",
        "write_figures",
    ),
    "jiaoheng.workspace.seat_gaps": (
        "seat_figures",
        "seat_reasons",
        "seats",
        "seats_document",
        "write_seats",
    ),
    "jiaoheng.workspace.checking": ("Checked",),
    "jiaoheng.workspace.example": (
        "Demo",
        "demo",
    ),
    "jiaoheng.workspace.documents": (
        "imported_document",
        "progress_document",
    ),
    "jiaoheng.workspace.errors": ("WorkspaceError",),
    "jiaoheng.workspace.exports": (
        "write",
        "write_followed",
        "write_measures",
        "write_progress",
        "write_status",
    ),
    "jiaoheng.workspace.findings": (
        "check_difference",
        "checked_document",
        "explain_findings",
        "mark_findings",
        "write_findings",
    ),
    "jiaoheng.workspace.fitness": (
        "fitness_document",
        "score_fitness",
        "write_fitness",
        "write_fitness_beside",
    ),
    "jiaoheng.workspace.followed": ("Followed",),
    "jiaoheng.workspace.following": (
        "follow",
        "follow_document",
        "record",
        "record_sheet",
        "write_follow_sheet",
    ),
    "jiaoheng.workspace.outcomes": (
        "Imported",
        "PlanProgress",
    ),
    "jiaoheng.workspace.packing": (
        "KnownPack",
        "add_pack",
        "import_pack",
        "known_packs",
        "packs_document",
        "write_pack_workbook",
    ),
    "jiaoheng.workspace.plan_documents": ("plan_document",),
    "jiaoheng.workspace.plan_reading": (
        "PlanReading",
        "plan_doubts",
        "plan_text",
        "read_plan",
        "settle_plan",
    ),
    "jiaoheng.workspace.remedying": (
        "plan_remedy",
        "remedy_data",
        "write_costs",
        "write_remedy",
    ),
    "jiaoheng.workspace.report_files": ("Report",),
    "jiaoheng.workspace.score_files": ("write_score",),
    "jiaoheng.workspace.scoring": (
        "ranking_document",
        "score_all",
        "score_document",
    ),
    "jiaoheng.workspace.settings": (
        "Region",
        "Settings",
        "SettingsError",
    ),
    "jiaoheng.workspace.standard_forms": ("write_forms",),
    "jiaoheng.workspace.word_template": (
        "fill_template",
        "template_tags",
        "write_starter",
    ),
    "jiaoheng.workspace.workspace": ("Workspace",),
}
"""Where each name is at home, by module."""
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AmbiguousLayoutError",
    "Asking",
    "Checked",
    "Choose",
    "Demo",
    "Followed",
    "Imported",
    "KnownPack",
    "PlanAudit",
    "PlanProgress",
    "PlanReading",
    "Region",
    "Report",
    "Settings",
    "SettingsError",
    "Supposition",
    "Workspace",
    "WorkspaceError",
    "add_pack",
    "asking",
    "asking_document",
    "assessed_document",
    "audit_document",
    "audit_plans",
    "backtest_document",
    "check_difference",
    "checked_document",
    "coefficients",
    "compare_plans",
    "demo",
    "diff_document",
    "explain_findings",
    "fill_template",
    "fitness_document",
    "follow",
    "follow_document",
    "history_document",
    "import_pack",
    "imported_document",
    "init",
    "known_packs",
    "mark_findings",
    "open",
    "outlook_document",
    "outlook_figures",
    "packs_document",
    "plan_document",
    "plan_doubts",
    "plan_remedy",
    "plan_text",
    "progress_document",
    "projection_document",
    "ranking_document",
    "read_answer_form",
    "read_plan",
    "record",
    "record_sheet",
    "remedy_data",
    "score_all",
    "score_document",
    "score_fitness",
    "seat_figures",
    "seat_reasons",
    "seats",
    "seats_document",
    "settle_plan",
    "standard_document",
    "standards_in_force",
    "supposition_document",
    "template_tags",
    "write",
    "write_answer_form",
    "write_assessment",
    "write_audit",
    "write_costs",
    "write_diff",
    "write_figures",
    "write_findings",
    "write_fitness",
    "write_fitness_beside",
    "write_follow_sheet",
    "write_followed",
    "write_forms",
    "write_measures",
    "write_pack_workbook",
    "write_progress",
    "write_remedy",
    "write_score",
    "write_seats",
    "write_starter",
    "write_status",
]


def open(folder: str | Path) -> Workspace:
    """Open the workspace in a folder.

    Raises
    ------
    SettingsError
        The folder is not a workspace, or its settings are wrong.
    """
    from jiaoheng.workspace.workspace import Workspace

    return Workspace(Path(folder))


def init(folder: str | Path, *, region: str, name: str = "", synthetic: bool = False) -> Workspace:
    """Make a new workspace.

    Raises
    ------
    SettingsError
        The code is not one of GB/T 2260, or the folder is a workspace already.
    """
    from jiaoheng.workspace import settings
    from jiaoheng.workspace.workspace import Workspace

    return Workspace(settings.create(Path(folder), region=region, name=name, synthetic=synthetic))


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'jiaoheng.workspace' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
