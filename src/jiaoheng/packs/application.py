"""Sets of official forms that a county hands in when it applies: which cell shows what, as data.

One YAML file a set, in ``packs/data/applications`` or in a county's ``packs/applications``. A form is a
table: what its rows stand for, and columns that each show a figure, a verdict or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jiaoheng.packs import yaml_lines
from jiaoheng.packs.catalogue import Catalogue
from jiaoheng.packs.measure_checks import problems_of
from jiaoheng.packs.models import GroupName, Id, Measure, Said, StageName, Strict
from jiaoheng.packs.yaml_lines import Located, PackError, nearest

Rows = Literal["county", "stages", "schools", "items", "records"]
"""What the rows of a form stand for: the county (one row), its stages, schools (each stage a row of its own),
the items of a group, or the rows of a census table."""

Shown = Literal[
    "number",
    "region",
    "stage",
    "school",
    "organiser",
    "verdict",
    "remarks",
    "judged_schools",
    "passing_schools",
    "passing_share",
    "item_number",
    "item_name",
    "item_clause",
    "item_value",
    "item_verdict",
    "item_evidence",
    "key",
]
"""What a column shows that is no figure of the census."""

_OF_ROWS: Mapping[str, frozenset[str]] = {
    "county": frozenset({"number", "region"}),
    "stages": frozenset({"number", "region", "stage", "judged_schools", "passing_schools", "passing_share"}),
    "schools": frozenset({"number", "region", "school", "organiser", "stage", "verdict", "remarks"}),
    "items": frozenset(
        {"number", "item_number", "item_name", "item_clause", "item_value", "item_verdict", "item_evidence"}
    ),
    "records": frozenset({"number", "key"}),
}


class FormColumn(Strict):
    """One column: its heading (``›`` between levels), and what stands in its cells.

    A cell shows a figure (``expr``: the sum of an expression; ``measure``; ``item``: the value that an item
    is judged by, marked where it falls short), a column of the census table (``column``, or one
    ``per_cent_of`` another), or what ``show`` names. ``digits`` rounds half up, for display only;
    ``per_cent_digits`` where the unit of an item is %.
    """

    head: Said
    show: Shown | None = None
    expr: Said | None = None
    stages: tuple[StageName, ...] = ()
    together: GroupName | None = None
    measure: Id | None = None
    item: Id | None = None
    column: Said | None = None
    per_cent_of: Said | None = None
    digits: Annotated[int, Field(ge=0, le=6)] | None = None
    per_cent_digits: Annotated[int, Field(ge=0, le=6)] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = (self.show, self.expr, self.measure, self.item, self.column)
        if sum(each is not None for each in sources) != 1:
            raise ValueError("每一列应写「show」「expr」「measure」「item」「column」之一，且只写其一。")
        if self.per_cent_of and not self.column:
            raise ValueError("「per_cent_of」要和「column」一起写。")
        return self


class Form(Strict):
    """One form of the set.

    ``rule`` is the rule of schools whose verdicts it shows; ``group`` the items that are its rows; ``table``
    the census table whose rows they are, with ``key`` the column that names them; ``total`` the words of a
    last row that sums them.
    """

    id: Id
    label: Said
    title: Said
    rows: Rows
    paper: Literal["A3", "A4"] = "A4"
    stages: tuple[StageName, ...] = ()
    rule: Id | None = None
    groups: tuple[Said, ...] = ()
    table: Said | None = None
    key: Said | None = None
    total: Said | None = None
    columns: tuple[FormColumn, ...]
    notes: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _fits_its_rows(self) -> Self:
        needs = {
            "stages": bool(self.stages),
            "schools": bool(self.stages and self.rule),
            "items": bool(self.groups),
            "records": bool(self.table and self.key),
        }
        words = {
            "stages": "「stages」",
            "schools": "「stages」和「rule」",
            "items": "「groups」",
            "records": "「table」和「key」",
        }
        if not needs.get(self.rows, True):
            raise ValueError(f"「rows: {self.rows}」的表要写{words[self.rows]}。")
        if not self.columns:
            raise ValueError("「columns」不能为空。请写上这张表的列。")
        for column in self.columns:
            if column.show and column.show not in _OF_ROWS[self.rows]:
                known = "、".join(sorted(_OF_ROWS[self.rows]))
                raise ValueError(f"「rows: {self.rows}」的列不能「show: {column.show}」。可用：{known}。")
            if column.column and self.rows != "records":
                raise ValueError("「column」只用于「rows: records」的表。")
            if column.item and self.rows not in ("stages", "schools"):
                raise ValueError("「item」只用于「rows: stages」和「rows: schools」的表。")
            if (column.expr or column.measure) and self.rows in ("items", "records"):
                raise ValueError(f"「rows: {self.rows}」的列不能写「expr」和「measure」。")
        return self


class ApplicationHead(Strict):
    """Which set it is, and for which standard; ``school_form`` is the layout in which its schools report."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    standard: Id
    name: Said
    school_form: str = ""
    source: Said
    unverified: tuple[Said, ...] = ()


class Application(Strict):
    """A whole set of forms; ``notes`` are said of all of them."""

    application: ApplicationHead
    notes: tuple[Said, ...] = ()
    forms: tuple[Form, ...]

    @property
    def id(self) -> str:
        """The name by which a user asks for it."""
        return self.application.id

    @model_validator(mode="after")
    def _has_forms(self) -> Self:
        ids = [form.id for form in self.forms]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError("「forms」应有一张或几张表，编号各不相同。")
        return self


def load_all(catalogue: Catalogue, *, extra: Path | None = None) -> dict[str, Application]:
    """The built-in sets, then those in the folder `extra`, by the id of their standard.

    Raises
    ------
    PackError
        With ``file:line`` of every fault: proved against the measures, items and tables of ``catalogue``.
    """
    folders = [Path(__file__).parent / "data" / "applications"]
    folders += [extra] if extra and extra.is_dir() else []
    found = (load(path, catalogue) for folder in folders for path in sorted(folder.glob("*.yaml")))
    return {each.application.standard: each for each in found}


def load(path: Path, catalogue: Catalogue) -> Application:
    """One set, proved against the catalogue."""
    located = yaml_lines.read(path)
    application = yaml_lines.build(Application, located)
    if faults := list(_faults(located, application, catalogue)):
        raise PackError("\n".join(faults))
    return application


def summed(form: Form, column: FormColumn, catalogue: Catalogue, standard: str) -> Measure | None:
    """The measure that the expression of a column becomes, for as long as the form is filled."""
    if column.expr is None:
        return None
    owner = catalogue.standards[standard]
    place = form.columns.index(column)
    stages = column.stages or (form.stages if form.rows in ("stages", "schools") else ())
    made = Measure.model_validate(
        {
            "id": f"shown_in_{form.id}__{place}",
            "name": column.head,
            "unit": "—",
            "digits": column.digits or 0,
            "clause": form.label,
            "numerator": column.expr,
            "stages": stages,
            "together": column.together,
            "rollup": "sum",
        }
    )
    made.bind(owner.document, owner.place)
    return made


def _faults(located: Located, application: Application, catalogue: Catalogue) -> Iterator[str]:
    standard = application.application.standard
    if standard not in catalogue.standards:
        hint = nearest(standard, catalogue.standards) or "请改正编号。"
        yield located.message(("application", "standard"), f"没有标准「{standard}」。{hint}")
        return
    items = {item.id: item for item in catalogue.items_of(catalogue.standards[standard])}
    rules = {rule.id for rule in catalogue.standards[standard].rules if rule.level == "school"}
    groups = {item.group for item in items.values()}
    for i, form in enumerate(application.forms):
        if form.rule is not None and form.rule not in rules:
            yield located.message(("forms", i, "rule"), _unknown("学校规则", form.rule, rules))
        for group in form.groups:
            if group not in groups:
                yield located.message(("forms", i, "groups"), _unknown("项目分组", group, groups))
        tables = catalogue.columns
        if form.table is not None and form.table not in tables:
            yield located.message(("forms", i, "table"), _unknown("数据表", form.table, tables))
            continue
        for j, column in enumerate(form.columns):
            at = ("forms", i, "columns", j)
            if column.measure and column.measure not in catalogue.measures:
                yield located.message((*at, "measure"), _unknown("指标", column.measure, catalogue.measures))
            if column.item and column.item not in items:
                yield located.message((*at, "item"), _unknown("项目", column.item, items))
            for name in (column.column, column.per_cent_of):
                if name and name not in tables[form.table or ""]:
                    yield located.message((*at, "column"), _unknown("列", name, tables[form.table or ""]))
            if (made := summed(form, column, catalogue, standard)) is not None:
                for problem in problems_of(made, catalogue):
                    yield located.message((*at, "expr"), problem.text)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"没有{kind}「{name}」。{nearest(name, known) or '请改正。'}"
