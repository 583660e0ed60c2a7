"""A small plan with tasks and projects, and entries about them, for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from jiaoheng.plans import Passage, Plan, Project, Task
from jiaoheng.plans.following import FollowUp, Report, Standing, follow
from jiaoheng.plans.following.entries import Entry
from jiaoheng.plans.model import Document, Region

PASSAGE = Passage(section="附件")
TASK = Task(
    number="7",
    title="心理健康教育",
    due={2021: "配备专职教师。", 2022: "6月底前建立档案", 2023: "1.开发课程。 2.建立体系。"},
    lead=("区教育局",),
    responsible=("区卫生健康局", "各镇（街）"),
    passage=PASSAGE,
)
UNDATED = Task(number="8", title="家庭教育", responsible=("区妇联",), passage=PASSAGE)
PROJECT = Project(
    id="new_school", name="滨江学校", seats=1800, due_year=2022, lead=("区住建局",), passage=PASSAGE
)
PLAN = Plan(
    title="某区教育规划",
    issuer="某区人民政府",
    region=Region(code="441284", name="某区"),
    period={"start": 2021, "end": 2025},  # type: ignore[arg-type]
    document=Document(title="某区教育规划"),
    tasks=(TASK, UNDATED),
    projects=(PROJECT,),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def report(on: str, state: str, **more: Any) -> Report:
    """A report on the task's part of 2022, unless `project` is given."""
    about = {} if "project" in more else {"task": "7", "year": 2022}
    return Report.model_validate({**about, "day": day(on), "by": "区教育局", "state": state, **more})


def adjusted(on: str, **change: Any) -> Report:
    change = {"approved_by": "区人民政府", "document": "区府〔2022〕3号", **change}
    return report(on, "已调整", adjusted=change)


def step(on: str, what: str, **more: Any) -> FollowUp:
    addressed = {} if what == "整改" else {"to": ("区教育局",)}
    content = {"task": "7", "year": 2022, "day": day(on), "by": "区督导室", "step": what}
    return FollowUp.model_validate({**content, **addressed, **more})


def standing(as_of: str, *entries: Entry, item: str = "7@2022", plan: Plan = PLAN) -> Standing:
    """How one item stands on a day."""
    found = follow(plan, entries, as_of=day(as_of)).standings
    return next(each for each in found if str(each.item.key) == item)
