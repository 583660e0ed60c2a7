"""Proves the measures of a catalogue: the parts and their grains, stages, variations, names and aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiaoheng.packs.catalogue import Catalogue, plain_name
from jiaoheng.packs.expression import ExpressionError, Node, Type, is_aggregate
from jiaoheng.packs.fact_checks import fact_types
from jiaoheng.packs.grains import GRAIN_LABELS, GRAINS, Grain
from jiaoheng.packs.models import Measure
from jiaoheng.packs.problems import Problem, unfit
from jiaoheng.packs.yaml_lines import nearest

_PARTS = ("numerator", "denominator", "plus", "where")


def measure_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Measures that cannot be worked out, or cannot be told apart."""
    schemas = fact_types(catalogue)
    for measure in catalogue.measures.values():
        if measure.rollup == "variation":
            yield from _variation_problems(measure, catalogue)
        else:
            yield from _part_problems(measure, catalogue, schemas)
    yield from _name_problems(catalogue)


def problems_of(measure: Measure, catalogue: Catalogue) -> Iterator[Problem]:
    """What keeps a measure of sums that no pack has, made for the occasion, from being worked out."""
    yield from _part_problems(measure, catalogue, fact_types(catalogue))


@dataclass(frozen=True)
class _Part:
    """One expression of a measure: its grain (None for a constant), or what is wrong with it."""

    key: str
    grain: Grain | None
    problems: tuple[Problem, ...] = ()


def _part_problems(
    measure: Measure, catalogue: Catalogue, schemas: Mapping[Grain, Mapping[str, Type]]
) -> Iterator[Problem]:
    parts = [
        _part(measure, key, text, catalogue, schemas)
        for key in _PARTS
        if (text := getattr(measure, key)) is not None
    ]
    if problems := [problem for part in parts for problem in part.problems]:
        yield from problems
        return
    grains = {part.grain for part in parts if part.grain and part.key != "where"}
    scope = next((part.grain for part in parts if part.key == "where"), None)
    if not grains:
        yield Problem(measure, "numerator", "算式里没有任何列或统计项。请写上要统计的内容。")
    elif measure.where and scope != "school":
        yield Problem(measure, "where", "「where」只能用学校和学段的列与统计项。请改正。")
    elif measure.where and "school" not in grains:
        yield Problem(measure, "where", "分子和分母都不按学校统计，「where」不起作用。请删去。")
    if grains & {"school", "county_stage"} and not measure.stages:
        yield Problem(measure, "stages", "按学段统计的指标要写明「stages」。请补上学段。")


def _part(
    measure: Measure,
    key: str,
    text: str,
    catalogue: Catalogue,
    schemas: Mapping[Grain, Mapping[str, Type]],
) -> _Part:
    try:
        node = catalogue.node(text)
    except ExpressionError as error:
        return _Part(key, None, (Problem(measure, key, str(error)),))
    if is_aggregate(node):
        problem = "指标逐行计算后再汇总，算式不能用汇总函数。请把汇总写进统计项。"
        return _Part(key, None, (Problem(measure, key, problem),))
    grains = [grain for grain in GRAINS if node.columns() <= schemas[grain].keys()]
    if node.columns() and len(grains) != 1:
        return _Part(key, None, (Problem(measure, key, _grain_problem(node, grains, schemas)),))
    grain = grains[0] if node.columns() else None
    schema = schemas[grain] if grain else {}
    wanted: tuple[Type, ...] = ("boolean",) if key == "where" else ("number",)
    return _Part(key, grain, tuple(unfit(measure, key, node, schema, catalogue, wanted=wanted)))


def _grain_problem(node: Node, grains: list[Grain], schemas: Mapping[Grain, Mapping[str, Type]]) -> str:
    homes = {name: [grain for grain in GRAINS if name in schemas[grain]] for name in sorted(node.columns())}
    for name, home in homes.items():
        if not home:
            every = {name for schema in schemas.values() for name in schema}
            hint = nearest(name, every) or "请先定义这个统计项，或改用数据字典里的列。"
            return f"没有名为「{name}」的统计项或列。{hint}"
    where = "；".join(
        f"{name}：{'、'.join(GRAIN_LABELS[grain] for grain in home)}" for name, home in homes.items()
    )
    if not grains:
        return f"一个算式里混用了不同粒度的量（{where}）。请拆成分子、分母或「plus」，各用一种粒度。"
    return f"分不清算式是哪一种粒度（{where}）。请先定义一个统计项，写明取自哪张表。"


def _variation_problems(measure: Measure, catalogue: Catalogue) -> Iterator[Problem]:
    key = "of" if measure.of else "mean_of"
    for id_ in (measure.of,) if measure.of else measure.mean_of:
        other = catalogue.measures.get(id_)
        if other is None:
            hint = nearest(id_, catalogue.measures) or "请改正编号，或先定义那个指标。"
            yield Problem(measure, key, f"没有指标「{id_}」。{hint}")
            continue
        if measure.of and (other.rollup != "ratio_of_sums" or other.together):
            yield Problem(measure, key, f"「{id_}」不是分学段的比值，不能求校际差异系数。请改正。")
        elif not measure.of and other.rollup != "variation":
            yield Problem(measure, key, f"「{id_}」不是差异系数，不能求综合差异系数。请改正。")
        if missing := set(measure.stages) - set(other.stages):
            problem = f"指标「{id_}」没有学段 {'、'.join(sorted(missing))}。请改正。"
            yield Problem(measure, "stages", problem)


def _name_problems(catalogue: Catalogue) -> Iterator[Problem]:
    names: dict[tuple[str, str], Measure] = {}
    aliases: dict[str, Measure] = {}
    for measure in catalogue.measures.values():
        for row in measure.rows or ("",):
            other = names.setdefault((plain_name(measure.name), row), measure)
            if other is not measure:
                problem = f"名称「{measure.name}」与指标「{other.id}」重复。请改用别的名称。"
                yield Problem(measure, "name", problem)
                break
        for alias in measure.aliases:
            other = aliases.setdefault(plain_name(alias.name), measure)
            if other is not measure:
                problem = f"别名「{alias.name}」已属于指标「{other.id}」。请只留一处。"
                yield Problem(measure, "aliases", problem)
