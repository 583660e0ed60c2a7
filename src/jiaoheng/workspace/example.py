"""The example county's way from its Excel files to its monitoring report, as a bureau would go it."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from time import perf_counter

from jiaoheng import plans
from jiaoheng.census import example
from jiaoheng.plans import example_draft
from jiaoheng.standards import Assessed
from jiaoheng.workspace import assessing, settings
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.packing import import_pack, write_pack_workbook
from jiaoheng.workspace.report_files import Report
from jiaoheng.workspace.settings import SettingsError
from jiaoheng.workspace.workspace import Workspace

OWN_RULES = "school-quality-example"
"""The example of a county's own rules: an optional pack, which the demo takes in by way of a workbook."""

_PLAN = "sihui-2021-2025"


@dataclass(frozen=True)
class Demo:
    """What the demo did.

    Attributes
    ----------
    report : the monitoring report.
    own : the county by the rules that it wrote itself, in a workbook.
    rows : how many were imported.
    seconds : of each step.
    """

    report: Report
    own: Assessed
    rows: int
    seconds: dict[str, float]


def demo(folder: str | Path, *, step: Callable[[str], None] = lambda name: None) -> Demo:
    """Build the example county, import its workbooks year by year, and write its report.

    An example that is there already is made anew, but for plans and packs that were added to it; any other
    folder is left alone.

    Raises
    ------
    WorkspaceError
        The folder holds something else.
    """
    target = Path(folder)
    clock = _Clock(step)
    clock("生成四会市十年数据")
    _clear(target)
    workspace = Workspace(settings.create(target, region=example.REGION, name=example.NAME, synthetic=True))
    _copy_plan(target / "plans")
    _copy_answers(target / assessing.FOLDER)
    tables = example.build()
    clock("写出各年 Excel 文件")
    files = example.write_files(target / "files", tables)
    example_draft.write(target / "files" / example_draft.FILE_NAME)
    _take_own_rules(target)
    clock("导入各年文件")
    rows = import_years(workspace, files)
    clock("计算指标、规划进度，写出报告")
    report = workspace.report(format=("html", "xlsx"), plan=_PLAN, assessment=plans.Assessment.FINAL)
    return Demo(report, workspace.assess(OWN_RULES), rows, clock.stop())


def import_years(workspace: Workspace, files: dict[int, list[Path]]) -> int:
    """Import the files of several years, two years at a time; the number of rows that were read.

    Years do not touch each other, so each may go in its own process.
    """
    workspace.catalogue  # noqa: B018  a broken pack should speak before the work begins
    heavy_first = sorted(files, reverse=True)
    # A fork would carry over the locks of Polars' threads, and hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        begun = [pool.submit(_import_year, workspace.folder, year, files[year]) for year in heavy_first]
        return sum(each.result() for each in begun)


def _import_year(folder: Path, year: int, files: list[Path]) -> int:
    done = Workspace(folder).import_files(files, year=year)
    if done.census is None:
        raise WorkspaceError("\n".join(rejection.message() for rejection in done.reading.rejections))
    return done.reading.rows_read


def _take_own_rules(folder: Path) -> None:
    """The county's own rules, as its experts would write them: in a workbook, which is then imported."""
    book = folder / "files" / "办学质量评价（示例）.xlsx"
    write_pack_workbook(book, like=OWN_RULES, overwrite=True)
    import_pack(folder, book, overwrite=True)


def _copy_plan(folder: Path) -> None:
    """The published plan, and what the example county's units are made up to have reported of it."""
    plan = plans.shipped()[_PLAN]
    shutil.copy(plan, folder)
    shutil.copytree(plan.parent / "example", folder, dirs_exist_ok=True)


def _copy_answers(folder: Path) -> None:
    """What the example county's units are made up to have declared for standards and score cards."""
    folder.mkdir(exist_ok=True)
    for file in resources.files("jiaoheng.standards").joinpath("example").iterdir():
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")


def _clear(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        ours = settings.load(folder)
    except SettingsError:
        ours = None
    if ours is None or not ours.synthetic or ours.region.code != example.REGION:
        raise WorkspaceError(f"{folder} 里已有别的内容，不是示例县。请换一个文件夹：jiaoheng demo 新文件夹。")
    for part in ("census", "files", "out"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for name in (settings.FILE_NAME, "secret.key"):
        (folder / name).unlink(missing_ok=True)


class _Clock:
    """Names the step that begins, and keeps the seconds of each."""

    def __init__(self, step: Callable[[str], None]) -> None:
        self._step = step
        self._began = perf_counter()
        self._name = ""
        self._seconds: dict[str, float] = {}

    def __call__(self, name: str) -> None:
        self.stop()
        self._name, self._began = name, perf_counter()
        self._step(name)

    def stop(self) -> dict[str, float]:
        if self._name:
            self._seconds[self._name] = perf_counter() - self._began
            self._name = ""
        return self._seconds
