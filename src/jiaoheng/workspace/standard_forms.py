"""The documents on a standard as files: official forms, self-assessment, gap list, pages of schools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from jiaoheng import measures, reports, terms
from jiaoheng.census import Census
from jiaoheng.census.readers import form_layouts
from jiaoheng.measures import ExplainError, Trace
from jiaoheng.packs import Measure
from jiaoheng.packs.application import Application, load_all
from jiaoheng.reports import formats
from jiaoheng.reports import standards as pages
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.numbers import with_unit
from jiaoheng.reports.paper import Press
from jiaoheng.reports.standards import SchoolRow, StandardInputs
from jiaoheng.reports.standards.school_page import Origin
from jiaoheng.standards import Assessed
from jiaoheng.standards.application import FilledForm, fill
from jiaoheng.workspace import assessing
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.files import put
from jiaoheng.workspace.frames import REPORT_ENGINE
from jiaoheng.workspace.lookups import code_named
from jiaoheng.workspace.workspace import Workspace

KINDS: Mapping[str, tuple[str, str]] = {
    "application": ("申报表", "xlsx"),
    "self-assessment": ("自评报告", "docx"),
    "gaps": ("一校一策问题清单", "xlsx"),
    "school": ("学校页", "html"),
    "data": ("学校数据采集表", "xlsx"),
}
"""What can be written on a standard: its Chinese name, and the format that it usually has."""

MOST_YEARS = 6
"""How many years a page of a school looks back."""

_COUNTY_FACTS = ("school_count", "class_count", "pupil_count", "teacher_count")


@dataclass(frozen=True)
class Written:
    """The files that were written, and what a reader must know of them."""

    paths: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


def write_forms(
    workspace: Workspace,
    standard: str,
    *,
    kind: str = "application",
    year: int | None = None,
    path: Path | None = None,
    school: str | None = None,
    by: int | None = None,
) -> Written:
    """Write documents on a standard.

    Parameters
    ----------
    standard : id or name of a standard.
    kind : one of `KINDS`.
    path : the file, by whose extension the format goes; for the pages of all schools the folder.
    school : the school that a gap list or a page is of, by code or name.
    by : the year by which what is missing is to be made good; None: the end of the workspace's plan.

    Raises
    ------
    WorkspaceError
        There is no such kind, no forms for the standard, or no such school.
    """
    if kind not in KINDS:
        raise WorkspaceError(f"没有名为“{kind}”的材料。可用：{'、'.join(KINDS)}。")
    census = workspace.census(year)
    assessed = workspace.assess(standard, year=census.year, engine=REPORT_ENGINE)
    code = None if school is None else _school(census, assessed, school)
    press = Press()
    if kind == "data":
        target = _target(workspace, assessed, kind, path, "")
        return Written((_write_data(workspace, census, assessed, target, code),))
    if kind == "application":
        target = _target(workspace, assessed, kind, path, "")
        return Written(
            (_write_application(workspace, census, assessed, target, press),), tuple(press.warnings)
        )
    inputs = _inputs(workspace, census, assessed, by=by, looking_back=kind == "school")
    if kind == "school" and code is None:
        paths = tuple(_write_pages(workspace, inputs, path, press))
        return Written(paths, tuple(press.warnings))
    made: Mapping[str, Callable[[], Document]] = {
        "self-assessment": lambda: pages.self_assessment(inputs),
        "gaps": lambda: pages.gap_list(inputs, school=code),
        "school": lambda: pages.school_page(
            inputs, code or "", origins=_origins(workspace, census, assessed, code or "")
        ),
    }
    target = _target(workspace, assessed, kind, path, inputs.schools[code].name if code else "")
    put(formats.render(made[kind](), target, press=press), target)
    return Written((target,), tuple(press.warnings))


def filled_forms(
    workspace: Workspace, census: Census, assessed: Assessed
) -> tuple[Application, tuple[FilledForm, ...]]:
    """The official forms of a standard, filled.

    Raises
    ------
    WorkspaceError
        No pack has forms for the standard.
    """
    application = _set_of(workspace, assessed)
    answers = assessing.answers_of(workspace.folder, assessed.standard.id, census.year)
    forms = fill(
        application,
        assessed,
        census,
        region=workspace.name,
        catalogue=workspace.catalogue,
        answers=answers,
        engine=REPORT_ENGINE,
    )
    return application, forms


def _set_of(workspace: Workspace, assessed: Assessed) -> Application:
    """The set of forms of a standard: the county's own, or else the one that comes with Jiaoheng."""
    known = load_all(assessed.catalogue, extra=workspace.folder / "packs" / "applications")
    application = known.get(assessed.standard.id)
    if application is None:
        have = "、".join(name.replace("_", "-") for name in known)
        raise WorkspaceError(
            f"《{assessed.standard.name}》没有成套的申报表（现有：{have}）。"
            "请改用 --kind self-assessment、gaps 或 school，或在工作区 packs/applications/ 里添加表样。"
        )
    return application


def _write_application(
    workspace: Workspace, census: Census, assessed: Assessed, path: Path, press: Press
) -> Path:
    application, forms = filled_forms(workspace, census, assessed)
    origin = _origin(workspace, census)
    if path.suffix.lower() == ".xlsx":
        return put(pages.application_book(application, forms, origin), path)
    document = pages.application_document(application, forms, origin)
    return put(formats.render(document, path, press=press), path)


def _write_data(
    workspace: Workspace, census: Census, assessed: Assessed, path: Path, school: str | None
) -> Path:
    """The forms in which schools report, filled from the census, of the schools that are judged."""
    layouts = {layout.id: layout for layout in form_layouts(workspace.folder / "packs" / "forms")}
    layout = layouts.get(_set_of(workspace, assessed).application.school_form)
    if layout is None:
        name = assessed.standard.name
        raise WorkspaceError(f"《{name}》的表样没有写明学校数据采集表（school_form）。请改用其他 --kind。")
    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path}：学校数据采集表只写成 .xlsx。请改扩展名。")
    judged = [school] if school else assessed.rows["school"].drop_nulls().unique().sort().to_list()
    return put(pages.data_book(layout, census, judged, _origin(workspace, census)), path)


def _write_pages(
    workspace: Workspace, inputs: StandardInputs, folder: Path | None, press: Press
) -> Iterator[Path]:
    """A page for every school that has a verdict, in one folder."""
    target = folder or workspace.folder / "out" / f"{inputs.year} {inputs.assessed.standard.name} 学校页"
    if target.suffix:
        raise WorkspaceError(
            f"{target}：每一所学校是一个文件，请写一个文件夹的名字；只要一所学校的，请加 --school。"
        )
    judged = inputs.assessed.rows.filter(pl.col("school").is_not_null())["school"].unique().sort()
    if judged.is_empty():
        raise WorkspaceError(f"《{inputs.assessed.standard.name}》没有逐校评价的项目，没有学校页可写。")
    for code in judged:
        page = pages.school_page(inputs, code)
        path = target / f"{code} {inputs.schools[code].name}.html"
        yield put(formats.render(page, path, press=press), path)


def _target(workspace: Workspace, assessed: Assessed, kind: str, path: Path | None, name: str) -> Path:
    if path is not None:
        return path if path.suffix else path.with_suffix(f".{KINDS[kind][1]}")
    label, extension = KINDS[kind]
    words = [str(assessed.year), assessed.standard.name, name, label]
    return workspace.folder / "out" / f"{' '.join(filter(None, words))}.{extension}"


def _school(census: Census, assessed: Assessed, wanted: str) -> str:
    code = code_named(census, "schools", "school_code", wanted, "学校")
    if code not in assessed.rows["school"]:
        raise WorkspaceError(
            f"《{assessed.standard.name}》没有评价“{wanted}”的项目。请换一所学校或换一个标准。"
        )
    return code


def _origin(workspace: Workspace, census: Census) -> reports.Origin:
    return reports.Origin(
        region_code=workspace.settings.region.code,
        region_name=workspace.name,
        year=census.year,
        synthetic=workspace.settings.synthetic,
        generated_on=date.today(),
        snapshots=(reports.snapshot_entry(census.manifest, census.hash),),
    )


def _inputs(
    workspace: Workspace, census: Census, assessed: Assessed, *, by: int | None, looking_back: bool
) -> StandardInputs:
    before = (
        [year for year in workspace.years if year < census.year][1 - MOST_YEARS :] if looking_back else []
    )
    origin = _origin(workspace, census)
    return StandardInputs(
        region_code=origin.region_code,
        region_name=origin.region_name,
        year=origin.year,
        synthetic=origin.synthetic,
        generated_on=origin.generated_on,
        snapshots=origin.snapshots,
        assessed=assessed,
        past={year: past for year in before if (past := _past(workspace, assessed, year))},
        answers=assessing.answers_of(workspace.folder, assessed.standard.id, census.year),
        schools=_schools(census),
        facts=_county_facts(workspace, census, assessed),
        by=by or _deadline(workspace, census.year),
    )


def _past(workspace: Workspace, assessed: Assessed, year: int) -> Assessed | None:
    """The assessment of an earlier year; None where the standard was not yet in force."""
    starts = assessed.standard.starts
    if date(year, 9, 1) < starts:
        return None
    return workspace.assess(assessed.standard.id, year=year, engine=REPORT_ENGINE)


def _schools(census: Census) -> dict[str, SchoolRow]:
    areas = {row["area_code"]: row["name"] for row in census.table("areas").to_pylist()}
    return {
        row["school_code"]: SchoolRow(
            code=row["school_code"],
            name=row["name"] or row["school_code"],
            school_type=terms.label("school_type", row["school_type"] or ""),
            ownership=terms.label("ownership", row["ownership"] or ""),
            area=areas.get(row["area_code"]) or "",
            urban_rural=terms.label("urban_rural_code", row["urban_rural_code"] or ""),
        )
        for row in census.table("schools").to_pylist()
    }


def _county_facts(workspace: Workspace, census: Census, assessed: Assessed) -> tuple[tuple[str, str], ...]:
    """How many schools, classes, pupils and teachers the county has in the stages that are judged."""
    stages = set(assessed.rows["stage"].drop_nulls())
    wanted = {"primary", "junior"} if "compulsory" in stages else stages
    known = workspace.catalogue.measures
    ids = [id_ for id_ in _COUNTY_FACTS if id_ in known]
    found = measures.compute(census, ids, by="county", engine=REPORT_ENGINE, catalogue=workspace.catalogue)
    return tuple(
        (
            f"{terms.label('stage', row['stage'])}{known[row['measure']].name}",
            _figure(known[row["measure"]], row["value"]),
        )
        for row in found.filter(pl.col("stage").is_in(list(wanted))).iter_rows(named=True)
        if row["status"] != "not_applicable"
    )


def _figure(measure: Measure, value: float | None) -> str:
    return with_unit(value, measure.digits, measure.unit)


def _deadline(workspace: Workspace, year: int) -> int | None:
    """The end of the workspace's plan, where there is one plan and it is not over."""
    if len(workspace.plans) != 1:
        return None
    end = workspace.plan().period.end
    return end if end > year else None


def _origins(workspace: Workspace, census: Census, assessed: Assessed, school: str) -> list[Origin]:
    """The figures that a school's values were made of, with file, sheet and cell."""
    found: dict[Origin, None] = {}
    for item in assessed.items:
        if item.judged != "school" or item.measure is None:
            continue
        try:
            trace = measures.explain(
                census, item.measure, school=school, engine=REPORT_ENGINE, catalogue=workspace.catalogue
            )
        except ExplainError:
            continue
        for column in trace.find("column"):
            found.update(dict.fromkeys(_places(column)))
    return list(found)


def _places(column: Trace) -> Iterator[Origin]:
    value = column.value
    figure = with_unit(value, 0 if value is None or value == int(value) else 2, column.unit)
    # 学校表「在校生数」: the file says whose table it is.
    name = column.label.partition("「")[2].rstrip("」") or column.label
    for source in column.find("source"):
        if source.label == "来源":
            yield name, figure, source.detail
