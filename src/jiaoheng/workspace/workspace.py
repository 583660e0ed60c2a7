"""A county's folder, and the calls that a person wants of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from jiaoheng import census as census_room
from jiaoheng import disclosure
from jiaoheng import measures as measures_room
from jiaoheng import standards as standards_room
from jiaoheng.census import Census, Store, identity, lineage
from jiaoheng.census import changes as changes_room
from jiaoheng.census.changes import Change, Comparison, Register
from jiaoheng.measures import Trace
from jiaoheng.packs import Catalogue
from jiaoheng.plans import Assessment, Plan
from jiaoheng.reports import MonitoringInputs
from jiaoheng.standards import Assessed, History
from jiaoheng.standards.scoring import Scored
from jiaoheng.standards.what_if import Changes, read_changes
from jiaoheng.workspace import (
    assessing,
    checking,
    monitoring,
    privacy,
    prospects,
    report_files,
    school_changes,
    scoring,
)
from jiaoheng.workspace import settings as settings_file
from jiaoheng.workspace.assessing import Supposition
from jiaoheng.workspace.checking import Checked
from jiaoheng.workspace.documents import snapshot_document
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.followed import follow_plan
from jiaoheng.workspace.frames import REPORT_ENGINE, gather_frames
from jiaoheng.workspace.lookups import (
    assessment_named,
    code_named,
    is_measure,
    measure_named,
    measures_of,
    part_of_standard,
    plan_path,
    plan_paths,
)
from jiaoheng.workspace.outcomes import Imported, PlanProgress
from jiaoheng.workspace.plan_verdicts import audit_beside, judge, load_plan
from jiaoheng.workspace.privacy import Holdings
from jiaoheng.workspace.publishing import published
from jiaoheng.workspace.report_files import Report


class Workspace:
    """A county's folder: its settings, yearly snapshots, plans, local packs and reports.

    Everything below the folder can be read with public tools: TOML, Parquet, YAML.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = settings_file.load(folder)
        self.store = Store(folder / "census")

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    @property
    def name(self) -> str:
        """The region's name: from the settings, else from the latest census, else its code."""
        if self.settings.region.name:
            return self.settings.region.name
        if self.years:
            names = self.census().table("county").column("name").to_pylist()
            if names and names[0]:
                return str(names[0])
        return self.settings.region.code

    # --- the census ---

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a snapshot, oldest first."""
        return self.store.years()

    def census(self, year: int | None = None, *, version: int | None = None) -> Census:
        """The immutable snapshot of a year (the latest year where none is named).

        Raises
        ------
        WorkspaceError
            Nothing was imported yet. `NoSnapshotError` where only that year or version is missing.
        """
        if year is None:
            if not self.years:
                raise WorkspaceError(
                    f"{self.folder}：还没有导入任何年份。"
                    f"请先运行 jiaoheng import {self.folder} 文件 --year 年份。"
                )
            year = self.years[-1]
        return self.store.snapshot(year, version)

    def import_files(
        self,
        files: Sequence[Path],
        *,
        year: int,
        form: str | None = None,
        mapping: Path | None = None,
        accept_partial: bool = False,
        replace: bool = False,
        choose: census_room.Choose | None = None,
    ) -> Imported:
        """Read files and add them to the year's snapshot as a new version, or change nothing.

        Parameters
        ----------
        files : workbooks or CSV files; all of them together are one import.
        form : the name of the layout, where the files leave a doubt.
        mapping : a mapping file, for files that no layout describes.
        accept_partial : take the good rows although others are rejected.
        replace : the tables in these files take the place of those before, instead of being laid over them.
        choose : asks a person which of several layouts a sheet has; without it that is an error.
        """
        reading = census_room.read(
            files,
            year=year,
            form=form,
            mapping=mapping,
            key=identity.load_or_create_key(self.folder),
            census=self._known(year),
            layouts=self.folder / "packs" / "forms",
            former=lineage.former(self.register, year),
            choose=choose,
        )
        if reading.rejections and not accept_partial:
            return Imported(reading, None)
        try:
            census = self.store.commit(
                year,
                reading,
                region=self.settings.region.code,
                accept_partial=accept_partial,
                replace=replace,
            )
        except census_room.ImportRefusedError as refused:
            return Imported(refused.reading, None)
        advice = school_changes.advice(self.folder, self.store, year)
        return Imported(reading, census, (advice,) if advice else ())

    def template(self, path: Path, *, year: int, overwrite: bool = False) -> Path:
        """Write our template workbook for a year: with that year's values, or else with the year before's.

        Raises
        ------
        WorkspaceError
            The file is there already: it may be the one that somebody has filled in.
        """
        if path.exists() and not overwrite:
            raise WorkspaceError(
                f"{path}：已有这个文件，可能已经填过，没有改动。请用 -o 换一个名字，或加 --overwrite 覆盖。"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        known = self._known(year)
        filled = known is not None and known.year == year
        return census_room.write_template(
            path,
            year=year,
            census=known if filled else None,
            previous=None if filled else known,
            region=self.settings.region.code,
            note="模拟数据：本表数据为合成，不代表真实情况。" if self.settings.synthetic else "",
        )

    # --- schools that changed ---

    @property
    def register(self) -> Register:
        """The register of school changes that people have confirmed."""
        return changes_room.load(self.folder)

    def changes(self, year: int) -> Comparison | None:
        """What differs from the schools of the year before; None where there is nothing to compare."""
        return school_changes.compare(self.folder, self.store, year)

    def changes_sheet(self, path: Path, comparison: Comparison, *, overwrite: bool = False) -> Path:
        """Write the differences into a workbook to be filled in."""
        return school_changes.write_questions(path, comparison, region=self.name, overwrite=overwrite)

    def confirm_changes(
        self,
        words: Sequence[str],
        *,
        year: int,
        by: str,
        on: date | None = None,
        distinct: bool = False,
        note: str = "",
        evidence: str = "",
        workbook: Path | None = None,
    ) -> tuple[tuple[Change, ...], int]:
        """Enter what a person decided, in words (`census.changes.notation`) or in a filled workbook.

        Returns the changes, and how many of them are new in the register.
        """
        on = on or date.today()
        if workbook is not None:
            return school_changes.confirm_sheet(self.folder, self.store, workbook, year=year, by=by, on=on)
        return school_changes.confirm(
            self.folder,
            self.store,
            words,
            year=year,
            by=by,
            on=on,
            distinct=distinct,
            note=note,
            evidence=evidence,
        )

    # --- whether it is right ---

    def check(self, year: int | None = None, *, version: int | None = None) -> Checked:
        """What the checks of the packs find in a year's snapshot, with the explanations that were given."""
        census = self.census(year, version=version)
        return checking.check(self.folder, self.store, self.catalogue, self.register, census)

    # --- what is computed from it ---

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every fact and measure: the packs that come with Jiaoheng and this county's own."""
        return measures_room.catalogue(self.folder / "packs")

    def measures(
        self,
        ids: Iterable[str] | None = None,
        *,
        year: int | None = None,
        by: str = "county",
        engine: str = "duckdb",
        publish: bool = False,
    ) -> pl.DataFrame:
        """Measures of one year, one row per measure, unit and stage (columns: see `measures.compute`).

        ``ids`` may be ids or Chinese names; all measures where None. With ``publish``, small counts of what
        is sensitive are masked (see `disclosure.publish`).
        """
        chosen = None if ids is None else [measure_named(self.catalogue, name, self.folder) for name in ids]
        census = self.census(year)
        found = measures_room.compute(census, chosen, by=by, engine=engine, catalogue=self.catalogue)
        return disclosure.publish(found, census, catalogue=self.catalogue) if publish else found

    def history(self, ids: Iterable[str] | None = None, *, until: int | None = None) -> pl.DataFrame:
        """Measures of the county in every year that there is, in the form of `measures`."""
        years = [year for year in self.years if until is None or year <= until]
        chosen = None if ids is None else tuple(ids)
        return measures_room.history(
            [self.census(year) for year in years],
            chosen,
            by="county",
            engine=REPORT_ENGINE,
            catalogue=self.catalogue,
        )

    def explain(
        self,
        measure: str,
        *,
        school: str | None = None,
        area: str | None = None,
        stage: str | None = None,
        year: int | None = None,
        standard: str | None = None,
    ) -> Trace:
        """How a number came about, from the value to the cells; school and area by code or name.

        What is asked for may also be an item or a rule of a standard: then from the verdict to the threshold,
        the clause, and the cells. ``standard`` says of which, where a name is that of a measure too.
        """
        census = self.census(year)
        if standard is not None or not is_measure(self.catalogue, measure):
            meant = part_of_standard(self.catalogue, census.year, measure, standard)
            if meant is not None:
                return assessing.explain(
                    self.folder, census, self.catalogue, meant, school=school, area=area, stage=stage
                )
        return measures_room.explain(
            census,
            measure_named(self.catalogue, measure, self.folder),
            school=None if school is None else code_named(census, "schools", "school_code", school, "学校"),
            area=None if area is None else code_named(census, "areas", "area_code", area, "镇街"),
            stage=stage,
            catalogue=self.catalogue,
        )

    # --- standards ---

    def assess(self, standard: str, *, year: int | None = None, engine: str = "duckdb") -> Assessed:
        """Hold a year's census against a standard, by its id, its document's id, or its name.

        The answers that people gave of what no census has are read from ``assessments/``.
        """
        census = self.census(year)
        return assessing.assess(self.folder, census, self.catalogue, standard, engine=engine)

    def assess_history(
        self, standard: str, *, until: int | None = None, engine: str = REPORT_ENGINE
    ) -> History:
        """A standard in every year that there is, each by the rules of its day; what changed between them."""
        years = [year for year in self.years if until is None or year <= until]
        return assessing.history(self.folder, years, self.census, self.catalogue, standard, engine=engine)

    def what_if(self, changes: str | Path | Changes, *, year: int | None = None) -> Census:
        """A year's census as it would be after changes, given or in a file; the snapshot stays as it is.

        Raises
        ------
        WhatIfError, PackError
            A change cannot be made, or the file is not as it should be; the message names file and line.
        """
        return standards_room.what_if.changed(self.census(year), _read(changes))

    def suppose(
        self,
        standard: str,
        changes: str | Path | Changes,
        *,
        year: int | None = None,
        engine: str = "duckdb",
    ) -> Supposition:
        """Hold a year's census against a standard before and after changes (see `what_if`)."""
        census = self.census(year)
        return assessing.suppose(self.folder, census, self.catalogue, standard, _read(changes), engine=engine)

    def score(self, card: str, *, year: int | None = None, engine: str = "duckdb") -> Scored:
        """Score a year by an appraisal's score card, by its id, its document's id, or its name.

        Former years are read where the card compares with them, answers from ``assessments/``.
        """
        year = self.census(year).year
        return scoring.score_all([self], card, year=year, engine=engine)[0]

    # --- plans ---

    @property
    def plans(self) -> tuple[Path, ...]:
        """The plan files of this workspace."""
        return plan_paths(self.folder)

    def plan(self, plan: str | Path | None = None) -> Plan:
        """A plan by path, or by name in the workspace's `plans/`; the only one there where None.

        Raises
        ------
        PlanError, WorkspaceError
            The file has faults, or is the plan of another region.
        """
        path = plan_path(self.folder, plan)
        return load_plan(path, self.catalogue, self.settings.region, self.name)

    def progress(
        self,
        plan: str | Path | None = None,
        *,
        year: int | None = None,
        assessment: Assessment | str = Assessment.ANNUAL,
    ) -> PlanProgress:
        """Hold a plan's indicators against the census, year by year up to ``year`` (None: the latest)."""
        chosen = self.plan(self._plan_path(plan, year))
        year = self.census(year).year
        history = self.history(measures_of(chosen), until=year)
        items = judge(chosen, history, self.catalogue, year=year, assessment=assessment)
        return PlanProgress(chosen, year, assessment_named(assessment), items)

    def _plan_path(self, plan: str | Path | None, year: int | None) -> Path:
        return plan_path(self.folder, plan, year=year or max(self.years, default=None))

    # --- reports ---

    def report(
        self,
        path: str | Path | None = None,
        *,
        format: str | Iterable[str] | None = None,
        year: int | None = None,
        plan: str | Path | None = None,
        assessment: Assessment | str = Assessment.ANNUAL,
    ) -> Report:
        """Write the monitoring report; where it is, and its ten headlines.

        Parameters
        ----------
        format : html (one offline page), docx, xlsx, pdf, or several of them; None: by the extension of
            ``path``, else html.
        """
        # What cannot be written should be said before the work.
        report_files.targets(path, format, self.folder)
        inputs = self.report_inputs(year=year, plan=plan, assessment=assessment)
        default = self.folder / "out" / f"{inputs.year} 监测报告"
        return report_files.write(inputs, report_files.targets(path, format, default))

    def report_inputs(
        self,
        *,
        year: int | None = None,
        plan: str | Path | None = None,
        assessment: Assessment | str = Assessment.ANNUAL,
    ) -> MonitoringInputs:
        """All that a report is made of; the parameters are those of `report`."""
        path = self._plan_path(plan, year)
        chosen = self.plan(path)
        last = self.census(year)
        censuses = tuple(self.census(known) for known in self.years if known <= last.year)
        frames = gather_frames(chosen, censuses, self.catalogue)
        progress = judge(chosen, frames.county, self.catalogue, year=last.year, assessment=assessment)
        return monitoring.gather(
            region=(self.settings.region.code, self.name),
            synthetic=self.settings.synthetic,
            plan=chosen,
            progress=progress,
            assessment=assessment_named(assessment).value,
            censuses=censuses,
            frames=published(frames, map(self.census, frames.areas["year"].unique()), self.catalogue),
            catalogue=self.catalogue,
            checked=self.check(last.year),
            audit=audit_beside(chosen, path, frames.county, self.catalogue),
            today=date.today(),
            followed=follow_plan(
                chosen,
                path,
                # A report of a past year speaks of that year's end.
                as_of=min(date.today(), date(last.year, 12, 31)),
            ),
            standards=assessing.of_report(
                self.folder, last, self.catalogue, self.settings.standards, engine=REPORT_ENGINE
            ),
            prospect=prospects.with_seats(prospects.prospect(self, year=last.year), self, year=last.year),
        )

    def privacy(self) -> Holdings:
        """What the workspace holds of persons, and what of it stands in files beside the snapshots."""
        named = (self.catalogue.measures[id_].name for id_ in disclosure.sensitive_measures(self.catalogue))
        return privacy.holdings(self.folder, self.store, sensitive=named)

    def describe(self, year: int | None = None) -> dict[str, Any]:
        """What the workspace holds, as plain data."""
        years = self.years if year is None else (self.census(year).year,)
        return {
            "folder": str(self.folder),
            "region": {"code": self.settings.region.code, "name": self.name},
            "synthetic": self.settings.synthetic,
            "snapshots": [snapshot_document(self.census(known)) for known in years],
            "plans": [path.name for path in self.plans],
        }

    # --- helpers ---

    def _known(self, year: int) -> Census | None:
        """The snapshot that files of a year may lean on for names of schools and areas."""
        if year in self.years:
            return self.census(year)
        before = [known for known in self.years if known < year]
        return self.census(before[-1]) if before else None


def _read(changes: str | Path | Changes) -> Changes:
    return changes if isinstance(changes, Changes) else read_changes(Path(changes))
