"""The application: its commands, and what happens when one fails."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

import jiaoheng
from jiaoheng.census.personal import without_numbers
from jiaoheng.cli import changes, check, data, demo, plan, privacy, results, word
from jiaoheng.cli.output import notes, show_json
from jiaoheng.cli.usage import usage_message
from jiaoheng.errors import JiaohengError

app = typer.Typer(
    name="jiaoheng",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("init")(data.init)
app.command("template")(data.template)
app.command("import")(data.import_)
app.command("status")(data.status)
app.command("changes")(changes.changes)
app.command("check")(check.check)
app.command("privacy")(privacy.privacy)
app.command("measures")(results.measures)
app.command("explain")(results.explain)
app.add_typer(plan.app, name="plan", help="规划：指标、进度。")
app.command("report")(results.report)
app.command("template-word")(word.template_word)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(jiaoheng.__version__)
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """教衡：让县域教育规划可计算。从事业统计表和规划，到监测报告。"""


def main() -> None:
    """Run a command. Exit status: 0 done, 1 done but what was checked falls short, 2 bad input."""
    try:
        code = app(standalone_mode=False, prog_name="jiaoheng")
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
    message = without_numbers(message)
    notes.print(message, markup=False)
    if "--json" in sys.argv:
        show_json({"error": message})
    sys.exit(2)
