"""Measures once more, in plain Python over dictionaries, written from docs/concepts/measures.md.

It shares with the code under test the packs and the nodes of expressions, nothing else: rows are merged,
split and summed here by loops, facts are worked out one after another, and expressions are walked by the
reference evaluator.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from expression.reference import of_group, of_row
from jiaoheng.census import dictionary
from jiaoheng.packs import GROUPED_TABLES, Catalogue, Measure, grain_of

Row = dict[str, Any]

SHARED = {"占地与校舍", "设备与图书", "幼儿园园舍"}
URBAN = {
    "111": "urban",
    "112": "urban",
    "121": "town",
    "122": "town",
    "123": "town",
    "210": "rural",
    "220": "rural",
}


@dataclass
class Result:
    value: float | None
    status: str
    known: int
    total: int


class Plain:
    """A census as rows, and its measures."""

    def __init__(
        self,
        tables: Mapping[str, Iterable[Mapping[str, Any]]],
        region: str,
        catalogue: Catalogue,
        year: int = 2025,
    ) -> None:
        self.catalogue = catalogue
        self.year = year
        self.region = region
        self.tables: dict[str, list[Row]] = {}
        for name, table in dictionary.tables().items():
            blank = dict.fromkeys(column.name for column in table.columns)
            self.tables[name] = [blank | dict(row) for row in tables.get(name, ())]
        self.homes = self._homes()
        self.base = self._base()
        self.areas = self._areas()
        self.county = self._county()
        self.county_stages = [self._with_facts(row, "county_stage") for row in self.tables["county_stages"]]

    # --- schools

    def _homes(self) -> dict[str, str]:
        schools = {row["school_code"]: row for row in self.tables["schools"]}
        homes = {}
        for code, row in schools.items():
            home, seen = row, {code}
            while home["counted"] is False and home["main_school_code"] in schools:
                home = schools[home["main_school_code"]]
                if home["school_code"] in seen:
                    home = row
                    break
                seen.add(home["school_code"])
            homes[code] = home["school_code"]
        return homes

    def _base(self) -> list[Row]:
        stages: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.tables["school_stages"]:
            stages[self.homes[row["school_code"]], row["stage"]].append(row)
        members: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["schools"]:
            members[self.homes[row["school_code"]]].append(row)
        rows = [
            self._merged("school_stages", group, None) | {"school_code": code, "stage": stage}
            for (code, stage), group in stages.items()
        ]
        for name in ("pupils", "classes"):
            self._fill(name, rows)
        found = []
        for row in rows:
            own = [other for other in rows if other["school_code"] == row["school_code"]]
            school = self._merged("schools", members[row["school_code"]], row["school_code"])
            share = self._share(row, own)
            for column in dictionary.table("schools").columns:
                split = column.group in SHARED or column.name in ("public_funds", "training_funds")
                if split and column.type in ("integer", "number"):
                    value = school[column.name]
                    school[column.name] = None if value is None or share is None else value * share
            pupils = [other["pupils"] for other in own]
            compulsory = [other for other in own if other["stage"] in ("primary", "junior")]
            found.append(
                school
                | row
                | {
                    "urban_rural": URBAN.get(school["urban_rural_code"]),
                    "stage_count": len(own),
                    "school_pupils": _sum(pupils),
                    "school_compulsory_pupils": _sum(other["pupils"] for other in compulsory),
                    "school_compulsory_classes": _sum(other["classes"] for other in compulsory),
                    "school_compulsory_migrants": _sum(other["migrants"] for other in compulsory),
                    "compulsory_stage_count": len(compulsory),
                    "school_stage_count": sum(o["stage"] in ("primary", "junior", "senior") for o in own),
                }
            )
        return [self._with_facts(row, "school") for row in found]

    def _merged(self, table: str, group: list[Row], main: str | None) -> Row:
        merged: Row = {}
        for column in dictionary.table(table).columns:
            values = [row[column.name] for row in group]
            if column.name == "largest_class":
                merged[column.name] = None if None in values else max(values)
            elif column.type in ("integer", "number") and column.unit not in ("年", "度"):
                merged[column.name] = _sum(values)
            elif main is None:
                merged[column.name] = None if None in values else min(values)
            else:
                (merged[column.name],) = (row[column.name] for row in group if row["school_code"] == main)
        return merged

    def _fill(self, name: str, rows: list[Row]) -> None:
        fact = self.catalogue.facts.get(name)
        if fact is not None and fact.records is not None:
            for row in rows:
                if row[name] is None:
                    row[name] = self._counted(fact.records.table, self.catalogue.records_node(fact), row)

    def _share(self, row: Row, own: list[Row]) -> float | None:
        if len(own) == 1:
            return 1.0
        weights = self.catalogue.parameters["split_weight"].value
        weighed = [None if r["pupils"] is None else r["pupils"] * weights.get(r["stage"], 1) for r in own]
        whole = _sum(weighed)
        if not whole:
            return None
        return row["pupils"] * weights.get(row["stage"], 1) / whole

    def _counted(self, table: str, node: Any, row: Row) -> Any:
        group = [
            record
            for record in self.tables[table]
            if self.homes.get(record["school_code"]) == row["school_code"] and record["stage"] == row["stage"]
        ]
        return of_group(node, group) if group else None

    # --- areas and the county

    def _areas(self) -> list[Row]:
        listed = {row["area_code"]: row for row in self.tables["areas"]}
        codes = dict.fromkeys(listed)
        for table in ("population", "births", "housing", "projects"):
            codes |= dict.fromkeys(row["area_code"] or "" for row in self.tables[table])
        blank = dict.fromkeys(column.name for column in dictionary.table("areas").columns)
        rows = []
        for code in codes:
            row = blank | listed.get(code, {}) | {"area_code": code, "listed": code in listed}
            rows.append(self._with_facts(row, "area"))
        return rows

    def _county(self) -> Row:
        blank = dict.fromkeys(column.name for column in dictionary.table("county").columns)
        row = blank | (self.tables["county"][0] if self.tables["county"] else {})
        for name in self.catalogue.schema("county"):
            row.setdefault(name, None)
        row["census_year"] = self.year
        for line in self.tables["finance"]:
            row[line["item"]], row[f"{line['item']}_last_year"] = line["amount"], line["amount_last_year"]
        return self._with_facts(row, "county")

    def _with_facts(self, row: Row, grain: str) -> Row:
        columns = dict(row)
        facts = [fact for fact in self.catalogue.facts.values() if grain_of(fact.table) == grain]
        found: Row = {}
        for fact in self.catalogue.ordered(facts):
            if fact.table in GROUPED_TABLES:
                found[fact.id] = self._grouped(fact, row, grain)
                continue
            names = columns | found
            if fact.id in columns:
                names[fact.id] = columns[fact.id]
            value = of_row(self.catalogue.fact_node(fact), names)
            if value is None and fact.records is not None:
                value = self._counted(fact.records.table, self.catalogue.records_node(fact), row)
            found[fact.id] = value
        return columns | found

    def _grouped(self, fact: Any, row: Row, grain: str) -> Any:
        node = self.catalogue.fact_node(fact)
        records = self.tables[fact.table]
        if grain == "school":
            return self._counted(fact.table, node, row)
        if grain == "county":
            return of_group(node, records) if records else None
        own = [record for record in records if (record["area_code"] or "") == row["area_code"]]
        if own:
            return of_group(node, own)
        return 0.0 if records and fact.table in ("projects", "housing") else None

    # --- measures

    def result(self, measure: Measure, by: str, key: str, stages: tuple[str, ...]) -> Result:
        """One row of the long form; `stages` are those that it takes together."""
        if measure.mean_of:
            parts = [self.result(self.catalogue.measures[id_], by, key, stages) for id_ in measure.mean_of]
            known, total = min(p.known for p in parts), max(p.total for p in parts)
            if all(p.status == "not_applicable" for p in parts):
                return Result(None, "not_applicable", known, total)
            values = [p.value for p in parts]
            mean = None if None in values else math.fsum(values) / len(values)
            return Result(mean, "unknown" if mean is None else "known", known, total)
        if measure.of:
            return self._variation(self.catalogue.measures[measure.of], measure, by, key, stages)
        assert measure.numerator
        grains = {
            text: self.catalogue.grain(text)
            for text in (measure.numerator, measure.plus, measure.denominator)
            if text
        }
        usual = next((grain for grain in grains.values() if grain), "school")
        grains = {text: grain or usual for text, grain in grains.items()}
        if measure.denominator and not measure.plus and len(set(grains.values())) == 1:
            return self._ratio(measure, usual, by, key, stages)
        sums = {text: self._sum(measure, text, grain, by, key, stages) for text, grain in grains.items()}
        above = [sums[text] for text in (measure.numerator, measure.plus) if text]
        known, total = sum(part[1] for part in above), sum(part[2] for part in above)
        if total == 0:
            return Result(None, "not_applicable", known, total)
        if any(part[1] < part[2] for part in sums.values()):
            return Result(None, "unknown", known, total)
        value = math.fsum(part[0] for part in above) * measure.factor
        if measure.denominator:
            below = sums[measure.denominator][0]
            if below == 0:
                return Result(None, "unknown", known, total)
            value /= below
        return Result(value, "known", known, total)

    def _ratio(self, measure: Measure, grain: str, by: str, key: str, stages: tuple[str, ...]) -> Result:
        assert measure.numerator
        assert measure.denominator
        pairs, total = [], 0
        for row in self._rows(grain, by, key, stages, [measure.numerator, measure.denominator]):
            scope = self._scope(measure, grain, row)
            if scope is False:
                continue
            total += 1
            pair = [
                None if row is None else of_row(self.catalogue.node(text), row)
                for text in (measure.numerator, measure.denominator)
            ]
            if scope and None not in pair:
                pairs.append(pair)
        if total == 0:
            return Result(None, "not_applicable", 0, 0)
        n, d = math.fsum(x for x, _ in pairs), math.fsum(y for _, y in pairs)
        if not pairs or d == 0 or (measure.whole and len(pairs) < total):
            return Result(None, "unknown", len(pairs), total)
        return Result(n / d * measure.factor, "known", len(pairs), total)

    def _variation(self, of: Measure, measure: Measure, by: str, key: str, stages: tuple[str, ...]) -> Result:
        assert of.numerator
        assert of.denominator
        pairs, total = [], 0
        for row in self._rows("school", by, key, stages, []):
            assert row is not None
            scope = self._scope(of, "school", row)
            x, p = (of_row(self.catalogue.node(text), row) for text in (of.numerator, of.denominator))
            if scope is False or (p is not None and p <= 0):
                continue
            total += 1
            if scope and x is not None and p is not None:
                pairs.append((x, p))
        if total < 2:
            return Result(None, "not_applicable", len(pairs), total)
        whole = math.fsum(p for _, p in pairs)
        if len(pairs) < 2 or math.fsum(x for x, _ in pairs) == 0:
            return Result(None, "unknown", len(pairs), total)
        mean = math.fsum(x for x, _ in pairs) / whole
        deviation = math.sqrt(math.fsum(p / whole * (x / p - mean) ** 2 for x, p in pairs))
        return Result(deviation / mean * measure.factor, "known", len(pairs), total)

    def _sum(
        self, measure: Measure, text: str, grain: str, by: str, key: str, stages: tuple[str, ...]
    ) -> tuple[float, int, int]:
        values, total = [], 0
        for row in self._rows(grain, by, key, stages, [text]):
            scope = self._scope(measure, grain, row)
            if scope is False:
                continue
            total += 1
            value = of_row(self.catalogue.node(text), row) if row is not None else None
            if scope and value is not None:
                values.append(value)
        return math.fsum(values), len(values), total

    def _scope(self, measure: Measure, grain: str, row: Row | None) -> Any:
        if measure.where is None or grain != "school" or row is None:
            return True
        return of_row(self.catalogue.node(measure.where), row)

    def _rows(
        self, grain: str, by: str, key: str, stages: tuple[str, ...], texts: list[str]
    ) -> list[Row | None]:
        """The rows that a group is made of; None stands for one that should be there and is not."""
        if grain == "school":
            column = {"school": "school_code", "area": "area_code"}.get(by, by)
            return [
                row
                for row in self.base
                if (by == "county" or (row[column] or "") == key) and (not stages or row["stage"] in stages)
            ]
        if grain == "county":
            return [self.county]
        if grain == "county_stage":
            rows = [row for row in self.county_stages if not stages or row["stage"] in stages]
            return [*rows, *[None] * max(0, max(1, len(stages)) - len(rows))]
        return self._area_rows(by, key, texts)

    def _area_rows(self, by: str, key: str, texts: list[str]) -> list[Row | None]:
        if by == "area":
            return [row for row in self.areas if row["area_code"] == key] or [None]
        names = {name for text in texts for name in self.catalogue.node(text).columns()}
        facts = self.catalogue.ordered(
            self.catalogue.facts[name] for name in names if name in self.catalogue.facts
        )
        tables = [fact.table for fact in facts if fact.table in GROUPED_TABLES]

        def there(row: Row) -> bool:
            return any(
                (record["area_code"] or "") == row["area_code"] for t in tables for record in self.tables[t]
            )

        rows: list[Row | None] = [
            row for row in self.areas if row["area_code"] != self.region and (row["listed"] or there(row))
        ]
        known = [
            row
            for row in rows
            if all(of_row(self.catalogue.node(text), row or {}) is not None for text in texts)
        ]
        whole = [row for row in self.areas if row["area_code"] == self.region]
        if (
            not known
            and whole
            and all(of_row(self.catalogue.node(text), whole[0]) is not None for text in texts)
        ):
            return [whole[0]]
        return rows or [None]


def _sum(values: Iterable[Any]) -> float | None:
    found = list(values)
    return None if None in found else math.fsum(found)
