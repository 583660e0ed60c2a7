"""The cheapest way to pass, for a workspace: planned, as plain data, and as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jiaoheng import reports
from jiaoheng.census import Census
from jiaoheng.measures.rules import in_force
from jiaoheng.reports.standards import remedy_document as document_of
from jiaoheng.standards import named
from jiaoheng.standards.remedy import Remedy, Step, read_costs, remedy, sentences
from jiaoheng.workspace import assessing
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.exports import write
from jiaoheng.workspace.workspace import Workspace

EXAMPLE = Path(__file__).parent / "data" / "costs.yaml"
"""Costs to begin with; they are made up, and say so."""


def plan_remedy(
    workspace: Workspace,
    standard: str,
    costs: Path,
    *,
    year: int | None = None,
    budget: float | None = None,
    until: int | None = None,
) -> Remedy:
    """The least-cost changes after which a county passes; the parameters are those of `remedy`."""
    census = workspace.census(year)
    chosen = named(in_force(workspace.catalogue, census.year), standard)
    return remedy(
        census,
        chosen.id,
        read_costs(costs),
        catalogue=workspace.catalogue,
        answers=assessing.answers_of(workspace.folder, chosen.id, census.year),
        budget=budget,
        until=until,
    )


def write_costs(path: Path) -> Path:
    """Write the example costs, to be filled in.

    Raises
    ------
    WorkspaceError
        The file is there already.
    """
    if path.exists():
        raise WorkspaceError(f"{path}：已有这个文件，没有改动。请换一个名字。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def remedy_data(workspace: Workspace, found: Remedy) -> dict[str, Any]:
    """A remedy as plain data; money in yuan, amounts in their units."""
    problem = found.county.problem
    proof = found.proof
    return {
        "standard": found.county.assessed.standard.id,
        "region": {"code": workspace.settings.region.code, "name": workspace.name},
        "year": found.county.assessed.year,
        "solved": found.solved,
        "sentences": list(sentences(found)),
        "schools": len(problem.of_school),
        "passing": {
            "before": len(found.before.passing(problem)),
            "after": len(found.after.passing(problem)),
            "assessed": None if proof is None else len(proof.passing(found.county)),
        },
        "cost": None if found.solution.units is None else found.solution.cost,
        "bound": found.solution.bound,
        "gap": found.solution.gap,
        "seconds": found.solution.seconds,
        "infeasible": found.solution.infeasible,
        "budget": found.budget,
        "steps": [_step(step) for step in found.steps],
        "coefficients": _coefficients(found),
        "years": [
            {"year": one.year, "spent": one.spent, "passing": len(one.judged.passing(problem))}
            for one in found.years
        ],
        "conflict": None
        if found.conflict is None
        else {
            "limits": list(found.conflict.groups),
            "relaxations": [
                {
                    "limit": one.limit.group,
                    "school": one.limit.where,
                    "from": one.limit.most * one.limit.step,
                    "to": one.enough * one.limit.step,
                    "unit": one.limit.unit,
                }
                for one in found.conflict.relaxations
            ],
        },
    }


def write_remedy(workspace: Workspace, census: Census, found: Remedy, path: Path) -> Path:
    """Write a remedy as .xlsx, .docx, .pdf or .csv; the extension says which. A CSV has the steps alone."""
    origin = reports.Origin(
        region_code=workspace.settings.region.code,
        region_name=workspace.name,
        year=census.year,
        synthetic=workspace.settings.synthetic,
        generated_on=date.today(),
        snapshots=(reports.snapshot_entry(census.manifest, census.hash),),
    )
    return write(document_of(found, origin, only_steps=path.suffix.lower() == ".csv"), path)


def _step(step: Step) -> dict[str, Any]:
    return {
        "year": step.year,
        "school": step.school,
        "school_name": step.school_name,
        "stage": step.stage,
        "change": step.change,
        "kind": step.kind,
        "measures": list(step.raises),
        "from": step.source,
        "amount": step.amount,
        "unit": step.unit,
        "once": step.once,
        "yearly": step.yearly,
    }


def _coefficients(found: Remedy) -> list[dict[str, Any]]:
    problem = found.county.problem
    proved = {} if found.proof is None else found.proof.variations(found.county)
    return [
        {
            "stage": stage,
            "measure": problem.items[place].id,
            "before": before,
            "after": found.after.variations.get((stage, place)),
            "assessed": proved.get((stage, problem.items[place].id)),
            "cap": problem.rule.caps[stage][place],
        }
        for (stage, place), before in found.before.variations.items()
    ]
