"""A command line that cannot be understood, said in Chinese: what is wrong, and what may be written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from typer.exceptions import TyperException


def usage_message(error: TyperException) -> str:
    """What is wrong with the command line, and where its options are explained; the help if it is empty.

    Typer has its own words for it, in English, and its classes of error stand in a module of its own:
    their names are public in what they mean, their home is not.
    """
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "jiaoheng"
    return f"{_fault(error)}\n用法见 {command} --help。"


def _fault(error: TyperException) -> str:
    name = _name(error)
    match type(error).__name__:
        case "MissingParameter":
            return f"没有给出 {name}。"
        case "NoSuchOption":
            return f"没有 {name} 这个选项。{_nearest(getattr(error, 'possibilities', None))}"
        case "BadOptionUsage" if "requires" in error.message:
            return f"{name} 后面没有值。"
        case "BadOptionUsage":
            return f"{name} 后面不能有值。"
        case "BadParameter":
            return f"{name} 的值不对{_allowed(error)}。"
    text = error.format_message()
    if unknown := re.search(r"No such command '(.*)'", text):
        return f"没有 {unknown[1]} 这个命令。"
    if extra := re.search(r"unexpected extra argument\S* \((.*)\)", text):
        return f"多出了：{extra[1]}。含空格的文件名请加引号。"
    if text.startswith("Missing command"):
        return "没有写要做什么。"
    return f"命令写错了（{text}）。"


def _name(error: TyperException) -> str:
    """The option as the user writes it, or the argument by the name that the help gives it."""
    if option := getattr(error, "option_name", None):
        return str(option)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name)


def _nearest(possibilities: Sequence[str] | None) -> str:
    return f"是不是 {'、'.join(sorted(possibilities))}？" if possibilities else ""


def _allowed(error: TyperException) -> str:
    """What may stand there, of a closed list, a range or a whole number."""
    text = error.message
    parameter = getattr(error, "param", None)
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if choices := re.search(r"is not one of (.+?)\.?$", text):
        return "，可以写：" + "、".join(re.findall(r"'([^']+)'", choices[1]))
    if least is not None and most is not None:
        return f"，要写 {least} 至 {most} 之间的整数"
    return "，要写整数" if "integer" in text else ""
