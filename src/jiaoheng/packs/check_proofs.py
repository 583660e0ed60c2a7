"""Proves the checks of a catalogue: tables, names, types, examples, messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.census_check import Case, Check
from jiaoheng.packs.check_names import names_of
from jiaoheng.packs.expression import ExpressionError, Type, is_aggregate
from jiaoheng.packs.problems import Problem, unfit
from jiaoheng.packs.yaml_lines import nearest

COUNT, DETAIL, COLUMN = "count", "detail", "column"
"""What a message may name beside the columns: the number of persons, what a rule has to add, and which column
it blames."""


def check_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Checks that cannot be worked out, or whose examples do not fit their table."""
    known: dict[str, dict[str, Type]] = {}
    for check in catalogue.checks.values():
        if check.table not in catalogue.columns:
            hint = nearest(check.table, catalogue.columns) or f"可用的表：{'、'.join(catalogue.columns)}。"
            yield Problem(check, "table", f"没有可用的表「{check.table}」。{hint}")
            continue
        if check.table not in known:
            known[check.table] = names_of(check.table, catalogue)
        names = known[check.table]
        if check.stages and "stage" not in names:
            yield Problem(check, "stages", f"表「{check.table}」没有学段，不能写「stages」。请删去。")
        yield from _message_problems(check, names)
        for case in check.cases:
            yield from _case_problems(check, case, names, catalogue)


def _case_problems(
    check: Check, case: Case, names: Mapping[str, Type], catalogue: Catalogue
) -> Iterator[Problem]:
    for key, text in (("must", case.must), ("when", check.scope(case.item))):
        if text is None:
            continue
        try:
            node = catalogue.node(text)
        except ExpressionError as error:
            yield Problem(check, key, str(error))
            continue
        if is_aggregate(node):
            yield Problem(check, key, "校验逐行进行，条件不能用汇总函数。请改用 total_、schools_ 等合计。")
            continue
        yield from unfit(check, key, node, names, catalogue, wanted=("boolean",))
    for key, row in (("passes", case.passes), ("fails", case.fails)):
        if strange := sorted(row.keys() - names.keys()):
            hint = nearest(strange[0], names) or "请改用条件里的列。"
            yield Problem(check, key, f"例子里的「{strange[0]}」不是这里的列。{hint}")


def _message_problems(check: Check, names: Mapping[str, Type]) -> Iterator[Problem]:
    allowed = {*names, COUNT, DETAIL, COLUMN}
    for item in check.each or ("",):
        for name in re.findall(r"\{([^}]*)\}", check.told(item) or ""):
            if name not in allowed:
                hint = nearest(name, allowed) or "请改用列名，或 count。"
                yield Problem(check, "says", f"「says」里的「{name}」不是这里的列。{hint}")
                return
