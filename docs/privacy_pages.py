"""The reference page of personal data, from the classes and the dictionary."""

from __future__ import annotations

from collections.abc import Iterator

from jiaoheng import disclosure, measures
from jiaoheng.census import dictionary
from jiaoheng.census.personal import PUBLISHED, RULES, STORED


def personal() -> Iterator[str]:
    """What each class allows, the columns of each, and the measures whose small counts are masked."""
    yield "# Personal data\n"
    yield "What `census/personal.py` allows, class by class. The dictionary gives every column its"
    yield "class; a table of persons has none without. [What stands behind it](../concepts/privacy.md).\n"
    yield "| class | 中文 | stored | shown | in workbooks that we write | published | kept |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, rule in RULES.items():
        cells = [
            f"`{name}`" if name else "(none)",
            f"{rule.zh}（{rule.meaning}）",
            STORED[rule.stored],
            "是" if rule.told else "否",
            "是" if rule.exported else "否",
            PUBLISHED[rule.published],
            rule.retention,
        ]
        yield "| " + " | ".join(cells) + " |"
    yield "\nNo message repeats a value of a table of persons, whatever its class: it may be a name.\n"
    yield "## Columns\n"
    yield "| class | table | columns |"
    yield "| --- | --- | --- |"
    for name in filter(None, RULES):
        for table in dictionary.tables().values():
            own = [f"{column.zh} `{column.name}`" for column in table.columns if column.personal == name]
            if own:
                yield f"| `{name}` | {table.zh} `{table.name}` | {'、'.join(own)} |"
    yield "\n## Measures that are protected when published\n"
    catalogue = measures.catalogue()
    for id_ in disclosure.sensitive_measures(catalogue):
        yield f"- {catalogue.measures[id_].name} `{id_}`"
