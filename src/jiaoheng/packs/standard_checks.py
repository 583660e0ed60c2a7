"""Proves the standards of a catalogue: items, what these are judged by, and the rules that join them."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.expression import ExpressionError
from jiaoheng.packs.grains import Grain
from jiaoheng.packs.models import Entry, Parameter
from jiaoheng.packs.problems import Problem, unfit
from jiaoheng.packs.standard import Exemption, Item, Rule, Standard, Threshold, Tier
from jiaoheng.packs.yaml_lines import nearest


def standard_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Standards and items that cannot be judged."""
    for item in catalogue.items.values():
        yield from _item_problems(item, catalogue)
    for standard in catalogue.standards.values():
        yield from _like_problems(standard, catalogue)
        items = catalogue.items_of(standard)
        if not items:
            yield Problem(
                standard, "id", f"标准「{standard.name}」没有任何项目。请在「items」里写上它的项目。"
            )
            continue
        for place, rule in enumerate(standard.rules):
            yield from _rule_problems(standard, f"rules.{place}", rule, items)
        for place, tier in enumerate(standard.tiers):
            yield from _tier_problems(standard, f"tiers.{place}", tier, items)


def _tier_problems(of: Standard, key: str, tier: Tier, items: tuple[Item, ...]) -> Iterator[Problem]:
    groups = {item.group for item in items}
    strange = [group for group in tier.groups if group not in groups]
    if strange:
        hint = nearest(strange[0], groups) or "请改用项目里写的「group」。"
        yield Problem(of, f"{key}.groups", f"没有「{strange[0]}」这一组项目。{hint}")
        return
    chosen = [item for item in items if not tier.groups or item.group in tier.groups]
    if tier.met + tier.within > len(chosen):
        total = tier.met + tier.within
        problem = f"等次「{tier.name}」共要 {total} 项，标准只有 {len(chosen)} 项。请改正。"
        yield Problem(of, f"{key}.met", problem)


def _like_problems(standard: Standard, catalogue: Catalogue) -> Iterator[Problem]:
    if standard.like is None:
        return
    if standard.like == standard.id or standard.like not in catalogue.standards:
        hint = nearest(standard.like, catalogue.standards.keys() - {standard.id}) or "请改正编号。"
        yield Problem(standard, "like", f"没有另一个标准「{standard.like}」。{hint}")


def _item_problems(item: Item, catalogue: Catalogue) -> Iterator[Problem]:
    if item.standard not in catalogue.standards:
        hint = nearest(item.standard, catalogue.standards) or "请改正编号。"
        yield Problem(item, "standard", f"没有标准「{item.standard}」。{hint}")
    if item.measure is not None:
        yield from _measure_problems(item, "measure", item.measure, catalogue)
    if item.condition is not None:
        yield from _condition_problems(item, "condition", item.condition, catalogue)
    if item.applies is not None:
        yield from _applies_problems(item, item.applies.when, catalogue)
    if item.value is not None:
        yield from _threshold_problems(item, "value", item.value, item.measure, catalogue)
    if item.within is not None and item.within.value is not None:
        yield from _threshold_problems(item, "within.value", item.within.value, item.measure, catalogue)
        yield from _order_problems(item)
    for place, exemption in enumerate(item.exemptions):
        yield from _exemption_problems(item, f"exemptions.{place}", exemption, catalogue)


def _measure_problems(item: Item, key: str, id_: str, catalogue: Catalogue) -> Iterator[Problem]:
    measure = catalogue.measures.get(id_)
    if measure is None:
        hint = nearest(id_, catalogue.measures) or "请从测算指标目录中选一个编号。"
        yield Problem(item, key, f"没有编号为「{id_}」的测算指标。{hint}")
        return
    strange = [stage for stage in item.stages if stage not in measure.rows]
    if strange:
        has = f"只有 {'、'.join(measure.rows)}" if measure.rows else "不分学段"
        yield Problem(item, "stages", f"「{measure.name}」{has}，没有 {strange[0]}。请改正或删去。")
    if item.judged == "school" and measure.rollup == "variation":
        yield Problem(item, key, "差异系数没有逐校的值。请把「judged」改为 county。")
        return
    texts = [measure.numerator, measure.denominator, measure.plus]
    grains = {catalogue.grain(text) for text in texts if text} - {None}
    if item.judged == "school" and grains - {"school"}:
        yield Problem(item, key, f"「{measure.name}」不按学校统计，没有逐校的值。请把「judged」改为 county。")


def _condition_problems(item: Item, key: str, text: str, catalogue: Catalogue) -> Iterator[Problem]:
    grains: tuple[Grain, ...] = ("school",) if item.judged == "school" else ("county_stage", "county")
    try:
        node = catalogue.node(text)
    except ExpressionError as error:
        yield Problem(item, key, str(error))
        return
    fitting = [grain for grain in grains if node.columns() <= catalogue.schema(grain).keys()]
    grain = fitting[0] if fitting else grains[0]
    yield from unfit(item, key, node, catalogue.schema(grain), catalogue, wanted=("boolean",))
    if grain in ("school", "county_stage") and fitting and not item.stages and key == "condition":
        yield Problem(item, key, "按学段统计的条件要写明「stages」。请补上学段。")


def _applies_problems(item: Item, text: str, catalogue: Catalogue) -> Iterator[Problem]:
    try:
        node = catalogue.node(text)
    except ExpressionError as error:
        yield Problem(item, "applies.when", str(error))
        return
    grains: tuple[Grain, ...] = (
        ("school",) if item.judged == "school" else ("county", "county_stage", "school")
    )
    schemas = [catalogue.schema(grain) for grain in grains]
    schema = next((one for one in schemas if node.columns() <= one.keys()), schemas[0])
    yield from unfit(item, "applies.when", node, schema, catalogue, wanted=("boolean",))


def _threshold_problems(
    item: Item, key: str, value: Threshold, measure: str | None, catalogue: Catalogue
) -> Iterator[Problem]:
    own = catalogue.measures.get(measure or "")
    rows = (item.stages or own.rows) if own else ()
    if isinstance(value, dict):
        missing = [row for row in rows if row not in value]
        extra = [stage for stage in value if stage not in rows]
        if missing or extra:
            stages = "、".join(rows) or "不分学段，请写一个数"
            yield Problem(item, key, f"阈值的学段应与指标的相同（{stages}）。请补上或删去。")
    elif isinstance(value, str):
        if value.strip() in catalogue.parameters:
            yield from _parameter_problems(item, key, catalogue.parameters[value.strip()], rows)
            return
        try:
            node = catalogue.node(value)
        except ExpressionError as error:
            yield Problem(item, key, str(error))
            return
        if not node.columns():
            yield Problem(item, key, "阈值的算式里没有任何列。请直接写一个数，或只写一个参数的编号。")
            return
        schema = catalogue.schema("school" if item.judged == "school" else "county")
        if rows:
            schema = schema | {"stage": "text"}
        yield from unfit(item, key, node, schema, catalogue, wanted=("number",))


def _parameter_problems(
    item: Item, key: str, parameter: Parameter, rows: tuple[str, ...]
) -> Iterator[Problem]:
    if isinstance(parameter.value, dict) and (not rows or set(rows) - parameter.value.keys()):
        stages = "、".join(rows) or "不分学段"
        yield Problem(
            item, key, f"参数「{parameter.name}」按学段给出，与指标的学段（{stages}）不合。请换一个参数。"
        )


def _order_problems(item: Item) -> Iterator[Problem]:
    """The milder threshold must be the milder one."""
    assert item.within is not None
    first, second = item.value, item.within.value
    if isinstance(first, float) and isinstance(second, float):
        harder = second >= first if item.op in (">=", ">") else second <= first
        if harder:
            yield Problem(item, "within.value", "「within」应比阈值宽松。请改正其中一个。")


def _exemption_problems(
    item: Item, key: str, exemption: Exemption, catalogue: Catalogue
) -> Iterator[Problem]:
    if exemption.when is not None:
        yield from _condition_problems(item, f"{key}.when", exemption.when, catalogue)
    if exemption.measure is not None:
        yield from _measure_problems(item, f"{key}.measure", exemption.measure, catalogue)
        if item.measure is None:
            yield Problem(item, f"{key}.measure", "项目本身没有「measure」，例外不能换指标。请删去。")
    if exemption.value is not None:
        if item.value is None:
            yield Problem(item, f"{key}.value", "项目本身没有阈值，例外不能换阈值。请删去。")
        measure = exemption.measure or item.measure
        yield from _threshold_problems(item, f"{key}.value", exemption.value, measure, catalogue)


def _rule_problems(of: Entry, key: str, rule: Rule, items: tuple[Item, ...]) -> Iterator[Problem]:
    groups = {item.group for item in items}
    ids = {item.id for item in items}
    for group in rule.groups:
        if group not in groups:
            hint = nearest(group, groups) or "请改用项目里写的「group」。"
            yield Problem(of, f"{key}.groups", f"没有「{group}」这一组项目。{hint}")
            return
    for id_ in rule.items:
        if id_ not in ids:
            hint = nearest(id_, ids) or "请改用项目的编号。"
            yield Problem(of, f"{key}.items", f"没有编号为「{id_}」的项目。{hint}")
            return
    chosen = [item for item in items if item.group in rule.groups or item.id in rule.items]
    if rule.level == "school" and any(item.judged == "county" for item in chosen):
        yield Problem(
            of, f"{key}.level", "学校规则里有按县判定的项目。请改为「level: county」，或去掉这些项目。"
        )
    if rule.at_least is not None and rule.at_least > len(chosen):
        yield Problem(
            of, f"{key}.at_least", f"要求至少 {rule.at_least} 项，却只有 {len(chosen)} 项。请改正。"
        )
