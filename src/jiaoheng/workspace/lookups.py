"""Finds what a person names: a measure, a school or township, an assessment, a plan."""

from __future__ import annotations

from pathlib import Path

from jiaoheng import terms
from jiaoheng.census import Census
from jiaoheng.measures.rules import in_force
from jiaoheng.packs import STAGE_GROUPS, Catalogue, Item, Rule, Standard
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.plans import Assessment, Plan, load
from jiaoheng.plans.following import is_progress_file
from jiaoheng.standards import Assessed, named
from jiaoheng.workspace.errors import WorkspaceError


def measure_named(catalogue: Catalogue, name: str, folder: Path) -> str:
    """The id of a measure that is named by its id or a Chinese name.

    Raises
    ------
    WorkspaceError
        There is none, as for all that is looked up here.
    """
    if name in catalogue.measures:
        return name
    found = catalogue.named(name)
    if found is None:
        raise WorkspaceError(f"没有名为“{name}”的指标。请用 jiaoheng measures {folder} 查看全部指标的名称。")
    return found.measure.id


def is_measure(catalogue: Catalogue, name: str) -> bool:
    """Whether a measure has that id or name."""
    return name in catalogue.measures or catalogue.named(name) is not None


def part_of_standard(
    catalogue: Catalogue, year: int, name: str, standard: str | None
) -> tuple[Standard, Item | Rule] | None:
    """The item or rule that is named by id or name, in one standard or in any; None where there is none.

    Raises
    ------
    WorkspaceError
        Several standards have one of that name, or the standard that is given has none.
    """
    rules = in_force(catalogue, year)
    chosen = list(rules.standards.values()) if standard is None else [named(rules, standard)]
    text = name.strip()
    parts: dict[str, tuple[Item | Rule, ...]] = {one.id: (*rules.items_of(one), *one.rules) for one in chosen}
    found = [
        (one, part)
        for one in chosen
        for part in parts[one.id]
        if text in (part.id, part.id.replace("_", "-"), part.name)
    ]
    # A local scheme may grade by another's items: they are the other's.
    own = [(one, part) for one, part in found if not isinstance(part, Item) or part.standard == one.id]
    found = own or found
    if len(found) > 1:
        said = "、".join(f"{one.id.replace('_', '-')} 的 {part.id}" for one, part in found)
        raise WorkspaceError(f"有 {len(found)} 处叫“{name}”：{said}。请用编号，或用 --standard 指明标准。")
    if not found and standard is not None:
        hint = (
            nearest(text, [part.name for part in parts[chosen[0].id]])
            or "用 jiaoheng assess 加 --json 可看全部项目。"
        )
        raise WorkspaceError(f"标准「{chosen[0].name}」没有项目“{name}”。{hint}")
    return found[0] if found else None


def item_named(found: Assessed, wanted: str) -> Item:
    """The item of an assessment that is named by its id, its name or its measure."""
    text = wanted.strip()
    for names in (
        lambda item: (item.id, item.id.replace("_", "-")),
        lambda item: (item.name, f"{item.number} {item.name}"),
        lambda item: (item.measure,),
    ):
        chosen = [item for item in found.items if text in names(item)]
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            raise WorkspaceError(
                f"标准「{found.standard.name}」有 {len(chosen)} 项叫“{wanted}”："
                f"{'、'.join(item.id for item in chosen)}。请改用编号。"
            )
    hint = nearest(text, [item.name for item in found.items]) or "用 --json 可看到全部项目的编号。"
    raise WorkspaceError(f"标准「{found.standard.name}」没有项目“{wanted}”。{hint}")


def measures_of(plan: Plan) -> list[str]:
    """The measures that follow a plan's indicators, each once."""
    return list(dict.fromkeys(each.measure for each in plan.indicators if each.measure))


def assessment_named(assessment: Assessment | str) -> Assessment:
    """The kind of assessment of that name."""
    found = Assessment.named(assessment)
    if found is None:
        raise WorkspaceError(f"没有“{assessment}”这种评估。请从 annual、midterm、final 中选一种。")
    return found


def code_named(census: Census, table: str, key: str, wanted: str, what: str) -> str:
    """The code of a school or area that is named by its code or its name."""
    rows = census.table(table).select([key, "name"]).to_pylist()
    if any(row[key] == wanted for row in rows):
        return wanted
    found = [row for row in rows if row["name"] == wanted] or [
        row for row in rows if wanted in (row["name"] or "")
    ]
    if len(found) == 1:
        return str(found[0][key])
    if not found:
        raise WorkspaceError(f"{census.year} 年的快照里没有{what}“{wanted}”。请改用代码，或核对名称。")
    names = "、".join(f"{row['name']}（{row[key]}）" for row in found[:8])
    raise WorkspaceError(f"有 {len(found)} 个{what}的名称含“{wanted}”：{names}。请写全名或代码。")


def stage_named(text: str) -> str:
    """The stage, or the group of stages, that a word names; the word itself where it names none."""
    groups = {words: name for name, words in STAGE_GROUPS.items()}
    return terms.lookup("stage", text) or groups.get(text, text)


def plan_paths(folder: Path) -> tuple[Path, ...]:
    """The plan files of a workspace."""
    found = sorted((folder / "plans").glob("*.yaml"))
    return tuple(path for path in found if not is_progress_file(path))


def plan_path(folder: Path, plan: str | Path | None, *, year: int | None = None) -> Path:
    """A plan's file by path, or by name in the workspace's `plans/`.

    Where None, the only one there; of several, the only one whose period holds `year`.
    """
    if plan is not None:
        for path in (Path(plan), folder / "plans" / plan, folder / "plans" / f"{plan}.yaml"):
            if path.is_file():
                return path
        raise WorkspaceError(f"找不到规划文件 {plan}。请给出 YAML 文件的路径，或 {folder}/plans/ 里的名称。")
    known = plan_paths(folder)
    if len(known) > 1 and year is not None:
        periods = {path: load(path).period for path in known}
        in_force = [path for path, period in periods.items() if period.start <= year <= period.end]
        known = tuple(in_force) if len(in_force) == 1 else known
    if len(known) == 1:
        return known[0]
    names = "、".join(path.name for path in known)
    raise WorkspaceError(
        f"{folder}/plans/ 里有多个规划（{names}）。请指明用哪一个。"
        if names
        else f"{folder}/plans/ 里没有规划。请放入一个规划文件（YAML），或给出它的路径。"
    )
