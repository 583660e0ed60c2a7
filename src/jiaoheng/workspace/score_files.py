"""A scored card, or the comparison of several counties, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jiaoheng.reports import formats, scores
from jiaoheng.standards import scoring
from jiaoheng.standards.scoring import Scored
from jiaoheng.workspace.files import put
from jiaoheng.workspace.workspace import Workspace


def write_score(workspaces: Sequence[Workspace], scored: Sequence[Scored], path: Path) -> Path:
    """Write the card of one county, or the comparison of several, as .xlsx, .docx, .pdf, .html or .csv."""
    made_up = any(workspace.settings.synthetic for workspace in workspaces)
    warning = "数据和填报内容是模拟的，只用于演示。" if made_up else ""
    if len(scored) == 1:
        document = scores.document(scored[0], warning=warning, today=date.today())
    else:
        document = scores.comparison(scoring.ranked(scored), warning=warning, today=date.today())
    if path.suffix.lower() == ".csv":
        # It holds one table: the score sheet, or the first group's ranking.
        chapter = next(one for one in document.chapters if one.id in ("sheet", "ranking"))
        document = replace(document, chapters=(chapter,))
    return put(formats.render(document, path), path)
