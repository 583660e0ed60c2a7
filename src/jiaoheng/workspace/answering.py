"""Answers of a workspace: which questions there are, the form that units fill in, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from jiaoheng import standards
from jiaoheng.census.files import replace
from jiaoheng.census.locking import exclusive
from jiaoheng.measures.rules import in_force
from jiaoheng.packs.yaml_lines import nearest
from jiaoheng.plans.following import Evidence, EvidenceError, evidence
from jiaoheng.standards import Answer, Answers
from jiaoheng.standards.answer_form import answer_form
from jiaoheng.standards.answer_form_read import Form, read_form
from jiaoheng.standards.asked import Asked, asked_by_card, asked_by_standard, check
from jiaoheng.standards.scoring import ScoreError, card_named
from jiaoheng.workspace.assessing import answers_of, answers_path
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.files import put
from jiaoheng.workspace.workspace import Workspace

_HEAD = (
    "# 填报：普查没有、由单位填报的内容。一条一项：value 填报的值（true、false 或数），by 单位，on 日期，\n"
    "# evidence 佐证文件（在同名的 .evidence 文件夹里），note 说明。未知的不写这一条。\n"
    "# 可以手工修改；jiaoheng answers --read 会重写本文件，注释不保留。\n"
)


@dataclass(frozen=True)
class Asking:
    """What a standard or a score card asks in a year, and what was answered so far."""

    of: str
    name: str
    year: int
    questions: Mapping[str, Asked]
    answers: Answers | None
    path: Path

    def answer(self, key: str) -> Answer | None:
        return self.answers.answers.get(key) if self.answers else None

    @property
    def open(self) -> tuple[Asked, ...]:
        """The questions without an answer, but for those that concern only some."""
        return tuple(
            one for key, one in self.questions.items() if self.answer(key) is None and not one.optional
        )


def asking(workspace: Workspace, name: str, *, year: int | None = None) -> Asking:
    """The questions of a standard or a score card, by its id, its document's id, or its name.

    Raises
    ------
    WorkspaceError
        There is no such standard or card, or it asks nothing.
    AnswerError
        The file of answers does not fit.
    """
    year = year or workspace.census().year
    rules = in_force(workspace.catalogue, year)
    try:
        card = card_named(rules, name)
        of, title, questions = card.id, card.name, asked_by_card(rules, card)
    except ScoreError:
        try:
            standard = standards.named(rules, name)
        except standards.StandardError:
            known = [id_.replace("_", "-") for id_ in (*rules.standards, *rules.score_cards)]
            hint = nearest(name, known) or f"可用：{'、'.join(known)}。"
            raise WorkspaceError(f"没有名为“{name}”的标准或评分表。{hint}") from None
        of, title, questions = standard.id, standard.name, asked_by_standard(rules, standard)
    if not questions:
        raise WorkspaceError(f"「{title}」没有要填报的项目，全部由数据得出。")
    answers = answers_of(workspace.folder, of, year)
    if answers is not None:
        check(answers, questions, of=of, year=year)
    return Asking(of, title, year, questions, answers, answers_path(workspace.folder, of, year))


def write_answer_form(workspace: Workspace, found: Asking, path: Path, *, overwrite: bool = False) -> Path:
    """Write the form that units fill in.

    Raises
    ------
    WorkspaceError
        The file is there already: it may be the one that somebody has filled in.
    """
    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path}：填报表只能写成 .xlsx。请改文件名。")
    if path.exists() and not overwrite:
        raise WorkspaceError(
            f"{path}：已有这个文件，可能已经填过，没有改动。请换一个名字，或加 --overwrite 覆盖。"
        )
    content = answer_form(
        found.questions.values(),
        found.answers,
        of=found.of,
        name=found.name,
        year=found.year,
        region=workspace.name,
        synthetic=workspace.settings.synthetic,
    )
    return put(content, path)


def read_answer_form(
    workspace: Workspace,
    name: str,
    path: Path,
    *,
    year: int | None = None,
    by: str = "",
    today: date | None = None,
) -> tuple[int, Asking]:
    """Take what a form says into the workspace's answers, all or nothing: how many changed, and all there is.

    Parameters
    ----------
    path : the form; the files of evidence that it names lie beside it, and are kept beside the answers.
    by : the unit, where the form does not name it.

    Raises
    ------
    FileError, WorkspaceError
        With everything that cannot be taken, row by row; it is the form of something else.
    """
    found = asking(workspace, name, year=year)
    form = read_form(path, found.questions, by=by, on=today or date.today())
    _check_form(form, found, path)
    faults = list(form.faults)
    kept, files = _evidence(form, path.parent, faults)
    if faults:
        raise WorkspaceError("\n".join([*faults, "什么都没有登记。"]))
    if not form.rows:
        return 0, found
    found.path.parent.mkdir(exist_ok=True)
    with exclusive(found.path.with_name(".lock")):
        # Another form may have been read meanwhile.
        found = asking(workspace, name, year=found.year)
        before = dict(found.answers.answers) if found.answers else {}
        after = dict(before)
        for row in form.rows:
            if row.answer is None:
                after.pop(row.key, None)
            else:
                proof = kept.get(row.key) or (before[row.key].evidence if row.key in before else ())
                after[row.key] = row.answer.model_copy(update={"evidence": proof})
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        if changed:
            for each, content in files:
                evidence.keep(found.path.with_suffix(".evidence"), each, content)
            replace(found.path, _written(found, after))
    return len(changed), asking(workspace, name, year=found.year)


def asking_document(found: Asking) -> dict[str, Any]:
    """The questions and answers as plain data."""
    return {
        "of": found.of.replace("_", "-"),
        "name": found.name,
        "year": found.year,
        "file": str(found.path),
        "open": len(found.open),
        "questions": [
            {
                "id": one.key,
                "group": one.group,
                "asks": one.asks,
                "kind": one.kind,
                "unit": one.unit or None,
                "most": one.most,
                "evidence_wanted": list(one.evidence),
                "clause": one.clause,
                "answer": None if (answer := found.answer(key)) is None else _plain(answer),
            }
            for key, one in found.questions.items()
        ],
    }


def _check_form(form: Form, found: Asking, path: Path) -> None:
    if form.of.replace("-", "_") not in ("", found.of) or form.year not in (None, found.year):
        theirs = f"「{form.of}」{form.year or ''} 年"
        raise WorkspaceError(
            f"{path.name}：这是{theirs}的填报表，要登记的是「{found.of.replace('_', '-')}」{found.year} 年。"
            "请换一个文件，或改命令里的名称和 --year。"
        )


def _evidence(
    form: Form, folder: Path, faults: list[str]
) -> tuple[dict[str, tuple[str, ...]], list[tuple[Evidence, bytes]]]:
    """By question the names under which its files are kept, and the files."""
    kept: dict[str, tuple[str, ...]] = {}
    files: list[tuple[Evidence, bytes]] = []
    for row in form.rows:
        for name in row.files:
            try:
                described = evidence.describe(folder / name)
            except EvidenceError as error:
                faults.append(f"{row.place}：{error}")
                continue
            files.append(described)
            kept[row.key] = (*kept.get(row.key, ()), described[0].file)
    return kept, files


def _written(found: Asking, answers: Mapping[str, Answer]) -> bytes:
    """The file of answers, in the order of the questions."""
    ordered = {key: _plain(answers[key]) for key in found.questions if key in answers}
    document = {"for": found.of, "year": found.year, "answers": ordered}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return (_HEAD + text).encode()


def _plain(answer: Answer) -> dict[str, Any]:
    content = {name: value for name, value in answer if value not in (None, ())}
    if isinstance(answer.value, float) and answer.value.is_integer():
        content["value"] = int(answer.value)
    if answer.evidence:
        content["evidence"] = list(answer.evidence)
    return content
