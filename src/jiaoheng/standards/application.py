"""Fills the forms of an application: which figure, verdict or name stands in which cell.

What is not known, or does not apply, is an empty cell: never 0. Values are unrounded; the cell says with how
many places it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from jiaoheng import measures, terms
from jiaoheng.census.snapshot import Census
from jiaoheng.packs import Catalogue, Item
from jiaoheng.packs.application import Application, Form, FormColumn, summed
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.result import Assessed
from jiaoheng.standards.verdict import Verdict

YES, NO = "是", "否"


@dataclass(frozen=True)
class FilledCell:
    """What one cell shows: a number with its places, words, or nothing.

    ``verdict`` is that of the value, where it is judged.
    """

    value: float | str | None = None
    digits: int = 0
    verdict: Verdict | None = None


EMPTY = FilledCell()


@dataclass(frozen=True)
class FilledForm:
    """One form with its rows, each with a cell for every column."""

    form: Form
    rows: tuple[tuple[FilledCell, ...], ...]


def fill(
    application: Application,
    assessed: Assessed,
    census: Census,
    *,
    region: str,
    catalogue: Catalogue,
    answers: Answers | None = None,
    engine: str = "duckdb",
) -> tuple[FilledForm, ...]:
    """Every form of an application, filled from a census and its assessment.

    Parameters
    ----------
    region : the name of the county.
    catalogue : every version of the rules, as for `assess`.
    answers : what was declared, for the evidence of items.
    """
    filler = _Filler(application, assessed, census, region, catalogue, answers, engine)
    return tuple(FilledForm(form, tuple(filler.rows(form))) for form in application.forms)


class _Filler:
    def __init__(
        self,
        application: Application,
        assessed: Assessed,
        census: Census,
        region: str,
        catalogue: Catalogue,
        answers: Answers | None,
        engine: str,
    ) -> None:
        self._assessed, self._census, self._region, self._answers = assessed, census, region, answers
        self._figures = _figures(application, assessed, census, catalogue, engine)
        self._judged = {
            (row["item"], row["school"], row["stage"]): row for row in assessed.rows.iter_rows(named=True)
        }
        self._organisers = _organisers(census)

    def rows(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        kinds: Mapping[str, Callable[[Form], Iterator[tuple[FilledCell, ...]]]] = {
            "county": self._county,
            "stages": self._stages,
            "schools": self._schools,
            "items": self._items,
            "records": self._records,
        }
        yield from kinds[form.rows](form)

    def _county(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        shown = {"region": FilledCell(self._region), "number": FilledCell(1.0)}
        yield tuple(self._cell(form, column, shown, None, None) for column in form.columns)

    def _stages(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        for place, stage in enumerate(form.stages, 1):
            shown = {
                "number": FilledCell(float(place)),
                "region": FilledCell(self._region),
                "stage": FilledCell(terms.label("stage", stage)),
                **self._passing(form, stage),
            }
            yield tuple(self._cell(form, column, shown, None, stage) for column in form.columns)

    def _passing(self, form: Form, stage: str) -> dict[str, FilledCell]:
        if form.rule is None:
            return {}
        verdicts = self._ruled(form.rule).filter(pl.col("stage") == stage)["verdict"].to_list()
        known = Verdict.UNKNOWN not in verdicts
        passed = float(verdicts.count(Verdict.MET)) if known else None
        share = 100 * passed / len(verdicts) if passed is not None and verdicts else None
        return {
            "judged_schools": FilledCell(float(len(verdicts))),
            "passing_schools": FilledCell(passed),
            "passing_share": FilledCell(share),
        }

    def _schools(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        ruled = self._ruled(form.rule or "")
        order = {stage: place for place, stage in enumerate(form.stages)}
        chosen = ruled.filter(pl.col("stage").is_in(form.stages)).sort(
            pl.col("stage").replace_strict(order, return_dtype=pl.Int64), "school"
        )
        for place, row in enumerate(chosen.iter_rows(named=True), 1):
            school, stage, verdict = row["school"], row["stage"], Verdict(row["verdict"])
            shown = {
                "number": FilledCell(float(place)),
                "region": FilledCell(self._region),
                "school": FilledCell(row["school_name"] or school),
                "organiser": FilledCell(self._organisers.get(school)),
                "stage": FilledCell(terms.label("stage", stage)),
                "verdict": FilledCell(_yes(verdict), verdict=verdict),
                "remarks": FilledCell(self._remarks(form, school, stage)),
            }
            yield tuple(self._cell(form, column, shown, school, stage) for column in form.columns)

    def _items(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        place = 0
        for item in self._assessed.items:
            if item.group not in form.groups:
                continue
            for row in self._lines(item):
                place += 1
                shown = {"number": FilledCell(float(place)), **self._said(item, row)}
                yield tuple(
                    _with_places(shown[column.show or ""], column, item, self._assessed)
                    for column in form.columns
                )

    def _lines(self, item: Item) -> list[dict[str, Any]]:
        """What an item has to say: of the county a row a stage, of schools how many of them meet it."""
        if item.judged == "county":
            return self._assessed.rows.filter(pl.col("item") == item.id).to_dicts()
        return self._assessed.together.filter(pl.col("item") == item.id).to_dicts()

    def _said(self, item: Item, row: Mapping[str, Any]) -> dict[str, FilledCell]:
        verdict = Verdict(row["verdict"])
        known = terms.Stage.named(row.get("stage") or "")
        stage = known.label if known else ""
        return {
            "item_number": FilledCell(item.number),
            "item_name": FilledCell(f"{item.name}（{stage}）" if stage else item.name),
            "item_clause": FilledCell(item.clause),
            "item_value": self._item_value(item, row, verdict),
            "item_verdict": FilledCell(_yes(verdict), verdict=verdict),
            "item_evidence": FilledCell(self._evidence(item, row)),
        }

    def _item_value(self, item: Item, row: Mapping[str, Any], verdict: Verdict) -> FilledCell:
        if item.judged == "school":
            return FilledCell(self._schools_met(item), verdict=verdict)
        if row["value"] is None:
            return FilledCell(verdict=verdict)
        if item.measure is None and item.declared != "number":
            return FilledCell(YES if (row["value"] == 1) == item.expects else NO, verdict=verdict)
        return FilledCell(row["value"], verdict=verdict)

    def _schools_met(self, item: Item) -> str | None:
        """How many schools meet an item in all their stages, of those where that is known."""
        asked = pl.col("verdict") != Verdict.NOT_APPLICABLE
        rows = self._assessed.rows.filter((pl.col("item") == item.id) & asked)
        schools = rows.group_by("school").agg(
            known=(pl.col("verdict") != Verdict.UNKNOWN).all(), met=(pl.col("verdict") == Verdict.MET).all()
        )
        known = schools.filter("known")
        if known.is_empty():
            return None
        return f"{known.height}所学校中{known['met'].sum()}所{self._assessed.standard.words.met}"

    def _evidence(self, item: Item, row: Mapping[str, Any]) -> str | None:
        given = self._answers.answers.get(item.id) if self._answers else None
        words = [*(given.evidence if given else ()), *((given.note,) if given and given.note else ())]
        if row["verdict"] == Verdict.UNKNOWN and row.get("reason"):
            words.append(row["reason"])
        return "；".join(words) or None

    def _records(self, form: Form) -> Iterator[tuple[FilledCell, ...]]:
        records = self._census.table(form.table or "").to_pylist()
        for place, record in enumerate(records, 1):
            name = terms.label(form.key or "", record[form.key])
            yield tuple(_of_record(column, [record], name, place) for column in form.columns)
        if form.total and records:
            yield tuple(_of_record(column, records, form.total, None) for column in form.columns)

    def _cell(
        self,
        form: Form,
        column: FormColumn,
        shown: Mapping[str, FilledCell],
        school: str | None,
        stage: str | None,
    ) -> FilledCell:
        if column.show:
            cell = shown[column.show]
            return FilledCell(cell.value, column.digits or 0, cell.verdict)
        if column.item:
            row = self._judged.get((column.item, school, stage))
            if row is None or row["verdict"] == Verdict.NOT_APPLICABLE:
                return EMPTY
            return FilledCell(row["value"], column.digits or 0, Verdict(row["verdict"]))
        made = summed(form, column, self._assessed.catalogue, self._assessed.standard.id)
        measure = made.id if made else column.measure or ""
        own: str | None = column.together or (column.stages[0] if column.stages else None)
        wanted = own if stage is None else stage
        return FilledCell(self._figures.get((measure, school, wanted)), column.digits or 0)

    def _ruled(self, rule: str) -> pl.DataFrame:
        """The verdicts of a rule on schools that it applies to."""
        return self._assessed.rules.filter(
            (pl.col("rule") == rule) & (pl.col("verdict") != Verdict.NOT_APPLICABLE)
        )

    def _remarks(self, form: Form, school: str, stage: str) -> str | None:
        """Which items are met, which nearly, which are not, and which by an exemption or not known."""
        rule = next(rule for rule in self._assessed.standard.rules if rule.id == form.rule)
        words = self._assessed.standard.words
        said = {
            Verdict.MET: words.met,
            Verdict.WITHIN: words.within,
            Verdict.FAILED: words.failed,
            Verdict.UNKNOWN: "没有数据",
        }
        numbers: dict[Verdict, list[str]] = {verdict: [] for verdict in said}
        excused = []
        for item in self._assessed.items:
            row = self._judged.get((item.id, school, stage))
            if row is None or not (item.group in rule.groups or item.id in rule.items):
                continue
            numbers.get(Verdict(row["verdict"]), []).append(item.number or item.name)
            if row["exemption"]:
                name = next(one.name for one in item.exemptions if one.id == row["exemption"])
                excused.append(f"第{item.number}项：{name}")
        # All met needs no words: the column beside it says so.
        if not any(numbers[verdict] for verdict in (Verdict.WITHIN, Verdict.FAILED, Verdict.UNKNOWN)):
            return "；".join(excused) or None
        lists = [
            f"{word}：{'、'.join(numbers[verdict])}" for verdict, word in said.items() if numbers[verdict]
        ]
        return "；".join([*lists, *excused])


def _figures(
    application: Application, assessed: Assessed, census: Census, catalogue: Catalogue, engine: str
) -> dict[tuple[str, str | None, str | None], float | None]:
    """Every figure that a column asks for, by measure, school (None: the county) and stage."""
    found: dict[tuple[str, str | None, str | None], float | None] = {}
    for by in ("county", "school"):
        forms = [form for form in application.forms if (form.rows == "schools") == (by == "school")]
        columns = [(form, column) for form in forms for column in form.columns]
        made = [summed(form, column, assessed.catalogue, assessed.standard.id) for form, column in columns]
        extra = [measure for measure in made if measure]
        ids = [measure.id for measure in extra] + [column.measure for _, column in columns if column.measure]
        if not ids:
            continue
        frame = measures.compute(census, ids, by=by, engine=engine, catalogue=catalogue, extra=extra)
        for row in frame.iter_rows(named=True):
            key = row["key"] if by == "school" else None
            found[row["measure"], key, row["stage"]] = row["value"]
    return found


def _organisers(census: Census) -> dict[str, str]:
    schools = census.table("schools")
    codes = zip(schools["school_code"].to_pylist(), schools["organiser"].to_pylist(), strict=True)
    found = {school: terms.Organiser.named(organiser or "") for school, organiser in codes}
    return {school: organiser.code for school, organiser in found.items() if organiser}


def _of_record(
    column: FormColumn, records: Sequence[Mapping[str, Any]], name: str, place: int | None
) -> FilledCell:
    if column.show == "key":
        return FilledCell(name)
    if column.show == "number":
        return FilledCell(None if place is None else float(place))
    value = _sum(records, column.column or "")
    if column.per_cent_of:
        whole = _sum(records, column.per_cent_of)
        value = None if value is None or not whole else 100 * value / whole
    return FilledCell(value, column.digits or 0)


def _sum(records: Sequence[Mapping[str, Any]], column: str) -> float | None:
    values = [record[column] for record in records]
    return None if any(value is None for value in values) else float(sum(values))


def _yes(verdict: Verdict) -> str | None:
    return {Verdict.MET: YES, Verdict.FAILED: NO, Verdict.WITHIN: NO}.get(verdict)


def _with_places(cell: FilledCell, column: FormColumn, item: Item, assessed: Assessed) -> FilledCell:
    """The places of an item's value: the column's own for percentages, or for others, or the measure's."""
    measure = assessed.catalogue.measures.get(item.measure or "")
    asked = column.per_cent_digits if measure and measure.unit == "%" else column.digits
    digits = asked if asked is not None else measure.digits if measure else 0
    return FilledCell(cell.value, digits, cell.verdict)
