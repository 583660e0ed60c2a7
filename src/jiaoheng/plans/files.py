"""Plan files: YAML in and out, with every fault of a file reported at once by its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from jiaoheng.errors import JiaohengError
from jiaoheng.packs import yaml_lines
from jiaoheng.packs.yaml_lines import Located, PackError, nearest
from jiaoheng.plans.model import Plan

_DATA = Path(__file__).parent / "data"


class PlanError(JiaohengError):
    """A plan that cannot be used as asked; for a file one line for each fault, ``file:line: what``."""


def load(path: str | Path, *, measures: Mapping[str, Collection[str]] | None = None) -> Plan:
    """The plan in the YAML file at `path`.

    Parameters
    ----------
    measures : the measures that there are, each with its stages (`Measure.rows`); where given, an indicator
        or commitment that names another one, or a stage that its measure does not have, is a fault.

    Raises
    ------
    PlanError
        With every fault of the file, one to a line.
    """
    try:
        located = yaml_lines.read(Path(path))
        plan = yaml_lines.build(Plan, located)
    except PackError as error:
        raise PlanError(str(error)) from None
    faults = [*_repeated(plan, located), *_dead_links(plan, located, measures)]
    if faults:
        raise PlanError("\n".join(message for _, message in sorted(faults)))
    return plan


def save(plan: Plan, path: str | Path) -> None:
    """Write `plan` to the YAML file at `path`; `load` gives the same plan back."""
    Path(path).write_text(dumps(plan), encoding="utf-8")


def dumps(plan: Plan) -> str:
    """`plan` as YAML text; fields at their default are left out."""
    return yaml.dump(_plain(plan), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def shipped() -> dict[str, Path]:
    """The plan files that come with Jiaoheng, by name."""
    return {path.stem: path for path in sorted(_DATA.glob("*.yaml"))}


def _repeated(plan: Plan, located: Located) -> Iterator[tuple[int, str]]:
    for field, key in (("indicators", "id"), ("tasks", "number"), ("projects", "id")):
        first: dict[str, int] = {}
        for i, item in enumerate(getattr(plan, field)):
            name, place = getattr(item, key), (field, i, key)
            line = located.line(place)
            if name in first:
                problem = f"「{key}」的值「{name}」重复（先见第 {first[name]} 行）。请改为不同的编号。"
                yield line, located.message(place, problem)
            first.setdefault(name, line)


def _dead_links(
    plan: Plan, located: Located, measures: Mapping[str, Collection[str]] | None
) -> Iterator[tuple[int, str]]:
    if measures is None:
        return
    for field in ("indicators", "commitments"):
        for i, item in enumerate(getattr(plan, field)):
            if item.measure is None:
                continue
            if item.measure not in measures:
                place = (field, i, "measure")
                hint = nearest(item.measure, measures) or "请从测算指标目录中选一个编号。"
                problem = f"没有编号为「{item.measure}」的测算指标。{hint}"
                yield located.line(place), located.message(place, problem)
            elif item.stage is not None and item.stage not in measures[item.measure]:
                place = (field, i, "stage")
                stages = "、".join(measures[item.measure]) or "（不分学段，请删去 stage）"
                problem = f"「{item.measure}」没有学段「{item.stage}」。可用：{stages}。"
                yield located.line(place), located.message(place, problem)


class _Flow(dict[str, Any]):
    """A mapping short enough to stand on one line."""


class _Dumper(yaml.SafeDumper):
    """Block style for what is long, one line for figures; lists indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Flow,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True),
)
_ONE_LINE = {"Baseline", "Target", "Region", "Period"}


def _plain(value: Any) -> Any:
    """Models, enums and tuples as plain mappings, words and lists; whole numbers without a decimal point."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        kept = {
            name: _plain(content)
            for name, content in value
            if fields[name].is_required() or content != fields[name].get_default(call_default_factory=True)
        }
        return _Flow(kept) if type(value).__name__ in _ONE_LINE else kept
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
