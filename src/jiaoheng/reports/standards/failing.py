"""Which schools do not pass, and by which items."""

from __future__ import annotations

import polars as pl

from jiaoheng.reports.standards.inputs import StandardInputs
from jiaoheng.reports.standards.tables import blank
from jiaoheng.reports.standards.words import SHORT
from jiaoheng.reports.tables import Column, Table, table, text
from jiaoheng.standards import words


def failing_schools_table(inputs: StandardInputs, *, id: str) -> Table:
    """Schools that do not pass a rule of schools, those with most items failed first."""
    assessed = inputs.assessed
    rules = {rule.id: rule for rule in assessed.standard.rules if rule.level == "school"}
    failed = assessed.rules.filter(
        pl.col("rule").is_in(list(rules)) & pl.col("school").is_not_null() & (pl.col("verdict") == "failed")
    ).sort("failed", "within", "school", descending=[True, True, False])
    bad = assessed.rows.filter(pl.col("verdict").is_in(SHORT))
    joined = {
        rule.id: [item for item in assessed.items if item.group in rule.groups or item.id in rule.items]
        for rule in rules.values()
    }
    body = []
    for row in failed.iter_rows(named=True):
        own = bad.filter(
            (pl.col("school") == row["school"]) & pl.col("stage").eq_missing(pl.lit(row["stage"], pl.String))
        )
        named = [
            f"{item.number or item.name}"
            for item in joined[row["rule"]]
            if item.id in own.filter(pl.col("verdict") == "failed")["item"].to_list()
        ]
        nearly = [
            f"{item.number or item.name}"
            for item in joined[row["rule"]]
            if item.id in own.filter(pl.col("verdict") == "within")["item"].to_list()
        ]
        body.append(
            [
                text(row["school_name"]),
                blank(words.stage_words(row["stage"])),
                text(rules[row["rule"]].name),
                blank("、".join(named)),
                blank("、".join(nearly)),
            ]
        )
    standard = assessed.standard.words
    return table(
        id,
        f"{assessed.standard.name}：没有通过的学校",
        [
            Column("学校", kind="words"),
            Column("学段", kind="words"),
            Column("规则", kind="words"),
            Column(f"{standard.failed}的项目", kind="words"),
            Column(f"{standard.within}的项目", kind="words"),
        ],
        body,
        source=inputs.source,
        note="项目写编号，名称见前面各章。",
    )
