"""The application: its commands, and what happens when one fails."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

import jiaoheng
from jiaoheng.cli.output import notes, show_json
from jiaoheng.cli.usage import usage_message
from jiaoheng.errors import JiaohengError

COMMANDS = {
    ("demo",): "demo.demo",
    ("init",): "data.init",
    ("template",): "data.template",
    ("import",): "data.import_",
    ("status",): "data.status",
    ("changes",): "changes.changes",
    ("check",): "check.check",
    ("privacy",): "privacy.privacy",
    ("measures",): "results.measures",
    ("explain",): "results.explain",
    ("forms",): "forms.forms",
    ("assess",): "assessing.assess",
    ("remedy",): "remedy.remedy",
    ("answers",): "answers.answers",
    ("score",): "score.score",
    ("plan", "progress"): "plan_progress.progress",
    ("plan", "read"): "plan_reading.read",
    ("plan", "settle"): "plan_reading.settle",
    ("plan", "follow"): "following.follow",
    ("plan", "record"): "following.record",
    ("plan", "audit"): "auditing.audit",
    ("plan", "diff"): "auditing.diff",
    ("forecast",): "forecast.forecast",
    ("seats",): "seats.seats",
    ("fitness",): "fitness.fitness",
    ("pack", "template"): "packing.template",
    ("pack", "import"): "packing.import_",
    ("pack", "add"): "packing.add",
    ("pack", "list"): "packing.list_",
    ("report",): "results.report",
    ("template-word",): "word.template_word",
}
"""Each command's words, and where its function is, in the order of the help."""

_GROUPS = {
    "plan": "规划：读入、审读、对照、进度、任务。",
    "pack": "规则包：写成工作簿、导入、启用、列出。",
}


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line; where ``words`` begin with those of a command, with that command alone.

    So a command loads its own part of the house, and no other's.
    """
    app = _typer()
    app.callback()(_common)
    groups = {name: _typer() for name in _GROUPS}
    for path, place in _meant(words).items():
        module, function = place.split(".")
        *above, name = path
        parent = groups[above[0]] if above else app
        if above and not parent.registered_commands:
            parent.callback()(lambda: None)  # a group, even with one command
            app.add_typer(parent, name=above[0], help=_GROUPS[above[0]])
        parent.command(name)(getattr(import_module(f"jiaoheng.cli.{module}"), function))
    return app


def _meant(words: Sequence[str]) -> dict[tuple[str, ...], str]:
    alone = {path: place for path, place in COMMANDS.items() if path == tuple(words[: len(path)])}
    return alone or COMMANDS


def _typer() -> typer.Typer:
    return typer.Typer(
        name="jiaoheng",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(jiaoheng.__version__)
        raise typer.Exit


def _common(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """教衡：让县域教育规划可计算。从事业统计表和规划，到监测报告。"""


def main() -> None:
    """Run a command. Exit status: 0 done, 1 done but what was checked falls short, 2 bad input."""
    try:
        code = application(sys.argv[1:])(standalone_mode=False, prog_name="jiaoheng")
    except JiaohengError as error:
        _refuse(str(error))
    except TyperException as error:
        _refuse(usage_message(error))
    except typer.Abort:
        _refuse("没有回答，已停止。")
    except BrokenPipeError:
        # Whoever reads our output has seen enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = error.filename or "文件"
        _refuse(f"{where}：{_system_fault(error)}。请检查路径、权限和磁盘空间。")
    except Exception as error:
        if os.environ.get("JIAOHENG_TRACEBACK"):
            raise
        _refuse(_own_fault(error))
    else:
        sys.exit(code)


def _own_fault(error: Exception) -> str:
    """A fault of the program's own: its kind and place. What it says may hold a value of a person."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "jiaoheng" in frame.filename]
    frame = (ours or traceback.extract_tb(error.__traceback__))[-1]
    place = f"{Path(frame.filename).name} 第 {frame.lineno} 行，{frame.name}"
    return (
        f"程序内部出错（{type(error).__name__}，{place}）。请把这一行和所用的命令告诉维护者。"
        "设环境变量 JIAOHENG_TRACEBACK=1 再运行可看到全部经过，其中可能有文件里的内容，请勿外传。"
    )


def _system_fault(error: OSError) -> str:
    """What the system could not do; most often one of these."""
    said = {
        errno.ENOENT: "不存在",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.ENOSPC: "磁盘已满",
        errno.EROFS: "所在的磁盘只能读",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EISDIR: "是文件夹，不是文件",
        errno.EEXIST: "已经存在",
        errno.ENAMETOOLONG: "名称太长",
    }
    return said.get(error.errno or 0, f"无法读写（{error.strerror or error}）")


def _refuse(message: str) -> None:
    """One clear message, and with `--json` the same as the one JSON document; exit status 2."""
    from jiaoheng.census.personal import without_numbers

    message = without_numbers(message)
    notes.print(message, markup=False)
    if "--json" in sys.argv:
        show_json({"error": message})
    sys.exit(2)
